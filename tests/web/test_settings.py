"""What the environment must say before the workbench opens, and how it says what is missing (运行设置)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gaoxin.web import environment
from gaoxin.web.environment import SettingError

KEY = "a-key-for-this-test-and-nothing-else"
_PRINT = (
    "import json, gaoxin.web.settings as s; "
    "print(json.dumps({n: getattr(s, n, None) for n in %r}, default=str))"
)

# a page, a redirect, a wrong host, nothing by that name, and our own fault
_ANSWERS = """
import json, django, os
os.environ["DJANGO_SETTINGS_MODULE"] = "gaoxin.web.settings"
from gaoxin.web import opening
opening.connect(migrate=True)
from django.conf import settings
from django.test import Client
from django.urls import path
from django.contrib.auth.decorators import login_not_required
from gaoxin.web import urls
urls.urlpatterns.insert(0, path("broken/", login_not_required(lambda request: 1 / 0)))
browser = Client(raise_request_exception=False, headers={"host": "localhost"})
asked = [("/sign-in/", "localhost"), ("/data/", "localhost"), ("/", "elsewhere.example"),
         ("/static/none.css", "localhost"), ("/broken/", "localhost")]
answers = [browser.get(url, headers={"host": host}) for url, host in asked]
print(json.dumps([[a.status_code, a.headers.get("Content-Security-Policy", ""), a.content.decode()]
                  for a in answers]))
"""


def opened(tmp_path: Path, names: list[str], **variables: str) -> dict:
    """The settings as a fresh process sees them under these variables and no others of ours."""
    done = in_a_process(tmp_path, _PRINT % names, **variables)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def in_a_process(tmp_path: Path, code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GAOXIN_", "DATABASE_", "DJANGO_"))}
    source = str(Path(environment.__file__).parents[2])
    return subprocess.run(
        [sys.executable, "-c", code],
        env=kept | {"GAOXIN_HOME": str(tmp_path), "PYTHONPATH": source} | variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


# --- refusals


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"GAOXIN_DEMO": "1", "GAOXIN_SECRET_KEY": KEY}, "演示模式不用密码，只能与 GAOXIN_DEBUG=1 同时使用"),
        ({"GAOXIN_DEMO": "yes", "GAOXIN_SECRET_KEY": KEY, "GAOXIN_DEBUG": "0"}, "GAOXIN_DEMO"),
        ({}, "没有设置 GAOXIN_SECRET_KEY"),
        ({"GAOXIN_SECRET_KEY": "short"}, "GAOXIN_SECRET_KEY 太短：至少 32 个字符"),
        ({"GAOXIN_SECRET_KEY": KEY, "DATABASE_URL": "mysql://root@db/gx"}, "看不懂 DATABASE_URL"),
    ],
)
def test_a_setting_that_is_missing_or_contradictory_stops_the_start(
    tmp_path: Path, variables: dict[str, str], words: str
) -> None:
    done = in_a_process(tmp_path, "import gaoxin.web.settings", **variables)
    assert done.returncode != 0
    assert "SettingError" in done.stderr
    assert words in done.stderr


def test_a_demonstration_runs_without_https_and_without_technical_pages(tmp_path: Path) -> None:
    names = ["DEBUG", "DEMO", "PLAIN_HTTP", "SESSION_COOKIE_SECURE"]
    held = opened(tmp_path, names, GAOXIN_DEMO="1", GAOXIN_DEBUG="1")
    assert held == {"DEBUG": False, "DEMO": True, "PLAIN_HTTP": True, "SESSION_COOKIE_SECURE": None}


def test_every_answer_of_a_demonstration_carries_the_policy_and_no_traceback(tmp_path: Path) -> None:
    done = in_a_process(tmp_path, _ANSWERS, GAOXIN_DEMO="1", GAOXIN_DEBUG="1")
    assert done.returncode == 0, done.stderr
    told = {code: (policy, body) for code, policy, body in json.loads(done.stdout)}
    assert sorted(told) == [200, 302, 400, 404, 500]
    for policy, body in told.values():
        assert "default-src 'self'" in policy
        assert "Traceback" not in body
        assert "DEBUG = True" not in body


def test_networks_of_proxies_are_read_and_a_wrong_one_is_named() -> None:
    read = environment.networks("P", environ={"P": "10.0.0.5, 192.168.1.0/24"})
    assert [str(one) for one in read] == ["10.0.0.5/32", "192.168.1.0/24"]
    assert [str(one) for one in environment.networks("P", default="::1", environ={})] == ["::1/128"]
    with pytest.raises(SettingError, match="P 要写 IP 地址或网段"):
        environment.networks("P", environ={"P": "nginx.local"})


def test_debug_and_demonstration_are_off_unless_asked_for(tmp_path: Path) -> None:
    held = opened(tmp_path, ["DEBUG", "DEMO", "ALLOWED_HOSTS"], GAOXIN_SECRET_KEY=KEY)
    assert held == {"DEBUG": False, "DEMO": False, "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"]}


# --- a real installation


def test_outside_debug_cookies_travel_by_https_only(tmp_path: Path) -> None:
    names = [
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "LANGUAGE_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
    ]
    names += ["SECURE_HSTS_SECONDS", "SECURE_CONTENT_TYPE_NOSNIFF", "X_FRAME_OPTIONS", "SECURE_SSL_REDIRECT"]
    held = opened(tmp_path, names, GAOXIN_SECRET_KEY=KEY)
    assert held == {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "LANGUAGE_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SECURE_HSTS_SECONDS": 31_536_000,  # 365 · 24 · 60 · 60
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "X_FRAME_OPTIONS": "DENY",
        "SECURE_SSL_REDIRECT": None,
    }


def test_behind_a_proxy_http_is_led_to_https(tmp_path: Path) -> None:
    held = opened(
        tmp_path,
        ["SECURE_SSL_REDIRECT", "SECURE_PROXY_SSL_HEADER", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS"],
        GAOXIN_SECRET_KEY=KEY,
        GAOXIN_BEHIND_PROXY="1",
        GAOXIN_ALLOWED_HOSTS="gaoxin.example.cn, 10.0.0.8",
        GAOXIN_CSRF_TRUSTED_ORIGINS="https://gaoxin.example.cn",
    )
    assert held == {
        "SECURE_SSL_REDIRECT": True,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
        "ALLOWED_HOSTS": ["gaoxin.example.cn", "10.0.0.8"],
        "CSRF_TRUSTED_ORIGINS": ["https://gaoxin.example.cn"],
    }


# --- single variables


def test_a_key_is_made_once_in_debug_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    here = {"GAOXIN_HOME": str(tmp_path)}
    first = environment.secret_key(True, here)
    assert environment.secret_key(True, here) == first
    assert len(first) >= 32
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_without_a_url_the_database_is_a_file_in_the_home(tmp_path: Path) -> None:
    for nothing in (None, ""):
        held = environment.database(nothing, tmp_path)
        assert held["ENGINE"].endswith("sqlite3")
        assert held["NAME"] == str(tmp_path / "gaoxin.sqlite3")
        assert held["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            assert pragma in held["OPTIONS"]["init_command"]


def test_a_postgres_url_is_taken_apart_and_decoded(tmp_path: Path) -> None:
    url = "postgres://gao%40xin:p%2Fw%20d@db.example:5433/gao%20xin?sslmode=require"
    held = environment.database(url, tmp_path)
    wanted = {
        "NAME": "gao xin", "USER": "gao@xin", "PASSWORD": "p/w d", "HOST": "db.example", "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }  # fmt: skip
    assert {name: held[name] for name in wanted} == wanted


def test_a_postgres_url_may_name_a_local_socket(tmp_path: Path) -> None:
    assert environment.database("postgres:///gaoxin", tmp_path)["HOST"] == ""
    assert environment.database("postgres:///gaoxin?host=/run/pg", tmp_path)["HOST"] == "/run/pg"


def test_a_sqlite_url_may_be_absolute(tmp_path: Path) -> None:
    assert (
        environment.database(f"sqlite:///{tmp_path}/数据.db", Path("/elsewhere"))["NAME"]
        == f"{tmp_path}/数据.db"
    )


@pytest.mark.parametrize(
    "url",
    ["gaoxin", "postgres://", "postgres://h", "postgres://h/", "sqlite://", "sqlite:///", "mysql://h/x",
     "postgres://h:port/x", "postgres://h:99999/x", "postgres://[::1/x"],
)  # fmt: skip
def test_an_url_that_is_not_understood_is_refused_without_its_password(url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="DATABASE_URL"):
        environment.database(url, tmp_path)


def test_the_refusal_does_not_print_the_password(tmp_path: Path) -> None:
    done = in_a_process(
        tmp_path,
        "import gaoxin.web.settings",
        GAOXIN_SECRET_KEY=KEY,
        DATABASE_URL="postgres://gx:very-secret@h:port/x",
    )
    assert "SettingError" in done.stderr
    assert "very-secret" not in done.stderr


@pytest.mark.parametrize(
    ("text", "on"),
    [("1", True), ("true", True), (" Yes ", True), ("on", True),
     ("0", False), ("false", False), ("", False), ("ja", False)],
)  # fmt: skip
def test_a_flag_is_on_only_if_it_says_so(text: str, on: bool) -> None:
    assert environment.flag("GAOXIN_DEBUG", {"GAOXIN_DEBUG": text}) is on


def test_a_list_is_written_with_commas_or_spaces() -> None:
    assert environment.words("HOSTS", {"HOSTS": " a,b  c ,"}) == ["a", "b", "c"]
    assert environment.words("HOSTS", {}) == []
