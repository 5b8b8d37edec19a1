"""HNTE, TSME and C9 in OpenFisca-core, nulls handled: every figure travels with a flag that it is known.

OpenFisca has no lists and no missing values: lists are flat arrays of their elements with the owner of each,
as a group entity would hold them, and truths are pairs of arrays (certainly yes, certainly no). It works in
32-bit floats and whole numbers, as OpenFisca does. It tells what the others tell: the verdict of every rule
and condition (waiting for data or for experts apart, and replaced by a direct route), both ends of the
scores, the flags, the amount and whether it is settled, and the bits of what keeps a verdict open.

    python peer_openfisca.py POPULATION
"""

# fmt: off
from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from openfisca_core import entities, periods
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable
from openfisca_inputs import (
    CONDITIONS,
    DATES,
    DERIVED,
    EXCLUDED,
    EXPERTS,
    FLAGS,
    INPUTS,
    LISTS,
    METRICS,
    ON,
    PERIOD,
    TEXTS,
    YEARS,
    Y,
    given,
    metric_of,
    years,
)
from openfisca_words import Num, Tri, bands, day, ladder, where

FIRM = entities.Entity("firm", "firms", "An enterprise", "")
GROUP = entities.GroupEntity("group", "groups", "Not used", "", roles=[{"key": "member", "label": "member"}])


def build(numbers: list[str], truths: list[str], lists: dict[str, np.ndarray]) -> TaxBenefitSystem:
    system = TaxBenefitSystem([FIRM, GROUP])

    def declare(name: str, kind: type, formula=None) -> None:
        body = {"value_type": kind, "entity": FIRM, "definition_period": periods.DateUnit.YEAR}
        if formula is not None:
            body["formula"] = formula
        system.add_variable(type(name, (Variable,), body))

    for name in numbers:
        if name not in DERIVED:
            declare(name, float)
            declare(f"{name}_known", bool)
    for name in (*DATES, *TEXTS):
        declare(name, date if name in DATES else int)
        declare(f"{name}_known", bool)
    for name in truths:
        declare(f"{name}_yes", bool)
        declare(f"{name}_no", bool)

    def num(firm, period, name):
        return Num(firm(name, period), firm(f"{name}_known", period))

    def tri(firm, period, name):
        return Tri(firm(f"{name}_yes", period), firm(f"{name}_no", period))

    def truth(name: str, formula) -> None:
        """A truth is two variables; the second finds the first's work in the cache."""
        cache: dict[int, Tri] = {}

        def worked(firm, period) -> Tri:
            key = id(firm.simulation)
            if key not in cache:
                cache.clear()
                cache[key] = formula(lambda n: num(firm, period, n), lambda n: tri(firm, period, n), firm, period)
            return cache[key]

        declare(f"{name}_yes", bool, lambda firm, period: worked(firm, period).yes)
        declare(f"{name}_no", bool, lambda firm, period: worked(firm, period).no)

    worked_of = {}

    def score(name: str, formula) -> None:
        cache: dict[int, tuple] = {}

        def worked(firm, period):
            key = id(firm.simulation)
            if key not in cache:
                cache.clear()
                cache[key] = formula(lambda n: num(firm, period, n), lambda n: tri(firm, period, n), firm, period)
            return cache[key]

        worked_of[name] = worked
        declare(f"{name}_low", float, lambda firm, period: worked(firm, period)[0])
        declare(f"{name}_high", float, lambda firm, period: worked(firm, period)[1])

    def ends(firm, period, name):
        return firm(f"{name}_low", period), firm(f"{name}_high", period)

    def passes(low, high, mark, strict=False):
        return Tri(low > mark if strict else low >= mark, ~(high > mark) if strict else ~(high >= mark))

    def listed(name: str, column: str, test) -> None:
        def formula(n, t, firm, period):
            def one_of(field, *texts):
                codes = lists[f"{column}_{field}_codes"]
                return np.isin(lists[f"{column}_{field}"], [codes[text] for text in texts if text in codes])

            met = test(one_of, lambda field: lists[f"{column}_{field}"])
            count = np.bincount(lists[f"{column}_owner"][met], minlength=firm.count)
            given_ = lists[f"{column}_given"]
            return Tri(count > 0, given_ & (count == 0))

        truth(name, formula)

    # dates and texts: a text is the place of its value in a list, as in an Enum
    declare("founded", float, lambda firm, period: firm("est_date", period).astype("datetime64[Y]").astype(int) + 1970)
    declare("age_days", float, lambda firm, period: (ON - firm("est_date", period)).astype("timedelta64[D]").astype(int))
    for name in DERIVED:
        declare(f"{name}_known", bool, lambda firm, period: firm("est_date_known", period))

    def coded(name: str, column: str, test) -> None:
        places = [place for text, place in lists[f"{column}_codes"].items() if test(text)]

        def formula(n, t, firm, period):
            found, known = np.isin(firm(column, period), places), firm(f"{column}_known", period)
            return Tri(known & found, known & ~found)

        truth(name, formula)

    coded("field_inside", "tech_field", lambda text: text != "none")
    coded("industry_excluded", "industry_code", lambda text: text.startswith(EXCLUDED))
    on, five = day(2026, 6, 30), day(2021, 6, 30)
    listed("incident_tsme", "incidents", lambda one, f: one("type", "safety", "quality", "environment", "research_dishonesty") & one("level", "serious") & (f("date") >= day(Y, 1, 1)) & (f("date") <= on))
    listed("incident_hnte", "incidents", lambda one, f: one("type", "safety", "quality", "environment") & one("level", "serious") & (f("date") >= day(2025, 6, 30)) & (f("date") <= on))
    listed("direct_title", "titles", lambda one, f: one("kind", "hnte") & (f("valid_from") <= on) & (f("valid_to") >= on))
    listed("title_c9", "titles", lambda one, f: one("kind", "hnte", "hnte_cultivation") & (f("valid_from") <= on) & (f("valid_to") >= on))
    listed("direct_award", "awards", lambda one, f: one("level", "national") & one("kind", "sci_tech") & (f("rank") <= 3) & (f("date") >= five) & (f("date") <= on))
    listed("direct_platform", "platforms", lambda one, f: one("kind", "rd_institution") & one("level", "national", "provincial") & (f("valid_from") <= on) & (f("valid_to") >= on))
    listed("direct_standard", "standards_led", lambda one, f: one("kind", "international", "national", "industry") & (f("order") <= 5) & (f("date") >= five) & (f("date") <= on))

    def bits(rule: str, *metrics: str) -> np.int32:
        return np.int32(sum(1 << METRICS[rule].index(metric) for metric in metrics))

    def gaps(rule: str, firm, period, *inputs: str):
        """The bits of the metrics that are missing."""
        found = np.zeros(firm.count, dtype=np.int32)
        for name in inputs:
            found |= firm(f"{rule}_{name}_gap", period)
        return found

    def gap(rule: str, name: str) -> None:
        bit = bits(rule, metric_of(name))

        def formula(firm, period):
            if name in LISTS:
                known = lists[f"{name}_given"]
            elif name in truths:
                known = firm(f"{name}_yes", period) | firm(f"{name}_no", period)
            else:
                known = firm(f"{name}_known", period)
            return ~known * bit

        declare(f"{rule}_{name}_gap", int, formula)

    def nothing(rule: str, of: Num, *metrics: str):
        """Over nothing: the bits of the divisor."""
        return (of.known & (of.value == 0)) * bits(rule, *metrics)

    def where_open(of: Tri, mask):
        return mask * ~(of.yes | of.no)

    def choose(test: Tri, yes: Tri, no: Tri) -> Tri:
        return (test & yes) | (~test & no) | (yes & no)

    # TSME
    truth("T1", lambda n, t, *_: t("resident_enterprise"))
    truth("T2", lambda n, t, *_: ~n(f"staff_total_avg_{Y}").above(500) & ~n(f"sales_income_{Y}").above(2e8) & ~n(f"total_assets_{Y}").above(2e8))
    truth("T3", lambda n, t, *_: ~t("product_restricted") & ~t("industry_excluded"))
    truth("T4", lambda n, t, *_: ~t("on_abnormal_list") & ~t("on_dishonest_list") & ~t("incident_tsme"))
    score("staff_points", lambda n, t, *_: bands(n(f"sti_staff_tsme_{Y}") / n(f"staff_total_avg_{Y}"), [(0.3, 20), (0.25, 16), (0.2, 12), (0.15, 8), (0.1, 4)]))
    score("rd_sales_points", lambda n, t, *_: bands(n(f"rd_tax_{Y}") / n(f"sales_income_{Y}"), [(0.06, 50), (0.05, 40), (0.04, 30), (0.03, 20), (0.02, 10)]))
    score("rd_cost_points", lambda n, t, *_: bands(n(f"rd_tax_{Y}") / n(f"cost_expense_{Y}"), [(0.3, 50), (0.25, 40), (0.2, 30), (0.15, 20), (0.1, 10)]))
    score("ip_tsme", lambda n, t, *_: ladder(
        [n("ip_class1").at_least(1), *(n("ip_class2").at_least(k) for k in (4, 3, 2, 1))],
        [(30, 30), (24, 24), (18, 18), (12, 12), (6, 6)], (0, 0)))  # fmt: skip

    def tsme_total(n, t, firm, period):
        s, a, b, i = (ends(firm, period, name) for name in ("staff_points", "rd_sales_points", "rd_cost_points", "ip_tsme"))
        return s[0] + np.maximum(a[0], b[0]) + i[0], s[1] + np.maximum(a[1], b[1]) + i[1]

    score("tsme_total", tsme_total)
    truth("direct", lambda n, t, *_: t("direct_title") | t("direct_award") | t("direct_platform") | t("direct_standard"))
    truth("enough", lambda n, t, firm, period: passes(*ends(firm, period, "tsme_total"), 60))
    truth("some_staff", lambda n, t, firm, period: passes(*ends(firm, period, "staff_points"), 0, strict=True))
    truth("T5_own", lambda n, t, *_: t("enough") & t("some_staff"))
    truth("T5", lambda n, t, *_: t("direct") | t("T5_own"))
    truth("TSME_F1", lambda n, t, *_: ~n(f"staff_total_avg_{Y}").above(5))
    truth("TSME_F2", lambda n, t, *_: ~(n("ip_class1") + n("ip_class2")).above(0))
    truth("TSME_F3", lambda n, t, *_: ~n(f"rd_tax_{Y}").at_least(100_000))
    listed("TSME_F4", "incidents", lambda one, f: one("type", "research_dishonesty") & one("level", "serious") & (f("date") >= day(2023, 6, 30)) & (f("date") <= on))
    listed("title_tsme", "titles", lambda one, f: one("kind", "tsme"))
    truth("TSME_F5", lambda n, t, *_: ~t("title_tsme"))

    def tsme_opens(n, t, firm, period):
        found = {
            "T1": gaps("TSME", firm, period, "resident_enterprise"),
            "T2": gaps("TSME", firm, period, f"staff_total_avg_{Y}", f"sales_income_{Y}", f"total_assets_{Y}"),
            "T3": gaps("TSME", firm, period, "product_restricted", "industry_code"),
            "T4": gaps("TSME", firm, period, "on_abnormal_list", "on_dishonest_list", "incidents"),
        }
        of = {name: ends(firm, period, name) for name in ("staff_points", "rd_sales_points", "rd_cost_points", "ip_tsme")}
        opened = {}
        for name, part, whole in (
            ("staff_points", "sti_staff_tsme", "staff_total_avg"), ("rd_sales_points", "rd_tax", "sales_income"),
            ("rd_cost_points", "rd_tax", "cost_expense"),
        ):  # fmt: skip
            mask = gaps("TSME", firm, period, f"{part}_{Y}", f"{whole}_{Y}") | nothing("TSME", n(f"{whole}_{Y}"), whole)
            opened[name] = mask * (of[name][0] < of[name][1])
        low = np.maximum(of["rd_sales_points"][0], of["rd_cost_points"][0])
        either = [opened[name] * (of[name][1] > low) for name in ("rd_sales_points", "rd_cost_points")]
        rights = gaps("TSME", firm, period, "ip_class1", "ip_class2") * (of["ip_tsme"][0] < of["ip_tsme"][1])
        total = opened["staff_points"] | either[0] | either[1] | rights
        own = where_open(t("enough"), total) | where_open(t("some_staff"), opened["staff_points"])
        lists_ = gaps("TSME", firm, period, "titles", "awards", "platforms", "standards_led")
        return found | {"T5": where_open(t("T5_own"), own) | lists_}

    truth("TSME", lambda n, t, *_: t("T1") & t("T2") & t("T3") & t("T4") & t("T5"))

    # HNTE
    def sum_since(name: str) -> None:
        """The sum over the years since the founding, a variable of its own."""
        cache: dict[int, Num] = {}

        def worked(firm, period):
            key = id(firm.simulation)
            if key not in cache:
                cache.clear()
                zero = Num(np.float32(0), True)
                parts = [where(Tri(firm(f"counted_{year}_yes", period), firm(f"counted_{year}_no", period)), num(firm, period, f"{name}_{year}"), zero) for year in YEARS]
                cache[key] = parts[0] + parts[1] + parts[2]
            return cache[key]

        declare(f"{name}_sum", float, lambda firm, period: worked(firm, period).value)
        declare(f"{name}_sum_known", bool, lambda firm, period: worked(firm, period).known)

    for year in YEARS:
        truth(f"counted_{year}", lambda n, t, firm, period, year=year: ~n("founded").above(year))
    for name in ("rd_hnte", "sales_income", "rd_hnte_domestic", "transformations"):
        sum_since(name)

    def summed_open_of(name: str):
        def formula(firm, period):
            found = gaps("HNTE", firm, period, "est_date")
            for year in YEARS:
                found |= firm(f"HNTE_{name}_{year}_gap", period) * ~firm(f"counted_{year}_no", period)
            return found

        return formula

    for name in ("rd_hnte", "sales_income", "rd_hnte_domestic", "transformations"):
        declare(f"{name}_sum_open", int, summed_open_of(name))

    truth("H1", lambda n, t, *_: n("age_days").at_least(365))
    truth("H2", lambda n, t, *_: (n("ip_class1").at_least(1) | n("ip_class2").at_least(1)) & t("core_ip_owned"))
    truth("H3", lambda n, t, *_: t("field_inside"))
    truth("H4", lambda n, t, *_: (n(f"sti_staff_hnte_{Y}") / n(f"staff_total_avg_{Y}")).at_least(0.1))

    def h5(n, t, *_):
        last = n(f"sales_income_{Y}")
        share = n("rd_hnte_sum") / n("sales_income_sum")
        wanted = np.where(last.value > 2e8, 0.03, np.where(last.value > 5e7, 0.04, 0.05))
        known = share.known & last.known
        return Tri(known & (share.value >= wanted), known & ~(share.value >= wanted))

    truth("H5", h5)
    truth("H5b", lambda n, t, *_: (n("rd_hnte_domestic_sum") / n("rd_hnte_sum")).at_least(0.6))
    truth("H6", lambda n, t, *_: (n(f"hitech_income_{Y}") / (n(f"gross_income_{Y}") - n(f"nontax_income_{Y}"))).at_least(0.6))
    truth("H8", lambda n, t, *_: ~t("incident_hnte"))

    def negative(n, t, *_):
        below = [t(f"counted_{year}") & ~n(f"net_assets_{year}").at_least(0) for year in YEARS]
        return below[0] | below[1] | below[2]

    truth("HNTE_F1", negative)

    def outside(n, t, *_):
        """Points outside the band that the rights allow."""
        given, unused = n("hnte_ip_quantity"), n("ip_class2") - n("ip_class2_used_hnte")
        found = given.above(0)
        for test, low, high in ((unused.at_least(1), 1, 2), (unused.at_least(3), 3, 4), (unused.at_least(5), 5, 6), (n("ip_class1").at_least(1), 7, 8)):
            found = choose(test, ~given.at_least(low) | given.above(high), found)
        return found

    truth("HNTE_F2", outside)

    def growth(name, special):
        def formula(n, t, *_):
            v1, v2, v3 = (n(f"{name}_{year}") for year in YEARS)
            young, base = n("founded").at_least(Y), Tri(v2.known & (v2.value == 0), v2.known & (v2.value != 0))
            none = young | base
            three = t(f"counted_{Y - 2}") & Tri(v1.known & (v1.value != 0), v1.known & (v1.value == 0))
            short = v3 / v2
            mean = (v2 / v1) + short
            rate = where(three, Num(mean.value / 2 - 1, mean.known), Num(short.value - 1, short.known))
            tests = [*(rate.at_least(mark) for mark in (0.35, 0.25, 0.15, 0.05)), rate.above(0)]
            low, high = ladder(tests, [(9, 10), (7, 8), (5, 6), (3, 4), (1, 2)], (0, 0))
            if special:
                below = t("HNTE_F1")
                low, high = np.where(below.no, low, 0), np.where(below.no, high, 10)
            return np.where(none.no, low, 0), np.where(none.yes, 0, high)

        return formula

    def judged(name, low, high, n):
        given = n(f"hnte_{name}")
        return np.where(given.known, given.value, low), np.where(given.known, given.value, high)

    def hnte_total(n, t, firm, period):
        zero = np.zeros_like(n("founded").value)
        plain = {name: judged(name, zero, zero + most, n) for name, most in EXPERTS.items()}
        unused = n("ip_class2") - n("ip_class2_used_hnte")
        own = t("ip_has_self_developed")
        operating = sum((t(f"counted_{year}").yes.astype(np.float32) for year in YEARS), zero)
        mean = n("transformations_sum") / Num(operating, n("founded").known)
        quantity = judged("ip_quantity", *ladder(
            [n("ip_class1").at_least(1), *(unused.at_least(k) for k in (5, 3, 1))], [(7, 8), (5, 6), (3, 4), (1, 2)], (0, 0)), n)  # fmt: skip
        acquired = judged("ip_acquisition", zero + 1, np.where(own.no, 3, 6), n)
        moved = judged("transformation", *ladder(
            [*(mean.at_least(k) for k in (5, 4, 3, 2, 1)), mean.above(0)],
            [(25, 30), (19, 24), (13, 18), (7, 12), (1, 6), (0, 6)], (0, 0)), n)  # fmt: skip
        assets = judged("growth_net_assets", *growth("net_assets", True)(n, t), n)
        sales = judged("growth_sales", *growth("sales_income", False)(n, t), n)
        waits = np.zeros(firm.count, dtype=np.int32)
        bands_ = {"ip_quantity": quantity, "ip_acquisition": acquired, "transformation": moved, "growth_net_assets": assets, "growth_sales": sales}
        rights = gaps("HNTE", firm, period, "ip_class1", "ip_class2", "ip_class2_used_hnte") * ~n("ip_class1").at_least(1).yes
        behind = {
            "ip_quantity": rights, "ip_acquisition": gaps("HNTE", firm, period, "ip_has_self_developed"),
            "transformation": firm("transformations_sum_open", period),
            "growth_net_assets": gaps("HNTE", firm, period, "est_date", *years("net_assets")),
            "growth_sales": gaps("HNTE", firm, period, "est_date", *years("sales_income")),
        }  # fmt: skip
        for name, band in bands_.items():
            waits |= (behind[name] | gaps("HNTE", firm, period, f"hnte_{name}")) * (band[0] < band[1])
        waits |= gaps("HNTE", firm, period, *(f"hnte_{name}" for name in EXPERTS))
        ends_ = []
        for end in (0, 1):
            rights = plain["ip_advancement"][end] + plain["ip_core_support"][end] + quantity[end] + acquired[end] + plain["ip_standards"][end]
            organised = sum(plain[name][end] for name in ("rd_system", "rd_institution", "rd_incentive", "rd_talent"))
            ends_.append(np.minimum(30, rights) + moved[end] + organised + assets[end] + sales[end])
        return *ends_, waits

    score("hnte_total", hnte_total)
    declare("hnte_total_open", int, lambda firm, period: worked_of["hnte_total"](firm, period)[2])

    def hnte_opens(n, t, firm, period):
        def missing(*inputs):
            return gaps("HNTE", firm, period, *inputs)

        spent, sold = n("rd_hnte_sum"), n("sales_income_sum")
        income = n(f"gross_income_{Y}") - n(f"nontax_income_{Y}")
        either = n("ip_class1").at_least(1) | n("ip_class2").at_least(1)
        rd = firm("rd_hnte_sum_open", period)
        return {
            "H1": missing("est_date"),
            "H2": where_open(either, missing("ip_class1", "ip_class2")) | missing("core_ip_owned"),
            "H3": missing("tech_field"),
            "H4": missing(f"sti_staff_hnte_{Y}", f"staff_total_avg_{Y}") | nothing("HNTE", n(f"staff_total_avg_{Y}"), "staff_total_avg"),
            "H5": rd | firm("sales_income_sum_open", period) | missing(f"sales_income_{Y}") | nothing("HNTE", sold, "sales_income", "est_date"),
            "H5b": rd | firm("rd_hnte_domestic_sum_open", period) | nothing("HNTE", spent, "rd_hnte", "est_date"),
            "H6": missing(f"hitech_income_{Y}", f"gross_income_{Y}", f"nontax_income_{Y}") | nothing("HNTE", income, "gross_income", "nontax_income"),
            "H7": firm("hnte_total_open", period),
            "H8": missing("incidents"),
        }
    truth("H7", lambda n, t, firm, period: passes(*ends(firm, period, "hnte_total"), 70, strict=True))
    truth("HNTE", lambda n, t, *_: t("H1") & t("H2") & t("H3") & t("H4") & t("H5") & t("H5b") & t("H6") & t("H7") & t("H8"))

    # C9
    truth("C91", lambda n, t, *_: t("title_c9"))
    truth("C92", lambda n, t, *_: (n(f"rd_tax_{Y}") - n(f"rd_tax_{Y - 1}")).above(0))
    truth("C9", lambda n, t, *_: t("C91") & t("C92"))

    def amount(firm, period):
        more = firm(f"rd_tax_{Y}", period) - firm(f"rd_tax_{Y - 1}", period)
        return np.where(firm("C9_yes", period), np.minimum(0.3 * more, 2e6), 0)

    declare("C9_amount", float, amount)
    declare("C9_amount_known", bool, lambda firm, period: firm("C9_yes", period) | firm("C9_no", period))

    def c9_opens(n, t, firm, period):
        return {"C91": gaps("C9", firm, period, "titles"), "C92": gaps("C9", firm, period, f"rd_tax_{Y}", f"rd_tax_{Y - 1}")}

    # verdicts: no 0, yes 1, open for data 2, open for experts 3, replaced by a direct route 4
    def told(rule: str, opens) -> None:
        for name in INPUTS[rule]:
            gap(rule, name)
        experts = bits(rule, *(metric for metric in METRICS[rule] if metric.startswith("hnte_") or metric == "core_ip_owned"))
        cache: dict[int, dict] = {}

        def found(firm, period):
            key = id(firm.simulation)
            if key not in cache:
                cache.clear()
                cache[key] = opens(lambda n: num(firm, period, n), lambda n: tri(firm, period, n), firm, period)
            return cache[key]

        def missing(firm, period):
            held = np.zeros(firm.count, dtype=np.int32)
            for condition in CONDITIONS[rule]:
                held |= where_open(tri(firm, period, condition), found(firm, period)[condition])
            return where_open(tri(firm, period, rule), held)

        def verdict(of: Tri, opened):
            waiting = 3 - (opened & ~experts != 0)
            return np.select([of.yes, of.no], [np.int32(1), np.int32(0)], waiting.astype(np.int32))

        def condition_verdict(condition: str):
            def formula(firm, period):
                held = verdict(tri(firm, period, condition), found(firm, period)[condition])
                return np.where(firm("direct_yes", period), np.int32(4), held) if condition == "T5" else held

            return formula

        declare(f"{rule}_missing", int, missing)
        declare(f"{rule}_verdict", int, lambda firm, period: verdict(tri(firm, period, rule), firm(f"{rule}_missing", period)))
        for condition in CONDITIONS[rule]:
            declare(f"{condition}_verdict", int, condition_verdict(condition))

    told("TSME", tsme_opens)
    told("HNTE", hnte_opens)
    told("C9", c9_opens)
    return system


def main() -> None:
    frame = pl.read_parquet(str(Path(sys.argv[1]) / "*.parquet"))
    arrays, numbers, truths = given(frame)
    system = build(numbers, truths, arrays)
    best = (float("inf"), float("inf"))
    for _ in range(3):
        simulation = SimulationBuilder().build_default_simulation(system, count=frame.height)
        for name in (*numbers, *DATES, *TEXTS):
            if name not in DERIVED:
                simulation.set_input(name, PERIOD, arrays[name])
                simulation.set_input(f"{name}_known", PERIOD, arrays[f"{name}_known"])
        for name in truths:
            simulation.set_input(f"{name}_yes", PERIOD, arrays[f"{name}_yes"])
            simulation.set_input(f"{name}_no", PERIOD, arrays[f"{name}_no"])
        wall, cpu = time.perf_counter(), time.process_time()
        told = {}
        for rule, conditions in CONDITIONS.items():
            told[f"{rule}.verdict"] = simulation.calculate(f"{rule}_verdict", PERIOD)
            for name in conditions:
                told[f"{rule}.c:{name}"] = simulation.calculate(f"{name}_verdict", PERIOD)
            simulation.calculate(f"{rule}_missing", PERIOD)
        for name in ("tsme_total", "hnte_total"):
            simulation.calculate(f"{name}_low", PERIOD)
            simulation.calculate(f"{name}_high", PERIOD)
        for name in FLAGS:
            simulation.calculate(f"{name}_yes", PERIOD)
            simulation.calculate(f"{name}_no", PERIOD)
        amounts = simulation.calculate("C9_amount", PERIOD)
        simulation.calculate("C9_amount_known", PERIOD)
        best = min(best, (time.perf_counter() - wall, time.process_time() - cpu), key=lambda pair: pair[1])
    sums = {name: int(held.sum(dtype=np.int64)) for name, held in told.items()}
    sums["C9.amount"] = float(amounts.sum(dtype=np.float64))
    print(json.dumps({"name": "OpenFisca-core", "wall": best[0], "cpu": best[1], "rows": frame.height, "sums": sums}))


if __name__ == "__main__":
    main()
