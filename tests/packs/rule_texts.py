"""A small sound rule with all that belongs to it: metrics, family, actions, cases."""

RULE_METRICS = """\
kind: metrics
metrics:
  - {id: staff_total_avg, zh: 职工总数, en: Staff, unit: 人, period_type: average_year,
     subjects: [enterprise], scope_family: headcount}
  - {id: staff_year_end, zh: 从业人员期末人数, en: Staff at year-end, unit: 人, period_type: stock_year_end,
     subjects: [enterprise], scope_family: headcount}
  - {id: market_share, zh: 市场占有率, en: Market share, unit: "%", period_type: flow_year,
     subjects: [enterprise], value_type: ratio, bounds: {low: "0", high: "100"}}
  - {id: jury_points, zh: 专家评分, en: Points of the jury, unit: 分, period_type: expert_score,
     subjects: [enterprise], bounds: {low: "0", high: "6"}}
  - {id: listed_flag, zh: 是否上市, en: Listed, period_type: category, subjects: [enterprise],
     value_type: boolean}
  - {id: est_date, zh: 成立日期, en: Date of establishment, period_type: date, subjects: [enterprise],
     value_type: date}
  - {id: sector, zh: 领域, en: Sector, period_type: category, subjects: [enterprise], value_type: code,
     choices: {chips: 集成电路, other: 其他}}
  - id: titles
    zh: 资质称号
    en: Titles
    period_type: event_list
    value_type: list
    subjects: [enterprise]
    elements:
      - {name: kind, zh: 称号, en: Title, type: code, choices: {hnte: 高新技术企业, tsme: 科技型中小企业}}
      - {name: valid_from, zh: 有效期起, en: First day, type: date}
      - {name: valid_to, zh: 有效期止, en: Last day, type: date}
  - id: awards
    zh: 奖励
    en: Awards
    period_type: event_list
    value_type: list
    subjects: [enterprise]
    elements:
      - {name: rank, zh: 排名, en: Rank, type: rank}
      - {name: year, zh: 年度, en: Year, type: year}
      - {name: amount, zh: 奖金, en: Prize, type: money}
      - {name: shared, zh: 是否共享, en: Shared, type: boolean}
      - {name: remark, zh: 备注, en: Remark, type: text}
"""

# The rule is called after its file; the broken ones are called DEMO, the sound one beside them SOUND.
RULE = """\
kind: rule
id: SOUND
zh: 示范企业认定
en: Recognition of model enterprises
short: 示范企业
category: title
family: SOUNDS
effective: {from: 2020-01-01, until: null}
status: in_force
grants: {title: tsme, valid: {years: 3}}
scope: {headcount: [staff_total_avg]}
documents:
  d1: {zh: 示范企业认定办法, number: 示〔2020〕1号, issued: 2019-12-20, confidence: to_confirm}
parameters:
  most_staff:
    zh: 职工总数上限
    en: Most staff
    unit: 人
    values:
      - {from: 2020-01-01, until: 2024-12-31, value: "300", document: d1, article: 第三条, mark: V1,
         confidence: to_confirm}
      - {from: 2025-01-01, value: "500", document: d1, article: 第三条, mark: V1, confidence: to_confirm}
definitions:
  rd_share: {zh: 研发强度, en: R&D intensity, expr: "rd_hnte[Y-1] / revenue[Y-1]", unit: "%"}
scores:
  total:
    zh: 总分
    en: Total
    parts:
      - {id: rd_points, zh: 研发, max: "20", bands: {of: rd_share, at_least: [["5%", "20"], ["3%", "10"]],
         otherwise: "0"}}
      - {id: jury, zh: 专家, judged: jury_points, points: ["0", "6"]}
conditions:
  - {id: S1, zh: 未上市, en: Not listed, aspect: base, document: d1, article: 第二条, mark: V1,
     confidence: to_confirm, test: not listed_flag}
  - {id: S2, zh: 规模, en: Size, aspect: scale, document: d1, article: 第三条, mark: V1,
     confidence: to_confirm, test: "staff_total_avg[Y-1] <= $most_staff"}
  - {id: S3, zh: 评分, en: Score, aspect: score, document: d1, article: 第四条, mark: V1,
     confidence: to_confirm, test: total >= 16}
direct:
  - {id: D, zh: 直通, document: d1, article: 第五条, replaces: [S3],
     any: [{id: D1, zh: 高企, test: "exists(e in titles: e.kind = 'hnte' and valid(e))"}]}
flags:
  - {id: F1, zh: 职工不足 5 人, en: Fewer than 5 staff, test: "staff_total_avg[Y-1] < 5人"}
describe: {zh: 未上市的中小企业，按评分认定, en: "Small firms, not listed, by score"}
"""

FAMILY = """\
kind: rule_family
id: SOUNDS
zh: 示范企业
en: Model enterprises
versions:
  - {rule: SOUND, application: new}
  - {rule: SOUND, application: renewal, from: 2022-01-01}
"""

ACTIONS = """\
kind: actions
actions:
  - {id: hire_researchers, zh: 增加研发投入, en: Spend more on R&D, metric: rd_hnte, period: Y-1,
     direction: up, step: "1", unit: 万元, unit_cost: {value: "1", unit: 万元}, most: "20",
     lead_time: {n: 30, unit: working_day}, who: enterprise, applies_to: [SOUND], confidence: to_confirm}
  - {id: delist, zh: 退市, en: Leave the exchange, metric: listed_flag, period: now, direction: set,
     to: false, unit_cost: {value: "500", unit: 万元}, lead_time: {n: 1, unit: year}, who: enterprise,
     confidence: to_confirm}
"""

CASES = """\
kind: rule_cases
rule: SOUND
cases:
  - name: small firm with much research passes
    shows: "yes"
    on: 2026-06-30
    money_unit: 万元
    facts:
      listed_flag: false
      staff_total_avg: {2025: 500}
      revenue: {2025: 1000}
      rd_hnte: {2025: "50.5"}
      jury_points: 0
      market_share: {2025: "0.104"}
      est_date: 2019-02-28
      sector: chips
      titles: [{kind: hnte, valid_from: 2020-01-01, valid_to: 2022-12-31}]
      awards: [{rank: 1, year: 2025, amount: "0.5", shared: false, remark: x}, {rank: null}]
    expect: {verdict: pass, score: 20, not_met: [], missing: []}
    reason: 50.5 ÷ 1000 = 5.05% ≥ 5%，20 分
  - name: one person too many
    shows: "no"
    on: 2026-06-30
    money_unit: 元
    facts: {listed_flag: false, staff_total_avg: {2025: 501}}
    expect: {verdict: fail, score: [0, "26"], not_met: [S2], missing: []}
  - name: exactly five per cent
    shows: boundary
    on: 2026-06-30
    money_unit: 亿元
    facts: {listed_flag: false, staff_total_avg: {2025: 1}, revenue: {2025: 20}, rd_hnte: {2025: 1}}
    expect: {verdict: pass}
  - name: nothing is known
    shows: missing
    on: 2026-06-30
    application: renewal
    money_unit: 万元
    expect: {verdict: unknown, missing: [listed_flag, staff_total_avg, rd_hnte, revenue, titles, jury_points]}
"""

OF_RULES = {
    "rule_metrics": RULE_METRICS,
    "rules/SOUND": RULE,
    "rules/SOUNDS": FAMILY,
    "rules/cases/SOUND": CASES,
    "actions": ACTIONS,
}


def a_rule(name: str = "DEMO") -> str:
    """The sound rule under another id, of no family."""
    return RULE.replace("id: SOUND\n", f"id: {name}\n").replace("family: SOUNDS\n", "")
