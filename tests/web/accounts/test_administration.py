"""Account administration: services and pages of the administrator, and of nobody else (账号管理)."""

from __future__ import annotations

import re

import pytest
from axes.models import AccessAttempt
from django.core.exceptions import PermissionDenied
from django.test import Client

from gaoxin.core.visible import InvisibleSign
from gaoxin.web.accounts import selectors, services
from gaoxin.web.accounts.models import Role, User
from gaoxin.web.accounts.services import AccountError
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger.models import AuditEvent
from tests.web.accounts.test_signing_in import knock
from tests.web.builders import PASSWORD, a_director, a_statistician, a_uscc, an_account, an_enterprise, zone
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db
SECRET = re.compile(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}")
OTHERS = [role for role in Role.values if role != Role.ADMINISTRATOR]


def an_administrator(zones: tuple[str, ...] = ("weifang",)) -> User:
    return an_account(Role.ADMINISTRATOR, zones)


def acts(username: str) -> list[str]:
    rows = AuditEvent.objects.filter(target=username, action__startswith="account.").order_by("pk")
    return list(rows.values_list("action", flat=True))


def secret_in(page: str) -> str:
    found = SECRET.search(page)
    assert found is not None, page
    return found.group()


# --- services


def test_a_change_is_written_down_as_it_was_and_as_it_is() -> None:
    boss, clerk = an_administrator(("weifang", "chuxiong")), a_statistician(name="陈敏")
    services.change_account(
        by=boss,
        username=clerk.username,
        role=Role.AUDITOR,
        display_name="陈敏",
        department="审计局",
        zones=[zone("chuxiong")],
    )
    clerk.refresh_from_db()
    assert (clerk.role, clerk.department) == ("auditor", "审计局")
    assert [one.code for one in clerk.zones.all()] == ["zone/chuxiong"]
    event = AuditEvent.objects.get(action="account.change")
    assert (event.by, event.target, event.zone) == (boss, clerk.username, zone("chuxiong"))
    assert event.detail["changes"] == {
        "role": ["statistician", "auditor"],
        "department": ["", "审计局"],
        "zones": [["zone/weifang"], ["zone/chuxiong"]],
    }


def test_what_changes_nothing_leaves_no_trace() -> None:
    boss, clerk = an_administrator(), a_statistician(name="陈敏")
    same = {"role": clerk.role, "display_name": "陈敏", "department": "", "zones": [zone()]}
    services.change_account(by=boss, username=clerk.username, **same)
    assert acts(clerk.username) == []


def test_an_administrator_looks_after_accounts_of_his_zones_only() -> None:
    boss = an_administrator(("weifang",))
    near, far = a_statistician(("weifang",)), a_statistician(("weifang", "daqing"))
    firm = an_account(Role.ENTERPRISE_USER, (), enterprise=an_enterprise(zone="daqing"))
    without = an_account(Role.APPLICANT, ())
    assert {row.username for row in selectors.accounts(boss).rows} == {
        boss.username, near.username, without.username,
    }  # fmt: skip
    for foreign in (far, firm):
        with pytest.raises(NotFound):
            selectors.account(boss, foreign.pk)
        with pytest.raises(NotFound):
            services.close_account(by=boss, username=foreign.username)
    with pytest.raises(AccountError, match="只能分配您自己负责的园区"):
        services.change_account(
            by=boss,
            username=near.username,
            role=near.role,
            display_name="陈",
            department="",
            zones=[zone("daqing")],
        )


def test_nobody_changes_the_own_role_or_zones_or_resets_the_own_password() -> None:
    boss = an_administrator(("weifang", "daqing"))
    held = {"username": boss.username, "display_name": boss.display_name, "department": ""}
    for wrong in (
        {"role": Role.DIRECTOR, "zones": [zone(), zone("daqing")]},
        {"role": Role.ADMINISTRATOR, "zones": [zone()]},
    ):
        with pytest.raises(AccountError, match="不能改自己的岗位和园区"):
            services.change_account(by=boss, **(held | wrong))
    with pytest.raises(AccountError, match="改密码"):
        services.reset_password(by=boss, username=boss.username)


@pytest.mark.parametrize("role", OTHERS)
def test_no_other_role_does_anything_with_accounts(role: str) -> None:
    clerk, other = an_account(role), a_director()
    known = {"by": clerk, "username": other.username}
    change = {"role": Role.AUDITOR, "display_name": "周", "department": "", "zones": []}
    for act in (
        lambda: services.change_account(**known, **change),
        lambda: services.reset_password(**known),
        lambda: services.close_account(**known),
        lambda: services.reopen_account(**known),
        lambda: selectors.accounts(clerk),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert acts(other.username) == []


def test_a_reset_password_works_once_ends_the_session_and_lifts_the_lock(
    client: Client, signed_in: SignedIn
) -> None:
    boss, clerk = an_administrator(), a_statistician()
    inside = signed_in(clerk)
    for _ in range(5):
        knock(client, clerk.username, "不对")
    secret = services.reset_password(by=boss, username=clerk.username)
    assert SECRET.fullmatch(secret)
    assert not AccessAttempt.objects.filter(username=clerk.username).exists()
    assert inside.get("/").status_code == 302
    assert knock(client, clerk.username, PASSWORD).status_code == 422
    assert knock(client, clerk.username, secret).status_code == 302
    assert acts(clerk.username)[0] == "account.password"
    assert secret not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_a_closed_account_is_opened_again_with_a_new_password() -> None:
    boss, clerk = an_administrator(), a_statistician()
    services.close_account(by=boss, username=clerk.username)
    with pytest.raises(AccountError, match="已经停用"):
        services.close_account(by=boss, username=clerk.username)
    with pytest.raises(AccountError, match="先恢复"):
        services.reset_password(by=boss, username=clerk.username)
    secret = services.reopen_account(by=boss, username=clerk.username)
    clerk.refresh_from_db()
    assert (clerk.is_active, clerk.must_change_password, clerk.check_password(secret)) == (True, True, True)
    assert acts(clerk.username) == ["account.close", "account.reopen"]
    with pytest.raises(AccountError, match="没有停用"):
        services.reopen_account(by=boss, username=clerk.username)


@pytest.mark.parametrize("field", ["username", "display_name", "department"])
def test_signs_nobody_sees_are_refused_in_an_account(field: str) -> None:
    known = {"username": "chen", "role": Role.DIRECTOR, "display_name": "陈", "department": "局"}
    with pytest.raises(InvisibleSign, match="看不见"):
        services.open_account(by=None, **(known | {field: f"陈\u202e{field}"}))


def test_a_name_stored_with_a_hidden_sign_is_shown_with_a_mark(signed_in: SignedIn) -> None:
    boss, clerk = an_administrator(), a_statistician(name="管\u202e理员")
    page = signed_in(boss).get("/accounts/").content.decode()
    assert "管�理员" in page
    assert "\u202e" not in page
    assert str(clerk) == "管�理员"


def test_two_accounts_never_differ_by_capitals_alone() -> None:
    an_account(Role.DIRECTOR, username="zhou")
    with pytest.raises(AccountError, match="已存在"):
        services.open_account(by=None, username="Zhou", role=Role.DIRECTOR, display_name="周")


# --- pages


@pytest.mark.parametrize("role", OTHERS)
def test_the_pages_are_for_administrators_only(signed_in: SignedIn, role: str) -> None:
    browser, other = signed_in(an_account(role)), a_director()
    for address in ("/accounts/", "/accounts/new/", f"/accounts/{other.pk}/"):
        assert browser.get(address).status_code == 403, address
    for act in ("password", "close", "reopen"):
        assert browser.post(f"/accounts/{other.pk}/{act}/").status_code == 403, act
    other.refresh_from_db()
    assert other.is_active
    assert other.check_password(PASSWORD)
    assert "/accounts/" not in browser.get("/data/").content.decode()


def test_an_account_is_opened_and_its_password_shown_once(signed_in: SignedIn, client: Client) -> None:
    boss = signed_in(an_administrator())
    typed = {
        "username": "wang", "display_name": "王芳", "department": "统计局", "role": "statistician",
        "zones": ["zone/weifang"], "enterprise": "",
    }  # fmt: skip
    answer = boss.post("/accounts/new/", typed)
    secret = secret_in(answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    made = User.objects.get(username="wang")
    assert (made.role, made.department, made.must_change_password) == ("statistician", "统计局", True)
    page = boss.get(f"/accounts/{made.pk}/").content.decode()
    assert SECRET.search(page) is None
    assert "开通账号" in page
    assert "账号“wang”已存在" in boss.post("/accounts/new/", typed).content.decode()
    assert knock(client, "wang", secret)["Location"] == "/"


def test_a_one_time_password_opens_the_page_of_the_password_and_no_other(client: Client) -> None:
    boss, clerk = an_administrator(), a_statistician()
    secret = services.reset_password(by=boss, username=clerk.username)
    knock(client, clerk.username, secret)
    for address in ("/", "/data/", "/subjects/export.xlsx", "/desk/"):
        assert client.get(address)["Location"] == "/password/", address
    assert "一次性密码" in client.get("/password/").content.decode()
    new = {"old": secret, "new": "长江以北的春天-26", "again": "长江以北的春天-26"}
    for wrong, words in (
        ({"old": "不对"}, "现在的密码不对"),
        ({"again": "别的"}, "两次输入的新密码不一样"),
        ({"new": "12345", "again": "12345"}, "至少 10 个字符"),
        ({"new": secret, "again": secret}, "和现在的不同"),
    ):
        answer = client.post("/password/", new | wrong)
        assert (answer.status_code, words in answer.content.decode()) == (422, True), words
    assert client.post("/password/", new)["Location"] == "/"
    assert client.get("/data/").status_code == 200
    assert acts(clerk.username)[-1] == "account.password"
    assert knock(Client(), clerk.username, new["new"]).status_code == 302


def test_the_list_is_searched_and_narrowed(signed_in: SignedIn) -> None:
    boss = signed_in(an_administrator(("weifang", "chuxiong")))
    a_statistician(name="陈敏")
    a_director(("chuxiong",), name="周正")
    an_account(Role.AUDITOR, name="冯审", department="审计局", is_active=False)
    for asked, found in (
        ("q=陈敏", {"陈敏"}),
        ("q=审计局", {"冯审"}),
        ("role=director", {"周正"}),
        ("zone=zone/chuxiong&role=director", {"周正"}),
        ("zone=zone/weifang&role=director", set()),
        ("state=closed", {"冯审"}),
        ("state=never&role=statistician", {"陈敏"}),
        ("role=nobody&state=odd&q=陈敏", {"陈敏"}),
    ):
        page = boss.get(f"/accounts/?{asked}").content.decode()
        assert {name for name in ("陈敏", "周正", "冯审") if name in page} == found, asked


def test_a_long_list_is_turned_page_by_page(signed_in: SignedIn) -> None:
    User.objects.bulk_create(
        User(username=f"clerk-{number:03}", role=Role.APPLICANT, display_name="申") for number in range(60)
    )
    boss = signed_in(an_account(Role.ADMINISTRATOR, username="zz-boss"))
    first = boss.get("/accounts/").content.decode()
    assert first.count("<tr data-row>") == 50  # 61 = 50 + 11
    assert "after=clerk-049" in first
    assert boss.get("/accounts/?after=clerk-049").content.decode().count("<tr data-row>") == 11


def test_role_and_zones_are_changed_on_the_page(signed_in: SignedIn) -> None:
    boss, clerk = an_administrator(("weifang", "chuxiong")), a_statistician(name="陈敏")
    firm = an_enterprise(uscc=a_uscc())
    browser, address = signed_in(boss), f"/accounts/{clerk.pk}/"
    typed = {"display_name": "陈敏", "department": "", "role": "enterprise_user", "zones": []}
    assert "要填所属企业的信用代码" in browser.post(address, typed | {"enterprise": ""}).content.decode()
    assert "没有这个信用代码" in browser.post(address, typed | {"enterprise": a_uscc()}).content.decode()
    assert browser.post(address, typed | {"enterprise": firm.uscc}).status_code == 302
    clerk.refresh_from_db()
    assert (clerk.role, clerk.enterprise) == ("enterprise_user", firm)
    back = {"display_name": "陈敏", "department": "", "role": "director", "enterprise": ""}
    assert "至少选一个高新区" in browser.post(address, back | {"zones": []}).content.decode()
    assert browser.post(address, back | {"zones": ["zone/chuxiong"]}).status_code == 302
    page = browser.get(address).content.decode()
    assert "岗位：企业用户 → 管委会领导" in page
    assert "高新区：– → 楚雄高新区" in page


def test_closing_and_reopening_on_the_page(signed_in: SignedIn) -> None:
    boss, clerk = signed_in(an_administrator()), a_statistician()
    inside = signed_in(clerk)
    assert boss.post(f"/accounts/{clerk.pk}/close/")["Location"] == f"/accounts/{clerk.pk}/"
    assert inside.get("/").status_code == 302
    secret = secret_in(boss.post(f"/accounts/{clerk.pk}/reopen/").content.decode())
    clerk.refresh_from_db()
    assert clerk.check_password(secret)
    assert boss.get(f"/accounts/{clerk.pk}/close/").status_code == 405


# --- the audit trail of no zone


def test_acts_of_no_zone_are_for_auditors_of_every_zone_and_administrators(signed_in: SignedIn) -> None:
    everywhere = ("weifang", "daqing", "chuxiong")
    both = an_account(Role.DIRECTOR, ("weifang", "daqing"), name="周两地")
    services.record_act("sign_in", by=both, account=both)  # two zones: of none
    near = a_director(("weifang",), name="陈一地")
    services.record_act("sign_in", by=near, account=near)

    def read(reader: User) -> tuple[bool, bool]:
        page = signed_in(reader).get("/audit/?action=account").content.decode()
        return "陈一地" in page, "周两地" in page

    assert read(an_account(Role.AUDITOR, ("weifang",))) == (True, False)
    assert read(an_account(Role.AUDITOR, ("daqing",))) == (False, False)
    assert read(an_account(Role.AUDITOR, everywhere)) == (True, True)
    assert read(an_administrator()) == (True, True)
