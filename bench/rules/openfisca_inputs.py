"""The inputs of the OpenFisca peer: arrays with flags that they are known, lists as flat columns with owners."""

# fmt: off
from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

PERIOD = "2025"
Y = 2025
YEARS = (Y - 2, Y - 1, Y)
ON = np.datetime64("2026-06-30")
LISTS = {
    "incidents": ("type", "level", "date"),
    "titles": ("kind", "valid_from", "valid_to"),
    "awards": ("level", "kind", "rank", "date"),
    "platforms": ("kind", "level", "valid_from", "valid_to"),
    "standards_led": ("kind", "order", "date"),
}
EXPERTS = {
    "ip_advancement": 8, "ip_core_support": 8, "ip_standards": 2, "rd_system": 6, "rd_institution": 6,
    "rd_incentive": 4, "rd_talent": 4,
}  # fmt: skip


def years(name: str) -> list[str]:
    return [f"{name}_{year}" for year in YEARS]


def metric_of(name: str) -> str:
    return name[:-5] if name[-5:-2] == "_20" else name


DATES, TEXTS, DERIVED = ("est_date",), ("tech_field", "industry_code"), ("founded", "age_days")
EXCLUDED = ("C16", "F51", "F52", "H61", "H62", "K70", "L71", "L72", "R90")
INPUTS = {
    "TSME": ["resident_enterprise", f"staff_total_avg_{Y}", f"sales_income_{Y}", f"total_assets_{Y}", "product_restricted", "industry_code",
             "on_abnormal_list", "on_dishonest_list", "incidents", f"sti_staff_tsme_{Y}", f"rd_tax_{Y}", f"cost_expense_{Y}", "ip_class1",
             "ip_class2", "titles", "awards", "platforms", "standards_led"],
    "HNTE": ["est_date", "ip_class1", "ip_class2", "core_ip_owned", "tech_field", f"sti_staff_hnte_{Y}", f"staff_total_avg_{Y}",
             *years("rd_hnte"), *years("sales_income"), *years("rd_hnte_domestic"), f"hitech_income_{Y}", f"gross_income_{Y}",
             f"nontax_income_{Y}", *years("net_assets"), *years("transformations"), "ip_class2_used_hnte", "ip_has_self_developed",
             *(f"hnte_{name}" for name in EXPERTS), "hnte_ip_quantity", "hnte_ip_acquisition", "hnte_transformation",
             "hnte_growth_net_assets", "hnte_growth_sales", "incidents"],
    "C9": ["titles", f"rd_tax_{Y}", f"rd_tax_{Y - 1}"],
}  # fmt: skip
METRICS = {rule: sorted({metric_of(name) for name in inputs}) for rule, inputs in INPUTS.items()}
CONDITIONS = {
    "TSME": ["T1", "T2", "T3", "T4", "T5"],
    "HNTE": ["H1", "H2", "H3", "H4", "H5", "H5b", "H6", "H7", "H8"],
    "C9": ["C91", "C92"],
}
FLAGS = ["TSME_F1", "TSME_F2", "TSME_F3", "TSME_F4", "TSME_F5", "HNTE_F1", "HNTE_F2"]


def given(frame: pl.DataFrame) -> tuple[dict[str, np.ndarray], list[str], list[str]]:
    """Inputs as arrays in yuan and whole things, lists as flat columns: made outside the measured time."""
    arrays: dict[str, np.ndarray] = {}
    numbers, truths = [], []

    def number(name: str, series: pl.Series, scale: int) -> None:
        numbers.append(name)
        arrays[name] = (series.cast(pl.Float64) / 10**scale).fill_null(0).to_numpy().astype(np.float32)
        arrays[f"{name}_known"] = series.is_not_null().to_numpy()

    def truth(name: str, series: pl.Series) -> None:
        truths.append(name)
        arrays[f"{name}_yes"] = series.fill_null(False).to_numpy()
        arrays[f"{name}_no"] = (~series).fill_null(False).to_numpy()

    money = ("sales_income", "total_assets", "rd_tax", "cost_expense", "rd_hnte", "rd_hnte_domestic", "hitech_income", "gross_income", "nontax_income", "net_assets")
    for column in frame.columns:
        metric = column.partition("@")[0]
        series = frame[column]
        if series.dtype == pl.Int64:
            number(column.replace("@", "_"), series, 2 if metric in money else 6)
        elif series.dtype == pl.Boolean:
            truth(column, series)
    arrays["est_date"] = frame["est_date"].fill_null(date(1970, 1, 1)).to_numpy()
    for name in TEXTS:
        codes = {text: place for place, text in enumerate(frame[name].drop_nulls().unique().sort().to_list())}
        arrays[f"{name}_codes"] = codes
        arrays[name] = frame[name].replace_strict(codes, default=-1, return_dtype=pl.Int32).fill_null(-1).to_numpy()
    for name in (*DATES, *TEXTS):
        arrays[f"{name}_known"] = frame[name].is_not_null().to_numpy()
    numbers += DERIVED
    for column, fields in LISTS.items():
        flat = frame.select(pl.col(column)).with_row_index("owner").explode(column).drop_nulls()
        flat = flat.filter(pl.col(column).is_not_null()).unnest(column)
        arrays[f"{column}_owner"] = flat["owner"].to_numpy()
        arrays[f"{column}_given"] = frame[column].is_not_null().to_numpy()
        for name in fields:
            series = flat[name]
            if series.dtype == pl.String:
                codes = {text: place for place, text in enumerate(series.unique().sort().to_list())}
                arrays[f"{column}_{name}_codes"] = codes
                series = series.replace_strict(codes, return_dtype=pl.Int32)
            arrays[f"{column}_{name}"] = series.cast(pl.Int32).to_numpy()
    return arrays, numbers, truths
