"""The first start without a database, by several people at once; and a new build under an open window."""

import time
from contextlib import ExitStack

import duckdb
import psutil
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import driving

VISITORS = 3
LONGEST_BUILD_SECONDS = 180


@pytest.fixture
def windows(browser: Browser):
    """Open windows on a server; close them at the end."""
    with ExitStack() as closing:

        def opened(address: str) -> Page:
            window, watch = driving.watched(browser, address, "laptop")
            closing.callback(window.close)
            return window.new_page()

        yield opened


def builds_of(database) -> set[int]:
    """Give the process ids of the builds of a database that run now."""
    return {
        process.pid
        for process in psutil.process_iter(["cmdline"])
        if {"etl", str(database)} <= set(process.info["cmdline"] or [])
    }


def test_first_start_builds_once_and_everybody_sees_it(windows, tmp_path):
    database = tmp_path / "new.duckdb"
    with driving.serving(database) as address:
        pages = [windows(address) for _ in range(VISITORS)]
        for page in pages:
            page.goto("/", wait_until="commit")
        for page in pages:
            expect(page.get_by_text("Setting up the data, once.")).to_be_visible(timeout=60_000)
        builds = builds_of(database)
        give_up = time.monotonic() + LONGEST_BUILD_SECONDS
        while not database.exists() and time.monotonic() < give_up:
            builds |= builds_of(database)
            time.sleep(0.1)
        for page in pages:
            expect(page.locator(".st-key-footer")).to_be_visible(timeout=60_000)
            expect(page.get_by_text("Setting up the data")).to_have_count(0)
    assert len(builds) == 1


def test_an_open_window_notices_a_new_build(windows, tmp_path, starter_with_shapes):
    database = tmp_path / "current.duckdb"
    database.write_bytes(starter_with_shapes.read_bytes())
    newer = tmp_path / "newer.duckdb"
    newer.write_bytes(starter_with_shapes.read_bytes())
    with duckdb.connect(newer) as connection:
        connection.execute("UPDATE build SET data_version = 'afterwards'")
    with driving.serving(database) as address:
        page = windows(address)
        page.goto("/")
        driving.settle(page)
        expect(page.locator(".st-key-footer")).not_to_contain_text("afterwards")
        newer.replace(database)
        page.get_by_role("link", name="Sources", exact=True).click()
        expect(page.locator(".st-key-footer")).to_contain_text("afterwards", timeout=60_000)
