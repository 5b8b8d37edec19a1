"""How a rule is named at the head of a page: name, documents, status (规则的称呼)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gaoxin.rules.compiling import CompiledRule
from gaoxin.rules.judging import unconfirmed
from gaoxin.web.eligibility.zone_rules import is_example
from gaoxin.web.pages.scope import language


@dataclass(frozen=True, slots=True)
class RuleWords:
    """`documents`: number or title of what it rests on; `unconfirmed`: something was not compared with the
    original.
    """

    id: str
    name: str
    short: str
    documents: tuple[str, ...]
    describe: str
    category: str
    unconfirmed: bool
    example: bool
    draft: bool


def doubts(words: RuleWords) -> list[str]:
    """What a workbook says of a rule whose texts are not confirmed."""
    return [_("有的条款或参数待核，以主管部门公布的文本为准。")] if words.unconfirmed else []


def rule_words(compiled: CompiledRule, zone: str) -> RuleWords:
    """The words of a rule in a zone, by its code: there it may be the policy of another place."""
    rule, lang = compiled.rule, language()
    cited = {held.spec.document for held in compiled.conditions if held.spec.document}
    documents = [rule.documents[name] for name in rule.documents if name in cited] or list(
        rule.documents.values()
    )
    return RuleWords(
        id=rule.id,
        name=rule.label(lang),
        short=rule.en if lang == "en" else rule.short,
        documents=tuple(
            one.number or ((one.en if lang == "en" and one.en else None) or one.zh) for one in documents
        ),
        describe=rule.describe.label(lang),
        category=rule.category,
        unconfirmed=bool(unconfirmed(compiled)),
        example=is_example(rule, zone),
        draft=rule.status == "draft",
    )
