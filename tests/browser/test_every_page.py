"""Every page, opened as a stranger opens it: by its address, on a server that has just started."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.driving import HOUSE, SIZES

FILES = sorted((HOUSE / "pages").glob("*.py"))
COMMUNITY = "place=06037"
# Streamlit hides a menu of one page.
ENTRIES = len(FILES) if len(FILES) > 1 else 0


def address_of(page: Path) -> str:
    """Give a page's address, with a community chosen; the first page is the root."""
    name = re.sub(r"^\d+_", "", page.stem)
    return f"/{'' if page.stem.startswith('0') else name}?{COMMUNITY}"


PAGES = [pytest.param(address_of(path), path.stem, id=path.stem) for path in FILES]


@pytest.mark.parametrize(("address", "name"), PAGES)
def test_deep_link_on_a_fresh_server_shows_the_frame(visit_fresh, address, name):
    page = visit_fresh(address)
    expect(page.get_by_role("navigation").get_by_role("link")).to_have_count(ENTRIES)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert COMMUNITY in page.url


# Every size in the light; the dark differs in colours only, so one size shows it.
SEEN = [*((size, "light") for size in SIZES), ("laptop", "dark")]


@pytest.mark.parametrize(("size", "scheme"), SEEN)
@pytest.mark.parametrize(("address", "name"), PAGES)
def test_page_is_usable_by_all_and_never_scrolls_sideways(
    visit, screenshots, address, name, size, scheme
):
    page = visit(address, size=size, scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    page.screenshot(path=screenshots / f"{name}-{size}-{scheme}.png", full_page=True)
    violations = Axe().run(page).response["violations"]
    grave = [
        (found["id"], node["target"], node["failureSummary"])
        for found in violations
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"]
    ]
    assert grave == []
