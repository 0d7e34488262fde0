"""What browser tests share: servers, windows at three sizes, and a watch for requests that leave.

    def test_something(visit):
        page = visit("/explore?measure=rucc_code")          # 1280 x 720, light
        page = visit("/explore", size="phone", scheme="dark")

`visit` opens an address on one server shared by the tests of a run, `visit_fresh` on a server that
nobody has visited. Both wait until the page has settled and, at the end of the test, fail when a
request went to another host or the console showed an error.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import driving

HERE = Path(__file__).parent
Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder as one that drives a browser."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium; tests are skipped where there is none, but fail on the build server (CI=true)."""
    if driving.CHROMIUM is None:
        reason = "Chromium is not installed (on Debian: apt-get install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = driving.chromium(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def starter_with_shapes(starter_database: Path) -> Path:
    """The starter database, with the county shapes where the server serves them from."""
    static = driving.HOUSE / "static"
    static.mkdir(exist_ok=True)
    for shapes in (starter_database.parent / "static").glob("*.json"):
        if not (static / shapes.name).exists():
            shutil.copy(shapes, static)
    return starter_database


@pytest.fixture(scope="package")
def server(browser: Browser, starter_with_shapes: Path) -> Iterator[str]:
    """The address of a server on the starter database, shared by the tests of a run."""
    with driving.serving(starter_with_shapes) as address:
        yield address


@pytest.fixture
def fresh_server(browser: Browser, starter_with_shapes: Path) -> Iterator[str]:
    """The address of a server on the starter database that nobody has visited yet."""
    with driving.serving(starter_with_shapes) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Visit]:
    """Open addresses on the shared server, each in a new window."""
    yield from visits(browser, server)


@pytest.fixture
def visit_fresh(browser: Browser, fresh_server: str) -> Iterator[Visit]:
    """Open addresses on a server that nobody has visited yet."""
    yield from visits(browser, fresh_server)


def visits(browser: Browser, address: str) -> Iterator[Visit]:
    """Give a function that opens a path in a new window; check afterwards what the windows asked for."""
    watches: list[driving.Watch] = []
    with ExitStack() as windows:

        def visit(path: str = "/", *, size: str = "laptop", scheme: str = "light") -> Page:
            window, watch = driving.watched(browser, address, size, scheme)
            windows.callback(window.close)
            watches.append(watch)
            page = window.new_page()
            page.goto(path)
            driving.settle(page)
            return page

        yield visit
    assert [watch.outside() for watch in watches] == [[]] * len(watches)
    assert [watch.complaints for watch in watches] == [[]] * len(watches)


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the repository for screenshots (HEALTH_EQUITY_SCREENSHOTS names another)."""
    asked = os.environ.get("HEALTH_EQUITY_SCREENSHOTS")
    folder = Path(asked) if asked else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
