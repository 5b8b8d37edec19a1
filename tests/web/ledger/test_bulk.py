"""Loading by the thousand: all or nothing, every character as it was (批量入库)."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from gaoxin.web.ledger import bulk, models
from gaoxin.web.ledger.models.observations import BatchKind
from gaoxin.web.ledger.moments import stamp
from tests.web.builders import a_source, a_statistician, an_enterprise, zone

pytestmark = pytest.mark.django_db
COLUMNS = ("subject_id", "metric_id", "period", "number", "text", "note")


class Cancelled(Exception):
    pass


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch):
    """Load rows as one import would, in chunks of ten; gives the batch."""
    monkeypatch.setattr(bulk, "CHUNK", 10)
    numbered = models.Metric.objects.get(code="revenue").pk
    firm, paper = an_enterprise(), a_source()

    @transaction.atomic
    def load(rows, *, progress=None, **constants) -> models.Batch:
        batch_id = bulk.reserve_batch_id()
        bulk.load(
            COLUMNS,
            ((firm.pk, numbered, period, number, text, note) for period, number, text, note in rows),
            constants={"batch_id": batch_id, "source_id": paper.pk, "dimension": "money"} | constants,
            progress=progress,
        )
        return models.Batch.objects.create(
            id=batch_id, kind=BatchKind.IMPORT, zone=zone(), by_name="测试", at=stamp()
        )

    load.firm = firm
    return load


def periods(count: int) -> list[tuple]:
    return [(str(1990 + number), number, None, "") for number in range(count)]


def told(batch: models.Batch) -> list[tuple]:
    return list(batch.observations.order_by("pk").values_list("period", "number", "text", "note"))


def nothing_is_left(load) -> None:
    assert not models.Observation.objects.filter(subject=load.firm).exists()
    assert not models.Batch.objects.filter(kind=BatchKind.IMPORT).exists()


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 35])
def test_rows_arrive_complete_and_progress_is_told(load, count: int) -> None:
    steps: list[int] = []
    batch = load(periods(count), progress=steps.append)
    assert told(batch) == periods(count)
    assert steps == [min(done, count) for done in range(10, count + 10, 10)]  # 35 → 10 20 30 35


AWKWARD = [
    "", " ", "\\", "\\N", "a\\Nb", "\\.", "\\\\N", "tab\there", "two\nlines", "cr\rhere", "'quoted'",
    '"double"', "逗号,和;", "NULL", "0", "末尾\\", "\\t", "😀", "%s ? $1", "\x02",
]  # fmt: skip


def test_every_character_comes_back_as_it_was(load) -> None:
    rows = [(str(1950 + number), None, text, text) for number, text in enumerate(AWKWARD)]
    assert told(load(rows)) == rows


@pytest.mark.parametrize("text", AWKWARD)
def test_each_awkward_text_alone_too(load, text: str) -> None:
    rows = [("2024", None, text, "plain"), ("2023", 5, None, text)]
    assert told(load(rows)) == rows


@pytest.mark.parametrize("constant", [text for text in AWKWARD if len(text) < 9])
def test_constants_are_written_as_they_are(load, constant: str) -> None:
    batch = load([("2024", 1, None, "")], written=constant)
    assert batch.observations.get().written == constant


@pytest.mark.parametrize("at", [0, 14, 34])
def test_an_error_anywhere_leaves_nothing(load, at: int) -> None:
    rows = periods(35)
    rows[at] = ("2024", None, None, None)  # a note may not be missing
    with pytest.raises(DatabaseError):
        load(rows)
    nothing_is_left(load)


def test_a_number_too_large_leaves_nothing(load) -> None:
    with pytest.raises((DatabaseError, OverflowError)), transaction.atomic():
        load([*periods(12), ("2024", 2**63, None, "")])
    nothing_is_left(load)


def test_a_cancellation_leaves_nothing(load) -> None:
    def stop(done: int) -> None:
        if done >= 20:
            raise Cancelled

    with pytest.raises(Cancelled):
        load(periods(35), progress=stop)
    nothing_is_left(load)


def test_an_error_in_the_source_of_the_rows_leaves_nothing(load) -> None:
    def rows():
        yield from periods(15)
        raise Cancelled

    with pytest.raises(Cancelled):
        load(rows())
    nothing_is_left(load)


def test_the_guards_look_at_bulk_rows_too(load) -> None:
    with pytest.raises(IntegrityError):
        load(periods(12), status="synthetic")
    with pytest.raises(IntegrityError):
        load(periods(12), source_id=2_000_000_000)
    nothing_is_left(load)


def test_rows_are_invisible_until_their_batch_is_there(load) -> None:
    from gaoxin.web.ledger import selectors

    clerk = a_statistician()
    with transaction.atomic():
        batch_id = bulk.reserve_batch_id()
        numbered = models.Metric.objects.get(code="revenue").pk
        bulk.load(
            COLUMNS,
            [(load.firm.pk, numbered, "2024", 1, None, "")],
            constants={"batch_id": batch_id, "source_id": a_source().pk, "dimension": "money"},
        )
        assert selectors.standing(clerk, load.firm) == []
        models.Batch.objects.create(
            id=batch_id, kind=BatchKind.IMPORT, zone=zone(), by_name="测试", at=stamp()
        )
        assert len(selectors.standing(clerk, load.firm)) == 1


def test_reserved_numbers_are_new_and_used_by_nobody_else(load) -> None:
    with transaction.atomic():
        ids = list(bulk.reserve_ids(3))
        assert len(set(ids)) == 3
        assert not models.Observation.objects.filter(pk__in=ids).exists()
        assert min(ids) > models.Observation.objects.order_by("-pk").values_list("pk", flat=True)[0]


@pytest.mark.django_db(transaction=True)
def test_loading_without_a_transaction_is_our_bug() -> None:
    assert not connection.in_atomic_block
    for act in (bulk.reserve_batch_id, lambda: bulk.reserve_ids(1), lambda: bulk.load((), [], constants={})):
        with pytest.raises(RuntimeError, match="transaction"):
            act()
    with pytest.raises(RuntimeError, match="transaction"):
        stamp()
