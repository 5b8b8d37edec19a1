"""Tokens → syntax, by recursive descent (语法分析). Nothing is looked up here.

Binding, weakest first: or · and · not · comparison, in, starts · + − · * / · unary −. Comparisons do not
chain.
"""

from __future__ import annotations

from gaoxin.compute.language import syntax
from gaoxin.compute.language.cursor import Cursor
from gaoxin.compute.language.places import Place, Spot, Written
from gaoxin.compute.language.syntax import Syntax
from gaoxin.compute.language.tokens import KEYWORDS, Token

WINDOWS = ("sum", "mean", "least", "most")
OVER_YEARS = (*WINDOWS, "each", "some")
OVER_ELEMENTS = ("exists", "sum", "count")
FUNCTIONS = (
    "min", "max", "whole", "if", *OVER_YEARS, "exists", "count", "growth", "days", "year", "day", "valid",
    "within", "band", "known", "passes",
)  # fmt: skip
_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_DEEPEST = 40


def parse(written: str, place: Place | None = None) -> Syntax:
    """The syntax of an expression. Raises: ExpressionError with line, column and what was expected."""
    parser = _Parser(Written(written, place or Place()))
    found = parser.expression()
    parser.finish()
    return found


class _Parser(Cursor):
    def __init__(self, text: Written) -> None:
        super().__init__(text)
        self.depth = 0

    # Truths

    def expression(self) -> Syntax:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.text.error(
                self.next.at,
                "括号套得太深，请拆成几个 definitions",
                "nested too deeply; split into definitions",
            )
        found = self.joined("or")
        self.depth -= 1
        return found

    def joined(self, op: str) -> Syntax:
        at = self.next.at
        parts = [self.joined("and") if op == "or" else self.negated()]
        while self.found(op):
            self.take()
            parts.append(self.joined("and") if op == "or" else self.negated())
        return parts[0] if len(parts) == 1 else syntax.Joined(at, op, tuple(parts))

    def negated(self) -> Syntax:
        found: list[Spot] = []
        while self.found("not"):
            found.append(self.take().at)
        of = self.compared()
        if len(found) % 2:
            return syntax.Opposite(found[0], of)
        return of

    def compared(self) -> Syntax:
        left = self.sum()
        negated = self.found("not") and self.ahead(1).text in ("in", "starts")
        at = self.take().at if negated else self.next.at
        if self.found("in", "starts"):
            among = self.among(left, self.take())
            return syntax.Opposite(at, among) if negated else among
        if self.next.kind != "sign" or self.next.text not in _COMPARISONS:
            return left
        sign = self.take()
        right = self.sum()
        if self.next.kind == "sign" and self.next.text in _COMPARISONS:
            raise self.text.error(
                self.next.at,
                "比较不能连写，请用 and 分成两个：a <= b and b <= c",
                "comparisons do not chain; write a <= b and b <= c",
                found=self.next.text,
            )
        return syntax.Operation(sign.at, sign.text, left, right)

    def among(self, of: Syntax, keyword: Token) -> Syntax:
        prefix = keyword.text == "starts"
        if self.next.kind == "parameter":
            token = self.take()
            return syntax.Among(keyword.at, of, syntax.Parameter(token.at, token.text), prefix)
        self.skip("(")
        texts = [self.quoted()]
        while self.found(","):
            self.take()
            if self.found(")"):
                break
            texts.append(self.quoted())
        self.skip(")")
        return syntax.Among(keyword.at, of, tuple(texts), prefix)

    # Numbers

    def sum(self) -> Syntax:
        left = self.product()
        while self.found("+", "-"):
            sign = self.take()
            left = syntax.Operation(sign.at, sign.text, left, self.product())
        return left

    def product(self) -> Syntax:
        left = self.signed()
        while self.found("*", "/"):
            sign = self.take()
            left = syntax.Operation(sign.at, sign.text, left, self.signed())
        return left

    def signed(self) -> Syntax:
        if not self.found("-"):
            return self.operand()
        at = self.take().at
        if self.found("-"):
            raise self.unexpected("一个数", "a number")
        return syntax.Negative(at, self.operand())

    def operand(self) -> Syntax:
        token = self.next
        match token.kind:
            case "number":
                return syntax.Number(token.at, self.digits(self.take()), token.unit)
            case "date":
                return syntax.Date(token.at, self.day(self.take()))
            case "text":
                return self.quoted()
            case "parameter":
                self.take()
                return syntax.Parameter(token.at, token.text)
            case "word" if token.text in ("true", "false"):
                self.take()
                return syntax.Truth(token.at, token.text == "true")
            case "word" if token.text not in KEYWORDS or (token.text == "if" and self.ahead(1).text == "("):
                return self.named()
        if self.found("("):
            self.take()
            found = self.expression()
            self.skip(")")
            return found
        raise self.unexpected(
            "一个值（指标、数字、$参数或括号）", "a value (a metric, number, $parameter or bracket)"
        )

    def named(self) -> Syntax:
        token = self.take()
        if self.found("("):
            return self.call(token)
        if self.found("["):
            self.take()
            years = self.years()
            self.skip("]")
            return syntax.Indexed(token.at, token.text, years)
        if self.found("."):
            self.take()
            field = self.word("字段名", "a field name")
            return syntax.FieldOf(token.at, token.text, field.text, field.at)
        return syntax.Name(token.at, token.text)

    # Years

    def years(self) -> syntax.Year | syntax.Span:
        first = self.year()
        if not self.found(".."):
            return first
        self.take()
        return syntax.Span(first.at, first, self.year())

    def year(self) -> syntax.Year:
        token = self.next
        base, shift = "", 0
        if token.kind == "number" and not token.unit:
            shift = self.whole_number()
        else:
            base = self.word("年份，如 Y-1", "a year such as Y-1").text
            if self.found("+", "-"):
                sign = -1 if self.take().text == "-" else 1
                shift = sign * self.whole_number()
        return syntax.Year(token.at, base, shift)

    # Calls

    def call(self, function: Token) -> Syntax:
        if function.text not in FUNCTIONS:
            raise self.text.error(
                function.at,
                f"没有函数“{function.text}”，可用的是 {'、'.join(FUNCTIONS)}",
                f"there is no function “{function.text}”; known are {', '.join(FUNCTIONS)}",
                known=FUNCTIONS,
                word=function.text,
                found=function.text,
            )
        opening = self.skip("(")
        if function.text == "passes":
            return self.passes(function, opening)
        if self.next.kind == "word" and self.ahead(1).kind == "word" and self.ahead(1).text == "in":
            after = self.ahead(2)
            if after.kind == "number" or after.kind == "word":
                return self.bound(function)
        parts: list[Syntax] = []
        while not self.found(")"):
            parts.append(self.expression())
            if not self.found(","):
                break
            self.take()
        since = self.since()
        self.skip(")")
        if since is not None and function.text not in WINDOWS:
            raise self.text.error(since.at, "since 只用于窗口", "since is for windows only")
        return syntax.Call(function.at, function.text, tuple(parts), since)

    def since(self) -> Syntax | None:
        if not self.found("since"):
            return None
        self.take()
        return self.operand()

    def bound(self, function: Token) -> Syntax:
        variable = self.take().text
        self.skip("in")
        if self.next.kind == "word" and self.ahead(1).text == ":":
            return self.over_elements(function, variable)
        if function.text not in OVER_YEARS:
            raise self.not_over(function, "年份", "years", OVER_YEARS)
        at = self.next.at
        years = self.years()
        if not isinstance(years, syntax.Span):
            raise self.text.error(
                at,
                "这里要年份范围，如 Y-2..Y-1；清单后面要写冒号",
                "expected years such as Y-2..Y-1, or a list and a colon",
            )
        since = self.since()
        self.skip(":")
        body = self.expression()
        since = since or self.since()
        self.skip(")")
        return syntax.OverYears(function.at, function.text, variable, years, since, body)

    def over_elements(self, function: Token, variable: str) -> Syntax:
        if function.text not in OVER_ELEMENTS:
            raise self.not_over(function, "清单", "lists", OVER_ELEMENTS)
        events = self.take()
        self.skip(":")
        body = self.expression()
        condition = None
        if self.found("if"):
            if function.text != "sum":
                raise self.text.error(
                    self.next.at,
                    f"{function.text} 只写条件，不写 if",
                    f"{function.text} takes a condition only, no if",
                )
            self.take()
            condition = self.expression()
        self.skip(")")
        name = syntax.Name(events.at, events.text)
        return syntax.OverElements(function.at, function.text, variable, name, body, condition)

    def not_over(self, function: Token, zh: str, en: str, able: tuple[str, ...]) -> Exception:
        return self.text.error(
            function.at,
            f"{function.text} 不能用于{zh}，请用 {'、'.join(able)}",
            f"{function.text} does not run over {en}; use {', '.join(able)}",
            found=function.text,
        )

    def passes(self, function: Token, opening: Token) -> Syntax:
        start = opening.at.offset + 1
        while self.next.kind != "end" and not self.found(")"):
            self.take()
        rule = self.text.text[start : self.next.at.offset].strip().strip("'\"")
        self.skip(")")
        if not rule or not all(sign.isalnum() or sign in "-_" for sign in rule):
            raise self.text.error(
                opening.at,
                "passes 里要写一条规则的编号，如 passes(SIZE)",
                "passes takes a rule id: passes(SIZE)",
            )
        return syntax.Passes(function.at, rule)
