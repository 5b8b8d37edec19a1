"""Packs are loaded again and again without harm, and never over the head of a person (装载内容包)."""

from __future__ import annotations

from pathlib import Path

import pytest

from gaoxin.packs.library import Library, open_library
from gaoxin.web.ledger import models, selectors, services
from gaoxin.web.ledger.catalogue import library
from gaoxin.web.ledger.liveness import live
from gaoxin.web.ledger.packs import PacksLoaded, load_packs
from tests.packs.builders import OBSERVATIONS, a_zone_with
from tests.web.builders import a_correction, a_source, a_statistician, an_entry

pytestmark = pytest.mark.django_db
YI = 10**8 * 100  # 1亿元 in fen
GDP = """\
  - {id: A3, subject: zone/demo, metric: gdp, period: "2021", value: "500", unit: 亿元,
     source: article, locator: {paragraph: 2}, written: 500亿元}
"""


def packs(root: Path, observations: str = OBSERVATIONS + GDP) -> Library:
    """A small zone of its own, stating these figures."""
    a_zone_with(root, {"observations": observations})
    return open_library([root / "shared", root / "demo"])


def the_zone() -> models.Subject:
    return models.Subject.objects.get(code="zone/demo")


def in_use(stem: str) -> list[str]:
    """The versions of a pack observation that the database itself takes for live."""
    rows = models.Observation.objects.filter(live(), ref__startswith=stem)
    return list(rows.order_by("pk").values_list("ref", flat=True))


@pytest.fixture
def loaded(tmp_path: Path) -> Path:
    load_packs(packs(tmp_path / "first"))
    return tmp_path


@pytest.fixture
def clerk(loaded):
    return a_statistician(zones=("demo",))


def stand(clerk, metric: str = "gdp", **more) -> list[tuple[str, int | None]]:
    figures = selectors.standing(clerk, the_zone(), metrics=[metric], **more)
    return [(figure.period.code, figure.standing.number if figure.standing else None) for figure in figures]


def test_the_shipped_packs_are_in_already() -> None:
    before = models.Batch.objects.count(), models.AuditEvent.objects.count()
    count = len(library().observations)
    assert load_packs(library()) == PacksLoaded(new=0, changed=0, unchanged=count, vanished=0)
    assert (models.Batch.objects.count(), models.AuditEvent.objects.count()) == before


def test_each_pack_is_one_batch_with_an_audit_row(loaded) -> None:
    batch = models.Batch.objects.get(zone=the_zone())
    assert (batch.kind, batch.rows, batch.by_name) == ("pack", 3, "内容包")
    event = models.AuditEvent.objects.filter(action="packs.load").latest("pk")
    assert event.detail["new"] == 3


def test_changed_content_supersedes_and_the_old_stays_readable(loaded, clerk) -> None:
    before = models.Observation.objects.get(ref="A3").batch.at
    again = load_packs(packs(loaded / "second", OBSERVATIONS + GDP.replace("500", "520")))
    assert (again.new, again.changed) == (0, 1)
    assert stand(clerk) == [("2021", 520 * YI)]
    assert stand(clerk, as_of=before) == [("2021", 500 * YI)]
    [figure] = selectors.standing(clerk, the_zone(), metrics=["gdp"])
    assert (figure.ref, figure.reason.partition(":")[0]) == ("A3#2", "内容包更新")
    third = load_packs(packs(loaded / "third", OBSERVATIONS + GDP))
    assert (third.new, third.changed) == (0, 1)
    assert stand(clerk) == [("2021", 500 * YI)]
    assert selectors.figure(clerk, "A3").ref == "A3#3"


def test_what_vanished_from_the_packs_stays(loaded, clerk) -> None:
    assert load_packs(packs(loaded / "second", OBSERVATIONS)).vanished >= 1
    assert stand(clerk) == [("2021", 500 * YI)]


def test_a_correction_by_a_person_survives_a_new_version_as_a_conflict(loaded, clerk) -> None:
    corrected = a_correction(clerk, models.Observation.objects.get(ref="A3"), "510")
    load_packs(packs(loaded / "second", OBSERVATIONS + GDP.replace("500", "520")))
    [figure] = selectors.standing(clerk, the_zone(), metrics=["gdp"])
    assert figure.is_conflict
    said = {figure.value.number, *(other.value.number for other in figure.others)}
    assert said == {510 * YI, 520 * YI}
    services.rule_conflict(by=clerk, stands=corrected.pk, reason="已向统计局核实")
    assert stand(clerk) == [("2021", 510 * YI)]


def test_after_the_correction_is_taken_back_only_the_newest_version_is_in_use(loaded, clerk) -> None:
    corrected = a_correction(clerk, models.Observation.objects.get(ref="A3"), "510")
    load_packs(packs(loaded / "second", OBSERVATIONS + GDP.replace("500", "520")))
    services.withdraw_batch(by=clerk, batch_id=corrected.batch_id, reason="核实有误")
    assert stand(clerk) == [("2021", 520 * YI)]
    assert in_use("A3") == ["A3#2"]
    load_packs(packs(loaded / "third", OBSERVATIONS + GDP.replace("500", "530")))
    assert stand(clerk) == [("2021", 530 * YI)]
    assert in_use("A3") == ["A3#3"]


def test_two_versions_over_a_correction_leave_one_of_the_packs(loaded, clerk) -> None:
    """500 is corrected to 510; the packs say 520, then 530; the correction is taken back last."""
    corrected = a_correction(clerk, models.Observation.objects.get(ref="A3"), "510")
    before = corrected.batch.at
    load_packs(packs(loaded / "second", OBSERVATIONS + GDP.replace("500", "520")))
    load_packs(packs(loaded / "third", OBSERVATIONS + GDP.replace("500", "530")))
    [figure] = selectors.standing(clerk, the_zone(), metrics=["gdp"])
    said = {figure.value.number, *(other.value.number for other in figure.others)}
    assert said == {510 * YI, 530 * YI}
    services.withdraw_batch(by=clerk, batch_id=corrected.batch_id, reason="核实有误")
    assert stand(clerk) == [("2021", 530 * YI)]
    assert in_use("A3") == ["A3#3"]
    assert stand(clerk, as_of=before) == [("2021", 510 * YI)]
    assert [event.what for event in selectors.history(clerk, "A3#3")].count("withdrawn") == 2


def test_a_mended_period_takes_the_figure_along(loaded, clerk) -> None:
    load_packs(packs(loaded / "second", OBSERVATIONS + GDP.replace('"2021"', '"2022"')))
    assert stand(clerk) == [("2022", 500 * YI)]
    assert stand(clerk, period="2021") == []
    assert stand(clerk, period="2022") == [("2022", 500 * YI)]


def test_a_mended_period_ends_a_ruling_on_it(loaded, clerk) -> None:
    rival = an_entry(clerk, the_zone(), "540", metric="gdp", unit="亿元", period="2021", source=a_source())
    services.rule_conflict(by=clerk, stands=models.Observation.objects.get(ref="A3").pk, reason="报道为准")
    load_packs(packs(loaded / "second", OBSERVATIONS + GDP.replace('"2021"', '"2022"')))
    assert stand(clerk) == [("2021", 540 * YI), ("2022", 500 * YI)]
    assert stand(clerk, period="2021") == [("2021", 540 * YI)]
    assert selectors.figure(clerk, rival.pk).standing is not None
    selectors.history(clerk, rival.pk)


def test_a_mended_period_and_a_withdrawn_correction_do_not_trip_each_other(loaded, clerk) -> None:
    corrected = a_correction(clerk, models.Observation.objects.get(ref="A3"), "510")
    services.withdraw_batch(by=clerk, batch_id=corrected.batch_id, reason="改错了")
    load_packs(packs(loaded / "second", OBSERVATIONS + GDP.replace('"2021"', '"2022"')))
    assert stand(clerk) == [("2022", 500 * YI)]
    assert stand(clerk, period="2021") == []


def test_a_mended_subject_takes_the_figure_along(loaded, clerk) -> None:
    load_packs(packs(loaded / "second", OBSERVATIONS + GDP.replace("zone/demo", "region/532301")))
    region = models.Subject.objects.get(code="region/532301")
    both = selectors.standing_of_many(clerk, [the_zone(), region], metrics=["gdp"])
    assert [figure.subject_code for figure in both] == ["region/532301"]
    assert stand(clerk) == []


def test_names_and_sensitivity_are_brought_up_to_date_and_synthetic_is_not(loaded) -> None:
    models.Subject.objects.filter(code="zone/demo").update(name="旧名")
    models.Metric.objects.filter(code="gdp").update(sensitivity="restricted")
    load_packs(packs(loaded / "second"))
    assert the_zone().name == "示范高新区"
    assert models.Metric.objects.get(code="gdp").sensitivity != "restricted"


def last_load() -> dict:
    return models.AuditEvent.objects.filter(action="packs.load").latest("pk").detail


def test_a_load_says_what_it_changed_in_the_catalogue(loaded) -> None:
    models.Subject.objects.filter(code="zone/demo").update(name="旧名")
    models.Metric.objects.filter(code="gdp").update(sensitivity="restricted")
    models.Source.objects.filter(code="article").update(title="旧题")
    now = models.Source.objects.count()
    load_packs(packs(loaded / "second"))
    told = last_load()
    assert told["new"] == told["changed"] == 0
    source = models.Source.objects.get(code="article")
    assert models.Source.objects.count() == now
    assert told["catalogue"] == {
        "subjects": {"added": [], "changed": {"zone/demo": {"name": ["旧名", "示范高新区"]}}},
        "metrics": {"added": [], "changed": {"gdp": {"sensitivity": ["restricted", "internal"]}}},
        "sources": {"added": [], "changed": {"article": {"title": ["旧题", source.title]}}},
    }


def test_a_load_says_what_is_new_in_the_catalogue(loaded) -> None:
    assert "zone/demo" in last_load()["catalogue"]["subjects"]["added"]


def test_what_vanished_is_named_once_and_again_when_it_is_back(loaded) -> None:
    load_packs(packs(loaded / "second", OBSERVATIONS))
    assert "A3" in last_load()["gone"]["observations"]
    events = models.AuditEvent.objects.count()
    load_packs(packs(loaded / "third", OBSERVATIONS))
    assert models.AuditEvent.objects.count() == events
    load_packs(packs(loaded / "fourth"))
    assert models.AuditEvent.objects.count() == events + 1
    assert "A3" not in last_load()["gone"]["observations"]


def test_subjects_metrics_and_sources_that_vanished_are_named_and_stay(loaded) -> None:
    models.Metric.objects.create(code="metric_of_yore")
    load_packs(library())
    missing = last_load()["gone"]
    assert "metric_of_yore" in missing["metrics"]
    assert missing["subjects"] == ["zone/demo"]
    assert "article" in missing["sources"]
    assert the_zone().name == "示范高新区"
