"""Compare places: from the map and the profile, by keyboard, kept in the address, refused kindly."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser import driving
from tests.browser.driving import LONGEST_RERUN_MS

KINDS = ("Side by side", "Among all counties", "In order", "Over time")


def finding(page):
    return page.get_by_role("heading", level=2).first


def grave(page) -> list:
    found = Axe().run(page).response["violations"]
    return [
        (one["id"], node["target"], node["failureSummary"])
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def test_a_place_is_added_with_the_keyboard_and_stands_in_the_address(visit):
    page = visit("/compare?measure=acs_poverty&places=06037,US")
    page.get_by_label("Add a place").fill("hidalgo county tx")
    page.keyboard.press("Enter")
    expect(page.get_by_title("Hidalgo County, Texas", exact=True)).to_be_visible(
        timeout=LONGEST_RERUN_MS
    )
    driving.settle(page)
    assert re.search(r"places=06037(,|%2C)US(,|%2C)48215", page.url)
    expect(
        page.get_by_role("row").filter(has_text="Los Angeles County and Hidalgo County")
    ).to_be_visible()


def test_each_way_to_show_places_is_one_click_and_has_no_grave_fault(visit):
    page = visit("/compare?measure=pep_death_rate&places=06037,46102,31005")
    for kind in KINDS:
        page.get_by_role("radio", name=kind).or_(
            page.get_by_role("button", name=kind)
        ).first.click()
        driving.settle(page)
        expect(finding(page)).to_contain_text("Deaths per 1,000 people", timeout=LONGEST_RERUN_MS)
        expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=LONGEST_RERUN_MS)
        assert grave(page) == []


def test_the_address_reopens_the_same_comparison(visit):
    path = "/compare?kind=ranking&measure=pep_death_rate&places=06037,46102"
    first, second = (visit(path).get_by_test_id("stMain").inner_text() for _ in range(2))
    assert "has rank" in first
    assert "tied with" in first
    assert first == second


def test_a_refused_order_says_why_and_opens_as_a_lesson_that_ends_with_the_view(visit):
    page = visit("/compare?kind=ranking&measure=rucc_code&places=06037,46102")
    expect(finding(page)).to_have_text("This comparison is not valid")
    page.get_by_role("button", name="Show it as a lesson in what not to do").click()
    expect(finding(page)).to_contain_text("What not to do:", timeout=LONGEST_RERUN_MS)
    driving.settle(page)
    assert "lesson=what" in page.url
    expect(
        page.locator(".js-plotly-plot").get_by_text("What not to do", exact=True)
    ).to_be_visible()
    page.get_by_role("button", name="Close the lesson").click()
    expect(finding(page)).to_have_text("This comparison is not valid", timeout=LONGEST_RERUN_MS)


def test_what_may_be_done_instead_is_one_click_away(visit):
    page = visit("/compare?kind=ranking&measure=rucc_code&places=06037,46102")
    page.get_by_role("button", name="Instead:").click()
    expect(page.get_by_role("img").or_(page.locator("canvas")).first).to_be_visible(
        timeout=LONGEST_RERUN_MS
    )
    driving.settle(page)
    assert "/explore" in page.url
    assert "measure=rucc_code" in page.url


def test_the_map_opens_the_comparison_with_its_measure_and_place(visit):
    page = visit("/explore?measure=pep_death_rate&place=46102")
    page.get_by_role("button", name="Compare this").click()
    expect(finding(page)).to_contain_text("Deaths per 1,000 people", timeout=LONGEST_RERUN_MS)
    expect(page.get_by_title("Oglala Lakota County, South Dakota", exact=True)).to_be_visible(
        timeout=LONGEST_RERUN_MS
    )
    expect(page.get_by_title("United States", exact=True)).to_be_visible(timeout=LONGEST_RERUN_MS)


def test_pinned_counties_are_those_compared(visit):
    page = visit("/explore?measure=pep_death_rate&pins=06037,31005")
    page.get_by_role("button", name="Compare this").click()
    driving.settle(page)
    expect(page.get_by_title("Arthur County, Nebraska", exact=True)).to_be_visible(
        timeout=LONGEST_RERUN_MS
    )
    assert re.search(r"places=06037(,|%2C)31005(&|$)", page.url)


def test_the_profile_opens_the_comparison(visit):
    page = visit("/community?place=46102")
    page.get_by_role("button", name="Compare with other places").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Compare places", timeout=LONGEST_RERUN_MS
    )
    expect(page.get_by_title("Oglala Lakota County, South Dakota", exact=True)).to_be_visible(
        timeout=LONGEST_RERUN_MS
    )


@pytest.mark.parametrize("size", driving.SIZES)
def test_the_link_of_a_view_reopens_it(visit, size):
    page = visit("/compare?kind=distribution&measure=acs_poverty&places=46102,31005", size=size)
    page.get_by_role("button", name="Link to this view").click()
    link = page.get_by_test_id("stCode").filter(has_text="compare?").inner_text()
    said = finding(page).inner_text()
    again = visit(re.sub(r"^https?://[^/]+", "", link.strip()), size=size)
    assert finding(again).inner_text() == said


def test_numbers_are_taken_away_as_a_file_with_their_words(visit):
    page = visit("/compare?measure=acs_poverty&places=06037,06")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Numbers as CSV").click()
    text = waiting.value.path().read_text("utf-8")
    assert text.startswith('"# People in poverty')
    assert "Source: " in text
    assert '"Los Angeles County, California"' in text
