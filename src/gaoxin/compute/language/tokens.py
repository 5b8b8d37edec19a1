"""Words, numbers and signs of a condition, each with its place (词法)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from gaoxin.compute.language.places import Spot, Written

Kind = Literal["number", "date", "text", "word", "parameter", "sign", "end"]
LONGEST = 4000
KEYWORDS = frozenset({"and", "or", "not", "in", "starts", "if", "since", "true", "false"})

# A number keeps its unit: 2000万元 is one token.
_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<date>\d{4}-\d{2}-\d{2}(?![\w-]))
  | (?P<number>\d+(?:\.\d+)?)(?P<unit>[%‰]|[^\W\d_]*)
  | (?P<text>'[^'\n]*'|"[^"\n]*")
  | (?P<parameter>\$[A-Za-z_]\w*)
  | (?P<word>[^\W\d]\w*)
  | (?P<sign><=|>=|!=|\.\.|[-+*/()\[\],:=<>.])
    """,
    re.VERBOSE,
)
_MENDS: Mapping[str, str] = {
    "≤": "<=", "≥": ">=", "≠": "!=", "×": "*", "÷": "/", "−": "-", "–": "-", "（": "(", "）": ")", "，": ",",
    "：": ":", "＝": "=", "＜": "<", "＞": ">", "＋": "+", "“": "'", "”": "'", "‘": "'", "’": "'", "％": "%",
    "【": "[", "】": "]", "&": "and", "|": "or", "!": "not",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One token: `text` as written (texts without their quotes, parameters without $), `unit` of a number."""

    kind: Kind
    text: str
    at: Spot
    unit: str = ""

    @property
    def shown(self) -> str:
        """How a message names it."""
        if self.kind == "end":
            return "结尾"
        return f"“{'$' if self.kind == 'parameter' else ''}{self.text}{self.unit}”"


def tokens(text: Written) -> list[Token]:
    """The tokens of a text, the last of kind `end`. Raises: ExpressionError at a sign that means nothing."""
    written = text.text
    if len(written) > LONGEST:
        raise text.error(
            Spot(1, 1, 0),
            f"表达式过长，最多 {LONGEST} 个字符，请拆成几个 definitions",
            f"an expression has at most {LONGEST} characters; split it into definitions",
        )
    found: list[Token] = []
    line, start, offset = 1, 0, 0
    while offset < len(written):
        at = Spot(line, offset - start + 1, offset)
        match = _TOKEN.match(written, offset)
        if match is None:
            raise _strange(text, at)
        held = match.group(0)
        if match["space"] is not None:
            breaks = held.count("\n")
            if breaks:
                line, start = line + breaks, offset + held.rindex("\n") + 1
        elif match["number"] is not None:
            found.append(Token("number", match["number"], at, match["unit"]))
        elif match["text"] is not None:
            found.append(Token("text", held[1:-1], at))
        elif match["parameter"] is not None:
            found.append(Token("parameter", held[1:], at))
        else:
            kind: Kind = "date" if match["date"] else "word" if match["word"] else "sign"
            found.append(Token(kind, held, at))
        offset = match.end()
    found.append(Token("end", "", Spot(line, offset - start + 1, offset)))
    return found


def _strange(text: Written, at: Spot) -> Exception:
    sign = text.text[at.offset]
    if sign in "'\"":
        return text.error(at, "引号没有成对，请补上另一个", "the text is not closed; add the other quote")
    mend = _MENDS.get(sign)
    hint_zh, hint_en = (f"，请写 {mend}", f"; write {mend}") if mend else ("", "")
    if sign in "%‰":
        hint_zh, hint_en = "，单位紧跟数字，如 5%", "; a unit follows its number at once: 5%"
    return text.error(at, f"看不懂“{sign}”{hint_zh}", f"“{sign}” means nothing here{hint_en}", found=sign)
