"""The right figure in the wording of the text: same unit, decimals, numerals, order (改写).

四百三十二亿元 stays in Chinese numerals, 19,190户 keeps its comma and its 户, a bound brings its hedge with
it as the source wrote it: 突破1700亿元.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from gaoxin.core.errors import NumberError, UnitError
from gaoxin.core.numerals import parse_chinese_number
from gaoxin.core.quantities import round_half_up, unit
from gaoxin.core.units import Dimension
from gaoxin.facts.records import Observation
from gaoxin.facts.values import Value
from gaoxin.reading.amounts import Amount
from gaoxin.reading.verifying.numerals import chinese
from gaoxin.reading.verifying.said import rounded, unit_factor

_ARABIC = re.compile(r"[0-9０-９](?:[0-9０-９,，.．]*[0-9０-９])?")
_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万亿点]+")
_HEDGE_BEFORE = re.compile(
    r"^(?:翻了?)?(超过|超|突破|逾|高于|多于|大于|过|约|大约|近|接近|将近|不足|不到|低于|少于|至少|不低于|不少于)"
)
_HEDGE_BEHIND = re.compile(r"(左右|上下|以上|以下|以内|余|多)$")
_BEFORE = {">": "超过", "<": "不足", "<=": "不超过"}
_BEHIND = {">=": "以上", "~": "左右"}
_ODD = re.compile(r"(?<=[0-9０-９零〇一二两三四五六七八九十百千万亿])[余多几]")
_SCALES = ("万亿", "千亿", "百亿", "亿", "千万", "百万", "万")
_MOST_DECIMALS = 6
_LARGEST = 10**16


def printed(observation: Observation, lang: str = "zh") -> str:
    """A fact as people say it, with its hedge: 突破1700亿元, 2%左右, 19190户, 第4位."""
    if observation.written and not observation.value.is_number:
        return observation.written
    value = observation.value
    if not value.is_number:
        return "、".join(value.items)
    if lang == "zh" and observation.written and len(observation.written) <= 12:
        return observation.written
    return unspaced(value.render(observation.unit, lang), lang)


def unspaced(text: str, lang: str = "zh") -> str:
    """Chinese sets no space between number and unit; English keeps one."""
    return "".join(text.split()) if lang == "zh" else " ".join(text.split())


def hedge_words(observation: Observation) -> tuple[str, str]:
    """What the source puts before and behind the number: (突破, ""), ("", 左右)."""
    value, written = observation.value, observation.written
    if value.op in ("=", "[]") or value.is_fraction:
        return "", ""
    before, behind = _HEDGE_BEFORE.search(written), _HEDGE_BEHIND.search(written)
    if before or behind:
        return before[1] if before else "", behind[0] if behind else ""
    return _BEFORE.get(value.op, ""), _BEHIND.get(value.op, "")


def reworded(core: str, amount: Amount, observation: Observation) -> str | None:
    """The fact in the place of `core`, hedges included; None where it cannot be written so.

    `core`: number and unit as they stand in the file.
    """
    value = observation.value
    if amount.form == "year" and value.text is not None and value.text.isdigit():
        return _replaced(core, Decimal(value.text), None)
    if value.op == "[]" or value.number is None or value.dimension is None:
        return None
    if amount.form == "doubling":
        return _doubling(core, observation.written)
    before, behind = hedge_words(observation)
    if value.is_fraction and value.text is not None:
        return _fraction(core, value)
    number = Fraction(value.number, 10**value.dimension.scale)
    if value.is_bound:
        amount = replace(amount, decimals=_certain(number / unit_factor(amount), amount.decimals))
    middle = renumbered(_ODD.sub("", core), amount, number, step=_step(value))
    return None if middle is None else f"{before}{middle}{behind}"


def renumbered(core: str, amount: Amount, number: Fraction, *, step: Fraction = Fraction(0)) -> str | None:
    """`core` with another number in it, in base units; None where its number is not found.

    `step`: size of the last digit that is known; no more digits are written than that.
    """
    if amount.form in ("rank", "label", "year"):
        return _replaced(core, Decimal(int(number)), None)
    if amount.form != "number":
        return _as_percent(core, number)
    factor = unit_factor(amount)
    figure = number / factor
    places = _places(figure, amount.decimals, step / factor)
    stands = None if amount.value is None else amount.value / factor
    return _replaced(core, round_half_up(figure, places), stands)


def _certain(figure: Fraction, wanted: int) -> int:
    """Decimals that a bound needs: 突破1700亿元 is not sharper for being written 1700.00."""
    return next((n for n in range(wanted) if (figure * 10**n).denominator == 1), wanted)


def _doubling(core: str, written: str) -> str | None:
    """近两番 for 两番, as the source has it; None where the source counts in another way."""
    if "番" not in written:
        return None
    bare = written.removeprefix("翻").removeprefix("了")
    return f"{core[: len(core) - len(core.removeprefix('翻').removeprefix('了'))]}{bare}"


def _places(figure: Fraction, wanted: int, step: Fraction) -> int:
    """As many decimals as the text has; more where that would leave less than two digits of what is known."""
    places = wanted
    while (
        places < _MOST_DECIMALS
        and rounded(figure, Fraction(1, 10**places)) != figure
        and abs(figure) * 10**places < 10
        and (not step or Fraction(1, 10**places) > step)
    ):
        places += 1
    return places


def _replaced(core: str, number: Decimal, stands: Fraction | None) -> str | None:
    """The digits of `core` changed, everything else kept.

    `stands`: the number that `core` writes in its unit; None where there is no unit. What does not read so is
    left alone.
    """
    spot = _ARABIC.search(core)
    if spot is not None:
        return _in_digits(core, spot, number, stands)
    spot = _CHINESE.search(core.replace("百分之", "　　　"))
    if spot is None:
        return _first(core, number)
    for scale in ("", *_SCALES):
        digits = spot[0].removesuffix(scale) if scale else spot[0]
        if scale and digits == spot[0]:
            continue
        try:
            read = Fraction(parse_chinese_number(digits))
        except NumberError:
            continue
        if stands is None or abs(read) == abs(stands):
            text = chinese(abs(number)) if abs(number) < _LARGEST else format(abs(number), "f")
            text = text.replace("二", "两", 1) if digits == "两" and text == "二" else text
            return core[: spot.start()] + text + scale + core[spot.end() :]
    return None


def _in_digits(core: str, spot: re.Match[str], number: Decimal, stands: Fraction | None) -> str | None:
    old = spot[0]
    halved = unicodedata.normalize("NFKC", old).replace(",", "")
    try:
        read = Fraction(halved)
    except ValueError:
        return None
    if stands is not None and abs(read) != abs(stands):
        return None
    text = format(abs(number), "f")
    if "," in old or "，" in old:
        text = format(abs(number), ",f")
    if any("０" <= char <= "９" for char in old):
        text = "".join(chr(ord(char) + 0xFEE0) if char in "0123456789." else char for char in text)
    return core[: spot.start()] + text + core[spot.end() :]


def _first(core: str, number: Decimal) -> str | None:
    """首位 becomes 第4位."""
    if any(sign in core for sign in ("首", "唯一", "最")):
        return f"第{number}位" if number != 1 else core
    return None


def _fraction(core: str, value: Value) -> str:
    part, whole = (value.text or "").replace(" ", "").split("/")
    if "分之" in core:
        return f"{chinese(Decimal(whole))}分之{chinese(Decimal(part))}"
    percent = Fraction(int(part) * 100, int(whole))
    if core.endswith(("%", "％")) and percent.denominator == 1:
        return f"{percent}%"
    return f"{part}/{whole}"


def _as_percent(core: str, number: Fraction) -> str | None:
    if "/" not in core and "分之" not in core and "成" not in core:
        return None
    figure = number * 100
    places = 0 if figure.denominator == 1 else 1
    return f"{round_half_up(figure, places)}%"


def _step(value: Value) -> Fraction:
    assert value.dimension is not None
    return Fraction(value.step or 0, 10**value.dimension.scale)


def amount_words(value: Fraction, amount: Amount, core: str) -> str:
    """A number in the unit of another figure, for sums: 299.5 of 299.5亿元."""
    factor = unit_factor(amount)
    figure = value / factor
    places = max(amount.decimals, 0)
    while rounded(figure, Fraction(1, 10**places)) != figure and places < amount.decimals + 2:
        places += 1
    digits = format(round_half_up(figure, places), "f")
    return digits.rstrip("0").rstrip(".") if places > amount.decimals and "." in digits else digits


def in_unit(value: Fraction, symbol: str, decimals: int = 1) -> str:
    """131.7亿元, 3.0个百分点, 229家."""
    try:
        held = unit(symbol)
    except UnitError:
        return format(round_half_up(value, decimals), "f") + symbol
    figure = value / held.factor
    if figure.denominator == 1 and held.dimension is Dimension.count:
        decimals = 0
    return format(round_half_up(figure, decimals), "f") + symbol
