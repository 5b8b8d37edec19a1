"""A choice of a metric in the language of the page: the word of the packs, or an English one (选项的叫法).

Packs name choices in Chinese. English comes from the glossary where it has the very term, for a title from
the texts that grant it, and else from the code itself, whose words are English.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from gaoxin.web.ledger import catalogue
from gaoxin.web.pages.scope import language

TITLES = "titles"


def choice_word(choices: Mapping[str, str], code: str) -> str:
    """One choice by its code; a code that is none is shown as it is."""
    if language() != "en":
        return choices.get(code, code)
    return _terms().get(choices.get(code, ""), code.replace("_", " "))


def title_word(field: str, code: str) -> str:
    """A field of a title by its code: its kind, its level."""
    shape = next((one for one in catalogue.metric(TITLES).elements if one.name == field), None)
    choices = shape.choices if shape is not None else {}
    if field == "kind" and language() == "en" and choices.get(code, "") not in _terms():
        return _granted().get(code, code.replace("_", " "))
    return choice_word(choices, code)


@lru_cache(maxsize=1)
def _terms() -> Mapping[str, str]:
    """The terms of the glossary: Chinese to English."""
    return {term.zh: term.en for term in catalogue.library().glossary.values()}


@lru_cache(maxsize=1)
def _granted() -> Mapping[str, str]:
    """The English name of what grants each title: of the family where there is one."""
    library = catalogue.library()
    found: dict[str, str] = {}
    for rule in library.rules.values():
        if rule.grants is not None:
            family = library.rule_families.get(rule.family) if rule.family else None
            found.setdefault(rule.grants.title, (family or rule).en)
    return found
