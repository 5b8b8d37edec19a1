"""Domain builders for the tests of the web floor: accounts, enterprises, documents and what they state."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Any

from gaoxin.core.identifiers import uscc_check_digit
from gaoxin.web.accounts.models import Role, User
from gaoxin.web.ledger import models, services
from gaoxin.web.ledger.models.observations import BatchKind
from gaoxin.web.ledger.moments import stamp
from gaoxin.web.ledger.search import search_fields

PASSWORD = "三月的风-2026-高新"
_numbers = count(1)

# Metrics of the shipped packs with the sensitivity the tests rely on.
OPEN, INTERNAL, RESTRICTED = "gdp", "revenue", "credit_score"


def zone(slug: str = "weifang") -> models.Subject:
    """A zone of the shipped packs: weifang, daqing and chuxiong are real, sandbox is invented."""
    return models.Subject.objects.get(code=f"zone/{slug}")


def an_account(role: str, zones: Iterable[str] = ("weifang",), name: str = "", **more: Any) -> User:
    number = next(_numbers)
    account = User(
        username=more.pop("username", f"{role}-{number}"),
        role=role,
        display_name=name or f"{Role(role).label}{number}",
        **more,
    )
    account.set_password(PASSWORD)
    account.save()
    account.zones.set([zone(slug) for slug in zones])
    return account


def a_statistician(zones: Iterable[str] = ("weifang",), name: str = "") -> User:
    return an_account(Role.STATISTICIAN, zones, name)


def a_director(zones: Iterable[str] = ("weifang",), name: str = "") -> User:
    return an_account(Role.DIRECTOR, zones, name)


def an_auditor(zones: Iterable[str] = ("weifang",), name: str = "") -> User:
    return an_account(Role.AUDITOR, zones, name)


def an_enterprise_user(enterprise: models.Subject) -> User:
    return an_account(Role.ENTERPRISE_USER, (), enterprise=enterprise)


def a_uscc() -> str:
    """A sound credit code that nobody else has."""
    body = f"91370700MA{next(_numbers):07d}"
    return body + uscc_check_digit(body)


def an_enterprise(
    name: str = "", zone: str = "weifang", uscc: str | None = None, **more: Any
) -> models.Subject:
    """An enterprise of a zone; invented exactly if its zone is."""
    place = models.Subject.objects.get(code=f"zone/{zone}")
    name = name or f"第{next(_numbers)}机械厂"
    return models.Subject.objects.create(
        kind="enterprise",
        code=more.pop("code", f"enterprise/test-{next(_numbers)}"),
        name=name,
        uscc=uscc,
        zone=place,
        parent=place,
        synthetic=place.synthetic,
        **search_fields(name, more.pop("name_en", ""), more.pop("aliases", ())),
    )


def a_source(title: str = "", zone: str | None = None) -> models.Source:
    code = f"paper_{next(_numbers)}"
    place = models.Subject.objects.get(code=f"zone/{zone}") if zone else None
    return models.Source.objects.create(code=code, title=title or f"第{code}号统计公报", zone=place)


def an_entry(
    by: User,
    subject: models.Subject,
    value: str = "120",
    *,
    metric: str = INTERNAL,
    unit: str = "万元",
    period: str = "2024",
    source: models.Source | None = None,
    **more: Any,
) -> models.Observation:
    """A figure recorded by hand: revenue of 120万元 in 2024, unless told otherwise."""
    return services.record_entry(
        by=by,
        subject=subject.code,
        metric=metric,
        period=period,
        value=value,
        unit=unit,
        source=(source or a_source()).code,
        status="synthetic" if subject.synthetic else "reported",
        **more,
    )


def a_correction(by: User, observation: models.Observation, value: str, **more: Any) -> models.Observation:
    known = {"reason_code": "mistake", "reason": "原表串行"} | more
    return services.correct(by=by, observation_id=observation.pk, value=value, **known)


def a_row(observation: models.Observation, **changed: Any) -> models.Observation:
    """A copy of a row with other contents, not saved."""
    skipped = {"id", "synthetic", "ref"}
    kept = [field for field in observation._meta.fields if field.name not in skipped]
    fields = {field.attname: getattr(observation, field.attname) for field in kept}
    return models.Observation(**(fields | changed))


def a_batch(zone: models.Subject, kind: str = BatchKind.ENTRY) -> models.Batch:
    return models.Batch.objects.create(kind=kind, zone=zone, by_name="测试", at=stamp())
