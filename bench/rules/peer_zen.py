"""HNTE, TSME and C9 as a decision of zen-engine, one enterprise after the other.

The decision gives yes, no or null for each condition, scores from the least to the most, the amount, and the
names of what is missing. Measured over a few thousand rows; the time per row is what is compared.

    python peer_zen.py POPULATION [ROWS]
"""

# fmt: off
from __future__ import annotations

import json
import re
import sys
import time
from datetime import date
from pathlib import Path

import polars as pl
import zen

Y = 2025
EXPERTS = {
    "ip_advancement": 8, "ip_core_support": 8, "ip_standards": 2, "rd_system": 6, "rd_institution": 6,
    "rd_incentive": 4, "rd_talent": 4,
}  # fmt: skip
Text = str
EPOCH = date(1970, 1, 1)


def known(*names: Text) -> Text:
    return " and ".join(f"{name} != null" for name in names)


def if_known(names: list[Text], then: Text, otherwise: Text = "null") -> Text:
    return f"({known(*names)}) ? ({then}) : ({otherwise})"


def every(*parts: Text) -> Text:
    """Three-valued and."""
    no, gap = " or ".join(f"{part} == false" for part in parts), " or ".join(f"{part} == null" for part in parts)
    return f"({no}) ? false : (({gap}) ? null : true)"


def some(*parts: Text) -> Text:
    yes, gap = " or ".join(f"{part} == true" for part in parts), " or ".join(f"{part} == null" for part in parts)
    return f"({yes}) ? true : (({gap}) ? null : false)"


def banded(ratio: Text, marks: list[tuple[float, int]], otherwise: int) -> Text:
    chain = str(otherwise)
    for mark, points in reversed(marks):
        chain = f"({ratio}) >= {mark} ? {points} : ({chain})"
    return chain


def share(name: Text, part: Text, whole: Text, marks: list[tuple[float, int]], most: int) -> dict[Text, Text]:
    body = banded(f"{part} / {whole}", marks, 0)
    fine = f"{known(part, whole)} and {whole} != 0"
    return {f"{name}_lo": f"({fine}) ? ({body}) : 0", f"{name}_hi": f"({fine}) ? ({body}) : {most}"}


def expert(name: Text, low: Text, high: Text) -> dict[Text, Text]:
    given = f"hnte_{name}"
    return {f"{name}_lo": f"{given} != null ? {given} : ({low})", f"{name}_hi": f"{given} != null ? {given} : ({high})"}


def ladder(tests: list[Text], points: list[tuple[int, int]], rest: tuple[int, int]) -> tuple[Text, Text]:
    low, high = str(rest[0]), str(rest[1])
    for test, (least, most) in reversed(list(zip(tests, points, strict=True))):
        low, high = f"({test}) == true ? {least} : ({low})", f"({test}) != false ? {most} : ({high})"
    return low, high


def at_least(value: Text, mark: float, sign: Text = ">=") -> Text:
    return f"{value} == null ? null : {value} {sign} {mark}"


def steps() -> list[dict[Text, Text]]:
    """Expressions in stages; each may read those before it."""
    y1, y2, y3 = Y, Y - 1, Y - 2
    first: dict[Text, Text] = {
        "T1": "resident_enterprise",
        "t2a": at_least(f"staff_total_avg_{Y}", 500, "<="), "t2b": at_least(f"sales_income_{Y}", 2e8, "<="),
        "t2c": at_least(f"total_assets_{Y}", 2e8, "<="),
        "t3a": "product_restricted == null ? null : not product_restricted",
        "t3b": "industry_code == null ? null : not (industry_code[0:2] in ['C16','F51','F52','H61','H62','K70','L71','L72','R90'])",
        "t4a": "on_abnormal_list == null ? null : not on_abnormal_list", "t4b": "on_dishonest_list == null ? null : not on_dishonest_list",
        "t4c": f"incidents == null ? null : none(incidents, (#.type in ['safety','quality','environment','research_dishonesty']) and #.level == 'serious' and #.date >= '{Y}-01-01' and #.date <= '2026-06-30')",
        "d1": "titles == null ? null : some(titles, #.kind == 'hnte' and #.valid_from <= '2026-06-30' and #.valid_to >= '2026-06-30')",
        "d2": "awards == null ? null : some(awards, #.level == 'national' and #.kind == 'sci_tech' and #.rank <= 3 and #.date >= '2021-06-30' and #.date <= '2026-06-30')",
        "d3": "platforms == null ? null : some(platforms, #.kind == 'rd_institution' and (#.level in ['national','provincial']) and #.valid_from <= '2026-06-30' and #.valid_to >= '2026-06-30')",
        "d4": "standards_led == null ? null : some(standards_led, (#.kind in ['international','national','industry']) and #.order <= 5 and #.date >= '2021-06-30' and #.date <= '2026-06-30')",
        **share("staff", f"sti_staff_tsme_{Y}", f"staff_total_avg_{Y}", [(0.3, 20), (0.25, 16), (0.2, 12), (0.15, 8), (0.1, 4)], 20),
        **share("rds", f"rd_tax_{Y}", f"sales_income_{Y}", [(0.06, 50), (0.05, 40), (0.04, 30), (0.03, 20), (0.02, 10)], 50),
        **share("rdc", f"rd_tax_{Y}", f"cost_expense_{Y}", [(0.3, 50), (0.25, 40), (0.2, 30), (0.15, 20), (0.1, 10)], 50),
        "c91": "titles == null ? null : some(titles, (#.kind in ['hnte','hnte_cultivation']) and #.valid_from <= '2026-06-30' and #.valid_to >= '2026-06-30')",
        "more": if_known([f"rd_tax_{y1}", f"rd_tax_{y2}"], f"rd_tax_{y1} - rd_tax_{y2}"),
        "h1": at_least("age_days", 365), "h3": "tech_field == null ? null : tech_field != 'none'",
        "one": at_least("ip_class1", 1), "two": at_least("ip_class2", 1),
        "h4": f"({known(f'sti_staff_hnte_{Y}', f'staff_total_avg_{Y}')} and staff_total_avg_{Y} != 0) ? (sti_staff_hnte_{Y} / staff_total_avg_{Y} >= 0.1) : null",
        "unused": if_known(["ip_class2", "ip_class2_used_hnte"], "ip_class2 - ip_class2_used_hnte"),
        "income": if_known([f"gross_income_{Y}", f"nontax_income_{Y}"], f"gross_income_{Y} - nontax_income_{Y}"),
        "h8": "incidents == null ? null : none(incidents, (#.type in ['safety','quality','environment']) and #.level == 'serious' and #.date >= '2025-06-30' and #.date <= '2026-06-30')",
        "young": at_least("founded", Y), "wanted": if_known([f"sales_income_{Y}"], f"sales_income_{Y} > 2e8 ? 0.03 : (sales_income_{Y} > 5e7 ? 0.04 : 0.05)".replace("2e8", "200000000").replace("5e7", "50000000")),
    }  # fmt: skip
    for name in ("rd_hnte", "sales_income", "rd_hnte_domestic", "transformations"):
        parts = [f"(founded <= {year} ? {name}_{year} : 0)" for year in (y3, y2, y1)]
        gap = " or ".join(f"(founded <= {year} and {name}_{year} == null)" for year in (y3, y2, y1))
        first[f"sum_{name}"] = f"(founded == null or {gap}) ? null : ({' + '.join(parts)})"
    first["years"] = f"founded == null ? null : (founded <= {y3} ? 3 : (founded <= {y2} ? 2 : (founded <= {y1} ? 1 : 0)))"
    for name in ("net_assets", "sales_income"):
        v1, v2, v3 = (f"{name}_{year}" for year in (y3, y2, y1))
        mean = f"({v2} / {v1} + {v3} / {v2}) / 2 - 1"
        first[f"rate_{name}"] = (
            f"({known('founded', v2, v3)} and {v2} != 0) ? ((founded <= {y3} and {v1} == null) ? null : "
            f"((founded <= {y3} and {v1} != 0) ? ({mean}) : ({v3} / {v2} - 1))) : null"
        )
        first[f"none_{name}"] = f"(young == true or {v2} == 0) ? true : ((young == null or {v2} == null) ? null : false)"
    second = {
        "T2": every("t2a", "t2b", "t2c"), "T3": every("t3a", "t3b"), "T4": every("t4a", "t4b", "t4c"), "direct": some("d1", "d2", "d3", "d4"),
        "c92": at_least("more", 0, ">"), "right": some("one", "two"),
        "h5": "(sum_rd_hnte != null and sum_sales_income != null and sum_sales_income != 0 and wanted != null) ? (sum_rd_hnte / sum_sales_income >= wanted) : null",
        "h5b": "(sum_rd_hnte != null and sum_rd_hnte_domestic != null and sum_rd_hnte != 0) ? (sum_rd_hnte_domestic / sum_rd_hnte >= 0.6) : null",
        "h6": f"(hitech_income_{Y} != null and income != null and income != 0) ? (hitech_income_{Y} / income >= 0.6) : null",
        "mean": "(sum_transformations != null and years != 0) ? (sum_transformations / years) : null",
    }  # fmt: skip
    low, high = ladder([at_least("ip_class1", 1), *(at_least("ip_class2", k) for k in (4, 3, 2, 1))], [(30, 30), (24, 24), (18, 18), (12, 12), (6, 6)], (0, 0))
    second |= {"ip_lo": low, "ip_hi": high}
    low, high = ladder([at_least("ip_class1", 1), *(at_least("unused", k) for k in (5, 3, 1))], [(7, 8), (5, 6), (3, 4), (1, 2)], (0, 0))
    second |= expert("ip_quantity", low, high)
    second |= expert("ip_acquisition", "1", "ip_has_self_developed == false ? 3 : 6")
    for name, most in EXPERTS.items():
        second |= expert(name, "0", str(most))
    third: dict[Text, Text] = {
        "h2": every("right", "core_ip_owned"),
        "tsme_lo": "staff_lo + max([rds_lo, rdc_lo]) + ip_lo", "tsme_hi": "staff_hi + max([rds_hi, rdc_hi]) + ip_hi",
        "C9": every("c91", "c92"),
    }  # fmt: skip
    low, high = ladder([*(at_least("mean", k) for k in (5, 4, 3, 2, 1)), at_least("mean", 0, ">")], [(25, 30), (19, 24), (13, 18), (7, 12), (1, 6), (0, 6)], (0, 0))
    third |= expert("transformation", low, high)
    for name, item in (("net_assets", "growth_net_assets"), ("sales_income", "growth_sales")):
        rate = f"rate_{name}"
        low, high = ladder(
            [f"none_{name}", *(at_least(rate, mark) for mark in (0.35, 0.25, 0.15, 0.05)), at_least(rate, 0, ">")],
            [(0, 0), (9, 10), (7, 8), (5, 6), (3, 4), (1, 2)], (0, 0),
        )  # fmt: skip
        third |= expert(item, low, high.replace("!= false ? 0", "== true ? 0"))
    fourth = {
        "T5": "direct == true ? true : ((tsme_lo >= 60 and staff_lo > 0) ? true : (((tsme_hi < 60 or staff_hi <= 0) and direct == false) ? false : null))",
        "total_lo": "min([30, ip_advancement_lo + ip_core_support_lo + ip_quantity_lo + ip_acquisition_lo + ip_standards_lo]) + transformation_lo + rd_system_lo + rd_institution_lo + rd_incentive_lo + rd_talent_lo + growth_net_assets_lo + growth_sales_lo",
        "total_hi": "min([30, ip_advancement_hi + ip_core_support_hi + ip_quantity_hi + ip_acquisition_hi + ip_standards_hi]) + transformation_hi + rd_system_hi + rd_institution_hi + rd_incentive_hi + rd_talent_hi + growth_net_assets_hi + growth_sales_hi",
        "amount": "C9 == true ? min([0.3 * more, 2000000]) : 0",
    }  # fmt: skip
    fifth = {"h7": "total_lo > 70 ? true : (total_hi <= 70 ? false : null)", "TSME": every("T1", "T2", "T3", "T4", "T5")}
    sixth = {"HNTE": every("h1", "h2", "h3", "h4", "h5", "h5b", "h6", "h7", "h8")}
    return [first, second, third, fourth, fifth, sixth]


def as_days(text: Text) -> Text:
    """Days as numbers: zen-engine compares no texts."""
    return re.sub(r"'(\d{4}-\d{2}-\d{2})'", lambda found: str((date.fromisoformat(found[1]) - EPOCH).days), text)


def decision() -> dict[Text, object]:
    nodes: list[dict[Text, object]] = [{"id": "in", "name": "in", "type": "inputNode"}]
    edges, before = [], "in"
    for place, expressions in enumerate(steps()):
        name = f"step{place}"
        listed = [{"id": f"{name}-{key}", "key": key, "value": as_days(value)} for key, value in expressions.items()]
        nodes.append({"id": name, "name": name, "type": "expressionNode", "content": {"expressions": listed, "passThrough": True}})
        edges.append({"id": f"e{place}", "type": "edge", "sourceId": before, "targetId": name})
        before = name
    nodes.append({"id": "out", "name": "out", "type": "outputNode"})
    edges.append({"id": "last", "type": "edge", "sourceId": before, "targetId": "out"})
    return {"nodes": nodes, "edges": edges}


def plain(row: dict[str, object], frame: pl.DataFrame) -> dict[str, object]:
    money = ("sales_income", "total_assets", "rd_tax", "cost_expense", "rd_hnte", "hitech_income", "gross_income", "nontax_income", "net_assets")
    found: dict[str, object] = {}
    for name, value in row.items():
        if isinstance(value, int) and not isinstance(value, bool):
            value = value / (100 if name.startswith(money) else 1_000_000)
        elif isinstance(value, list):
            value = [{key: (part - EPOCH).days if hasattr(part, "isoformat") else part for key, part in element.items()} for element in value]
        elif hasattr(value, "isoformat"):
            found["founded"] = value.year
            found["age_days"] = (date(2026, 6, 30) - value).days
            value = str(value)
        found[name.replace("@", "_")] = value
    found.setdefault("founded", None)
    found.setdefault("age_days", None)
    return found


def main() -> None:
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    frame = pl.read_parquet(str(Path(sys.argv[1]) / "*.parquet")).head(rows)
    inputs = [plain(row, frame) for row in frame.iter_rows(named=True)]
    made = zen.ZenEngine().create_decision(zen.ZenDecisionContent(json.dumps(decision())))
    results = [made.evaluate(one)["result"] for one in inputs[:50]]
    wall, cpu = time.perf_counter(), time.process_time()
    results = [made.evaluate(one)["result"] for one in inputs]
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    sums = {name: [sum(r.get(name) is True for r in results), sum(r.get(name) is False for r in results)] for name in ("TSME", "HNTE", "C9", "T5", "h7")}
    print(json.dumps({"name": "zen-engine", "wall": wall, "cpu": cpu, "rows": len(inputs), "sums": sums}))


if __name__ == "__main__":
    main()
