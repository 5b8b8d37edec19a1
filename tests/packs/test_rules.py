"""Rules, families, actions and cases of packs: what the library gives, and who is asked when."""

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from gaoxin.core.errors import PackError
from gaoxin.core.issues import Issue
from gaoxin.packs.bounds import bounds_of, bounds_of_field
from gaoxin.packs.gates.refer import refer
from gaoxin.packs.gates.refer.expressions import expressions_of
from gaoxin.packs.gates.rules import RuleEngine
from gaoxin.packs.gates.table import Verdict, check_packs
from gaoxin.packs.library import Library, open_library
from gaoxin.packs.schemas.exact import amount, exact, in_base_units
from gaoxin.workspace.checking import read_expression
from tests.house.repository import ROOT
from tests.packs.builders import a_pack, a_zone_with
from tests.packs.rule_texts import CASES, OF_RULES, RULE, a_rule

STRICTER = RULE.replace("id: SOUND\n", "overrides: [{id: SOUND, reason: 本区另有办法}]\nid: SOUND\n")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return open_library([a_zone_with(tmp_path, OF_RULES)])


def test_rules_are_found_wherever_they_lie_in_a_pack(library: Library) -> None:
    assert list(library.rules) == ["SOUND"]
    assert list(library.rule_families) == ["SOUNDS"]
    assert list(library.actions) == ["hire_researchers", "delist"]
    assert [case.shows for case in library.rule_cases["SOUND"].cases] == ["yes", "no", "boundary", "missing"]


def test_unknown_rule_names_what_looks_like_it(library: Library) -> None:
    with pytest.raises(PackError) as caught:
        library.rule("SUOND")
    assert "是不是想写 SOUND？" in caught.value.zh
    with pytest.raises(PackError, match="没有编号为 SONDS 的规则族"):
        library.rule_family("SONDS")


def a_street(root: Path) -> Path:
    """A zone with a rule, and a pack on it that replaces the rule."""
    a_zone_with(root, OF_RULES)
    stricter = {"rules/SOUND": STRICTER.replace('value: "500"', 'value: "400"')}
    a_pack(root, "street", stricter, depends=("demo",))
    return root


def test_pack_replaces_a_rule_of_a_pack_below_for_itself(tmp_path: Path) -> None:
    library = open_library([a_street(tmp_path)])
    here = library.seen_from("street").rule("SOUND")
    assert here.parameters["most_staff"].values[-1].value == "400"
    assert library.rule("SOUND").parameters["most_staff"].values[-1].value == "500"


def test_cases_are_put_to_a_replaced_rule_too(tmp_path: Path) -> None:
    heard: list[str] = []

    def run_cases(library: Library) -> Iterable[Issue]:
        heard.append(str(library.rule("SOUND").parameters["most_staff"].values[-1].value))
        return ()

    assert checked(a_street(tmp_path), RuleEngine(run_cases, run_cases)).issues == ()
    assert heard == ["500", "400", "500", "400"]  # compiled, then asked


def test_value_of_a_parameter_is_the_one_of_the_day(library: Library) -> None:
    parameter = library.rule("SOUND").parameters["most_staff"]
    lines = [parameter.line_on(date(2024, 12, 31)), parameter.line_on(date(2025, 1, 1))]
    assert [line.value for line in lines if line is not None] == ["300", "500"]
    assert parameter.line_on(date(2019, 12, 31)) is None


def test_family_is_silent_outside_its_versions(library: Library) -> None:
    family = library.rule_family("SOUNDS")
    assert family.version_on(date(2021, 12, 31), "renewal") is None
    chosen = family.version_on(date(2022, 1, 1), "renewal")
    assert chosen is not None
    assert chosen.rule == "SOUND"


def test_score_is_called_by_its_name_and_knows_its_most(library: Library) -> None:
    rule = library.rule("SOUND")
    assert [part.id for part in rule.parts()] == ["total", "rd_points", "jury"]
    assert rule.scores["total"].most == 26  # 20 + 6


def test_every_expression_of_a_rule_knows_where_it_begins(library: Library) -> None:
    rule = library.rule("SOUND")
    lines = RULE.splitlines()
    for path, text in expressions_of(rule):
        place = rule.origin.at(*path).text
        written = lines[place.line - 1][place.column - 1 :]
        assert written.startswith(text)
    assert len(list(expressions_of(rule))) == 7


def test_text_of_a_block_begins_on_the_line_below(tmp_path: Path) -> None:
    steps = "\n  more:\n    zh: 更多\n    expr: |\n      rd_hnte[Y-1]\n      + 1"
    block = a_rule().replace('unit: "%"}', 'unit: "%"}' + steps)
    library = open_library([a_zone_with(tmp_path, {**OF_RULES, "rules/DEMO": block})])
    place = library.rule("DEMO").origin.at("definitions", "more", "expr").text
    assert block.splitlines()[place.line - 1][place.column - 1 :] == "rd_hnte[Y-1]"


def test_numbers_of_law_are_exact() -> None:
    assert exact("2/3") == Fraction(2, 3)
    assert in_base_units("0.5%") == Fraction(1, 200)
    assert in_base_units("3 万元") == 30000
    number, held = amount("20000")
    assert (number, held) == (20000, None)


def test_bounds_are_those_of_the_metric_or_the_usual_ones(library: Library) -> None:
    assert bounds_of(library.metric("market_share")) == (0, 1)  # 0 % to 100 %
    assert bounds_of(library.metric("revenue")) == (-5 * 10**12, 5 * 10**12)
    assert bounds_of(library.metric("jury_points")) == (0, 6)
    assert bounds_of(library.metric("listed_flag")) is None
    fields = {field.name: field for field in library.metric("awards").elements}
    assert bounds_of_field(fields["amount"]) == (-5 * 10**12, 5 * 10**12)
    assert bounds_of_field(fields["year"]) == (0, 10**4)
    assert bounds_of_field(fields["remark"]) is None


def test_metric_has_a_year_by_its_period_type_unless_it_says_otherwise() -> None:
    shipped = open_library(["national"], tolerant=True)
    yearly = {name: shipped.metric(name).yearly for name in ("revenue", "rd_q1", "zjtx_score")}
    assert yearly == {"revenue": True, "rd_q1": True, "zjtx_score": True}
    scalar = ("ip_class1", "credit_score", "zjtx63_special_points", "rd_rank_amount", "rd_rank_intensity")
    assert not any(shipped.metric(name).yearly for name in scalar)


def test_every_event_list_of_an_enterprise_has_its_fields() -> None:
    shipped = open_library(["national"], tolerant=True)
    lists = [metric for metric in shipped.metrics.values() if metric.period_type == "event_list"]
    assert len(lists) == 11
    assert all(metric.elements for metric in lists)
    members = {metric.id for metric in shipped.metrics.values() if metric.scope_family == "rd_expenditure"}
    assert members == {"rd_hnte", "rd_hnte_domestic", "rd_tax", "rd_book", "rd_stat", "rd_q1"}


def an_engine(
    heard: list[str], *, compiles: Iterable[Issue] = (), differs: Iterable[Issue] = ()
) -> RuleEngine:
    def compile_(library: Library) -> Iterable[Issue]:
        heard.append(f"compile {', '.join(library.rules)}")
        return compiles

    def run_cases(library: Library) -> Iterable[Issue]:
        heard.append(f"cases {', '.join(library.rule_cases)}")
        return differs

    return RuleEngine(compile_, run_cases)


def checked(root: Path, engine: RuleEngine | None) -> Verdict:
    return check_packs([root], read_expression=read_expression, rule_engine=engine)


def test_engine_compiles_first_and_runs_the_cases_then(tmp_path: Path) -> None:
    heard: list[str] = []
    verdict = checked(a_zone_with(tmp_path, OF_RULES), an_engine(heard))
    assert heard == ["compile SOUND", "cases SOUND"]
    assert verdict.issues == ()
    assert (verdict.states["compile"], verdict.states["cases"]) == ("passed", "passed")


def test_cases_wait_for_rules_that_do_not_compile(tmp_path: Path) -> None:
    heard: list[str] = []
    fault = Issue("compile.too_wide", "error", "太宽", "too wide")
    verdict = checked(a_zone_with(tmp_path, OF_RULES), an_engine(heard, compiles=[fault]))
    assert heard == ["compile SOUND"]
    assert (verdict.states["compile"], verdict.states["cases"]) == ("failed", "skipped")


def test_broken_rule_is_not_compiled(tmp_path: Path) -> None:
    heard: list[str] = []
    broken = {**OF_RULES, "rules/SOUND": RULE.replace("staff_total_avg[Y-1] <=", "staf[Y-1] <=")}
    verdict = checked(a_zone_with(tmp_path, broken), an_engine(heard))
    assert heard == []
    assert (verdict.states["refer"], verdict.states["compile"]) == ("failed", "skipped")


def test_case_that_differs_fails_the_gate_of_cases(tmp_path: Path) -> None:
    fault = Issue("case.failed", "error", "结论不同", "another verdict")
    verdict = checked(a_zone_with(tmp_path, OF_RULES), an_engine([], differs=[fault]))
    assert (verdict.states["compile"], verdict.states["cases"]) == ("passed", "failed")


def test_rule_cases_without_an_engine_are_said_to_be_unrun(tmp_path: Path) -> None:
    verdict = checked(a_zone_with(tmp_path, OF_RULES), None)
    (issue,) = verdict.issues
    assert (issue.severity, issue.code) == ("warning", "case.not_run")
    assert "4 rule cases were not run" in issue.en
    assert verdict.states["compile"] == "not_built"


def test_rule_lacking_one_kind_of_case_is_told_which(tmp_path: Path) -> None:
    lacking = {**OF_RULES, "rules/cases/SOUND": CASES.replace("shows: boundary", "shows: other")}
    (issue,) = checked(a_zone_with(tmp_path, lacking), an_engine([])).issues
    assert (issue.code, issue.en) == ("rule.cases_missing", "the rule SOUND lacks cases: boundary")


def test_described_rule_needs_no_cases(tmp_path: Path) -> None:
    words = a_rule().split("parameters:")[0].replace("status: in_force", "status: description")
    described = {**OF_RULES, "rules/DEMO": words + "describe: {zh: 未核实, en: not verified}\n"}
    assert checked(a_zone_with(tmp_path, described), an_engine([])).issues == ()


def test_cases_of_a_rule_that_cannot_be_read_are_no_further_news(tmp_path: Path) -> None:
    broken = {**OF_RULES, "rules/DEMO": a_rule() + "oops: 1\n"}
    broken["rules/cases/DEMO"] = CASES.replace("rule: SOUND", "rule: DEMO")
    (issue,) = checked(a_zone_with(tmp_path, broken), an_engine([])).issues
    assert "unknown key oops" in issue.en


@pytest.mark.parametrize(
    ("asks_first", "asks_second", "said"),
    [("DEMO", "SOUND", "DEMO → SOUND → DEMO"), ("DEMO", "SOUNDS", "DEMO → SOUND → DEMO")],
    ids=["by rule", "by family"],
)
def test_circle_of_two_rules_is_told_once(
    asks_first: str, asks_second: str, said: str, tmp_path: Path
) -> None:
    waiting = "test: not listed_flag"
    documents = {
        **OF_RULES,
        "rules/SOUND": RULE.replace(waiting, f'test: "passes({asks_first})"'),
        "rules/DEMO": a_rule().replace(waiting, f'test: "passes({asks_second})"'),
    }
    (issue,) = checked(a_zone_with(tmp_path, documents), an_engine([])).issues
    assert said in issue.en


def test_rule_of_the_reference_page_is_sound(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "reference" / "rules.md").read_text("utf-8")
    rule, cases = re.findall(r"```yaml\n(.*?)```", page, flags=re.DOTALL)
    a_pack(tmp_path, "page", {"rules/MODEL": rule, "rules/cases/MODEL": cases}, depends=("national",))
    library = open_library([tmp_path / "page"], tolerant=True)
    found = [*library.issues, *refer(library, read_expression=read_expression)]
    assert [issue.en for issue in found if "MODEL" in str(issue.file)] == []
    assert library.rule_cases["MODEL"].cases[0].expect.score == 60  # 5% gives 60 points, no rights give 0
