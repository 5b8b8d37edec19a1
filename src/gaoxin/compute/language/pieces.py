"""A piece of a score part: what stands at a path of its mapping, read and built in place (得分项的片段)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Self, TypeAlias

from gaoxin.compute.dims import Dims, dims_of_symbol
from gaoxin.compute.language import syntax
from gaoxin.compute.language.building import Building
from gaoxin.compute.language.parsing import parse
from gaoxin.compute.language.places import Place, Written
from gaoxin.compute.language.scopes import Scope
from gaoxin.compute.language.tables import mishap
from gaoxin.compute.tree import Node

POINT = dims_of_symbol("分")
Path: TypeAlias = tuple[str | int, ...]
Places: TypeAlias = Callable[[Path], Place]


@dataclass(frozen=True, slots=True)
class Piece:
    """`path`: where it stands inside the part; `used`: the ids of the parameters met so far."""

    scope: Scope
    places: Places
    path: Path = ()
    used: set[str] = field(default_factory=set)

    @property
    def place(self) -> Place:
        return self.places(self.path)

    def at(self, *path: str | int) -> Self:
        return type(self)(self.scope, self.places, (*self.path, *path), self.used)

    def building(self, text: str) -> tuple[Building, syntax.Syntax]:
        place = self.place
        building = Building(self.scope, Written(text, place), used=self.used)
        return building, parse(text, place)

    def number(self, written: Any, dims: Dims | None = None) -> Node:
        building, parsed = self.building(self.text(written))
        return building.number(parsed, dims)

    def fixed(self, written: Any, dims: Dims) -> Fraction:
        """A number that is the same for every subject; a bare number of points is in 分."""
        building, parsed = self.building(self.text(written))
        bare = parsed.of if isinstance(parsed, syntax.Negative) else parsed
        if dims == POINT and isinstance(bare, syntax.Number) and not bare.unit:
            return building.constant(parsed)
        return building.constant(parsed, dims)

    def text(self, written: Any) -> str:
        if isinstance(written, str):
            return written
        if isinstance(written, int) and not isinstance(written, bool):
            return str(written)
        raise mishap(
            self.place,
            f"这里要算式或带引号的数，却是 {written!r}",
            f"expected an expression or a number in quotes, found {written!r}",
            found=repr(written),
        )

    def want(self, part: Mapping[str, Any], name: str) -> Any:
        if name not in part:
            raise mishap(
                self.place, f"缺少 {name}", f"{name} is missing", expected=name, known=part, word=name
            )
        return part[name]

    def mapping(self, part: Any) -> None:
        if not isinstance(part, Mapping):
            raise mishap(
                self.place, f"得分项要写成键和值，却是 {part!r}", f"a score part is a mapping, found {part!r}"
            )

    def pair(self, written: Any) -> tuple[Fraction, Fraction]:
        """["0", "6"], or one number that is both ends."""
        if isinstance(written, Sequence) and not isinstance(written, str):
            if len(written) != 2:
                raise mishap(
                    self.place,
                    "得分范围要写 [最低, 最高]",
                    "a range of points is [least, most]",
                    found=repr(written),
                )
            low, high = (self.fixed(each, POINT) for each in written)
            if low > high:
                raise mishap(
                    self.place,
                    f"得分范围反了：{low} 大于 {high}",
                    f"the range is reversed: {low} is more than {high}",
                )
            return low, high
        value = self.fixed(written, POINT)
        return value, value
