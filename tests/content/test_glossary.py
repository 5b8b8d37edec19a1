"""One word per thing: the names the project agreed on are the terms of the glossary."""

import re

from gaoxin.packs.library import open_library
from tests.content.reading import beside


def agreed() -> set[str]:
    text = beside("design", "style.md").read_text("utf-8")
    names = text[text.index("## Names") :].partition("\nModules:")[0]
    return {part for name in re.findall(r"`([a-z_/]+)(?::[^`]*)?`", names) for part in name.split("/")}


def test_every_agreed_name_is_a_term() -> None:
    terms = set(open_library(["national"]).glossary)
    assert agreed() - terms == set()


def test_every_term_says_what_it_means_in_both_languages() -> None:
    for term in open_library(["national"]).glossary.values():
        assert term.note is not None, term.id
        assert len(term.note.zh) <= 60, term.id
