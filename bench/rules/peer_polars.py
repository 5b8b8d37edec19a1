"""HNTE, TSME and C9 written by hand in Polars, with the same columns: what a careful analyst would write.

Exact, with nulls, score intervals, verdicts of every condition and the bits of what is missing.

    python peer_polars.py POPULATION
"""

# fmt: off
from __future__ import annotations

import json
import os
import sys
import time
from datetime import date
from functools import reduce
from pathlib import Path

os.environ["POLARS_MAX_THREADS"] = "1"  # as in ours.py: CPU seconds of one thread

import polars as pl

ON = date(2026, 6, 30)
Y = 2025
I64, I128 = pl.Int64, pl.Int128
c, when, lit = pl.col, pl.when, pl.lit
PERSON = ITEM = POINT = 10**6


def bits(metrics: list[str]) -> dict[str, int]:
    return {metric: 1 << place for place, metric in enumerate(sorted(metrics))}


def gaps(bit: dict[str, int], *columns: str) -> pl.Expr:
    """The bits of the metrics that are missing."""
    return reduce(
        lambda a, b: a | b, [c(name).is_null().cast(I64) * lit(bit[name.split("@")[0]], I64) for name in columns]
    )


def code(value: pl.Expr, opened: pl.Expr, experts: int) -> pl.Expr:
    data = (opened & lit(~experts, I64)) != 0
    return value.cast(pl.Int8).fill_null(lit(3, pl.Int8) - data.cast(pl.Int8))


def where_open(value: pl.Expr, mask: pl.Expr) -> pl.Expr:
    return when(value.is_null()).then(mask).otherwise(0)


def share_points(part: pl.Expr, whole: pl.Expr, bands: list[tuple[int, int, int]], most: int) -> tuple[pl.Expr, pl.Expr]:
    """Points by part ÷ whole ≥ n/d; unknown: from nothing to the most."""
    known = when((whole > 0) & part.is_not_null())
    chain = known.then(
        reduce(
            lambda rest, band: when(part * band[1] >= whole * band[0]).then(band[2]).otherwise(rest),
            reversed(bands),
            lit(0),
        )
    ).otherwise(None)
    return chain.fill_null(0), chain.fill_null(most)


def chosen(test: pl.Expr, yes: pl.Expr, no: pl.Expr) -> pl.Expr:
    return (test & yes) | (~test & no) | (yes & no)


def any_of(events: str, test: pl.Expr) -> pl.Expr:
    return c(events).list.eval(test).list.any()


def f(name: str) -> pl.Expr:
    return pl.element().struct.field(name)


def valid() -> pl.Expr:
    return (f("valid_from").is_null() | (f("valid_from") <= ON)) & (f("valid_to").is_null() | (f("valid_to") >= ON))


def verdict(frame: pl.LazyFrame, rule: str, conditions: list[str], experts: int) -> pl.LazyFrame:
    value = reduce(lambda a, b: a & b, [c(name) for name in conditions])
    mask = reduce(lambda a, b: a | b, [c(f"{name}.o") for name in conditions])
    return frame.with_columns(value.alias("v")).with_columns(where_open(c("v"), mask).alias("missing")).with_columns(
        code(c("v"), c("missing"), experts).alias("verdict")
    )


def tsme(frame: pl.LazyFrame) -> pl.LazyFrame:
    staff, sales, assets = f"staff_total_avg@{Y}", f"sales_income@{Y}", f"total_assets@{Y}"
    rd, cost, sti = f"rd_tax@{Y}", f"cost_expense@{Y}", f"sti_staff_tsme@{Y}"
    bit = bits(
        ["resident_enterprise", "staff_total_avg", "sales_income", "total_assets", "product_restricted",
         "industry_code", "on_abnormal_list", "on_dishonest_list", "incidents", "titles", "awards", "platforms",
         "standards_led", "sti_staff_tsme", "rd_tax", "cost_expense", "ip_class1", "ip_class2"]
    )  # fmt: skip
    serious = (
        f("type").is_in(["safety", "quality", "environment", "research_dishonesty"])
        & (f("level") == "serious")
        & (f("date") >= date(Y, 1, 1))
        & (f("date") <= ON)
    )
    five = date(2021, 6, 30)
    frame = frame.with_columns(
        T1=c("resident_enterprise"),
        T2=(c(staff) <= 500 * PERSON) & (c(sales) <= 2 * 10**10) & (c(assets) <= 2 * 10**10),
        T3=~c("product_restricted")
        & ~c("industry_code").str.slice(0, 3).is_in(["C16", "F51", "F52", "H61", "H62", "K70", "L71", "L72", "R90"]),
        T4=~c("on_abnormal_list") & ~c("on_dishonest_list") & ~any_of("incidents", serious),
        D1=any_of("titles", (f("kind") == "hnte") & valid()),
        D2=any_of(
            "awards",
            (f("level") == "national") & (f("kind") == "sci_tech") & (f("rank") <= 3) & (f("date") >= five) & (f("date") <= ON),
        ),
        D3=any_of("platforms", (f("kind") == "rd_institution") & f("level").is_in(["national", "provincial"]) & valid()),
        D4=any_of(
            "standards_led",
            f("kind").is_in(["international", "national", "industry"]) & (f("order") <= 5) & (f("date") >= five) & (f("date") <= ON),
        ),
    )
    staff_lo, staff_hi = share_points(c(sti), c(staff), [(3, 10, 20), (1, 4, 16), (1, 5, 12), (3, 20, 8), (1, 10, 4)], 20)
    sales_lo, sales_hi = share_points(c(rd), c(sales), [(3, 50, 50), (1, 20, 40), (1, 25, 30), (3, 100, 20), (1, 50, 10)], 50)
    cost_lo, cost_hi = share_points(c(rd), c(cost), [(3, 10, 50), (1, 4, 40), (1, 5, 30), (3, 20, 20), (1, 10, 10)], 50)
    one, two = c("ip_class1") >= ITEM, c("ip_class2")
    steps = [(4, 24), (3, 18), (2, 12), (1, 6)]

    def ip(test, rest):
        return when(test(one)).then(30).otherwise(
            reduce(lambda below, step: when(test(two >= step[0] * ITEM)).then(step[1]).otherwise(below), reversed(steps), lit(rest))
        )

    frame = frame.with_columns(
        sp_lo=staff_lo, sp_hi=staff_hi, rs_lo=sales_lo, rs_hi=sales_hi, rc_lo=cost_lo, rc_hi=cost_hi,
        ip_lo=ip(lambda t: t.fill_null(False), 0), ip_hi=ip(lambda t: t.fill_null(True), 0),
    ).with_columns(rd_lo=pl.max_horizontal("rs_lo", "rc_lo"), rd_hi=pl.max_horizontal("rs_hi", "rc_hi")).with_columns(
        lo=c("sp_lo") + c("rd_lo") + c("ip_lo"), hi=c("sp_hi") + c("rd_hi") + c("ip_hi")
    )  # fmt: skip
    zero_staff = (c(staff) == 0).fill_null(False).cast(I64) * bit["staff_total_avg"]
    staff_open = when(c("sp_lo") < c("sp_hi")).then(gaps(bit, sti, staff) | zero_staff).otherwise(0)
    sales_open = gaps(bit, rd, sales) | (c(sales) == 0).fill_null(False).cast(I64) * bit["sales_income"]
    cost_open = gaps(bit, rd, cost) | (c(cost) == 0).fill_null(False).cast(I64) * bit["cost_expense"]
    rd_open = (
        when(c("rd_lo") < c("rd_hi"))
        .then(
            when(c("rs_hi") > c("rd_lo")).then(sales_open).otherwise(0)
            | when(c("rc_hi") > c("rd_lo")).then(cost_open).otherwise(0)
        )
        .otherwise(0)
    )
    ip_open = when(c("ip_lo") < c("ip_hi")).then(gaps(bit, "ip_class1", "ip_class2")).otherwise(0)
    enough = when(c("lo") >= 60).then(True).when(c("hi") < 60).then(False).otherwise(None)
    some = when(c("sp_lo") > 0).then(True).when(c("sp_hi") <= 0).then(False).otherwise(None)
    frame = frame.with_columns(sp_o=staff_open, total_o=staff_open | rd_open | ip_open, enough=enough, some=some)
    frame = frame.with_columns(
        own=c("enough") & c("some"), direct=c("D1") | c("D2") | c("D3") | c("D4")
    ).with_columns(T5=c("own") | c("direct"))
    own_open = where_open(c("enough"), c("total_o")) | where_open(c("some"), c("sp_o"))
    frame = frame.with_columns(
        **{
            "T1.o": gaps(bit, "resident_enterprise"),
            "T2.o": where_open(c("T2"), gaps(bit, staff, sales, assets)),
            "T3.o": where_open(c("T3"), gaps(bit, "product_restricted", "industry_code")),
            "T4.o": where_open(c("T4"), gaps(bit, "on_abnormal_list", "on_dishonest_list", "incidents")),
            "T5.o": where_open(c("T5"), where_open(c("own"), own_open) | gaps(bit, "titles", "awards", "platforms", "standards_led")),
        }
    )
    frame = verdict(frame, "TSME", ["T1", "T2", "T3", "T4", "T5"], 0)
    codes = [code(c(name), c(f"{name}.o"), 0).alias(f"c:{name}") for name in ("T1", "T2", "T3", "T4")]
    last = when(c("direct").fill_null(False)).then(lit(4, pl.Int8)).otherwise(code(c("T5"), c("T5.o"), 0)).alias("c:T5")
    scores = [c(name).cast(pl.Float64).alias(f"s:{name}") for name in ("lo", "hi")]
    dishonest = (f("type") == "research_dishonesty") & (f("level") == "serious") & (f("date") >= date(2023, 6, 30)) & (f("date") <= ON)
    flags = [
        c(staff) <= 5 * PERSON, c("ip_class1") + two == 0, c(rd) < 10**7, any_of("incidents", dishonest),
        ~any_of("titles", f("kind") == "tsme"),
    ]  # fmt: skip
    return frame.select(
        "subject", "verdict", "missing", *codes, last, *scores, *(flag.alias(f"f:{n}") for n, flag in enumerate(flags))
    )


def judged(expert: str, lo: pl.Expr, hi: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    given = c(expert) // POINT
    return given.fill_null(lo), given.fill_null(hi)


def ladder(tests: list[pl.Expr], points: list[tuple[int, int]], rest: tuple[int, int]) -> tuple[pl.Expr, pl.Expr]:
    def climb(holds, end):
        return reduce(
            lambda below, step: when(holds(step[0])).then(step[1][end]).otherwise(below),
            reversed(list(zip(tests, points, strict=True))),
            lit(rest[end]),
        )

    return climb(lambda test: test.fill_null(False), 0), climb(lambda test: test.fill_null(True), 1)


BANDS = [(35, (9, 10)), (25, (7, 8)), (15, (5, 6)), (5, (3, 4))]
PLAIN = {
    "ip_advancement": 8, "ip_core_support": 8, "ip_standards": 2, "rd_system": 6, "rd_institution": 6,
    "rd_incentive": 4, "rd_talent": 4,
}  # fmt: skip


def growth_tests(name: str) -> list[pl.Expr]:
    """½(v₂/v₁ + v₃/v₂) − 1 ≥ p %  ⇔  100(v₂² + v₁v₃) ≥ 2(100 + p)v₁v₂, in 128 bits."""
    v1, v2, v3 = (c(f"{name}@{year}").cast(I128) for year in (Y - 2, Y - 1, Y))
    three = c("three_years") & (v1 != 0)

    def at_least(percent: int, strict: bool = False) -> pl.Expr:
        left, right = 100 * (v2 * v2 + v1 * v3), 2 * (100 + percent) * v1 * v2
        long = left > right if strict else left >= right
        left, right = 100 * v3, (100 + percent) * v2
        short = left > right if strict else left >= right
        return when(three).then(long).when(~three).then(short).otherwise(None)

    return [at_least(percent) for percent, _ in BANDS] + [at_least(0, strict=True)]


def hnte(frame: pl.LazyFrame) -> pl.LazyFrame:
    years = (Y - 2, Y - 1, Y)
    experts = [f"hnte_{name}" for name in PLAIN] + [
        "hnte_ip_quantity", "hnte_ip_acquisition", "hnte_transformation", "hnte_growth_net_assets", "hnte_growth_sales",
    ]  # fmt: skip
    bit = bits(
        ["est_date", "core_ip_owned", "tech_field", "sti_staff_hnte", "staff_total_avg", "sales_income", "rd_hnte",
         "rd_hnte_domestic", "hitech_income", "gross_income", "nontax_income", "net_assets", "transformations", "ip_class1",
         "ip_class2", "ip_class2_used_hnte", "ip_has_self_developed", "incidents", *experts]
    )  # fmt: skip
    expert_bits = sum(bit[name] for name in [*experts, "core_ip_owned"])
    staff, sti = f"staff_total_avg@{Y}", f"sti_staff_hnte@{Y}"
    serious = (
        f("type").is_in(["safety", "quality", "environment"]) & (f("level") == "serious") & (f("date") >= date(2025, 6, 30)) & (f("date") <= ON)
    )
    frame = frame.with_columns(founded=c("est_date").dt.year()).with_columns(three_years=c("founded") <= Y - 2)

    def total(name: str) -> pl.Expr:
        return reduce(
            lambda a, b: a + b,
            [when(c("founded") <= year).then(c(f"{name}@{year}")).when(c("founded") > year).then(0).otherwise(None) for year in years],
        )

    def total_open(name: str) -> pl.Expr:
        column = gaps(bit, "est_date")
        for year in years:
            column = column | when(c("founded") > year).then(0).otherwise(gaps(bit, f"{name}@{year}"))
        return column

    frame = frame.with_columns(
        **{f"sum_{name}": total(name) for name in ("rd_hnte", "sales_income", "rd_hnte_domestic", "transformations")},
        **{f"open_{name}": total_open(name) for name in ("rd_hnte", "sales_income", "rd_hnte_domestic", "transformations")},
        counted=reduce(lambda a, b: a + b, [(c("founded") <= year).cast(I64) for year in years]),
        income=c(f"gross_income@{Y}") - c(f"nontax_income@{Y}"),
        unused=c("ip_class2") - c("ip_class2_used_hnte"),
    )
    rd, sold, home = c("sum_rd_hnte"), c("sum_sales_income"), c("sum_rd_hnte_domestic")
    last = c(f"sales_income@{Y}")
    wanted = when(last > 2 * 10**10).then(3).when(last > 5 * 10**9).then(4).when(last.is_not_null()).then(5).otherwise(None)
    hitech = c(f"hitech_income@{Y}")

    def ratio(part: pl.Expr, whole: pl.Expr, n: pl.Expr | int, d: int) -> pl.Expr:
        return when(whole > 0).then(part * d >= whole * n).when(whole < 0).then(part * d <= whole * n).otherwise(None)

    def zero(whole: pl.Expr, *metrics: str) -> pl.Expr:
        return (whole == 0).fill_null(False).cast(I64) * sum(bit[metric] for metric in metrics)

    frame = frame.with_columns(
        H1=(lit(ON).cast(pl.Int32) - c("est_date").cast(pl.Int32)) >= 365,
        H2=((c("ip_class1") >= ITEM) | (c("ip_class2") >= ITEM)) & c("core_ip_owned"),
        H3=c("tech_field") != "none",
        H4=ratio(c(sti), c(staff), 1, 10),
        H5=ratio(rd, sold, wanted, 100),
        H5b=ratio(home, rd, 6, 10),
        H6=ratio(hitech, c("income"), 6, 10),
        H8=~any_of("incidents", serious),
        asset_base=c(f"net_assets@{Y - 1}") == 0,
        sales_base=c(f"sales_income@{Y - 1}") == 0,
        young=c("founded") >= Y,
        negative=reduce(lambda a, b: a | b, [(c("founded") <= year) & (c(f"net_assets@{year}") < 0) for year in years]),
    )
    moved, counted = c("sum_transformations"), c("counted")
    mean = [when(counted > 0).then(moved >= mark * ITEM * counted).otherwise(None) for mark in (5, 4, 3, 2, 1)]
    mean.append(when(counted > 0).then(moved > 0).otherwise(None))
    q_lo, q_hi = ladder(
        [c("ip_class1") >= ITEM, c("unused") >= 5 * ITEM, c("unused") >= 3 * ITEM, c("unused") >= ITEM],
        [(7, 8), (5, 6), (3, 4), (1, 2)], (0, 0),
    )  # fmt: skip
    a_lo = when(c("ip_has_self_developed").is_null()).then(1).otherwise(1)
    a_hi = when(c("ip_has_self_developed")).then(6).when(~c("ip_has_self_developed")).then(3).otherwise(6)
    t_lo, t_hi = ladder(mean, [(25, 30), (19, 24), (13, 18), (7, 12), (1, 6), (0, 6)], (0, 0))
    points = [band for _, band in BANDS] + [(1, 2)]

    def growth(name: str, base: str, special: pl.Expr | None) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
        none = c("young") | c(base)
        lo, hi = ladder(growth_tests(name), points, (0, 0))
        if special is not None:
            lo, hi = (
                when(special.is_null()).then(pl.min_horizontal(lit(0), lo)).when(special).then(0).otherwise(lo),
                when(special.is_null()).then(pl.max_horizontal(lit(10), hi)).when(special).then(10).otherwise(hi),
            )
        return when(none.is_null()).then(0).when(none).then(0).otherwise(lo), when(none.is_null()).then(hi).when(none).then(0).otherwise(hi), none

    na_lo, na_hi, _ = growth("net_assets", "asset_base", c("negative"))
    gs_lo, gs_hi, _ = growth("sales_income", "sales_base", None)
    frame = frame.with_columns(q_lo=q_lo, q_hi=q_hi, a_lo=a_lo, a_hi=a_hi, t_lo=t_lo, t_hi=t_hi, na_lo=na_lo, na_hi=na_hi, gs_lo=gs_lo, gs_hi=gs_hi)
    parts = {
        "ip_quantity": ("q_lo", "q_hi"), "ip_acquisition": ("a_lo", "a_hi"), "transformation": ("t_lo", "t_hi"),
        "growth_net_assets": ("na_lo", "na_hi"), "growth_sales": ("gs_lo", "gs_hi"),
    }  # fmt: skip
    ends: dict[str, pl.Expr] = {}
    for name, most in PLAIN.items():
        ends[f"{name}_lo"], ends[f"{name}_hi"] = judged(f"hnte_{name}", lit(0), lit(most))
    for name, (lo, hi) in parts.items():
        ends[f"{name}_lo"], ends[f"{name}_hi"] = judged(f"hnte_{name}", c(lo), c(hi))
    frame = frame.with_columns(**ends)
    ip = ["ip_advancement", "ip_core_support", "ip_quantity", "ip_acquisition", "ip_standards"]
    organised = ["rd_system", "rd_institution", "rd_incentive", "rd_talent"]
    frame = frame.with_columns(
        **{f"ip_{end}": pl.min_horizontal(lit(30), pl.sum_horizontal(f"{name}_{end}" for name in ip)) for end in ("lo", "hi")},
        **{f"rd_{end}": pl.sum_horizontal(f"{name}_{end}" for name in organised) for end in ("lo", "hi")},
        **{f"gr_{end}": c(f"growth_net_assets_{end}") + c(f"growth_sales_{end}") for end in ("lo", "hi")},
    ).with_columns(**{end: c(f"ip_{end}") + c(f"transformation_{end}") + c(f"rd_{end}") + c(f"gr_{end}") for end in ("lo", "hi")})

    def part_open(name: str, band: pl.Expr) -> pl.Expr:
        return when(c(f"{name}_lo") < c(f"{name}_hi")).then(band | gaps(bit, f"hnte_{name}")).otherwise(0)

    opens = [when(c(f"hnte_{name}").is_null()).then(bit[f"hnte_{name}"]).otherwise(0) for name in PLAIN]
    rights = when((c("ip_class1") >= ITEM).fill_null(False)).then(0).otherwise(
        gaps(bit, "ip_class1", "ip_class2", "ip_class2_used_hnte")
    )
    grown = {
        "net_assets": gaps(bit, "est_date", *(f"net_assets@{year}" for year in years)),
        "sales": gaps(bit, "est_date", *(f"sales_income@{year}" for year in years)),
    }
    opens += [
        part_open("ip_quantity", rights),
        part_open("ip_acquisition", gaps(bit, "ip_has_self_developed")),
        part_open("transformation", c("open_transformations")),
        part_open("growth_net_assets", grown["net_assets"]),
        part_open("growth_sales", grown["sales"]),
    ]
    score_open = reduce(lambda a, b: a | b, opens)
    frame = frame.with_columns(H7=when(c("lo") > 70).then(True).when(c("hi") <= 70).then(False).otherwise(None))
    right_open = where_open((c("ip_class1") >= ITEM) | (c("ip_class2") >= ITEM), gaps(bit, "ip_class1", "ip_class2"))
    frame = frame.with_columns(
        **{
            "H1.o": gaps(bit, "est_date"),
            "H2.o": where_open(c("H2"), right_open | gaps(bit, "core_ip_owned")),
            "H3.o": gaps(bit, "tech_field"),
            "H4.o": gaps(bit, sti, staff) | zero(c(staff), "staff_total_avg"),
            "H5.o": c("open_rd_hnte") | c("open_sales_income") | gaps(bit, f"sales_income@{Y}") | zero(sold, "sales_income", "est_date"),
            "H5b.o": c("open_rd_hnte") | c("open_rd_hnte_domestic") | zero(rd, "rd_hnte", "est_date"),
            "H6.o": gaps(bit, f"hitech_income@{Y}", f"gross_income@{Y}", f"nontax_income@{Y}") | zero(c("income"), "gross_income", "nontax_income"),
            "H7.o": where_open(c("H7"), score_open),
            "H8.o": gaps(bit, "incidents"),
        }
    )
    names = ["H1", "H2", "H3", "H4", "H5", "H5b", "H6", "H7", "H8"]
    frame = verdict(frame, "HNTE", names, expert_bits)
    points = c("hnte_ip_quantity")
    outside = points > 0
    for test, low, high in (
        (c("unused") >= ITEM, 1, 2), (c("unused") >= 3 * ITEM, 3, 4), (c("unused") >= 5 * ITEM, 5, 6), (c("ip_class1") >= ITEM, 7, 8),
    ):  # fmt: skip
        outside = chosen(test, (points < low * POINT) | (points > high * POINT), outside)
    flags = [c("negative"), outside]
    return frame.select(
        "subject", "verdict", "missing",
        *(code(c(name), c(f"{name}.o"), expert_bits).alias(f"c:{name}") for name in names),
        c("lo").cast(pl.Float64).alias("s:lo"), c("hi").cast(pl.Float64).alias("s:hi"),
        *(flag.alias(f"f:{n}") for n, flag in enumerate(flags)),
    )  # fmt: skip


def subsidy(frame: pl.LazyFrame) -> pl.LazyFrame:
    bit = bits(["titles", "rd_tax"])
    now, before = f"rd_tax@{Y}", f"rd_tax@{Y - 1}"
    frame = frame.with_columns(
        one=any_of("titles", f("kind").is_in(["hnte", "hnte_cultivation"]) & valid()), more=c(now) - c(before)
    ).with_columns(two=c("more") > 0)
    frame = frame.with_columns(**{"one.o": gaps(bit, "titles"), "two.o": gaps(bit, now, before)})
    frame = verdict(frame, "C9", ["one", "two"], 0)
    amount = when(c("v")).then(pl.min_horizontal((c("more") * 3 + 5) // 10, lit(2 * 10**8))).when(~c("v")).then(0).otherwise(None)
    return frame.select(
        "subject", "verdict", "missing", code(c("one"), c("one.o"), 0).alias("c:C9.1"), code(c("two"), c("two.o"), 0).alias("c:C9.2"), amount.alias("amount")
    )


def main() -> None:
    frame = pl.read_parquet(str(Path(sys.argv[1]) / "*.parquet")).rechunk()
    rules = {"HNTE": hnte, "TSME": tsme, "C9": subsidy}
    results = {name: rule(frame.lazy()).collect() for name, rule in rules.items()}
    best = (float("inf"), float("inf"))
    for _ in range(3):
        wall, cpu = time.perf_counter(), time.process_time()
        for rule in rules.values():
            rule(frame.lazy()).collect()
        best = min(best, (time.perf_counter() - wall, time.process_time() - cpu), key=lambda pair: pair[1])
    sums = {
        f"{name}.{column}": int(result[column].cast(pl.Int64).sum())
        for name, result in results.items()
        for column in result.columns
        if column == "verdict" or column.startswith("c:") or column == "amount"
    }
    print(json.dumps({"name": "hand-written Polars", "wall": best[0], "cpu": best[1], "rows": frame.height, "sums": sums}))


if __name__ == "__main__":
    main()
