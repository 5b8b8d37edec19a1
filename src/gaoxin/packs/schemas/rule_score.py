"""Score parts of a rule: bands, ladders, expert points, sums and choices, nested (评分)."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag, model_validator

from gaoxin.packs.document import NodePath
from gaoxin.packs.schemas.base import Closed, Id, Name, SnakeId, Text, wrong
from gaoxin.packs.schemas.exact import Amount, Exact, exact, strictly_sorted
from gaoxin.packs.schemas.rule_parameter import Cited, one_direction


def _points_form(value: Any) -> str | None:
    return "<text>" if isinstance(value, str) else "<range>" if isinstance(value, list | tuple) else None


# Points of a band: a number, or for an expert the least and the most he may give.
Points = Annotated[
    Annotated[Exact, Tag("<text>")] | Annotated[tuple[Exact, Exact], Tag("<range>")],
    Discriminator(
        _points_form,
        custom_error_type="points_form",
        custom_error_message='expected points "20", or a range ["7", "8"] inside which an expert chooses',
    ),
]
PointRange = tuple[Exact, Exact]


class Bands(Closed):
    """Points by the band a number falls in, the best band first (分档得分)."""

    of: Text = Field(description="The number, as an expression (被评的数)")
    at_least: tuple[tuple[Amount, Points], ...] = Field(
        default=(), description="[threshold, points], threshold included, from the highest down (不低于)"
    )
    above: tuple[tuple[Amount, Points], ...] = Field(
        default=(), description="[threshold, points], threshold not included, from the highest down (高于)"
    )
    at_most: tuple[tuple[Amount, Points], ...] = Field(
        default=(), description="[threshold, points], threshold included, from the lowest up (不高于)"
    )
    below: tuple[tuple[Amount, Points], ...] = Field(
        default=(), description="[threshold, points], threshold not included, from the lowest up (低于)"
    )
    otherwise: Points = Field(description="Points outside all bands (其他)")

    @model_validator(mode="after")
    def _one_direction(self) -> Bands:
        rows, falling = one_direction(self.at_least, self.above, self.at_most, self.below)
        strictly_sorted([mark for mark, _ in rows], falling=falling)
        return self

    @property
    def rows(self) -> tuple[tuple[str, Points], ...]:
        return self.at_least or self.above or self.at_most or self.below

    @property
    def outcomes(self) -> tuple[Points, ...]:
        return (*(points for _, points in self.rows), self.otherwise)


class Rung(Closed):
    """Points for those who meet a test and none of the tests before it (阶梯)."""

    when: Text = Field(description="The test (条件)")
    points: Points | None = Field(default=None, description="Points (得分)")
    part: Part | None = Field(default=None, description="Instead of points: how these are scored (评分项)")

    @model_validator(mode="after")
    def _points_or_part(self) -> Rung:
        if (self.points is None) == (self.part is None):
            raise wrong(
                "每一档写 points，或写 part，二者取一", "a rung has either points or a part, and one of them"
            )
        return self


class Linear(Closed):
    """Points that rise evenly between two values and stay at the ends beyond them (线性得分)."""

    of: Text = Field(description="The number, as an expression (被评的数)")
    low: Amount = Field(alias="from", description="No points up to here (零分点)")
    high: Amount = Field(alias="to", description="All points from here (满分点)")
    points: Exact = Field(description="All points (满分)")

    @model_validator(mode="after")
    def _two_ends(self) -> Linear:
        strictly_sorted([self.low, self.high], falling=False)
        return self


class Steps(Closed):
    """So many points for each full step of a number (按步计分)."""

    of: Text = Field(description="The number, as an expression (被评的数)")
    each: Amount = Field(description='One step: "2年" (步长)')
    points: Exact = Field(description="Points for each full step (每步得分)")
    most: Exact = Field(description="At most so many points (上限)")


def _otherwise_form(value: Any) -> str | None:
    return "<part>" if isinstance(value, dict | Part) else _points_form(value)


_POINTS_OR_PART = Discriminator(
    _otherwise_form,
    custom_error_type="points_form",
    custom_error_message='expected points "20", a range ["7", "8"], or a score part',
)

FORMS = ("bands", "ladder", "linear", "steps", "parts", "best_of", "worst_of")


class Part(Cited):
    """One item of a score, in one form; sums and choices hold further parts (评分项)."""

    id: Id = Field(description="Name of the item, unique in the rule (编号)")
    zh: Name = Field(description="What it is, Chinese (名称)")
    en: Name | None = Field(default=None, description="What it is, English")
    max: Exact | None = Field(default=None, description="Full points as the text states them (满分)")
    cap: Exact | None = Field(default=None, description="The sum of the parts counts up to here (封顶)")
    bands: Bands | None = Field(default=None, description="Points by bands (分档得分)")
    ladder: tuple[Rung, ...] = Field(default=(), description="Points by tests, the first met counts (阶梯)")
    otherwise: (
        Annotated[
            Annotated[Exact, Tag("<text>")]
            | Annotated[PointRange, Tag("<range>")]
            | Annotated[Part, Tag("<part>")],
            _POINTS_OR_PART,
        ]
        | None
    ) = Field(default=None, description="Points, or a part, if no rung is met (其他)")
    judged: SnakeId | None = Field(
        default=None,
        description="Metric of the expert's points; with bands or a ladder inside them (专家评分)",
    )
    of: Text | None = Field(default=None, description="A number that is given as points (外部得分)")
    points: PointRange | None = Field(
        default=None, description="Least and most of an expert's or an outside number (得分范围)"
    )
    linear: Linear | None = Field(default=None, description="Points rising evenly (线性得分)")
    steps: Steps | None = Field(default=None, description="Points for each full step (按步计分)")
    parts: tuple[Part, ...] = Field(default=(), description="The sum of these (合计)")
    best_of: tuple[Part, ...] = Field(default=(), description="The best of these (取高)")
    worst_of: tuple[Part, ...] = Field(default=(), description="The worst of these (取低)")

    @property
    def form(self) -> str:
        """The one form it is written in: a word of `FORMS`, or `points` for a number that is given."""
        return next((name for name in FORMS if getattr(self, name)), "points")

    @property
    def held(self) -> tuple[tuple[NodePath, Part], ...]:
        """The parts it is made of, and where inside it they stand."""
        if self.ladder:
            found: list[tuple[NodePath, Part]] = [
                (("ladder", number, "part"), rung.part)
                for number, rung in enumerate(self.ladder)
                if rung.part is not None
            ]
            return (*found, *([(("otherwise",), self.otherwise)] if isinstance(self.otherwise, Part) else []))
        return tuple(
            ((self.form, number), part)
            for number, part in enumerate(self.parts or self.best_of or self.worst_of)
        )

    @property
    def children(self) -> tuple[Part, ...]:
        return tuple(part for _, part in self.held)

    @property
    def plain(self) -> tuple[Points, ...]:
        """The points of its bands or rungs, as far as they are not parts."""
        if self.bands:
            return self.bands.outcomes
        written = [rung.points for rung in self.ladder]
        written += [None if isinstance(self.otherwise, Part) else self.otherwise]
        return tuple(points for points in written if points is not None)

    @property
    def most(self) -> Fraction:
        """The most points it can give."""
        outcomes: tuple[Points, ...]
        match self.form:
            case "bands" | "ladder":
                outcomes = self.plain
            case "linear":
                return exact(self.linear.points) if self.linear else Fraction(0)
            case "steps":
                return exact(self.steps.most) if self.steps else Fraction(0)
            case "parts":
                total = sum((part.most for part in self.parts), Fraction(0))
                return min(total, exact(self.cap)) if self.cap is not None else total
            case "best_of":
                return max(part.most for part in self.best_of)
            case "worst_of":
                return min(part.most for part in self.worst_of)
            case _:
                outcomes = (self.points,) if self.points else ()
        reached = [exact(points if isinstance(points, str) else points[1]) for points in outcomes]
        return max([*reached, *(part.most for part in self.children)])

    @model_validator(mode="after")
    def _is_one_form(self) -> Part:
        written = [name for name in FORMS if getattr(self, name)]
        given = self.points is not None
        scored = self.of is not None or (self.judged is not None and not written)
        if len(written) + given != 1 or given != scored:
            raise wrong(
                f"评分项 {self.id} 要恰好写一种形式",
                f"the score part {self.id} takes exactly one form",
                f"写 {'、'.join(FORMS)} 之一，或 judged 加 points，或 of 加 points",
                f"write one of {', '.join(FORMS)}, or judged with points, or of with points",
            )
        if self.judged is not None and (self.of is not None or written not in ([], ["bands"], ["ladder"])):
            raise wrong(
                "专家评分只能配 points、bands 或 ladder",
                "an expert's points go with points, bands or a ladder",
            )
        if bool(self.ladder) != (self.otherwise is not None):
            raise wrong(
                "阶梯要写 otherwise，其他形式不写（bands 的写在 bands 里）",
                "a ladder has an otherwise; other forms have none here (that of bands stands inside them)",
            )
        return self

    @model_validator(mode="after")
    def _ranges_are_for_experts(self) -> Part:
        ranges = [points for points in self.plain if not isinstance(points, str)]
        if self.judged is not None and self.ladder and self.children:
            raise wrong(
                f"评分项 {self.id} 由专家在范围内打分，各档只写分数，不写 part",
                f"in {self.id} an expert chooses inside a range; its rungs have points, no part",
            )
        if ranges and self.judged is None:
            raise wrong(
                f"评分项 {self.id} 给出一段分数，却没有写由谁判定",
                f"the score part {self.id} gives a range of points, but names no expert",
                "写 judged: 专家评分指标，或写单个分数",
                "write judged: with the expert's metric, or single points",
            )
        for low, high in (*ranges, *([self.points] if self.points else [])):
            if exact(low) > exact(high):
                raise wrong(f"得分范围 {low} 至 {high} 上下颠倒", f"the range {low} to {high} is upside down")
        return self

    @model_validator(mode="after")
    def _adds_up(self) -> Part:
        if self.cap is not None:
            if not self.parts:
                raise wrong("只有合计（parts）才封顶", "only a sum of parts has a cap")
            total = sum((part.most for part in self.parts), Fraction(0))
            if exact(self.cap) > total or exact(self.cap) <= 0:
                raise wrong(
                    f"评分项 {self.id} 封顶 {self.cap} 分，各项合计最多 {total} 分",
                    f"the score part {self.id} is capped at {self.cap}, its parts reach {total} at most",
                    "对照原文改正封顶或各项满分",
                    "correct the cap or the parts after the text",
                )
        if self.max is not None and exact(self.max) != self.most:
            raise wrong(
                f"评分项 {self.id} 满分写 {self.max}，各档最多得 {self.most} 分",
                f"the score part {self.id} has max {self.max}, but reaches {self.most}",
                "对照原文改正满分或分档",
                "correct max or the bands after the text",
            )
        return self


Rung.model_rebuild()
