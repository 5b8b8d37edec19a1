"""Words on the pages: Chinese pages speak Chinese, English pages English (用语)."""

from __future__ import annotations

import re
import runpy
import sys
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client

from gaoxin.web.accounts.models import Role, User
from gaoxin.web.drafts.models import Draft
from gaoxin.web.ledger.catalogue import library
from gaoxin.web.ledger.models import Source, Subject
from tests.web.builders import a_statistician, an_account
from tests.web.conftest import SignedIn
from tests.web.pages.addresses import World, a_world, address, names

pytestmark = pytest.mark.django_db

# Latin letters a Chinese page may show: units and names that have no Chinese, keys, file kinds.
LATIN = frozenset(
    {
        "GDP",
        "GWh",
        "kWh",
        "PCT",
        "CSV",
        "Excel",
        "Word",
        "MB",
        "English",
        "Enter",
        "Esc",
        "xlsx",
        "docx",
        "csv",
        "Gaoxin",
    }
)
SHOWN = ("title", "placeholder", "aria-label", "data-announce", "alt")
VOID = frozenset({"input", "br", "hr", "link", "meta", "img", "use", "rect", "line", "circle", "path"})


class Seen(HTMLParser):
    """What a person reads or hears on a page; parts marked as another language are left out."""

    def __init__(self, page_language: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self._language = page_language
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        foreign = held.get("lang") not in (None, self._language)
        quiet = tag in ("script", "style", "template") or "gx-code" in (held.get("class") or "")
        if self._hidden or (foreign and tag != "html") or quiet:
            if tag not in VOID:
                self._hidden.append(tag)
            return
        self.words += [value for name in SHOWN if (value := held.get(name))]

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag not in VOID:
            self._hidden.pop()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def text_of(body: str, language: str) -> str:
    seen = Seen(language)
    seen.feed(body)
    return unescape(" ".join(seen.words))


def pages(browser: Client, world: World) -> Iterator[tuple[str, str]]:
    extra = [
        "/checks/?zone=weifang&rules=1",
        "/zones/weifang/",
        "/zones/daqing/",
        "/zones/sandbox/",
        "/nowhere/",
    ]
    extra += ["/sources/article_weifang/", "/checks/?zone=daqing", "/compare/?all=1", "/search?q=高新"]
    for where in [*(address(name, world) for name in names()), *extra]:
        answer = browser.get(where)
        is_file = "Content-Disposition" in answer
        if answer["Content-Type"].startswith("text/html") and not is_file:
            yield where, answer.content.decode()


def a_reader(role: str) -> User:
    return an_account(role, ("chuxiong", "weifang", "daqing", "sandbox"), "王敏")


@pytest.mark.parametrize("role", [Role.STATISTICIAN, Role.AUDITOR])
def test_a_chinese_page_shows_no_english_word(signed_in: SignedIn, role: str) -> None:
    world = a_world(a_statistician(("chuxiong",)))
    found: dict[str, set[str]] = {}
    for where, body in pages(signed_in(a_reader(role)), world):
        words = set(re.findall(r"[A-Za-z]{2,}", text_of(body, "zh-Hans"))) - LATIN
        words -= {word for word in words if word.isupper() and len(word) <= 5}  # abbreviations such as LED
        if words:
            found[where] = words
    assert found == {}


def test_an_english_page_shows_no_chinese_but_names_and_quotations(signed_in: SignedIn) -> None:
    world = a_world(a_statistician(("chuxiong",)))
    browser = signed_in(a_reader(Role.STATISTICIAN))
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    known = _proper()
    found: dict[str, set[str]] = {}
    for where, body in pages(browser, world):
        runs = set(re.findall(r"[\u4e00-\u9fff]+", text_of(body, "en")))
        odd = {run for run in runs if run not in known}
        if odd:
            found[where] = odd
    assert found == {}


def _proper() -> str:
    """Everything that stays Chinese in English: names, document titles, forms, quoted words and figures that
    are texts, units.
    """
    held = [*Subject.objects.values_list("name", flat=True), *Source.objects.values_list("title", flat=True)]
    held += Draft.objects.values_list("title", flat=True)
    held += User.objects.values_list("display_name", flat=True)
    for spec in library().observations:
        held += [spec.written, str(spec.value), spec.unit or "", spec.locator.section or ""]
    held += [unit for metric in library().metrics.values() if (unit := metric.unit)]
    # forms and documents are asked for by the name they bear
    held += [form for metric in library().metrics.values() if (form := metric.form)]
    for rule in library().rules.values():
        for document in rule.documents.values():
            held += [document.zh, document.number or ""]
        held += [condition.article for condition in rule.conditions]
    held += [
        "月报",
        "第三行",
        "第",
        "行",
        "万元",
        "元",
        "信用代码",
        "营业收入",
        "单位",
        "亿元户",
        "命令行",
        "内容包",
        "合成",
        "高新",
        "专精特新",
    ]
    held += [str(Role(role).label) for role in Role.values]
    return " ".join(held)


def test_every_word_has_its_english_and_the_compiled_catalogue_is_fresh(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("babel")
    monkeypatch.setattr(sys, "argv", ["messages.py", "--check"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path("scripts/messages.py", run_name="__main__")
    assert ended.value.code == 0
