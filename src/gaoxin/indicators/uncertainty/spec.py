"""What varies between replications, checked before anything runs (不确定性方案)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator

from gaoxin.core.errors import FrameworkError
from gaoxin.core.spelling import did_you_mean
from gaoxin.indicators.files import text_of
from gaoxin.indicators.recipes import Closed, Recipe, recipe_of

_DEFAULTED = ("weight", "aggregate")


class Factor(Closed):
    """One thing that varies: a part of the recipe over choices, or the weights."""

    path: str
    choices: tuple[Any, ...] = ()
    noise: Annotated[float, Field(gt=0, le=1)] | None = None
    levels: tuple[int, ...] = ()
    dist: Literal["dirichlet"] | None = None
    concentration: Annotated[float, Field(gt=0)] | None = None
    sets: str | None = None

    @property
    def is_weights(self) -> bool:
        return self.path == "weights"

    @model_validator(mode="after")
    def _says_how(self) -> Factor:
        ways = (self.noise is not None) + (self.dist is not None) + (self.sets is not None)
        if self.is_weights and (ways != 1 or self.choices):
            raise ValueError("path weights takes one of noise, dist: dirichlet, sets")
        if not self.is_weights and (ways or not self.choices):
            raise ValueError("a path of the recipe takes choices: [..]")
        if self.dist is not None and self.concentration is None:
            raise ValueError("dirichlet needs concentration")
        return self


class Spec(Closed):
    """Draws, seed and factors; `table` holds explicit draws instead."""

    draws: Annotated[int, Field(ge=1, le=1_000_000)] = 1000
    seed: int = 1
    target: Literal["ranks", "scores"] = "ranks"
    factors: dict[str, Factor]
    table: str | None = None
    sobol: dict[str, int] | None = None
    folder: str = Field(default=".", exclude=True)


def read_spec(path: str | Path) -> Spec:
    """The specification in a YAML file. Raises: FrameworkError naming the key."""
    import yaml

    file = Path(path)
    try:
        held = yaml.safe_load(text_of(file))
    except yaml.YAMLError as error:
        raise FrameworkError(
            f"{file.name}：不是正确的 YAML：{error}", f"{file.name}: no YAML: {error}"
        ) from None
    return spec_of(held, name=file.name, folder=file.parent)


def spec_of(held: Any, *, name: str = "uncertainty", folder: str | Path = ".") -> Spec:
    """The same of what a YAML file holds."""
    if not isinstance(held, Mapping):
        raise FrameworkError(f"{name}：应写 draws、seed、factors", f"{name}: write draws, seed and factors")
    known = [key for key in Spec.model_fields if key != "folder"]
    for key in held:
        if key not in known:
            zh, en = did_you_mean(str(key), known)
            raise FrameworkError(f"{name}：不认识“{key}”。{zh}", f"{name}: unknown key {key}. {en}")
    try:
        spec = Spec.model_validate({**held, "folder": str(folder)})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise FrameworkError(f"{name}：{place} {first['msg']}", f"{name}: {place} {first['msg']}") from None
    if spec.sobol is not None:
        raise FrameworkError("sobol 敏感性还没有实现，请去掉 sobol", "sobol is not built; leave it out")
    if sum(factor.is_weights for factor in spec.factors.values()) > 1:
        raise FrameworkError(f"{name}：权重只能有一个因素", f"{name}: only one factor may be the weights")
    return spec


def with_choice(recipe: Recipe, path: str, choice: Any) -> Recipe:
    """The recipe with one of its parts replaced: `recipe.treat.max_points`, or `recipe.normalise` as a whole.

    Raises: FrameworkError for a path that does not exist in the recipe, with near names, and for a value that
    the step refuses.
    """
    parts = path.split(".")
    names = list(dict.fromkeys([*(step.step for step in recipe.steps), *_DEFAULTED]))
    if parts[0] != "recipe" or len(parts) not in (2, 3) or parts[1] not in names:
        paths = ["weights", *(f"recipe.{name}" for name in names)]
        zh, en = did_you_mean(".".join(parts[:2]), paths)
        raise FrameworkError(
            f"方法里没有 {path}，可用 {'、'.join(paths)} 及其参数。{zh}",
            f"the recipe has no {path}; there are {', '.join(paths)} and their keys. {en}",
            step=path,
        )
    written = [
        step.model_dump(by_alias=True, exclude_unset=True) | {"step": step.step} for step in recipe.steps
    ]
    if parts[1] not in [step.step for step in recipe.steps]:
        written.append({"step": parts[1]})
    out = []
    for one in written:
        if one["step"] != parts[1]:
            out.append(one)
        elif len(parts) == 3:
            out.append({**one, parts[2]: choice})
        elif isinstance(choice, Mapping):
            out.append({"step": parts[1], **choice})
        elif choice is not None:  # a choice of nothing takes the step out
            raise FrameworkError(
                f"{path} 的选项应是一组参数：{choice}",
                f"a choice of {path} must hold keys: {choice}",
                step=path,
            )
    return recipe_of({"recipe": out}, name=path, folder=recipe.folder)
