"""An import enters the ledger as one batch: what it records, replaces, leaves alone, and gives back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from gaoxin.core.errors import FactError, IngestError
from gaoxin.web.errors import MoveRefused
from gaoxin.web.imports import services
from gaoxin.web.imports.models import State
from gaoxin.web.ledger import models, selectors
from gaoxin.web.ledger import services as ledger
from tests.web.builders import a_source, a_statistician, an_enterprise, an_entry
from tests.web.imports.workbooks import a_firm, a_return, accepted, at_work, checked, recorded, uploaded

pytestmark = pytest.mark.django_db


def test_import_records_every_figure_of_new_enterprises_in_one_batch() -> None:
    firms = [a_firm("第一机械厂", 1200, 35), a_firm("第二机械厂", 88.5, 7)]
    run = accepted(a_return(firms))
    assert run.state == State.ACCEPTED
    rows = recorded(run)
    # 2 firms × 2 columns
    assert len(rows) == run.batch.rows == run.counts["recorded"] == 4
    assert {row.status for row in rows} == {"reported"}
    # 88.5万元 = 885 000 元 = 88 500 000 分
    assert models.Observation.objects.get(batch=run.batch, number=88_500_000).metric.code == "revenue"


def test_imported_figure_says_file_sheet_and_cell() -> None:
    clerk = a_statistician()
    firm = a_firm("第三机械厂", 640)
    accepted(a_return([firm]), clerk, name="2024年报.xlsx")
    found = selectors.standing(clerk, f"enterprise/{firm['uscc']}", metrics=["revenue"])
    assert [figure.locator for figure in found] == ["2024年报.xlsx 企业年报 C2"]
    assert found[0].source_title == "潍坊高新区企业报表"
    assert found[0].recorded_by == clerk.display_name


def test_same_file_again_is_refused_with_who_and_when() -> None:
    clerk = a_statistician(name="陈敏")
    data = a_return([a_firm("第四机械厂")])
    accepted(data, clerk)
    again = checked(data, clerk)
    with pytest.raises(services.RecordedAlready, match=r"已由陈敏于.*入库，没有新的数"):
        services.start_accept(by=clerk, run_id=again.pk)


def test_same_values_in_another_file_are_not_stored_again() -> None:
    firm = a_firm("第五机械厂", 1000, 20)
    accepted(a_return([firm]))
    more = accepted(a_return([firm, a_firm("第六机械厂", 10, 2)]), slug="weifang")
    # the first firm's two figures are known; only the second firm's are new
    assert more.counts["recorded"] == 2
    assert models.Observation.objects.filter(subject__code=f"enterprise/{firm['uscc']}").count() == 2


def test_changed_value_of_the_same_form_supersedes_the_old_one() -> None:
    clerk = a_statistician()
    code = a_firm("第七机械厂", 1000)["uscc"]
    accepted(a_return([a_firm("第七机械厂", 1000, uscc=code)]), clerk)
    run = accepted(a_return([a_firm("第七机械厂", 1100, uscc=code)]), clerk)
    assert (run.counts["recorded"], run.counts["replaced"]) == (1, 1)
    figure = selectors.standing(clerk, f"enterprise/{code}", metrics=["revenue"])[0]
    assert figure.value.number == 1100 * 10_000 * 100
    assert [old.value.number for old in figure.versions] == [1000 * 10_000 * 100]
    assert not figure.is_conflict


def test_another_source_disagrees_and_both_stay() -> None:
    clerk = a_statistician()
    firm = a_firm("第八机械厂", 1000)
    accepted(a_return([firm]), clerk)
    paper = a_source("税务年报", zone="weifang")
    accepted(a_return([firm | {"revenue": 1100}]), clerk, source=paper.code)
    figure = selectors.standing(clerk, f"enterprise/{firm['uscc']}", metrics=["revenue"])[0]
    assert figure.is_conflict
    assert len(figure.others) == 1


def test_correction_made_by_hand_is_replaced_by_the_next_return_as_a_whole_chain() -> None:
    clerk = a_statistician()
    firm = a_firm("第九机械厂", 1000)
    first = accepted(a_return([firm]), clerk)
    old = next(row for row in recorded(first) if row.metric.code == "revenue")
    by_hand = ledger.correct(
        by=clerk, observation_id=old.pk, value="1050", reason_code="mistake", reason="串行"
    )
    run = accepted(a_return([firm | {"revenue": 1060}]), clerk)
    new = next(row for row in recorded(run) if row.metric.code == "revenue")
    # both the correction and what it had corrected are replaced, the nearer one directly
    links = models.Supersession.objects.filter(new=new).values_list("old", "direct")
    assert set(links) == {(by_hand.pk, True), (old.pk, False)}


def test_withdrawn_import_gives_back_what_it_replaced() -> None:
    clerk = a_statistician()
    firm = a_firm("第十机械厂", 1000)
    accepted(a_return([firm]), clerk)
    run = accepted(a_return([firm | {"revenue": 900}]), clerk)
    services.withdraw(by=clerk, run_id=run.pk, reason="报错了年份")
    run.refresh_from_db()
    assert run.state == State.WITHDRAWN
    figure = selectors.standing(clerk, f"enterprise/{firm['uscc']}", metrics=["revenue"])[0]
    assert figure.value.number == 1000 * 10_000 * 100
    with pytest.raises(MoveRefused):
        services.withdraw(by=clerk, run_id=run.pk, reason="再撤一次")


def test_after_thirty_days_an_import_is_no_longer_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = a_statistician()
    run = accepted(a_return([a_firm("第十一机械厂")]), clerk)
    late = run.batch.at + timedelta(days=30, seconds=1)
    monkeypatch.setattr("gaoxin.web.ledger.judgements.timezone.now", lambda: late)
    with pytest.raises(FactError, match="超过 30 天"):
        services.withdraw(by=clerk, run_id=run.pk, reason="太晚")


def test_import_into_a_practice_zone_is_synthetic() -> None:
    run = accepted(a_return([a_firm("演练一厂")]), slug="sandbox")
    assert {row.status for row in recorded(run)} == {"synthetic"}
    assert models.Subject.objects.get(name="演练一厂").synthetic


def test_enterprise_of_another_zone_is_refused_as_a_whole() -> None:
    firm = a_firm("邻区机械厂")
    an_enterprise("邻区机械厂", "daqing", firm["uscc"])
    clerk = a_statistician()
    run = checked(a_return([firm, a_firm("本区机械厂")]), clerk)
    services.start_accept(by=clerk, run_id=run.pk)
    run = at_work(run)
    assert run.state == State.REVIEW
    assert "别的高新区" in run.error_zh
    assert not models.Subject.objects.filter(name="本区机械厂").exists()


def test_open_lines_keep_everything_out() -> None:
    clerk = a_statistician()
    firm = a_firm("第十二机械厂", 1000)
    accepted(a_return([firm]), clerk)
    run = checked(a_return([firm | {"revenue": 1600}]), clerk)  # + 60 %: a jump
    with pytest.raises(IngestError, match="还有 1 处没处理"):
        services.start_accept(by=clerk, run_id=run.pk)
    assert services.lines_open(by=clerk, run_id=run.pk) == ["R2C0"]


def test_decision_that_does_not_fit_its_line_is_refused() -> None:
    clerk = a_statistician()
    run = checked(a_return([a_firm("第十三机械厂", uscc="91370700MA0000001X")]), clerk)
    with pytest.raises(FactError, match="不能用于这一行"):
        services.decide(by=clerk, run_id=run.pk, decisions={"R2": "accept"})


def test_kept_old_value_is_not_recorded() -> None:
    clerk = a_statistician()
    firm = a_firm("第十四机械厂", 1000, 20)
    accepted(a_return([firm]), clerk)
    run = accepted(a_return([firm | {"revenue": 9000, "staff": 21}]), clerk, decide="keep_old")
    assert [row.metric.code for row in recorded(run)] == ["staff_year_end"]


def test_ledger_that_changes_while_an_import_is_prepared_is_looked_at_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Somebody corrects the figure between working out and writing: the import replaces the correction."""
    from gaoxin.web.imports.recording import Recording

    clerk = a_statistician()
    firm = a_firm("第十五机械厂", 1000)
    old = next(row for row in recorded(accepted(a_return([firm]), clerk)) if row.metric.code == "revenue")
    run = checked(a_return([firm | {"revenue": 1200}]), clerk)
    services.start_accept(by=clerk, run_id=run.pk)
    prepare, by_hand = Recording.prepare, []

    def prepared_then_corrected(*arguments):
        held = prepare(*arguments)
        if not by_hand:
            by_hand.append(
                ledger.correct(
                    by=clerk, observation_id=old.pk, value="1010", reason_code="mistake", reason="串行"
                )
            )
        return held

    monkeypatch.setattr(Recording, "prepare", prepared_then_corrected)
    run = at_work(run)
    assert run.state == State.ACCEPTED
    figure = selectors.standing(clerk, f"enterprise/{firm['uscc']}", metrics=["revenue"])[0]
    assert not figure.is_conflict
    assert figure.value.number == 1200 * 10_000 * 100
    assert [version.observation_id for version in figure.versions] == [by_hand[0].pk, old.pk]


def test_import_into_a_zone_sees_entries_by_hand_of_another_source() -> None:
    clerk = a_statistician()
    firm = a_firm("第十六机械厂", 120)
    held = an_enterprise("第十六机械厂", uscc=firm["uscc"])
    an_entry(clerk, held, "120")
    run = checked(a_return([firm]), clerk)
    # revenue is known with the same value, staff is new
    assert (run.counts["figures_unchanged"], run.counts["figures_new"]) == (1, 1)


def test_uploads_leave_an_audit_trail() -> None:
    clerk = a_statistician()
    run = accepted(a_return([a_firm("第十七机械厂")]), clerk)
    acts = (
        models.AuditEvent.objects.filter(target=str(run.pk)).order_by("pk").values_list("action", flat=True)
    )
    assert list(acts) == ["import.upload", "import.accept"]


def test_file_name_is_never_a_path() -> None:
    run = uploaded(a_return([a_firm("第十八机械厂")]), name="../../etc/pass\nwd.xlsx")
    assert run.file_name == "passwd.xlsx"


def test_sqlite_and_postgresql_store_the_same(request: pytest.FixtureRequest) -> None:
    """A backslash, a tab and an empty text survive COPY as they survive INSERT."""
    from django.db import transaction

    from gaoxin.web.ledger import bulk
    from gaoxin.web.ledger.models.observations import BatchKind
    from gaoxin.web.ledger.moments import stamp

    firm, paper = an_enterprise(), a_source()
    metric = models.Metric.objects.get(code="revenue")
    texts = ["a\\b", "a\tb", "a\nb", "\\N", "", None, "中文，引号\"'"]
    with transaction.atomic():
        batch = bulk.reserve_batch_id()
        rows = [(firm.pk, metric.pk, f"20{10 + n}", text) for n, text in enumerate(texts)]
        done = bulk.load(
            ("subject_id", "metric_id", "period", "text"),
            rows,
            constants={"batch_id": batch, "source_id": paper.pk},
        )
        models.Batch.objects.create(
            id=batch, kind=BatchKind.IMPORT, zone=firm.zone, by_name="测试", at=stamp()
        )
    assert done == len(texts)
    stored = models.Observation.objects.filter(batch=batch).order_by("period").values_list("text", flat=True)
    assert list(stored) == texts, connection.vendor


def test_who_decided_what_about_a_line_is_kept() -> None:
    clerk = a_statistician(name="陈敏")
    firm = a_firm("决定机械厂", 1000, 20)
    accepted(a_return([firm]), clerk)
    run = checked(a_return([firm | {"revenue": 9000}]), clerk)
    [key] = services.lines_open(by=clerk, run_id=run.pk)

    def told() -> list[tuple[str, dict]]:
        rows = models.AuditEvent.objects.filter(action="import.decide", target=str(run.pk)).order_by("pk")
        return [(row.by_name, row.detail["decided"]) for row in rows]

    services.decide(by=clerk, run_id=run.pk, decisions={key: "accept"})
    services.decide(by=clerk, run_id=run.pk, decisions={key: "accept"})  # nothing new
    colleague = a_statistician(name="李强")
    services.decide(by=colleague, run_id=run.pk, decisions={key: "keep_old"})
    services.decide(by=clerk, run_id=run.pk, decisions={key: ""})
    assert told() == [("陈敏", {"accept": [key]}), ("李强", {"keep_old": [key]}), ("陈敏", {"": [key]})]
    services.decide(by=clerk, run_id=run.pk, decisions={key: "accept"})
    services.start_check(by=clerk, run_id=run.pk)  # compared anew, so decided anew
    assert told()[3:] == [("陈敏", {"accept": [key]}), ("陈敏", {"": [key]})]
