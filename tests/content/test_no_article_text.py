"""Figures and their places are facts; the sentences around them are not ours and stay out of the packs."""

import re

from tests.content.reading import articles
from tests.house.repository import ROOT

LONGEST = 18  # characters in a row that a pack and an article may share
# Names are facts: titles of the articles, names of projects and platforms.
ALLOWED = (
    "潍坊高新区:冲刺一流国家高新区",
    "大庆高新区:“油头化尾”答卷很精彩",
    "楚雄高新区:“2主3辅”产业体系形成",
    "东北风电高端装备产业基地及研发中心",
    "中药配方颗粒重点实验室和工程研究中心",
)


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text).translate(str.maketrans("，：；（）", ",:;()"))


def test_no_sentence_of_an_article_stands_in_a_pack() -> None:
    windows: set[str] = set()
    for article in articles().values():
        text = plain("".join([article.title, *article.headings, *article.paragraphs]))
        windows |= {text[start : start + LONGEST] for start in range(len(text) - LONGEST + 1)}
    for file in (ROOT / "packs").rglob("*.yaml"):
        text = plain(file.read_text("utf-8"))
        for name in ALLOWED:
            text = text.replace(plain(name), "|")
        shared = {text[start : start + LONGEST] for start in range(len(text) - LONGEST + 1)} & windows
        assert not shared, f"{file.relative_to(ROOT)} quotes {sorted(shared)[:2]}"
