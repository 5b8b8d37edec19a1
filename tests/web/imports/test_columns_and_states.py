"""What a person answers about columns, who may move an import on, and where a refused step leaves it."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from gaoxin.core.errors import IngestError
from gaoxin.facts.ingest.inspection.limits import FileRefused, Limits
from gaoxin.web.accounts.models import Role
from gaoxin.web.errors import MoveRefused, NotFound
from gaoxin.web.imports import files, selectors, services
from gaoxin.web.imports.models import ImportRun, SavedMapping, State
from tests.web.builders import a_statistician, an_account, zone
from tests.web.imports.workbooks import a_firm, a_return, accepted, at_work, checked, uploaded

pytestmark = pytest.mark.django_db

NO_UNIT = ("企业名称", "统一社会信用代码", "2024年营业收入", "2024年从业人员期末人数")


def test_column_without_a_unit_is_asked_about_and_answered() -> None:
    clerk = a_statistician()
    run = at_work(uploaded(a_return([a_firm("甲厂")], NO_UNIT), clerk))
    assert run.state == State.MAPPING
    assert [question["kind"] for question in run.questions] == ["unit"]
    with pytest.raises(IngestError, match="列名还有 1 处没定"):
        services.start_check(by=clerk, run_id=run.pk)
    mapping = services.assign_column(by=clerk, run_id=run.pk, index=2, unit="千元")
    assert not mapping.questions
    services.start_check(by=clerk, run_id=run.pk)
    assert at_work(run).state == State.REVIEW


def test_answers_are_remembered_for_the_next_file_of_the_form() -> None:
    clerk = a_statistician()
    run = at_work(uploaded(a_return([a_firm("乙厂")], NO_UNIT), clerk))
    services.assign_column(by=clerk, run_id=run.pk, index=2, unit="千元")
    services.start_check(by=clerk, run_id=run.pk)
    at_work(run)
    services.start_accept(by=clerk, run_id=run.pk)
    assert at_work(run).state == State.ACCEPTED
    assert SavedMapping.objects.filter(zone=run.zone, source=run.source).count() == 1
    following = at_work(uploaded(a_return([a_firm("丙厂")], NO_UNIT), clerk))
    assert not following.questions
    assert selectors.mapping(clerk, following.pk).column(2).unit == "千元"


def test_report_period_can_be_chosen_afterwards() -> None:
    clerk = a_statistician()
    headers = ("企业名称", "统一社会信用代码", "营业收入（万元）", "从业人员期末人数")
    run = at_work(uploaded(a_return([a_firm("丁厂")], headers), clerk))
    assert {question["kind"] for question in run.questions} == {"period"}
    mapping = services.set_mapping(by=clerk, run_id=run.pk, period="2023")
    assert not mapping.questions
    assert mapping.column(2).period == "2023"
    run.refresh_from_db()
    assert run.period == "2023"


def test_file_that_is_no_table_fails_with_words() -> None:
    run = at_work(uploaded(b"%PDF-1.7 not a table", name="年报.xlsx"))
    assert run.state == State.FAILED
    assert run.error_zh
    assert run.error_en


def test_empty_and_oversized_files_are_refused_before_they_are_kept() -> None:
    with pytest.raises(FileRefused, match="空"):
        uploaded(b"")
    with pytest.raises(FileRefused, match="超过上限"):
        files.store([b"x" * 600, b"x" * 600], limits=Limits(file=1000))
    assert not list((files.imports_home() / "files" / "incoming").iterdir())


def test_only_a_statistician_imports() -> None:
    data = a_return([a_firm("戊厂")])
    for role in set(Role.values) - {Role.STATISTICIAN, Role.ENTERPRISE_USER}:
        with pytest.raises(PermissionDenied):
            uploaded(data, an_account(role))


def test_import_of_another_zone_does_not_exist() -> None:
    run = checked(a_return([a_firm("己厂")]))
    stranger = a_statistician(("daqing",))
    for door in (
        lambda: selectors.run(stranger, run.pk),
        lambda: selectors.review(stranger, run.pk),
        lambda: selectors.annotated_file(stranger, run.pk),
        lambda: services.start_accept(by=stranger, run_id=run.pk),
        lambda: services.cancel(by=stranger, run_id=run.pk),
        lambda: services.upload(by=stranger, zone=zone("weifang"), file_name="a.xlsx", chunks=[b"x"]),
        lambda: selectors.run(stranger, "not-a-number"),
    ):
        with pytest.raises(NotFound):
            door()


@pytest.mark.parametrize("state", [State.ACCEPTED, State.CANCELLED, State.FAILED, State.WITHDRAWN])
def test_run_that_ended_moves_no_more(state: str) -> None:
    clerk = a_statistician()
    run = checked(a_return([a_firm("庚厂")]), clerk)
    ImportRun.objects.filter(pk=run.pk).update(state=state)
    for move in (
        lambda: services.start_check(by=clerk, run_id=run.pk),
        lambda: services.start_accept(by=clerk, run_id=run.pk),
        lambda: services.decide(by=clerk, run_id=run.pk, decisions={}),
        lambda: services.cancel(by=clerk, run_id=run.pk),
    ):
        with pytest.raises(MoveRefused, match="不能再做这一步"):
            move()


def test_waiting_run_is_cancelled_at_once() -> None:
    clerk = a_statistician()
    run = checked(a_return([a_firm("辛厂")]), clerk)
    assert services.cancel(by=clerk, run_id=run.pk).state == State.CANCELLED


def test_review_is_read_page_by_page() -> None:
    clerk = a_statistician()
    run = checked(a_return([a_firm(f"第{n}百货店") for n in range(7)]), clerk)
    first = selectors.review(clerk, run.pk, "normal", limit=3)
    rest = selectors.review(clerk, run.pk, "normal", after=3, limit=50)
    assert (first.in_group, len(first.lines), len(rest.lines)) == (7, 3, 4)


def test_annotated_workbook_names_the_bad_cell() -> None:
    clerk = a_statistician()
    run = checked(a_return([a_firm("壬厂", "约9千")]), clerk)
    assert run.counts["problems"] == 1
    assert selectors.annotated_file(clerk, run.pk)[:2] == b"PK"


def test_runs_of_a_zone_newest_first() -> None:
    clerk = a_statistician()
    older = accepted(a_return([a_firm("癸厂")]), clerk)
    newer = uploaded(a_return([a_firm("子厂")]), clerk)
    assert [run.pk for run in selectors.runs(clerk, zone())[:2]] == [newer.pk, older.pk]
