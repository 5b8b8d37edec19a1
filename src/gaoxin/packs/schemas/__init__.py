"""The closed models of pack files, one module per kind of document.

`DOCUMENTS` is the whole list: the value of `kind:` in a file names its model here.
"""

from __future__ import annotations

from gaoxin.packs.schemas.actions import Action, Actions, LeadTime, UnitCost
from gaoxin.packs.schemas.base import NOWHERE, Closed, Entry, Origin, Override, Wording
from gaoxin.packs.schemas.brief import Brief, BriefParagraph, BriefSection, BriefSentence
from gaoxin.packs.schemas.calendar import CalendarSpec, Holiday
from gaoxin.packs.schemas.case import Cases, PackCase
from gaoxin.packs.schemas.cockpit import Cockpit, FigureRef, Hero, Section, Table, TableColumn, TableRow
from gaoxin.packs.schemas.cross_check import CrossCheck, CrossChecks, FigureKey, Shown
from gaoxin.packs.schemas.derivation import Derivation, Derivations, FigurePattern
from gaoxin.packs.schemas.logic_rule import LogicInstance, LogicRule, LogicRules
from gaoxin.packs.schemas.metric import Metric, Metrics
from gaoxin.packs.schemas.metric_element import ElementField, MetricBounds
from gaoxin.packs.schemas.not_loaded import NotLoaded, NotLoadedList
from gaoxin.packs.schemas.observation import Locator, Observations, ObservationSpec, Question, Range
from gaoxin.packs.schemas.pack import Pack
from gaoxin.packs.schemas.parameter import Parameter
from gaoxin.packs.schemas.rule import Definition, Effective, Grant, Rule, RuleScore
from gaoxin.packs.schemas.rule_benefit import Benefit, Clawback, Stage
from gaoxin.packs.schemas.rule_cases import RuleCase, RuleCases, RuleExpectation
from gaoxin.packs.schemas.rule_condition import (
    Classes,
    Completeness,
    DirectAlternative,
    DirectRoute,
    RuleCondition,
    RuleFlag,
)
from gaoxin.packs.schemas.rule_family import RuleFamily, RuleVersion
from gaoxin.packs.schemas.rule_parameter import (
    Cited,
    DatedValue,
    RuleDocument,
    RuleParameter,
    Span,
    ValueTable,
)
from gaoxin.packs.schemas.rule_score import Bands, Linear, Part, Rung, Steps
from gaoxin.packs.schemas.sandbox import NameParts, Population, SandboxIndustry, Spread
from gaoxin.packs.schemas.source import Sources, SourceSpec
from gaoxin.packs.schemas.subject import Subjects, SubjectSpec
from gaoxin.packs.schemas.term import Glossary, Term

DOCUMENTS: dict[str, type[Closed]] = {
    "pack": Pack,
    "metrics": Metrics,
    "subjects": Subjects,
    "sources": Sources,
    "observations": Observations,
    "not_loaded": NotLoadedList,
    "calendar": CalendarSpec,
    "glossary": Glossary,
    "derivations": Derivations,
    "logic_rules": LogicRules,
    "cross_checks": CrossChecks,
    "cockpit": Cockpit,
    "brief": Brief,
    "cases": Cases,
    "sandbox": Population,
    "rule": Rule,
    "rule_family": RuleFamily,
    "actions": Actions,
    "rule_cases": RuleCases,
}

# Where the entries of a document stand; a kind that is absent here is one entry itself.
ENTRIES: dict[str, str] = {
    "metrics": "metrics",
    "subjects": "subjects",
    "sources": "sources",
    "observations": "observations",
    "not_loaded": "entries",
    "glossary": "terms",
    "derivations": "derivations",
    "logic_rules": "rules",
    "cross_checks": "checks",
    "cases": "cases",
    "actions": "actions",
}

__all__ = [
    "DOCUMENTS",
    "ENTRIES",
    "NOWHERE",
    "Action",
    "Actions",
    "Bands",
    "Benefit",
    "Brief",
    "BriefParagraph",
    "BriefSection",
    "BriefSentence",
    "CalendarSpec",
    "Cases",
    "Cited",
    "Classes",
    "Clawback",
    "Closed",
    "Cockpit",
    "Completeness",
    "CrossCheck",
    "CrossChecks",
    "DatedValue",
    "Definition",
    "Derivation",
    "Derivations",
    "DirectAlternative",
    "DirectRoute",
    "Effective",
    "ElementField",
    "Entry",
    "FigureKey",
    "FigurePattern",
    "FigureRef",
    "Glossary",
    "Grant",
    "Hero",
    "Holiday",
    "LeadTime",
    "Linear",
    "Locator",
    "LogicInstance",
    "LogicRule",
    "LogicRules",
    "Metric",
    "MetricBounds",
    "Metrics",
    "NameParts",
    "NotLoaded",
    "NotLoadedList",
    "ObservationSpec",
    "Observations",
    "Origin",
    "Override",
    "Pack",
    "PackCase",
    "Parameter",
    "Part",
    "Population",
    "Question",
    "Range",
    "Rule",
    "RuleCase",
    "RuleCases",
    "RuleCondition",
    "RuleDocument",
    "RuleExpectation",
    "RuleFamily",
    "RuleFlag",
    "RuleParameter",
    "RuleScore",
    "RuleVersion",
    "Rung",
    "SandboxIndustry",
    "Section",
    "Shown",
    "SourceSpec",
    "Sources",
    "Span",
    "Spread",
    "Stage",
    "Steps",
    "SubjectSpec",
    "Subjects",
    "Table",
    "TableColumn",
    "TableRow",
    "Term",
    "UnitCost",
    "ValueTable",
    "Wording",
]
