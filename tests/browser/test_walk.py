"""A walk through the explorer in a real browser: links, choices, Back, and no word to outside."""

from __future__ import annotations

import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright
from snapshot_fixture import build_snapshot

from app.run import command

pytestmark = pytest.mark.browser

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
HEADER_PX, ROW_PX = 36, 35
WAIT_SECONDS = 30
PROBE = re.compile(r"/[a-z]+/_stcore/")


@dataclass
class Walk:
    """One tab, what it asked for outside this machine, and what went wrong in it."""

    page: Page
    address: str
    pictures: Path
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Note every request to another host and every exception of the page."""
        self.page.on("request", self._note_request)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._note_message)

    def open(self, path: str) -> None:
        """Open an address of the explorer and wait until its script has run."""
        self.page.goto(f"{self.address}/{path}")
        self.settle()

    def settle(self) -> None:
        """Wait until the script is idle and the page shows no failure."""
        self.page.wait_for_timeout(300)
        self.page.wait_for_selector(IDLE, timeout=WAIT_SECONDS * 1000)
        self.page.wait_for_timeout(300)
        assert self.page.get_by_test_id("stException").count() == 0
        assert self.page.get_by_test_id("stAlertContentError").count() == 0

    def follow(self, name: str) -> None:
        """Click the link of this name."""
        self.page.get_by_role("link", name=name).first.click()
        self.settle()

    def choose_row(self, row: int, table: int = 0) -> None:
        """Tick a row of a table (its cells are painted on a canvas: by place)."""
        frame = self.page.get_by_test_id("stDataFrame").locator("visible=true").nth(table)
        frame.scroll_into_view_if_needed()
        frame.click(position={"x": 18, "y": HEADER_PX + ROW_PX * row + ROW_PX // 2})
        self.settle()

    def picture(self, name: str) -> None:
        """Keep what is on the screen."""
        self.page.screenshot(path=str(self.pictures / f"{name}.png"))

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:", "about:")):
            self.outside.append(request.url)

    def _note_message(self, message: ConsoleMessage) -> None:
        # Streamlit looks for its own server under the page's path first; that 404 is expected.
        if message.type == "error" and not PROBE.search(message.location.get("url", "")):
            self.errors.append(f"{message.text} {message.location}")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the fixture's snapshot by the product's own command, from another folder."""
    workspace = tmp_path_factory.mktemp("bureau")
    build_snapshot(workspace)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (tmp_path_factory.mktemp("server") / "log.txt").open("w", encoding="utf-8")
    server = subprocess.Popen(
        command(workspace, port), cwd=workspace, stdout=log, stderr=subprocess.STDOUT
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)
        log.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def walk(chromium: Browser, address: str, tmp_path: Path) -> Iterator[Walk]:
    page = chromium.new_page(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    walk = Walk(page, address, tmp_path)
    walk.listen()
    yield walk
    page.close()
    assert walk.outside == []
    assert walk.errors == []


def _wait_for(url: str) -> None:
    for _ in range(WAIT_SECONDS * 10):
        try:
            urllib.request.urlopen(url, timeout=1)
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError(f"{url} did not answer within {WAIT_SECONDS} s")


def _address_has(walk: Walk, *parts: str) -> None:
    for part in parts:
        expect(walk.page).to_have_url(re.compile(part))


def test_walk_when_ranking_to_park_and_back_then_filters_stay(walk: Walk) -> None:
    walk.open("")
    expect(walk.page.get_by_role("heading", name="苏州市吴江区 · 总览")).to_be_visible()
    walk.picture("overview")
    walk.follow("风险排名")
    expect(walk.page.get_by_text("显示 20 个，共 20 个园区")).to_be_visible()

    search = walk.page.get_by_label("搜索")
    search.fill("盛泽镇工业路")
    search.press("Enter")
    walk.settle()
    expect(walk.page.get_by_text("显示 4 个，共 20 个园区")).to_be_visible()
    _address_has(walk, "text=")
    walk.picture("ranking")

    walk.choose_row(0)
    walk.follow("打开园区档案")
    _address_has(walk, "/park", "park=park")
    expect(walk.page.get_by_text("基准").first).to_be_visible()
    walk.picture("park")

    walk.page.go_back()
    walk.settle()
    _address_has(walk, "/ranking", "text=")
    expect(walk.page.get_by_text("显示 4 个，共 20 个园区")).to_be_visible()

    walk.page.go_back()
    walk.settle()
    expect(walk.page.get_by_text("显示 20 个，共 20 个园区")).to_be_visible()

    walk.follow("数据质量")
    expect(walk.page.get_by_text("行数平衡")).to_be_visible()
    walk.picture("quality")


def test_walk_when_tabs_of_a_park_are_opened_then_each_is_an_address(walk: Walk) -> None:
    walk.open("park?park=park03")
    for name, code in (("承租企业", "leases"), ("检查", "inspections"), ("隐患", "hazards")):
        walk.page.get_by_role("radio", name=name, exact=True).click()
        walk.settle()
        _address_has(walk, f"tab={code}")
        expect(walk.page.get_by_test_id("stDataFrame").first).to_be_visible()
    walk.page.go_back()
    walk.settle()
    _address_has(walk, "tab=inspections")
    expect(walk.page.get_by_role("radio", name="检查", exact=True)).to_be_checked()


def test_walk_when_a_figure_is_followed_then_its_rows_are_shown(walk: Walk) -> None:
    walk.open("")
    figure = walk.page.get_by_test_id("stMetric").filter(has_text="逾期未整改")
    count = figure.get_by_test_id("stMetricValue").inner_text().split()[0]
    walk.page.get_by_role("link", name="查看明细").nth(7).click()
    walk.settle()
    _address_has(walk, "/records", "set=hazards_overdue")
    expect(walk.page.get_by_text(f"共 {count} 条")).to_be_visible()


def test_walk_when_in_english_then_codes_stay_in_the_address(walk: Walk) -> None:
    walk.open("ranking?lang=en")
    walk.page.get_by_role("combobox", name="Kind").click()
    walk.page.get_by_role("option", name=re.compile("Rental park")).click()
    walk.settle()
    _address_has(walk, "lang=en", "kind=%E7%A7%9F")
    expect(walk.page.get_by_text("7 of 20 parks")).to_be_visible()
    walk.page.reload()
    walk.settle()
    expect(walk.page.get_by_text("7 of 20 parks")).to_be_visible()
    walk.follow("Data quality")
    expect(walk.page.get_by_role("heading", name="Data quality")).to_be_visible()


def test_walk_when_several_rows_are_ticked_then_only_those_are_downloaded(walk: Walk) -> None:
    walk.open("ranking")
    walk.choose_row(0)
    walk.choose_row(2)
    with walk.page.expect_download() as started:
        walk.page.get_by_role("button", name="下载所选 2 个").click()
    name = started.value.suggested_filename
    assert name == "园区风险排名_2026-10-31.xlsx"
    assert Path(started.value.path()).read_bytes()[:2] == b"PK"


def test_walk_when_statistics_are_chosen_then_period_region_and_chapter_are_the_address(
    walk: Walk,
) -> None:
    walk.open("statistics")
    expect(walk.page.get_by_role("heading", name="统计与报告")).to_be_visible()
    walk.page.get_by_role("combobox", name="范围").click()
    walk.page.get_by_role("option", name="平望镇").click()
    walk.settle()
    walk.page.get_by_role("radio", name="二、检查与隐患治理").click()
    walk.settle()
    _address_has(walk, "region=", "chapter=safety")
    expect(walk.page.get_by_text("隐患排查治理").first).to_be_visible()
    expect(walk.page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    walk.picture("statistics")
    walk.page.go_back()
    walk.settle()
    expect(walk.page.get_by_role("heading", name="统计口径说明")).to_be_visible()
    _address_has(walk, "region=")


def test_walk_when_a_round_is_filtered_then_back_undoes_and_the_workbook_comes(walk: Walk) -> None:
    walk.open("rounds")
    expect(walk.page.get_by_text("显示 20 条，共 20 条")).to_be_visible()
    walk.page.get_by_role("combobox", name="类别").click()
    walk.page.get_by_role("option", name=re.compile("重点")).click()
    walk.settle()
    _address_has(walk, "/rounds", "part=key")
    expect(walk.page.get_by_text("显示 7 条，共 20 条")).to_be_visible()
    walk.picture("rounds")
    walk.choose_row(0)
    walk.follow("打开园区档案")
    _address_has(walk, "/park", "park=park")
    walk.page.go_back()
    walk.settle()
    expect(walk.page.get_by_text("显示 7 条，共 20 条")).to_be_visible()
    with walk.page.expect_download() as started:
        walk.page.get_by_role("button", name="下载检查用表").click()
    assert re.fullmatch(r"检查计划_20261101-[0-9a-f]{8}\.xlsx", started.value.suggested_filename)
    book = openpyxl.load_workbook(BytesIO(Path(started.value.path()).read_bytes()))
    # the whole round, whatever is filtered on the screen
    assert book["检查计划"].max_row == 23
    walk.page.get_by_role("radio", name="分层与概率").click()
    walk.settle()
    _address_has(walk, "tab=strata")
