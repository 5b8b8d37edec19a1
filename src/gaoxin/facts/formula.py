"""The formulas of packs: a small, safe language over intervals (公式).

`part / share`, `integers(level / (1 + growth))`, `whole > part and same(lead, body)`. Allowed: + - * / ** with a whole exponent,
comparisons, and / or / not, names, exact numbers, and the functions of `FUNCTIONS`. A formula is parsed by Python's own parser and then
walked over a closed list of node kinds: nothing is ever evaluated as code.

Numbers are intervals (`gaoxin.core.intervals`): every result contains each value that the printed inputs allow, and open ends stay open. A
name used twice is treated as two independent figures (the dependency problem: `x - x` is not 0), which keeps results true but may make them wider; write
each name once where you can, `Formula.repeated` tells which are not. Truth is three-valued; a missing input makes the result missing and says which.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from gaoxin.core.errors import FormulaError, GaoxinError
from gaoxin.core.intervals import Interval

LONGEST = 1000
MOST_PARTS = 300
LARGEST_EXPONENT = 64


@dataclass(frozen=True, slots=True)
class Missing:
    """No value, because these inputs have none."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Integers:
    """The whole numbers within an interval: first to last; none when `first > last`."""

    first: int
    last: int

    def __len__(self) -> int:
        return max(0, self.last - self.first + 1)

    @property
    def only(self) -> int | None:
        """The one whole number, if there is exactly one."""
        return self.first if self.first == self.last else None


Items = tuple[str, ...]
Operand = Interval | Integers | Items | Missing | bool | None
_Function = Callable[["_Walk", ast.Call], Operand]


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula. `names` in order of appearance; `repeated` names may widen the result."""

    text: str
    names: tuple[str, ...]
    repeated: tuple[str, ...]
    tree: ast.expr

    def __call__(self, given: Mapping[str, Operand]) -> Operand:
        """The result for these inputs; an absent name counts as missing.

        Raises: FormulaError, with the column, where kinds do not fit (a list in a sum) or a result is undefined (root of a negative).
        """
        return _Walk(self.text, given).value(self.tree)


@lru_cache(maxsize=4096)
def parse(text: str) -> Formula:
    """Parse and check a formula. Raises: FormulaError with the column and what is allowed instead."""
    if len(text) > LONGEST:
        raise FormulaError(f"公式过长(最多 {LONGEST} 个字符)。", f"The formula is longer than {LONGEST} characters.")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        raise _error(text, (error.offset or 1) - 1, "公式写法有误", "The formula cannot be read") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise _error(text, 0, "公式写法有误", "The formula cannot be read") from error
    parts = list(ast.walk(tree))
    if len(parts) > MOST_PARTS:
        raise FormulaError("公式过于复杂,请拆成几个。", "The formula has too many parts; split it.")
    functions = {id(part.func) for part in parts if isinstance(part, ast.Call)}
    for part in parts:
        _allow(text.strip(), part)
    found = sorted(
        (p for p in parts if isinstance(p, ast.Name) and id(p) not in functions), key=lambda p: (p.lineno, p.col_offset)
    )
    counts = Counter(name.id for name in found)
    repeated = tuple(name for name, times in counts.items() if times > 1)
    return Formula(text.strip(), tuple(counts), repeated, tree)


def names_in(text: str) -> tuple[str, ...]:
    """The inputs a formula asks for."""
    return parse(text).names


_ALLOWED = (
    ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.Call, ast.Name, ast.Constant, ast.Load,
    ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.USub, ast.UAdd, ast.Not, ast.And, ast.Or,
    ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq,
)  # fmt: skip


def _allow(text: str, part: ast.AST) -> None:
    column = _column(text, part)
    if not isinstance(part, _ALLOWED):
        raise _error(text, column, f"公式中不允许 {type(part).__name__}", f"{type(part).__name__} is not allowed")
    if isinstance(part, ast.Call):
        if not isinstance(part.func, ast.Name) or part.func.id not in FUNCTIONS or part.keywords:
            raise _error(
                text, column, f"只能使用函数 {'、'.join(FUNCTIONS)}", f"The functions are {', '.join(FUNCTIONS)}"
            )
        least, most = FUNCTIONS[part.func.id][0]
        if not least <= len(part.args) <= most:
            raise _error(text, column, f"{part.func.id} 的参数个数不对", f"{part.func.id} takes {least} to {most} inputs")
    elif isinstance(part, ast.Constant):
        if isinstance(part.value, bool):
            return
        if not isinstance(part.value, int | float) or len(_segment(text, part)) > 40:
            raise _error(text, column, "公式中只能写数字", "Only numbers may be written out")
        _exact(text, part)


class _Walk:
    """One evaluation of one formula."""

    def __init__(self, text: str, given: Mapping[str, Operand]) -> None:
        self.text = text
        self.given = given

    def value(self, node: ast.expr) -> Operand:
        match node:
            case ast.Constant(value=bool() as truth):
                return truth
            case ast.Constant():
                return Interval.exact(_exact(self.text, node))
            case ast.Name(id=name):
                return self.given.get(name, Missing((name,)))
            case ast.BoolOp(op=ast.And(), values=values):
                return self._all(values, decisive=False)
            case ast.BoolOp(values=values):
                return self._all(values, decisive=True)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                truth = self.truth(operand)
                return (not truth) if isinstance(truth, bool) else truth
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self._number(operand, lambda x: Interval.exact(0) - x)
            case ast.UnaryOp(operand=operand):
                return self._number(operand, lambda x: x)
            case ast.Compare():
                return self._compare(node)
            case ast.BinOp():
                return self._arithmetic(node)
            case ast.Call(func=ast.Name(id=name)):
                return FUNCTIONS[name][1](self, node)
            case _:
                raise self.error(node, "公式中不允许这种写法", "This is not allowed")

    def truth(self, node: ast.expr) -> bool | Missing | None:
        found = self.value(node)
        if found is None or isinstance(found, bool | Missing):
            return found
        raise self.error(node, "此处应为判断(是、否)", "A yes or no is expected here")

    def number(self, node: ast.expr) -> Interval | Missing:
        found = self.value(node)
        if isinstance(found, Interval | Missing):
            return found
        if isinstance(found, Integers):
            if found:
                return Interval(Fraction(found.first), Fraction(found.last))
            return Missing((_segment(self.text, node),))
        raise self.error(node, "此处应为数字", "A number is expected here")

    def items(self, node: ast.expr) -> Items | Missing:
        found = self.value(node)
        if isinstance(found, tuple | Missing):
            return found
        raise self.error(node, "此处应为清单或文字", "A list or a text is expected here")

    def whole(self, node: ast.expr) -> int | Missing:
        found = self.number(node)
        if isinstance(found, Missing):
            return found
        if found.is_point and found.lo is not None and found.lo.denominator == 1 and abs(found.lo) <= LARGEST_EXPONENT:
            return int(found.lo)
        raise self.error(node, f"此处应为不超过 {LARGEST_EXPONENT} 的整数", f"A whole number up to {LARGEST_EXPONENT} is expected")

    def numbers(self, nodes: list[ast.expr]) -> list[Interval] | Missing:
        found = [self.number(node) for node in nodes]
        gaps = [part for part in found if isinstance(part, Missing)]
        return _joined(gaps) if gaps else [part for part in found if isinstance(part, Interval)]

    def error(self, node: ast.AST, zh: str, en: str) -> FormulaError:
        return _error(self.text, _column(self.text, node), zh, en)

    def guarded(self, node: ast.AST, compute: Callable[[], Interval]) -> Interval:
        """Arithmetic that has no result here becomes a FormulaError with its place."""
        try:
            return compute()
        except FormulaError:
            raise
        except GaoxinError as problem:
            raise self.error(node, problem.zh.rstrip("。"), problem.en.rstrip(".")) from problem
        except (ZeroDivisionError, ValueError, OverflowError) as problem:
            raise self.error(node, "此处无法计算(如除以 0)", f"This cannot be computed ({problem})") from problem

    def _number(self, node: ast.expr, compute: Callable[[Interval], Interval]) -> Interval | Missing:
        found = self.number(node)
        return found if isinstance(found, Missing) else self.guarded(node, lambda: compute(found))

    def _all(self, nodes: list[ast.expr], *, decisive: bool) -> bool | Missing | None:
        parts = [self.truth(node) for node in nodes]
        if any(part is decisive for part in parts):
            return decisive
        gaps = [part for part in parts if isinstance(part, Missing)]
        if gaps:
            return _joined(gaps)
        return None if any(part is None for part in parts) else not decisive

    def _compare(self, node: ast.Compare) -> bool | Missing | None:
        sides = self.numbers([node.left, *node.comparators])
        if isinstance(sides, Missing):
            return sides
        steps = [_compared(op, sides[i], sides[i + 1]) for i, op in enumerate(node.ops)]
        if any(step is False for step in steps):
            return False
        return None if any(step is None for step in steps) else True

    def _arithmetic(self, node: ast.BinOp) -> Interval | Missing:
        if isinstance(node.op, ast.Pow):
            exponent = self.whole(node.right)
            if isinstance(exponent, Missing):
                base = self.number(node.left)
                return _joined([base, exponent]) if isinstance(base, Missing) else exponent
            return self._number(node.left, lambda x: x.power(exponent))
        pair = self.numbers([node.left, node.right])
        if isinstance(pair, Missing):
            return pair
        left, right = pair
        match node.op:
            case ast.Add():
                return self.guarded(node, lambda: left + right)
            case ast.Sub():
                return self.guarded(node, lambda: left - right)
            case ast.Mult():
                return self.guarded(node, lambda: left * right)
            case _:
                return self.guarded(node, lambda: left / right)


def _compared(op: ast.cmpop, left: Interval, right: Interval) -> bool | None:
    match op:
        case ast.Lt():
            return left.lt(right)
        case ast.LtE():
            return left.le(right)
        case ast.Gt():
            return right.lt(left)
        case ast.GtE():
            return right.le(left)
        case ast.Eq():
            return left.eq(right)
        case _:
            equal = left.eq(right)
            return None if equal is None else not equal


def _integers(walk: _Walk, call: ast.Call) -> Operand:
    """integers(x): the whole numbers that x allows."""
    found = walk.number(call.args[0])
    if isinstance(found, Missing):
        return found
    if found.lo is None or found.hi is None:
        raise walk.error(call, "没有上下限的数字数不出整数", "A figure without both bounds has no countable whole numbers")
    first, last = ceil(found.lo), floor(found.hi)
    if found.lo_open and first == found.lo:
        first += 1
    if found.hi_open and last == found.hi:
        last -= 1
    return Integers(first, last)


def _root(walk: _Walk, call: ast.Call) -> Operand:
    """root(x, n): the n-th root, ends rounded outwards."""
    degree = walk.whole(call.args[1])
    if isinstance(degree, Missing):
        return degree
    return walk._number(call.args[0], lambda x: x.root(degree))


def _ln(walk: _Walk, call: ast.Call) -> Operand:
    """ln(x): the natural logarithm, ends rounded outwards."""
    return walk._number(call.args[0], lambda x: _ln_of(walk, call, x))


def _ln_of(walk: _Walk, call: ast.Call, x: Interval) -> Interval:
    if x.lo is None or x.lo < 0 or (x.hi is not None and x.hi <= 0):
        raise walk.error(call, "对数只用于正数", "Logarithms are for positive figures")
    low = None if x.lo == 0 else _ln_end(x.lo, up=False)
    return Interval(low, None if x.hi is None else _ln_end(x.hi, up=True), x.lo_open, x.hi_open)


def _ln_end(x: Fraction, *, up: bool) -> Fraction:
    if x == 1:
        return Fraction(0)
    with localcontext() as context:
        context.prec = 60
        near = Fraction((Decimal(x.numerator) / Decimal(x.denominator)).ln())
    margin = Fraction(1, 10**40)
    scaled = (near + margin if up else near - margin) * 10**30
    return Fraction(ceil(scaled) if up else floor(scaled), 10**30)


def _extreme(walk: _Walk, call: ast.Call, *, largest: bool) -> Operand:
    parts = walk.numbers(call.args)
    if isinstance(parts, Missing):
        return parts
    result = parts[0]
    for part in parts[1:]:
        result = _larger(result, part) if largest else _negative(_larger(_negative(result), _negative(part)))
    return result


def _abs(walk: _Walk, call: ast.Call) -> Operand:
    """abs(x): the size without the sign."""
    return walk._number(call.args[0], _size)


def _size(x: Interval) -> Interval:
    if x.lo is not None and x.lo >= 0:
        return x
    if x.hi is not None and x.hi <= 0:
        return _negative(x)
    far = _larger(x, _negative(x))
    return Interval(Fraction(0), far.hi, False, far.hi_open)


def _negative(x: Interval) -> Interval:
    return Interval.exact(0) - x


def _larger(one: Interval, other: Interval) -> Interval:
    low, low_open = _higher_end((one.lo, one.lo_open), (other.lo, other.lo_open))
    if one.hi is None or other.hi is None:
        return Interval(low, None, low_open)
    high = max(one.hi, other.hi)
    closed = (one.hi == high and not one.hi_open) or (other.hi == high and not other.hi_open)
    return Interval(low, high, low_open, not closed)


def _higher_end(one: tuple[Fraction | None, bool], other: tuple[Fraction | None, bool]) -> tuple[Fraction | None, bool]:
    if one[0] is None or other[0] is None:
        return other if one[0] is None else one
    if one[0] == other[0]:
        return one[0], one[1] or other[1]
    return one if one[0] > other[0] else other


def _count(walk: _Walk, call: ast.Call) -> Operand:
    """count(list): how many elements; of integers(x): how many whole numbers."""
    found = walk.value(call.args[0])
    if isinstance(found, Missing):
        return found
    if isinstance(found, tuple | Integers):
        return Interval.exact(len(found))
    raise walk.error(call, "count 只用于清单", "count is for lists")


def _same(walk: _Walk, call: ast.Call) -> Operand:
    """same(list, list): the same elements, in any order."""
    pair = [walk.items(argument) for argument in call.args]
    gaps = [part for part in pair if isinstance(part, Missing)]
    if gaps:
        return _joined(gaps)
    return sorted(str(item) for item in pair[0]) == sorted(str(item) for item in pair[1])  # type: ignore[union-attr]


def _only(walk: _Walk, call: ast.Call) -> Operand:
    """only(list, list): the elements of the first that the second lacks."""
    first, second = (walk.items(argument) for argument in call.args)
    if isinstance(first, Missing) or isinstance(second, Missing):
        return _joined([part for part in (first, second) if isinstance(part, Missing)])
    return tuple(item for item in first if item not in second)


def _missing(walk: _Walk, call: ast.Call) -> Operand:
    """missing(x): whether x has no value."""
    return isinstance(walk.value(call.args[0]), Missing)


FUNCTIONS: Mapping[str, tuple[tuple[int, int], _Function]] = {
    "integers": ((1, 1), _integers),
    "root": ((2, 2), _root),
    "ln": ((1, 1), _ln),
    "min": ((2, 20), lambda walk, call: _extreme(walk, call, largest=False)),
    "max": ((2, 20), lambda walk, call: _extreme(walk, call, largest=True)),
    "abs": ((1, 1), _abs),
    "count": ((1, 1), _count),
    "same": ((2, 2), _same),
    "only": ((2, 2), _only),
    "missing": ((1, 1), _missing),
}


def _joined(gaps: list[Missing]) -> Missing:
    return Missing(tuple(dict.fromkeys(name for gap in gaps for name in gap.names)))


def _segment(text: str, node: ast.AST) -> str:
    return ast.get_source_segment(text, node) or ""  # type: ignore[arg-type]


def _exact(text: str, node: ast.Constant) -> Fraction:
    """The number as written: 0.05 is five hundredths, not the nearest binary fraction."""
    try:
        return Fraction(Decimal(_segment(text, node).replace("_", "")))
    except ArithmeticError as problem:
        raise _error(text, _column(text, node), "数字写法有误", "This number cannot be read") from problem


def _column(text: str, node: ast.AST) -> int:
    """Character offset in a one-line formula; ast counts bytes, and names may be Chinese."""
    offset = getattr(node, "col_offset", 0)
    lines = text.split("\n")
    line = getattr(node, "lineno", 1) - 1
    before = sum(len(part) + 1 for part in lines[:line])
    return before + len(lines[line].encode()[:offset].decode(errors="ignore"))


def _error(text: str, column: int, zh: str, en: str) -> FormulaError:
    place = text.strip()[column : column + 12]
    return FormulaError(
        f"{zh}(第 {column + 1} 个字符“{place}”处):{text.strip()}",
        f"{en} (at character {column + 1}, {place!r}): {text.strip()}",
        formula=text.strip(),
        position=column + 1,
    )
