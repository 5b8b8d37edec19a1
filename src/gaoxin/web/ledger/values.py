"""What a clerk typed, as a value of the metric (录入值); the rules are those of packs and imports."""

from __future__ import annotations

from datetime import date

from gaoxin.core.errors import FactError, NumberError
from gaoxin.core.number_hints import restated
from gaoxin.core.quantities import Dimension
from gaoxin.core.quantities import unit as unit_named
from gaoxin.facts.values import Value
from gaoxin.packs.schemas import Metric

_YES = frozenset({"是", "有", "true", "yes", "1", "√"})
_NO = frozenset({"否", "无", "false", "no", "0", "×"})
# What each kind of figure may be measured in, None being the dimension of the metric; packs obey the same.
_MEASURED_IN: dict[str, tuple[Dimension | None, ...]] = {
    "growth": (Dimension.ratio,),
    "share": (Dimension.ratio,),
    "rank": (Dimension.rank,),
    "multiple": (Dimension.multiple,),
    "change": (None, Dimension.percentage_point),
    "duration": (Dimension.time,),
    "target": (None, Dimension.ratio, Dimension.multiple),
}


def typed_value(
    metric: Metric, text: str, *, unit: str, op: str = "=", figure: str = "level", exact: bool = False
) -> Value:
    """The value behind what was typed.

    Units: a level must be in a unit that converts to the metric's; 人 is refused for 家.
    `exact`: an account of one firm, not a rounded publication.
    Missing: an empty text is refused; a missing figure is not recorded.
    Raises: FactError, NumberError, UnitError.
    """
    written = text.strip()
    if not written:
        raise FactError(
            "数值为空。没有数就不登记，不要填 0。", "The value is empty. A missing figure is not recorded."
        )
    if figure == "level" and not metric.is_numeric:
        return _text_value(metric, written)
    if figure == "list":
        return Value.of_items(written.splitlines())
    if not unit:
        raise FactError(f"“{metric.zh}”要写单位。", f"{metric.en!r} needs a unit.")
    held = unit_named(unit)
    wanted = _MEASURED_IN.get(figure, (None,))
    own = None in wanted and (not metric.unit or held.converts_to(unit_named(metric.unit)))
    if not own and held.dimension not in wanted:
        if None not in wanted:
            raise FactError(
                f"这类数字以{wanted[0].zh if wanted[0] else ''}计，不能填{unit}。",
                f"A figure of kind {figure!r} is not measured in {unit}.",
            )
        raise FactError(
            f"“{metric.zh}”以{metric.unit}计，不能填{unit}。",
            f"{metric.en!r} is measured in {metric.unit}, not {unit}.",
        )
    ends = [end.strip() for end in written.replace("–", "~").replace("~", "~").split("~")]
    if len(ends) == 2 and all(ends):
        return Value.between(ends[0], ends[1], held)
    try:
        return Value.of(written, held, op, exact=exact and op == "=")  # type: ignore[arg-type]
    except NumberError as problem:
        raise restated(problem, written, held) from problem


def _text_value(metric: Metric, written: str) -> Value:
    match metric.value_type:
        case "boolean":
            if written.lower() in _YES | _NO:
                return Value.of_text("true" if written.lower() in _YES else "false")
            raise FactError(f"“{metric.zh}”只能填 是 或 否。", f"{metric.en!r} is yes or no.")
        case "date":
            try:
                return Value.of_text(date.fromisoformat(written).isoformat())
            except ValueError:
                raise FactError(
                    f"“{metric.zh}”要填日期，如 2021-12-31。", f"{metric.en!r} is a date such as 2021-12-31."
                ) from None
        case "code":
            by_name = {name: code for code, name in metric.choices.items()}
            if written in metric.choices or written in by_name or not metric.choices:
                return Value.of_text(by_name.get(written, written))
            raise FactError(
                f"“{metric.zh}”没有“{written}”这一项，可选：{'、'.join(metric.choices.values())}。",
                f"{metric.en!r} has no choice {written!r}.",
                choices=dict(metric.choices),
            )
        case "list":
            return Value.of_items(written.splitlines())
    return Value.of_text(written)
