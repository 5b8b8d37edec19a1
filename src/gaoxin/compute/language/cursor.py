"""A place in the tokens of an expression: what comes next, and what should have come (读取位置).

`parsing` says which tokens make an expression; here they are taken one by one, and a wrong one is refused
with its line and column.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from gaoxin.compute.language import syntax
from gaoxin.compute.language.places import Written
from gaoxin.compute.language.tokens import KEYWORDS, Token, tokens

_MOST_DIGITS = 30


class Cursor:
    """Takes tokens. Raises: ExpressionError for one that is not expected, with what was."""

    def __init__(self, text: Written) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.position = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.position]

    def ahead(self, count: int) -> Token:
        return self.tokens[min(self.position + count, len(self.tokens) - 1)]

    def take(self) -> Token:
        token = self.next
        if token.kind != "end":
            self.position += 1
        return token

    def found(self, *words: str) -> bool:
        """Is the next token one of these signs or keywords?"""
        return self.next.kind in ("sign", "word") and self.next.text in words

    def skip(self, sign: str) -> Token:
        if not self.found(sign):
            raise self.unexpected(f"“{sign}”", f"“{sign}”")
        return self.take()

    def unexpected(self, zh: str, en: str) -> Exception:
        token = self.next
        shown = "the end" if token.kind == "end" else token.shown
        mend_zh, mend_en = "", ""
        before = self.tokens[self.position - 1] if self.position else None
        if before and before.kind == "number" and not before.unit and token.kind == "word":
            mend_zh, mend_en = "；单位紧跟数字，如 2000万元", "; a unit follows its number at once: 2000万元"
        elif before and token.text == "=" and before.text in ("=", "!", ">", "<"):
            mend_zh, mend_en = "；相等写一个 =", "; equality is a single ="
        return self.text.error(
            token.at,
            f"这里应是{zh}，却是{token.shown}{mend_zh}",
            f"expected {en}, found {shown}{mend_en}",
            expected=en,
            found=token.text + token.unit,
        )

    def finish(self) -> None:
        if self.next.kind != "end":
            raise self.unexpected("运算符或结尾", "an operator or the end")

    def word(self, zh: str, en: str) -> Token:
        if self.next.kind != "word" or self.next.text in KEYWORDS:
            raise self.unexpected(zh, en)
        return self.take()

    def quoted(self) -> syntax.Text:
        if self.next.kind != "text":
            raise self.unexpected("引号里的文字，如 'national'", "a text in quotes, such as 'national'")
        token = self.take()
        return syntax.Text(token.at, token.text)

    def digits(self, token: Token) -> Fraction:
        if len(token.text) > _MOST_DIGITS or not token.text.isascii():
            raise self.text.error(
                token.at,
                f"数字请用半角，最多 {_MOST_DIGITS} 位",
                f"digits are ASCII, at most {_MOST_DIGITS}",
                found=token.text,
            )
        return Fraction(token.text)

    def day(self, token: Token) -> date:
        try:
            return date.fromisoformat(token.text)
        except ValueError as error:
            raise self.text.error(
                token.at, f"没有 {token.text} 这一天", f"there is no day {token.text}", found=token.text
            ) from error

    def whole_number(self) -> int:
        token = self.next
        if token.kind != "number" or token.unit or not token.text.isdecimal() or len(token.text) > 4:
            raise self.unexpected("不带单位的整数", "a whole number without unit")
        self.take()
        return int(self.digits(token))
