"""Relationships, as an educator uses them: from the map, by mouse and keyboard, and the map of both."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import driving

ISSAQUENA = "28055"


def finding(page: Page, words: str | re.Pattern) -> None:
    """Wait until the page's finding says something."""
    expect(page.get_by_role("heading", level=2).first).to_contain_text(words)


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a select box by typing."""
    page.get_by_role("combobox", name=label).click()
    page.keyboard.type(option)
    page.keyboard.press("Enter")
    driving.settle(page)


def show(page: Page, kind: str) -> None:
    """Choose a kind of view."""
    page.get_by_role("radio", name=kind).click()
    driving.settle(page)


def test_from_the_map_with_place_and_measure_kept(visit):
    page = visit(f"/explore?place={ISSAQUENA}&measure=acs_uninsured")
    page.get_by_role("button", name="See what it goes with").click()
    expect(page).to_have_url(re.compile(f"/relationships.*place={ISSAQUENA}"))
    finding(page, "“Uninsured” tends to be")
    expect(page.get_by_text("Issaquena County, Mississippi: ")).to_be_visible()
    expect(page).to_have_url(re.compile("measure=acs_uninsured"))


def test_another_condition_another_kind_and_the_address_opens_it_again(visit):
    page = visit(f"/relationships?place={ISSAQUENA}")
    finding(page, "Where “Poverty” is higher")
    choose(page, "Condition", "Median household income")
    finding(page, "Where “Median household income” is higher")
    show(page, "Fifths of people")
    finding(page, "“Crude death rate” falls from")
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    again = visit(page.url)
    finding(again, "where “Median household income” is lowest")


def test_the_kind_is_chosen_with_the_keyboard(visit):
    page = visit("/relationships")
    finding(page, "Where “Poverty”")
    page.get_by_role("radio", name="Each county a dot").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    finding(page, "falls from")
    expect(page).to_have_url(re.compile("kind=gradient"))


def test_the_map_of_both_tells_a_countys_kind_and_chooses_it(visit):
    page = visit("/relationships?kind=bivariate")
    page.locator(".county-map[data-drawn]").wait_for()
    cells = page.locator("table.square tbody td").all_inner_texts()
    assert sum(int(cell.replace(",", "")) for cell in cells) == 3142
    page.get_by_label("Find a county on the map").fill("issaquena")
    page.keyboard.press("Enter")
    said = page.locator(".said")
    expect(said).to_contain_text("Middle “Crude death rate”, high “Poverty”")
    expect(said).to_contain_text("Poverty: 36.0%")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"place={ISSAQUENA}"))
    expect(page.get_by_text("Issaquena County, Mississippi: middle")).to_be_visible()


def test_a_dot_says_its_county_and_both_numbers(visit):
    page = visit(f"/relationships?place={ISSAQUENA}")
    dot = page.locator(".js-plotly-plot .scatterlayer .trace").last.locator("path.point")
    # Plotly catches the mouse with a pane of its own above the dots.
    dot.hover(force=True)
    card = page.locator(".hoverlayer")
    expect(card).to_contain_text("Issaquena, MS")
    expect(card).to_contain_text("36.0%")


def test_the_long_table_comes_when_it_is_opened(visit):
    page = visit("/relationships")
    finding(page, "Where “Poverty”")
    page.get_by_role("button", name="The same numbers as a table").click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()


@pytest.mark.parametrize("kind", ["gradient", "bivariate"])
@pytest.mark.parametrize(("size", "scheme"), [("laptop", "light"), ("phone", "dark")])
def test_each_kind_is_usable_by_all(visit, screenshots, kind, size, scheme):
    page = visit(f"/relationships?kind={kind}&place={ISSAQUENA}", size=size, scheme=scheme)
    if kind == "bivariate":
        page.locator(".county-map[data-drawn]").wait_for()
    page.screenshot(path=screenshots / f"relationships-{kind}-{size}-{scheme}.png", full_page=True)
    violations = Axe().run(page).response["violations"]
    grave = [one["id"] for one in violations if one["impact"] in ("serious", "critical")]
    assert grave == []
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= driving.SIZES[size][0]
