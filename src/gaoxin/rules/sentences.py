"""A truth of a rule told for one subject: the tree turned into statements (逐条说明).

What is asked is always said, also of facts and lists, so that a sentence can be read by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from gaoxin.compute import tree
from gaoxin.compute.reference import Element, Reading
from gaoxin.facts.event_words import told_element
from gaoxin.rules.figure_words import grown_rate, percent, points
from gaoxin.rules.judging import judge
from gaoxin.rules.statements import Input, Statement
from gaoxin.rules.wording import SIGNS, Wording

if TYPE_CHECKING:
    from gaoxin.rules.compiling import CompiledRule

_OPPOSITE = {"<": ">=", "<=": ">", "=": "!=", "!=": "=", ">=": "<", ">": "<="}
_MOST_NAMED = 6


@dataclass(frozen=True)
class Teller:
    """Tells the truths of one rule about one subject."""

    wording: Wording
    reading: Reading

    def told(self, node: tree.Node, *, wanted: bool = True) -> Statement:
        """What a truth came out as; `wanted` False where the condition asks for the opposite."""
        for rule in self.wording.compiled.asked.values():
            if node is rule.verdict:
                return self._passed(rule, wanted)
        match node:
            case tree.Logic(op=op, parts=parts) if len(parts) > 1:
                joint: Literal["all", "any"] = op if wanted else ("any" if op == "all" else "all")
                counted = self._counted(parts)
                if not counted:
                    return self._uncounted(node, wanted)
                told = tuple(self.told(part, wanted=wanted) for part in counted)
                return told[0] if len(told) == 1 else Statement(joint, self._met(node, wanted), parts=told)
            case tree.Logic(parts=(only,)):
                return self.told(only, wanted=wanted)
            case tree.Not(of=of):
                return self.told(of, wanted=not wanted)
            case tree.Choose(test=test, yes=yes, no=no):
                held = self.reading[test].value
                if held is not None:
                    return self.told(yes if held else no, wanted=wanted)
                told = (self.told(test), self.told(yes, wanted=wanted), self.told(no, wanted=wanted))
                return Statement("any", self._met(node, wanted), parts=told)
            case tree.Compare():
                return self._compared(node, wanted)
            case tree.Reaches():
                return self._reached(node, wanted)
            case tree.Growth():
                return self._grown(node, wanted)
            case tree.Exists():
                return self._listed(node, wanted)
            case _:
                return self._fact(node, wanted)

    def undecided(self, name: str, node: tree.Node) -> Statement:
        """A way that may still hold: what it waits for."""
        told = self.wording.waiting(node)
        return Statement(
            "list", None, name, "", told, self._say("符合", "to hold"), inputs=self._inputs(node)
        )

    def _counted(self, parts: Sequence[tree.Node]) -> list[tree.Node]:
        """The parts without the years before the establishment and the industries a subject is not in."""
        counted: list[tree.Node] = []
        elsewhere: list[tree.Node] = []
        for part in parts:
            match part:
                case tree.Logic(parts=(guard, held)) if (year := self._guard(guard)) is not None:
                    if year:
                        counted.append(held)
                case tree.Logic() if self._elsewhere(part):
                    elsewhere.append(part)
                case _:
                    counted.append(part)
        return counted or elsewhere

    def _elsewhere(self, node: tree.Node) -> bool:
        """Is it about an industry that the subject is certainly not in?"""
        match node:
            case tree.Logic(op="any", parts=parts):
                return all(self._elsewhere(part) for part in parts)
            case tree.Logic(op="all", parts=parts):
                tests = [part.of if isinstance(part, tree.Not) else part for part in parts]
                return len(parts) > 1 and any(
                    isinstance(test, tree.Member) and test.prefix and self.reading[part].value is False
                    for test, part in zip(tests, parts, strict=True)
                )
        return False

    def _guard(self, node: tree.Node) -> bool | None:
        """Does a year count? None for what is no such test, or while the date is missing."""
        compared = node.of if isinstance(node, tree.Not) else node
        if not isinstance(compared, tree.Compare) or not isinstance(compared.left, tree.YearOf):
            return None
        value = self.reading[compared].value
        return value if isinstance(value, bool) else None

    def _uncounted(self, node: tree.Node, wanted: bool) -> Statement:
        told = self._say("成立以前的年份不计", "the years before the establishment do not count")
        return Statement("fact", self._met(node, wanted), "", "", told, inputs=self._inputs(node))

    def _met(self, node: tree.Node, wanted: bool) -> bool | None:
        value = self.reading[node].value
        assert value is None or isinstance(value, bool)
        return value if wanted or value is None else not value

    def _compared(self, node: tree.Compare, wanted: bool) -> Statement:
        left, right = self.reading[node.left].value, self.reading[node.right].value
        op = node.op if wanted else _OPPOSITE[node.op]
        met, inputs = self._met(node, wanted), self._inputs(node)
        name = self.wording.name(node.left)
        if right is None and node.left.type == "number":
            unknown = f"{SIGNS[op]} {self.wording.name(node.right)}"
            unknown += self._say(
                f"（{self.wording.waiting(node.right)}）", f" ({self.wording.waiting(node.right)})"
            )
            told = (
                self.wording.value(left, node.left) if left is not None else self.wording.waiting(node.left)
            )
            return Statement("number", met, name, "", told, unknown, inputs=inputs)
        if not isinstance(right, Fraction) or node.left.type != "number":
            mark = f"{SIGNS[op]} {self.wording.value(right, node.right)}"
            return Statement("fact", met, name, "", self.wording.value(left, node.left), mark, inputs=inputs)
        asked = f"{SIGNS[op]} {self.wording.number(right, node.left)}"
        if not isinstance(left, Fraction):
            measured = self.wording.waiting(node.left)
            return Statement("number", met, name, "", measured, asked, limit=right, inputs=inputs)
        margin = (left - right) if op in (">", ">=", "=") else (right - left)
        return Statement(
            "number",
            met,
            name,
            self.wording.working(node.left),
            self.wording.number(left, node.left, right),
            asked,
            margin,
            self._gap(node.left, margin, met),
            (left, left),
            right,
            inputs,
        )

    def _reached(self, node: tree.Reaches, wanted: bool) -> Statement:
        score, met = self.reading[node.score], self._met(node, wanted)
        op = node.op if wanted else _OPPOSITE[node.op]
        assert score.high is not None
        low, high, mark = score.low, score.high, node.mark
        name, inputs = self.wording.name(node.score), self._inputs(node)
        if (classes := self._in_classes(node, low, high)) is not None:
            shown, asked = classes
            return Statement("score", met, name, "", shown, f"{SIGNS[op]} {asked}", inputs=inputs)
        shown = self.wording.number(low, node.score, mark)
        if low != high:
            low_text = self.wording.number(low, node.score).split(" ")[0]
            shown = f"{low_text}–{self.wording.number(high, node.score)}"
        margin = None if low != high else (low - mark if op in (">", ">=", "=") else mark - low)
        return Statement(
            "score",
            met,
            name,
            "",
            shown,
            f"{SIGNS[op]} {self.wording.number(mark, node.score)}",
            margin,
            "" if margin is None else self._gap(node.score, margin, met),
            (low, high),
            mark,
            inputs,
        )

    def _grown(self, node: tree.Growth, wanted: bool) -> Statement:
        base, end, rate = (self.reading[part].value for part in (node.base, node.end, node.rate))
        zh = self._zh
        name = self.wording.name(node.end) + (
            f" {node.years} 年年均增速" if zh else f", yearly growth over {node.years} years"
        )
        mark = f"{SIGNS[node.op]} {self.wording.value(rate, node)}" if rate is None else ""
        if isinstance(rate, Fraction):
            mark = f"{SIGNS[node.op]} {percent(rate)}"
        met, inputs = self._met(node, wanted), self._inputs(node)
        if not isinstance(base, Fraction) or not isinstance(end, Fraction) or base <= 0:
            lacking = "基年为零或负数，没有增速" if zh else "no growth from a base of zero or below"
            told = lacking if isinstance(base, Fraction) and base <= 0 else self.wording.value(None, node.end)
            return Statement("number", met, name, "", told, mark, inputs=inputs)
        shown = grown_rate(base, end, node.years, rate if isinstance(rate, Fraction) else None)
        working = f"{self.wording.number(base, node.base)} → {self.wording.number(end, node.end)}"
        if not isinstance(rate, Fraction):
            return Statement("number", met, name, working, shown, mark, inputs=inputs)
        needed = base * (1 + rate) ** node.years
        gap = self._gap(node.end, end - needed, met)
        return Statement("number", met, name, working, shown, mark, end - needed, gap, None, None, inputs)

    def _listed(self, node: tree.Exists, wanted: bool) -> Statement:
        held = self.reading[node.events].value
        assert isinstance(node.events, tree.Leaf)
        name = self.wording.leaf(node.events)
        asked = self._say("有符合的", "one that fits") if wanted else self._say("没有", "none")
        if isinstance(held, list | tuple):
            measured = self._records(node, held)
        else:
            measured = self.wording.value(None, node)
        return Statement(
            "list", self._met(node, wanted), name, "", measured, asked, inputs=self._inputs(node)
        )

    def _records(self, node: tree.Exists, held: Sequence[Element]) -> str:
        """The elements that fit, or how many there are of which none does."""
        assert isinstance(node.events, tree.Leaf)
        found = [element for element in held if Reading(element)[node.where].value is True]
        if found:
            metric = self.wording.metrics[node.events.metric]
            shown = self._say("；", "; ").join(
                told_element(element, metric.elements, self.wording.lang) for element in found[:3]
            )
            return shown + ("" if len(found) <= 3 else self._say("等", " …"))
        if self.reading[node].value is None:
            return self._say("有记录但缺字段，不能确定", "records lack fields and leave it open")
        if not held:
            return self._say("没有记录", "no records")
        if len(held) == 1:
            return self._say("1 条记录，不符合", "1 record, which does not fit")
        return self._say(f"{len(held)} 条记录，都不符合", f"{len(held)} records, none of which fits")

    def _fact(self, node: tree.Node, wanted: bool) -> Statement:
        met, inputs = self._met(node, wanted), self._inputs(node)
        of = node.of if isinstance(node, tree.Member | tree.Known) else node
        value = self.reading[of].value
        if isinstance(node, tree.Member):
            told, asked = self.wording.value(value, of), self._among(node, wanted)
        elif isinstance(node, tree.Known):
            told, asked = (
                self._say("已报", "reported") if held else self._say("未报", "not reported")
                for held in (value is not None, wanted)
            )
        else:
            told, asked = self.wording.value(value, of), self.wording.value(wanted, of)
        return Statement("fact", met, self.wording.name(of), "", told, asked, inputs=inputs)

    def _among(self, node: tree.Member, wanted: bool) -> str:
        """What a text is asked to be: 是 电子信息、新材料 之一；不以 C16、F51 开头."""
        texts = [self.wording.value(text, node.of) if not node.prefix else text for text in node.among]
        named = self._say("、", ", ").join(texts[:_MOST_NAMED])
        named += "" if len(texts) <= _MOST_NAMED else self._say(f" 等 {len(texts)} 个", f" … ({len(texts)})")
        if node.prefix:
            return self._say(
                f"{'以' if wanted else '不以'} {named} 开头",
                f"{'to begin' if wanted else 'not to begin'} with {named}",
            )
        if len(texts) == 1:
            return self._say(f"{'是' if wanted else '不是'}“{named}”", named if wanted else f"not {named}")
        return self._say(
            f"{'是' if wanted else '不是'} {named} 之一", f"{'one' if wanted else 'none'} of {named}"
        )

    def _passed(self, rule: CompiledRule, wanted: bool) -> Statement:
        """Another rule that is asked: its verdict, or the class it finds."""
        judged = judge(rule, self.reading)
        title = rule.rule.en if not self._zh else rule.rule.zh
        told, classes = self._say(judged.verdict.zh, judged.verdict.en), rule.rule.classes
        if classes is not None and len(judged.classes) < len(classes.names):
            told = self._say("或", " or ").join(self._class(rule, name) for name in judged.classes)
        if wanted and len(rule.conditions) == 1:
            (spec,) = (held.spec for held in rule.conditions)
            asked = self._say(spec.zh, inside(spec.en or spec.zh))
        else:
            asked = self._say("符合", "to qualify") if wanted else self._say("不符合", "not to qualify")
        met = self._met(rule.verdict, wanted)
        return Statement("fact", met, title, "", told, asked, inputs=self._inputs(rule.verdict))

    def _class(self, rule: CompiledRule, name: str) -> str:
        spec = rule.rule.classes
        assert spec is not None
        return self._say(spec.zh.get(name, name), name.replace("_", " "))

    def _in_classes(self, node: tree.Reaches, low: Fraction, high: Fraction) -> tuple[str, str] | None:
        """Score and mark by the names of the classes, where the score is the class of the rule."""
        compiled = self.wording.compiled
        spec = compiled.rule.classes
        if spec is None or compiled.names[spec.of].node is not node.score:
            return None
        names = {Fraction(value): self._class(compiled, name) for value, name in spec.names.items()}
        if node.mark not in names or not {low, high} <= set(names):
            return None
        return names[low] if low == high else f"{names[low]}–{names[high]}", names[node.mark]

    def _gap(self, node: tree.Node, margin: Fraction, met: bool | None) -> str:
        zh = self._zh
        held = self.wording.unit(node, margin)
        size = abs(margin)
        if held.symbol == "%":
            amount = points(size)
            words = (f"{amount} 个百分点", f"{amount} percentage point{'' if amount == '1' else 's'}")
        else:
            text = self.wording.number(size, node, Fraction(0))
            words = (text, text)
        if met:
            return (
                (f"余量 {words[0]}" if zh else f"margin {words[1]}")
                if margin
                else ("正好达到" if zh else "exactly on it")
            )
        if not margin:
            return "正好在界限上，不算" if zh else "exactly on the mark, which does not count"
        return f"差 {words[0]}" if zh else f"short by {words[1]}"

    def _inputs(self, node: tree.Node) -> tuple[Input, ...]:
        return tuple(
            Input(
                leaf.column,
                leaf.metric,
                self.wording.leaf(leaf),
                value := self.reading[leaf].value,
                self.wording.value(value, leaf) if leaf.type != "events" else "",
            )
            for leaf in tree.leaves(node)
        )

    @property
    def _zh(self) -> bool:
        return self.wording.lang != "en"

    def _say(self, zh: str, en: str) -> str:
        return zh if self._zh else en


def inside(title: str) -> str:
    """An English title within a sentence: An SME → an SME, but VAT payer stays."""
    first = title.split(" ")[0]
    return title if len(first) > 1 and first.isupper() else title[:1].lower() + title[1:]
