"""Enterprises of the practice zone around one clause of the examples, C9: a certificate and growing R&D.

| firm | certificate | R&D 2024 → 2025 (万元) | C9 |
|---|---|---|---|
| pays | until 2027-11-30 | 400 → 500 | pass, 30 % of 100 万元 = 30 万元 |
| flat | until 2027-11-30 | 400 → 400 | one condition short; booking 10 万元 more is enough |
| bare | none | 400 → 500 | the certificate is missing, no action brings one |
| mute | not reported | 400 → 500 | open |
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gaoxin.web.accounts.models import Role, User
from gaoxin.web.eligibility import services
from gaoxin.web.eligibility.models import Run
from gaoxin.web.ledger.freezing import freeze_ledger
from gaoxin.web.ledger.models import Subject
from tests.web.builders import a_statistician, an_account, an_enterprise, an_entry, zone

DAY = date(2026, 11, 23)
HERE = ("sandbox",)
CERTIFICATE = (
    '{"kind": "hnte", "level": "national", "cert_no": "GR202490001", '
    '"valid_from": "2024-12-01", "valid_to": "2027-11-30"}'
)


@dataclass(frozen=True, slots=True)
class Policy:
    """The four firms, who enters their figures, and the evaluation."""

    clerk: User
    officer: User
    pays: Subject
    flat: Subject
    bare: Subject
    mute: Subject
    run: Run


def a_policy() -> Policy:
    """The four firms, frozen and judged."""
    clerk, officer = a_statistician(HERE), an_account(Role.SCIENCE_OFFICER, HERE)
    firms = {
        name: a_firm(clerk, called, rd, titles)
        for name, called, rd, titles in (
            ("pays", "增研电子", "500", CERTIFICATE),
            ("flat", "平研机械", "400", CERTIFICATE),
            ("bare", "无证材料", "500", "[]"),
            ("mute", "未报软件", "500", ""),
        )
    }
    freeze_ledger()
    return Policy(clerk, officer, **firms, run=services.evaluate(zone("sandbox"), on=DAY))


def a_firm(clerk: User, name: str, rd: str, titles: str) -> Subject:
    firm = an_enterprise(name, "sandbox")
    an_entry(clerk, firm, "400", metric="rd_tax", unit="万元", period="2024")
    an_entry(clerk, firm, rd, metric="rd_tax", unit="万元", period="2025")
    an_entry(clerk, firm, "C3911", metric="industry_code", unit="", period="2025-12-31")
    if titles:
        an_entry(clerk, firm, titles, metric="titles", unit="", period="2025-12-31")
    return firm
