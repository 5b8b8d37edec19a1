"""The reference reading of the articles and their text, which lie beside the repository.

The counting rule of paragraphs and sentences is told in docs/concepts/locators.md.
"""

import csv
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from tests.house.repository import ROOT

SHARED = ROOT.parent / "shared"
ZONES = {"潍坊": "weifang", "大庆": "daqing", "楚雄": "chuxiong"}
_ENDS = re.compile(r"[。！？][”’]?$")
_SENTENCE = re.compile(r"[^。！？]+[。！？]?[”’]?")


@dataclass
class Article:
    title: str
    paragraphs: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)

    def sentence(self, paragraph: int, sentence: int) -> str:
        return [match[0] for match in _SENTENCE.finditer(self.paragraphs[paragraph - 1])][sentence - 1]


def beside(*path: str) -> Path:
    """A file beside the repository; the test is skipped where it is not there."""
    file = SHARED.joinpath(*path)
    if not file.is_file():
        pytest.skip(f"{'/'.join(path)} does not lie beside this checkout")
    return file


@cache
def figures() -> tuple[dict[str, str], ...]:
    with beside("source", "figures.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def articles() -> dict[str, Article]:
    """Headline, byline, paragraphs; a line ending inside a sentence goes on after the page break."""
    lines = [
        line.strip()
        for line in beside("source", "articles.txt").read_text("utf-8").splitlines()
        if line.strip()
    ]
    found: dict[str, Article] = {}
    article = Article("")
    is_open = False
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if following.startswith("本报记者"):
            article = found[ZONES[line[:2]]] = Article(line)
            is_open = False
        elif line.startswith(("本报记者", "图片来源")):
            continue
        elif not is_open and "。" not in line and len(line) <= 20:
            article.headings.append(line)
        else:
            if is_open:
                article.paragraphs[-1] += line
            else:
                article.paragraphs.append(line)
            is_open = _ENDS.search(line) is None
    return found
