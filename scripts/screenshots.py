"""Draws the pictures of the documentation from a running demonstration (文档截图).

    .venv/bin/python scripts/screenshots.py [FOLDER]

Starts a demonstration of its own in a temporary folder, signs in as the statistician, walks the pages with
a real Chromium and writes docs/images/*.png. Needs chromium and a CJK font; nothing else is touched.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--font-render-hinting=none"]


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="gaoxin-pictures-") as home:
        port = free_port()
        server = subprocess.Popen(
            [str(ROOT / ".venv/bin/gaoxin"), "serve", "--demo", "--no-open", "--port", str(port)],
            env={**os.environ, "GAOXIN_HOME": home, "DATABASE_URL": ""},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(port)
            with sync_playwright() as driver:
                chromium = shutil.which("chromium") or shutil.which("google-chrome")
                browser = driver.chromium.launch(executable_path=chromium, args=BROWSER)
                draw(browser, f"http://127.0.0.1:{port}", folder, Path(home))
                browser.close()
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def draw(browser: Browser, site: str, folder: Path, home: Path) -> None:
    page = browser.new_page(viewport=DESK, locale="zh-CN")
    page.goto(f"{site}/sign-in/")
    shoot(page, folder / "sign-in.png")
    sign_in(page, site)
    page.goto(f"{site}/zones/chuxiong/")
    shoot(page, folder / "cockpit.png")
    page.locator("button.gx-src").first.click()
    page.locator(".gx-pop dl").wait_for()
    page.wait_for_timeout(300)
    page.screenshot(path=folder / "source.png")
    for name, path in {
        "metric": "/zones/sandbox/metrics/total_operating_revenue/",
        "checks": "/checks/?zone=daqing",
        "compare": "/compare/",
        "brief": "/zones/chuxiong/brief/?period=2021",
        "enterprises": "/subjects/?zone=sandbox",
        "near-miss": "/policies/near/TSME/?zone=sandbox",
        "clause-editor": "/policies/clauses/C9/?zone=sandbox&a.rate=20&b.cap=100",
    }.items():
        page.goto(site + path)
        shoot(page, folder / f"{name}.png", whole=name != "enterprises")
    draw_enterprise(page, site, folder)
    draw_draft(page, site, folder)
    page.goto(f"{site}/data/conflicts/?zone=chuxiong")
    page.locator("main a[href*='/data/conflicts/']").first.click()
    page.wait_for_load_state()
    shoot(page, folder / "conflict.png")
    draw_import(page, site, folder, home)
    phone = browser.new_page(viewport=PHONE, locale="zh-CN", device_scale_factor=2)
    sign_in(phone, site)
    phone.goto(f"{site}/zones/chuxiong/")
    shoot(phone, folder / "phone.png", whole=False)


def draw_enterprise(page: Page, site: str, folder: Path) -> None:
    """A firm that is one condition short: its matrix, with the reasons and the cheapest way."""
    page.goto(f"{site}/subjects/?zone=sandbox")
    firms = [
        link.get_attribute("href") for link in page.locator("main a[href*='/subjects/enterprise/']").all()
    ]
    for address in firms:
        page.goto(f"{site}{address}eligibility/?open=HNTE")
        page.wait_for_load_state("networkidle")
        if page.locator(".gx-detail .gx-tone.torch").count():
            break
    shoot(page, folder / "enterprise.png")
    page.goto(f"{site}/policies/rules/TSME/")
    shoot(page, folder / "rule.png")


# Figures of Chuxiong with five mistakes: another whole, a growth, two shares swapped, a lost 左右.
DRAFT = """楚雄高新区2021年发展情况
2021年，楚雄高新区地区生产总值299.54亿元，规模以上工业总产值432亿元，占楚雄州的87.9%；高新技术企业产值207.92亿元。
一、项目建设
全年引进州外到位资金165.3亿元，同比增长22.5%；规模以上固定资产投资108.8亿元，增长14.1%。
二、营商环境
年末市场主体19190户，占楚雄州的33%、楚雄市的10%，当年新增1785户；企业融资成本降到2%。全区新建口袋公园7个。
"""


def draw_draft(page: Page, site: str, folder: Path) -> None:
    """A checked draft with the evidence for one figure open."""
    page.goto(f"{site}/drafts/new/?zone=chuxiong")
    page.fill("#id_text", DRAFT)
    page.fill("#id_published", "2022-03-01")
    page.get_by_role("button", name="开始核对").click()
    page.locator("h1", has_text="个数字").wait_for()
    page.locator(".gx-draft a.gx-q", has_text="22.5%").click()
    page.locator("#gx-evidence", has_text="25.5%").wait_for()
    shoot(page, folder / "draft.png", whole=False)


def draw_import(page: Page, site: str, folder: Path, home: Path) -> None:
    """The practice return up to the review, under the name it would be uploaded under."""
    sheet = folder.parent / "规上企业月报-2026年9月.xlsx"
    shutil.copy(home / "practice" / "sandbox" / "return.xlsx", sheet)
    try:
        page.goto(f"{site}/data/imports/?zone=sandbox")
        page.set_input_files("#id_file", sheet)
        page.get_by_role("button", name="读这张表").click()
        page.locator("h1", has_text="对上列名").wait_for(timeout=60_000)
        page.get_by_role("button", name="核对变化").click()
        page.locator("h1", has_text="导入核对").wait_for(timeout=60_000)
        shoot(page, folder / "import.png", whole=False)
    finally:
        sheet.unlink()


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/sign-in/")
    page.locator('form[action="/sign-in/as/statistician/"] button').click()
    page.wait_for_load_state()


def shoot(page: Page, path: Path, *, whole: bool = True) -> None:
    page.wait_for_timeout(500)
    page.screenshot(path=path, full_page=whole)
    print(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise SystemExit("the demonstration did not start")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT / "docs" / "images")
