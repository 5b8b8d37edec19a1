"""Small packs that speak of zones and metrics, written to a folder."""

from collections.abc import Mapping
from pathlib import Path

METRICS = """\
kind: metrics
metrics:
  - {id: gdp, zh: 地区生产总值, en: Gross domestic product, aliases: [GDP, 生产总值], unit: 亿元,
     period_type: flow_year, subjects: [zone, region], value_type: money}
  - {id: industrial_output, zh: 规上工业总产值, en: Industrial output, aliases: [规上工业产值], unit: 亿元,
     period_type: flow_year, subjects: [zone, region], value_type: money}
  - {id: high_tech_output, zh: 高新技术企业产值, en: Output of high-tech enterprises, unit: 亿元,
     period_type: flow_year, subjects: [zone, region], value_type: money, within: industrial_output}
  - {id: high_tech_enterprises, zh: 高新技术企业数, en: High-tech enterprises, aliases: [高企数], unit: 家,
     period_type: stock_year_end, subjects: [zone, region]}
  - {id: assessment, zh: 综合考核, en: Comprehensive assessment, unit: 分, period_type: score,
     subjects: [zone]}
  - {id: lead_industries, zh: 主导产业, en: Lead industries, period_type: category, subjects: [zone],
     value_type: list}
  - {id: national_since, zh: 升级时间, en: National since, period_type: date, subjects: [zone],
     value_type: date}
  - {id: revenue, zh: 营业收入, en: Revenue, aliases: [主营收入], unit: 元, period_type: flow_year,
     subjects: [enterprise], value_type: money}
  - {id: rd_hnte, zh: 研究开发费用(高企口径), en: R&D expenditure (HNTE), unit: 元, period_type: flow_year,
     subjects: [enterprise], value_type: money}
"""

REGIONS = """\
kind: subjects
subjects:
  - {code: region/532301, zh: 楚雄市, en: Chuxiong City}
"""

ZONE = """\
kind: subjects
subjects:
  - {code: zone/demo, zh: 示范高新区, en: Demo Zone, parent: region/532301}
"""

SOURCES = """\
kind: sources
sources:
  - {id: article, zh: 一篇报道, en: An article, document: news, published: 2022-08-01}
"""

OBSERVATIONS = """\
kind: observations
observations:
  - {id: A1, subject: zone/demo, metric: industrial_output, period: "2021", value: "432", unit: 亿元,
     source: article, locator: {paragraph: 1}, written: 432亿元}
  - {id: A2, subject: zone/demo, metric: industrial_output, figure: share, period: "2021", value: "87.9",
     unit: "%", of: region/532301, source: article, locator: {paragraph: 1}, written: 87.9%}
"""

CHECKS = """\
kind: cross_checks
checks:
  - id: demo.city_output
    zh: 推算全市产值
    en: Implied output of the city
    inputs: {part: A1, share: A2}
    let: {whole: part / share}
    show: [{name: whole, unit: 亿元, zh: 全市产值, en: output of the city}]
    assert: whole > part
"""

CALENDAR = """\
kind: calendar
year: 2026
notice: 国办发明电〔2025〕7号
off:
  - {name: 元旦, from: 2026-01-01, to: 2026-01-03}
  - {name: 国庆节, from: 2026-10-01, to: 2026-10-07}
work: [2026-01-04, 2026-09-20, 2026-10-10]
"""

SHARED: Mapping[str, str] = {"metrics": METRICS, "regions": REGIONS, "calendar": CALENDAR}
OF_ZONE: Mapping[str, str] = {
    "zone": ZONE,
    "sources": SOURCES,
    "observations": OBSERVATIONS,
    "checks": CHECKS,
}


def a_pack(
    root: Path,
    name: str,
    documents: Mapping[str, str | bytes],
    *,
    depends: tuple[str, ...] = (),
    zone: str | None = None,
) -> Path:
    """One pack of the given documents under root; returns its folder."""
    folder = root / name
    folder.mkdir(parents=True, exist_ok=True)
    heading = f'kind: pack\nid: {name}\nzh: {name}\nen: {name}\nversion: "2026.11"\n'
    heading += f"depends: [{', '.join(depends)}]\nzone: {zone or 'null'}\n"
    (folder / "pack.yaml").write_text(heading, "utf-8")
    for title, text in documents.items():
        raw = text.encode() if isinstance(text, str) else text
        path = folder / f"{title}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    return folder


def a_zone_with(root: Path, documents: Mapping[str, str | bytes]) -> Path:
    """A sound shared pack and a sound zone on it, and further documents in the zone; returns the root."""
    a_pack(root, "shared", SHARED)
    a_pack(root, "demo", {**OF_ZONE, **documents}, depends=("shared",), zone="zone/demo")
    return root
