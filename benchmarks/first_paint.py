"""How long a stranger with an empty cache waits for each page, beside an empty app."""

import time
from statistics import median

from playwright.sync_api import sync_playwright

from benchmarks.ground import FLOOR, Ground
from benchmarks.rerun import QUERY, name_of
from benchmarks.table import Line
from etl.load import HOUSE
from tests.browser import driving

VISITS = 3


def measure(ground: Ground) -> list[Line]:
    """Give, for each page, the median milliseconds until its title is on screen."""
    database, _ = ground.starter
    names = [name_of(page) for page in sorted((HOUSE / "pages").glob("*.py"))]
    with sync_playwright() as playwright:
        browser = driving.chromium(playwright)
        with driving.serving(database, FLOOR) as address:
            floor = waited(browser, address, "")
        with driving.serving(database) as address:
            found = {name: waited(browser, address, name) for name in names}
        browser.close()
    return [
        Line(f"first paint of {name or 'home'}", ms, "ms", floor, "empty app")
        for name, ms in found.items()
    ]


def waited(browser: driving.Browser, address: str, name: str) -> float:
    """Open a page in new windows; give the median milliseconds until its title is there.

    The first visit warms the server and does not count.
    """
    return median([visit(browser, address, name) for _ in range(VISITS + 1)][1:])


def visit(browser: driving.Browser, address: str, name: str) -> float:
    """Open a page in a new window; give the milliseconds until its title is there."""
    window, _ = driving.watched(browser, address, "laptop")
    page = window.new_page()
    began = time.perf_counter()
    page.goto(f"/{name}?{QUERY}", wait_until="commit")
    page.get_by_role("heading", level=1).wait_for(timeout=driving.LONGEST_RERUN_MS)
    took = (time.perf_counter() - began) * 1000
    window.close()
    return took
