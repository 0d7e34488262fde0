"""From a profile to its gaps between groups of people, by mouse and keyboard, at every size."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser import driving

KINDS = ("groups", "inequality", "gap", "burden")


def heading(page, text):
    expect(page.get_by_role("heading", level=2).first).to_contain_text(
        text, timeout=driving.LONGEST_RERUN_MS
    )


def test_the_profile_asks_if_a_gap_is_real_and_keeps_place_and_measure(visit):
    page = visit("/community?place=42101")
    page.get_by_role("button", name="Is this gap real?").click()
    heading(page, "Cancer deaths per 100,000 (1999-2003): a gap of 109.1")
    driving.settle(page)
    assert re.search(r"/disparities\?", page.url)
    assert "place=42101" in page.url
    assert "measure=nci_cancer_deaths" in page.url
    expect(page.get_by_text("Philadelphia County, Pennsylvania, 1999–2003").first).to_be_visible()


def test_a_place_without_groups_leads_to_what_it_lies_in(visit):
    page = visit("/community?place=72001")
    page.get_by_role("button", name="See gaps where this place lies").click()
    expect(page.get_by_text("where it lies")).to_be_visible(timeout=driving.LONGEST_RERUN_MS)


def test_all_is_reached_by_keyboard(visit):
    page = visit("/disparities")
    page.get_by_role("radio", name="The gap").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    heading(page, "What fits here")
    page.get_by_label("Groups by").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Life expectancy at birth by sex")).to_be_visible(
        timeout=driving.LONGEST_RERUN_MS
    )


def test_another_reference_and_year_stand_in_the_address_and_reopen(visit):
    page = visit("/disparities?period=2017&reference=black_nh&split=race_ethnicity")
    heading(page, "“Black, not Hispanic”")
    again = visit(page.url[page.url.index("/disparities") :])
    heading(again, "“Black, not Hispanic”")
    expect(again.get_by_text("Left out: White (shares people with")).to_be_visible()


def test_groups_that_share_people_are_refused_and_the_way_back_is_a_click(visit):
    page = visit("/disparities?kind=gap&gap_of=black&gap_to=hispanic&split=race_ethnicity")
    heading(page, "This comparison is not valid")
    page.get_by_role("button", name=re.compile("Instead")).click()
    heading(page, "the gap got")


def test_a_word_is_explained_where_it_stands(visit):
    page = visit("/disparities")
    page.get_by_role("button", name="Words used here").click()
    expect(page.get_by_text("What other groups are set against.")).to_be_visible()


@pytest.mark.parametrize(("size", "scheme"), [("laptop", "light"), ("phone", "dark")])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_usable_by_all(visit, screenshots, kind, size, scheme):
    page = visit(
        f"/disparities?place=42101&kind={kind}&measure=nchs_life_expectancy",
        size=size,
        scheme=scheme,
    )
    page.screenshot(path=screenshots / f"disparities-{kind}-{size}-{scheme}.png", full_page=True)
    grave = [
        (found["id"], node["target"], node["failureSummary"])
        for found in Axe().run(page).response["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"]
    ]
    assert grave == []
    assert page.evaluate("document.documentElement.scrollWidth") <= driving.SIZES[size][0]
