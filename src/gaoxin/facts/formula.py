"""The formulas of packs: a small, safe language over intervals (公式).

`part / share`, `integers(level / (1 + growth))`, `whole > part and same(lead, body)`. Allowed: + - * / and **
with a whole exponent, comparisons, and / or / not, names, exact numbers, and the functions of
`gaoxin.facts.functions`. A formula is parsed by Python's own parser and then read over a closed list of node
kinds: nothing is evaluated as code.

Numbers are intervals: every result contains each value that the printed inputs allow, and open ends stay
open. A name used twice is treated as two independent figures (the dependency problem: `x - x` is not 0),
which keeps results true but may make them wider; write each name once where you can, `Formula.repeated` tells
which are not. Truth is three-valued; a missing input makes the result missing and says which, unless the rest
already decides.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from gaoxin.core.errors import FormulaError, GaoxinError
from gaoxin.core.intervals import Interval
from gaoxin.facts.functions import FUNCTIONS, number, quotient, whole
from gaoxin.facts.operands import Missing, Operand

LONGEST = 1000
MOST_PARTS = 300
LARGEST_BITS = 20_000
_NUMBER = re.compile(r"\d{1,30}(\.\d{1,30})?")
_ALLOWED = (
    ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.Call, ast.Name, ast.Constant, ast.Load,
    ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.USub, ast.UAdd, ast.Not, ast.And, ast.Or,
    ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq,
)  # fmt: skip
_COMPARED: Mapping[type[ast.cmpop], Callable[[Interval, Interval], bool | None]] = {
    ast.Lt: Interval.lt,
    ast.LtE: Interval.le,
    ast.Gt: Interval.gt,
    ast.GtE: Interval.ge,
    ast.Eq: Interval.eq,
    ast.NotEq: lambda left, right: None if (equal := left.eq(right)) is None else not equal,
}
_COMPUTED: Mapping[type[ast.operator], Callable[[Interval, Interval], Interval]] = {
    ast.Add: Interval.__add__,
    ast.Sub: Interval.__sub__,
    ast.Mult: Interval.__mul__,
    ast.Div: quotient,
}

Step = Callable[[Mapping[str, Operand]], Operand]


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula. `names` in order of appearance; `repeated` names may widen the result."""

    text: str
    names: tuple[str, ...]
    repeated: tuple[str, ...]
    step: Step = field(repr=False, compare=False)

    def __call__(self, given: Mapping[str, Operand]) -> Operand:
        """The result for these inputs; an absent name counts as missing.

        Raises: FormulaError, with the position, where kinds do not fit (a list in a sum) or a result is
        undefined.
        """
        return self.step(given)


@lru_cache(maxsize=4096)
def parse(text: str) -> Formula:
    """Parse and check a formula. Raises: FormulaError with the position and what is allowed instead."""
    text = text.strip()
    if len(text) > LONGEST:
        raise FormulaError(
            f"公式过长，最多 {LONGEST} 个字符。", f"A formula has at most {LONGEST} characters."
        )
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise _error(text, (error.offset or 1) - 1, "公式写法有误", "the formula cannot be read") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise _error(text, 0, "公式写法有误", "the formula cannot be read") from error
    parts = list(ast.walk(tree))
    if len(parts) > MOST_PARTS:
        raise FormulaError(
            "公式过于复杂，请拆成几步。", "The formula has too many parts; split it into steps."
        )
    for part in parts:
        _allow(text, part)
    functions = {id(part.func) for part in parts if isinstance(part, ast.Call)}
    names = [part for part in parts if isinstance(part, ast.Name) and id(part) not in functions]
    names.sort(key=lambda name: (name.lineno, name.col_offset))
    counts = Counter(name.id for name in names)
    repeated = tuple(name for name, times in counts.items() if times > 1)
    return Formula(text, tuple(counts), repeated, _compiled(text, tree))


def _allow(text: str, part: ast.AST) -> None:
    """Refuse every kind of expression that is not on the list."""
    place = _place(text, part)
    if not isinstance(part, _ALLOWED):
        kind = type(part).__name__
        raise _error(text, place, f"公式中不允许 {kind}", f"{kind} is not allowed")
    if isinstance(part, ast.Call):
        if not isinstance(part.func, ast.Name) or part.func.id not in FUNCTIONS or part.keywords:
            known = ", ".join(FUNCTIONS)
            raise _error(text, place, f"只能使用函数 {known}", f"the functions are {known}")
        function = FUNCTIONS[part.func.id]
        if not function.least <= len(part.args) <= function.most:
            name, least, most = part.func.id, function.least, function.most
            raise _error(
                text, place, f"{name} 应有 {least}–{most} 个参数", f"{name} takes {least} to {most} inputs"
            )
    elif isinstance(part, ast.Constant) and not isinstance(part.value, bool):
        if not _NUMBER.fullmatch(_segment(text, part)):
            raise _error(text, place, "数字应写成 0.05 的样子", "numbers are written like 0.05")
    elif isinstance(part, ast.Name) and part.id in FUNCTIONS and _segment(text, part) == text:
        raise _error(text, place, f"{part.id} 是函数名，应写成 {part.id}（…）", f"{part.id} is a function")


def _compiled(text: str, node: ast.expr) -> Step:
    """What a part of a formula computes, ready to be run over many inputs."""
    match node:
        case ast.Name(id=name):
            absent = Missing((name,))
            return lambda given: given.get(name, absent)
        case ast.Constant(value=bool() as truth):
            return lambda given: truth
        case ast.Constant():
            # The digits as written: 0.05 is five hundredths, not the nearest binary fraction.
            exact = Interval.exact(Fraction(_segment(text, node)))
            return lambda given: exact
        case ast.BoolOp(op=op, values=parts):
            return _joining(text, parts, decisive=isinstance(op, ast.Or))
        case ast.UnaryOp(op=ast.Not(), operand=part):
            truth_of = _truth(text, part)
            return lambda given: (not found) if isinstance(found := truth_of(given), bool) else found
        case ast.UnaryOp(op=ast.USub(), operand=part):
            return _computing(text, node, [part], lambda found: -number(found[0]))
        case ast.UnaryOp(operand=part):
            return _computing(text, node, [part], lambda found: number(found[0]))
        case ast.Compare(left=left, comparators=others, ops=ops):
            return _computing(text, node, [left, *others], lambda found: _compare(ops, found))
        case ast.BinOp(op=ast.Pow(), left=left, right=right):
            return _computing(
                text, node, [left, right], lambda found: number(found[0]).power(whole(found[1]))
            )
        case ast.BinOp(op=op, left=left, right=right):
            compute = _COMPUTED[type(op)]
            return _computing(
                text, node, [left, right], lambda found: compute(number(found[0]), number(found[1]))
            )
        case ast.Call(func=ast.Name(id=name), args=args):
            function = FUNCTIONS[name]
            if function.takes_missing:
                steps = [_compiled(text, part) for part in args]
                return lambda given: function.apply([step(given) for step in steps])
            return _computing(text, node, args, function.apply)
        case _:
            raise _error(text, _place(text, node), "公式中不允许这种写法", "this is not allowed")


def _computing(
    text: str, node: ast.expr, parts: Sequence[ast.expr], compute: Callable[[Sequence[Operand]], Operand]
) -> Step:
    """Compute once every part has a value; name the missing ones otherwise. Errors get their place."""
    steps = [_compiled(text, part) for part in parts]

    def run(given: Mapping[str, Operand]) -> Operand:
        found = [step(given) for step in steps]
        gaps = [part for part in found if isinstance(part, Missing)]
        if gaps:
            return _joined(gaps)
        try:
            result = compute(found)
        except GaoxinError as problem:
            if "position" in problem.context:
                raise
            zh, en = problem.zh.rstrip("。"), problem.en.rstrip(".")
            raise _error(text, _place(text, node), zh, en, **problem.context) from problem
        if isinstance(result, Interval) and (_is_too_large(result.lo) or _is_too_large(result.hi)):
            raise _error(text, _place(text, node), "结果过大", "the result is too large")
        return result

    return run


def _joining(text: str, parts: Sequence[ast.expr], *, decisive: bool) -> Step:
    """and, or: one decisive part settles it, whatever the others are."""
    truths = [_truth(text, part) for part in parts]

    def run(given: Mapping[str, Operand]) -> Operand:
        found = [truth(given) for truth in truths]
        if any(part is decisive for part in found):
            return decisive
        gaps = [part for part in found if isinstance(part, Missing)]
        if gaps:
            return _joined(gaps)
        return None if any(part is None for part in found) else not decisive

    return run


def _truth(text: str, node: ast.expr) -> Callable[[Mapping[str, Operand]], bool | Missing | None]:
    step = _compiled(text, node)

    def run(given: Mapping[str, Operand]) -> bool | Missing | None:
        found = step(given)
        if found is None or isinstance(found, bool | Missing):
            return found
        raise _error(text, _place(text, node), "此处应为判断（是、否）", "a yes or no is expected here")

    return run


def _compare(ops: list[ast.cmpop], found: Sequence[Operand]) -> bool | None:
    sides = [number(part) for part in found]
    steps = [_COMPARED[type(op)](sides[i], sides[i + 1]) for i, op in enumerate(ops)]
    if any(step is False for step in steps):
        return False
    return None if any(step is None for step in steps) else True


def _is_too_large(end: Fraction | None) -> bool:
    return end is not None and end.numerator.bit_length() > LARGEST_BITS


def _joined(gaps: list[Missing]) -> Missing:
    return Missing(tuple(dict.fromkeys(name for gap in gaps for name in gap.names)))


def _segment(text: str, node: ast.expr) -> str:
    return ast.get_source_segment(text, node) or ""


def _place(text: str, node: ast.AST) -> int:
    """Where a part starts, in characters; ast counts bytes, and names may be Chinese."""
    lines = text.split("\n")
    line = getattr(node, "lineno", 1) - 1
    inside = lines[line].encode()[: getattr(node, "col_offset", 0)].decode(errors="ignore")
    return sum(len(part) + 1 for part in lines[:line]) + len(inside)


def _error(text: str, place: int, zh: str, en: str, **context: object) -> FormulaError:
    near = text[place : place + 12]
    return FormulaError(
        f"{zh}（第 {place + 1} 个字符“{near}”处）：{text}",
        f"{en} (at character {place + 1}, {near!r}): {text}",
        **{**context, "formula": text, "position": place + 1},
    )
