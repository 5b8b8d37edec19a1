"""Forms made by hand, fields missing or full of nonsense: refused in words, never our fault (乱填的表单)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from gaoxin.web.accounts.models import Role, User
from gaoxin.web.errors import NotFound
from tests.web.builders import a_director, a_statistician, an_account, an_entry
from tests.web.conftest import SignedIn
from tests.web.imports.workbooks import at_work
from tests.web.pages.addresses import World, a_world, address, names

pytestmark = pytest.mark.django_db
HERE = ("chuxiong",)

NONSENSE = (
    "",
    "x" * 5_000,
    "\0",
    "a\0b",
    "-1",
    "9" * 40,
    "1e999",
    "²",
    "2024-13-45",
    "../../etc/passwd",
    "<script>",
    "=",
    "gdp_of_nowhere",
    "\U0001f600\u202e",
)


# Forms as their pages would send them; each test spoils one field, or all.
FORMS: dict[str, Callable[[World], dict[str, str]]] = {
    "enter": lambda world: {
        "subject": world.enterprise.name,
        "metric": "营业收入",
        "period": "2023",
        "value": "12",
        "unit": "万元",
        "op": "=",
        "figure": "level",
        "of": "",
        "source": world.source.code,
        "locator": "第 1 页",
        "written": "12万元",
        "note": "",
        "step": "record",
    },
    "enter-check": lambda world: {"field": "metric", "metric": "营业收入", "subject": world.enterprise.name},
    "correct": lambda world: {
        "value": "130",
        "unit": "万元",
        "op": "=",
        "reason_code": "mistake",
        "reason": "串行",
        "source": world.source.code,
        "locator": "第 3 行",
        "written": "",
        "step": "record",
    },
    "conflict": lambda world: {
        "stands": str(world.disputed.pk),
        "seen": str(world.disputed.pk),
        "reason": "年报",
    },
    "check-figure": lambda world: {"next": "/"},
    "withdraw": lambda world: {"reason": "报错"},
    "source-new": lambda world: {
        "title": "某统计公报",
        "publisher": "统计局",
        "published": "2024-01-01",
        "document": "bulletin",
        "rights_note": "",
        "zone": "chuxiong",
        "next": "/",
    },
    "imports": lambda world: {
        "kind": "enterprise",
        "period": "2024",
        "source": world.source.code,
        "zone": "chuxiong",
    },
    "import-settings": lambda world: {"sheet": "Sheet1", "period": "2024"},
    "import-column": lambda world: {
        "means": "营业收入",
        "metric": "revenue",
        "role": "ignored",
        "unit": "万元",
        "period": "2024",
        "fraction": "12%",
        "scale": "1",
    },
    "import-move": lambda world: {"step": "check"},
    "import-decide": lambda world: {"one": "R2=accept", "every": "open=accept"},
    "import-withdraw": lambda world: {"reason": "报错"},
    "objection-new": lambda world: {"reason": "少一个零", "proposed": "1", "text": "少一个零"},
    "objection": lambda world: {"reason": "核过了", "answer": "核过了", "step": "answer", "verdict": "kept"},
    "account-new": lambda world: {
        "username": "chen_min",
        "display_name": "陈敏",
        "role": "statistician",
        "zones": str(world.figure.subject.zone_id),
        "enterprise": "",
        "department": "",
        "email": "",
    },
    "account": lambda world: {
        "display_name": "陈敏",
        "role": "statistician",
        "zones": str(world.figure.subject.zone_id),
    },
    "own-password": lambda world: {"old_password": "x", "new_password1": "y", "new_password2": "y"},
}


def spoilt(form: dict[str, str]) -> Iterator[dict[str, object]]:
    yield {}
    for nonsense in NONSENSE:
        yield dict.fromkeys(form, nonsense)
    for name in form:
        yield {field: value for field, value in form.items() if field != name}
        for nonsense in NONSENSE:
            yield form | {name: nonsense}
        yield form | {name: [form[name], "again"]}


@pytest.fixture
def world() -> World:
    made = a_world(a_statistician(HERE))
    at_work(made.run)  # so that its columns can be spoken of
    return made


def whoever_may(name: str) -> User:
    if name.startswith("account"):
        return an_account(Role.ADMINISTRATOR, HERE)
    return a_director(HERE) if name.startswith("objection-new") else a_statistician(HERE)


def answers(
    signed_in: SignedIn, account: User, url: str, given: Iterable[dict[str, object]]
) -> Iterator[tuple[int, str]]:
    """Status and fault of each form; what a form does is undone, so that every one meets the same ledger."""
    browser = signed_in(account)
    browser.raise_request_exception = False
    for form in given:
        with transaction.atomic():
            answer = browser.post(url, form)
            transaction.set_rollback(True)
        yield answer.status_code, f"{form}: {answer.exc_info}"[:300] if answer.status_code >= 500 else ""


@pytest.mark.parametrize("name", sorted(FORMS))
def test_a_form_full_of_nonsense_is_refused_in_words(signed_in: SignedIn, world: World, name: str) -> None:
    form, account, url = FORMS[name](world), whoever_may(name), address(name, world)
    [(sound, _)] = answers(signed_in, account, url, [form])
    assert sound in (200, 302, 422), "the form itself is answered, not the door"
    told = list(answers(signed_in, account, url, spoilt(form)))
    assert [fault for status, fault in told if status >= 500] == []


def test_every_address_takes_a_form_it_does_not_know(signed_in: SignedIn, world: World) -> None:
    forms = ({}, {"anything": "\0"}, {"step": "x" * 500, "reason": "\U0001f600"})
    failed = {
        (role, name): fault
        for role in (Role.STATISTICIAN, Role.DIRECTOR, Role.ADMINISTRATOR)
        for name in names()
        for _, fault in answers(signed_in, an_account(role, HERE), address(name, world), forms)
        if fault
    }
    assert failed == {}


def test_a_null_byte_in_a_form_is_refused_in_words(signed_in: SignedIn, world: World) -> None:
    url = address("import-column", world)
    answer = signed_in(a_statistician(HERE)).post(url, {"means": "营业收入", "unit": "\0"})
    assert answer.status_code == 400
    assert "请求有误" in answer.content.decode()


def test_an_unknown_metric_is_not_found(world: World) -> None:
    with pytest.raises(NotFound, match="指标目录里没有“gdp_of_nowhere”"):
        an_entry(world.clerk, world.enterprise, metric="gdp_of_nowhere")


@pytest.mark.parametrize("step", ["check", "accept", "columns", "cancel", "nowhere"])
def test_every_step_of_an_import_out_of_turn_is_refused_in_words(
    signed_in: SignedIn, world: World, step: str
) -> None:
    browser = signed_in(a_statistician(HERE))
    for _ in range(2):
        answer = browser.post(f"/data/imports/{world.run.pk}/move/{step}")
        assert answer.status_code in (302, 404)


@pytest.mark.parametrize("data", [b"", b"\0" * 64, b"PK\x03\x04" + b"\xff" * 64, "无列名".encode()])
def test_a_file_that_is_none_is_refused_in_words(signed_in: SignedIn, data: bytes) -> None:
    browser = signed_in(a_statistician(HERE))
    file = SimpleUploadedFile("表\0.xlsx", data)
    answer = browser.post("/data/imports/", {"file": file, "period": "²", "kind": "gdp"})
    assert answer.status_code < 500
