"""How an evaluation is computed: ordered steps, each closed and checked before anything runs (评价方法).

The file is YAML with one list, `recipe:`. An unknown step, key or method is refused with the nearest name.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from gaoxin.core.errors import FrameworkError
from gaoxin.core.spelling import did_you_mean
from gaoxin.indicators.files import text_of

Positive = Annotated[float, Field(gt=0)]
Share = Annotated[float, Field(ge=0, le=1)]
Mean = Literal["arithmetic", "geometric", "harmonic", "power", "copeland", "owa", "topsis"]
Scope = Literal["year", "panel", "base", "fixed"]


class Closed(BaseModel):
    """A frozen step; a key that is not declared is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Denominate(Closed):
    """Each indicator divided by the column its node names."""

    step: Literal["denominate"] = "denominate"


class Impute(Closed):
    """Missing cells filled, or left."""

    step: Literal["impute"] = "impute"
    method: Literal[
        "mean",
        "median",
        "group_mean",
        "group_median",
        "panel_latest",
        "panel_linear",
        "panel_constant",
        "none",
    ] = "none"
    group: str | None = None
    max_gap: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _group_is_named(self) -> Impute:
        if self.method.startswith("group_") and self.group is None:
            raise ValueError(f"method {self.method} needs group: CODE")
        return self


class Screen(Closed):
    """Units with too few known indicators left out."""

    step: Literal["screen"] = "screen"
    min_available: Share = 0.0
    scope: Literal["unit"] = "unit"


class Treat(Closed):
    """Outliers pulled in, one value at a time."""

    step: Literal["treat"] = "treat"
    method: Literal["winsorise", "none"] = "winsorise"
    max_points: Annotated[int, Field(ge=0)] = 5
    skew: Positive = 2.0
    kurtosis: Positive = 3.5
    fallback: Literal["log", "boxcox", "none"] = "log"
    lambda_: Annotated[float, Field(alias="lambda")] = 0.5


class Normalise(Closed):
    """Indicators brought to one scale; direction acts here."""

    step: Literal["normalise"] = "normalise"
    method: Literal[
        "minmax",
        "zscore",
        "rank",
        "percentile_rank",
        "borda",
        "scaled",
        "dist_to_max",
        "dist_to_reference",
        "dist_to_target",
        "fraction_of_max",
        "goalposts",
        "efficacy",
        "none",
    ] = "minmax"
    scope: Scope = "year"
    year: int | None = None
    bounds: str | None = None
    range: tuple[float, float] = (0.0, 100.0)
    mean: float = 0.0
    sd: Positive = 1.0
    subtract: float = 0.0
    divide: float = 1.0
    multiply: float = 1.0
    unit: str | None = None
    lower: float | None = None
    upper: float | None = None
    file: str | None = None
    truncate: bool = True
    scale: float = 100.0
    base: float = 60.0
    span: float = 40.0

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Normalise:
        if self.scope == "base" and self.year is None:
            raise ValueError("scope base needs year: Y")
        if self.scope == "fixed" and self.bounds is None:
            raise ValueError("scope fixed needs bounds: FILE")
        if self.method == "dist_to_reference" and self.unit is None:
            raise ValueError("dist_to_reference needs unit: CODE")
        if self.method == "goalposts" and self.file is None and (self.lower is None or self.upper is None):
            raise ValueError("goalposts needs lower and upper, or file: FILE")
        if self.range[0] >= self.range[1]:
            raise ValueError("range needs its lower end first")
        if self.divide == 0:
            raise ValueError("divide must not be 0")
        return self


class Weight(Closed):
    """Where weights come from."""

    step: Literal["weight"] = "weight"
    method: Literal[
        "given", "equal", "entropy", "critic", "stdev", "gini", "ahp", "pca", "optimised", "combined"
    ] = "given"
    file: str | None = None
    parts: tuple[str, ...] = ()
    alpha: Share | None = None
    ddof: Literal[0, 1] = 1

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Weight:
        if self.method == "ahp" and self.file is None:
            raise ValueError("ahp needs file: FILE")
        if self.method == "combined" and len(self.parts) < 2:
            raise ValueError("combined needs parts: [A, B]")
        return self


class Aggregate(Closed):
    """Children put together into their parent."""

    step: Literal["aggregate"] = "aggregate"
    method: Mean = "arithmetic"
    missing: Literal["renormalise", "threshold", "unknown"] = "renormalise"
    min_share: Share = 0.75
    p: float = 1.0
    weights: tuple[float, ...] = ()
    by_level: dict[int, Mean] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Aggregate:
        if (self.method == "owa" or "owa" in self.by_level.values()) and not self.weights:
            raise ValueError("owa needs weights: [..]")
        return self


Step = Annotated[
    Denominate | Impute | Screen | Treat | Normalise | Weight | Aggregate, Field(discriminator="step")
]
_STEPS: dict[str, type[Closed]] = {
    "denominate": Denominate,
    "impute": Impute,
    "screen": Screen,
    "treat": Treat,
    "normalise": Normalise,
    "weight": Weight,
    "aggregate": Aggregate,
}
_ONE: TypeAdapter[Step] = TypeAdapter(Step)


class Recipe(Closed):
    """The steps in the order they are done."""

    steps: tuple[Step, ...]
    # where the files it names are looked for
    folder: str = Field(default=".", exclude=True)

    def step(self, name: str) -> Closed | None:
        """The first step of that name, or None."""
        return next((step for step in self.steps if step.step == name), None)


DEFAULT = Recipe(steps=(Normalise(), Weight(), Aggregate()))


def read_recipe(path: str | Path) -> Recipe:
    """The recipe in a YAML file. Raises: FrameworkError naming the step and key, and for no file."""
    import yaml

    file = Path(path)
    try:
        held = yaml.safe_load(text_of(file))
    except yaml.YAMLError as error:
        raise FrameworkError(
            f"{file.name}：不是正确的 YAML：{error}", f"{file.name}: no YAML: {error}"
        ) from None
    return recipe_of(held, name=file.name, folder=file.parent)


def recipe_of(held: Any, *, name: str = "recipe", folder: str | Path = ".") -> Recipe:
    """A recipe from what a YAML file holds: {recipe: [{step: …}, …]}.

    Raises: FrameworkError naming the step and key for what is unknown, incomplete or out of order.
    """
    if not isinstance(held, Mapping) or set(held) != {"recipe"} or not isinstance(held["recipe"], list):
        raise FrameworkError(
            f"{name}：应写成 recipe: 后接步骤列表", f"{name}: write recipe: and a list of steps below it"
        )
    steps = []
    for number, one in enumerate(held["recipe"], start=1):
        steps.append(_step(one, f"{name} 第 {number} 步", f"{name} step {number}"))
    recipe = Recipe(steps=tuple(steps), folder=str(folder))
    check_order(recipe)
    return recipe


def check_order(recipe: Recipe) -> None:
    """Refuses what could only be a slip: dividing or scaling twice, or changing values after the scores."""
    names = [step.step for step in recipe.steps]
    for once in ("denominate", "normalise", "weight", "aggregate"):
        if names.count(once) > 1:
            raise FrameworkError(f"步骤 {once} 写了两次", f"the step {once} stands twice", step=once)
    after = names[names.index("aggregate") + 1 :] if "aggregate" in names else []
    late = next((name for name in after if name != "weight"), None)
    if late is not None:
        raise FrameworkError(
            f"步骤 {late} 不能排在 aggregate 之后", f"the step {late} cannot come after aggregate", step=late
        )


def _step(one: Any, zh: str, en: str) -> Step:
    if not isinstance(one, Mapping) or "step" not in one:
        raise FrameworkError(f"{zh}：没有写 step", f"{en}: no step is named")
    model = _STEPS.get(str(one["step"]))
    if model is None:
        hint = did_you_mean(str(one["step"]), _STEPS)
        raise FrameworkError(
            f"{zh}：没有步骤 {one['step']}。{hint[0]}", f"{en}: no step {one['step']}. {hint[1]}"
        )
    known = [field.alias or name for name, field in model.model_fields.items()]
    for key in one:
        if key not in known:
            hint = did_you_mean(str(key), known)
            raise FrameworkError(
                f"{zh}（{one['step']}）：不认识“{key}”。{hint[0]}",
                f"{en} ({one['step']}): unknown key {key}. {hint[1]}",
            )
    try:
        return _ONE.validate_python(dict(one))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"][1:])
        said = f"{place} {first['msg']}".strip()
        raise FrameworkError(f"{zh}（{one['step']}）：{said}", f"{en} ({one['step']}): {said}") from None
