"""Find a county and read its profile: by mouse and keyboard, on a phone, and on paper."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import driving

BOX = "Find a community"
POINTS_A_PIXEL = 0.75
# The smallest type among all words that are printed, the zoom of what holds them counted.
SMALLEST_TYPE_PX = """() => {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let smallest = Infinity;
  while (words.nextNode()) {
    const holder = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || !holder.checkVisibility()) continue;
    const size = parseFloat(getComputedStyle(holder).fontSize) * holder.currentCSSZoom;
    smallest = Math.min(smallest, size);
  }
  return smallest;
}"""


def title(page, text):
    expect(page.get_by_role("heading", level=1)).to_have_text(
        text, timeout=driving.LONGEST_RERUN_MS
    )


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_find_a_county_with_the_keyboard_and_read_its_profile(visit, size):
    page = visit("/", size=size)
    page.get_by_label(BOX).fill("hidalgo county tx")
    page.keyboard.press("Enter")
    title(page, "Hidalgo County, Texas")
    driving.settle(page)
    assert re.search(r"/community\?.*place=48215", page.url)
    expect(page.get_by_text("868,707 people (2019)")).to_be_visible()
    if size == "phone":
        page.get_by_label(re.compile("of economic stability")).focus()
        page.keyboard.press("Space")
    poverty = page.get_by_role("row").filter(has_text="People in poverty")
    expect(poverty.first).to_contain_text("29.7%")
    expect(poverty.first).to_contain_text("13.4%")
    expect(page.get_by_role("heading", name="What stands out")).to_be_visible()


def test_several_hits_are_chosen_with_the_keyboard(visit):
    page = visit("/")
    page.get_by_label(BOX).fill("Pine Ridge")
    page.keyboard.press("Enter")
    choice = page.get_by_role("button", name="Oglala Lakota County, South Dakota")
    choice.focus()
    page.keyboard.press("Enter")
    title(page, "Oglala Lakota County, South Dakota")


def test_fips_code_that_is_also_a_zip_code_opens_the_county_and_offers_the_other(visit):
    page = visit("/")
    page.get_by_label(BOX).fill("06037")
    page.get_by_role("button", name="Find", exact=True).click()
    title(page, "Los Angeles County, California")
    page.get_by_role("button", name="Capitol Planning Region, Connecticut").click()
    title(page, "Capitol Planning Region, Connecticut")


def test_where_a_number_comes_from_is_one_click_away(visit):
    page = visit("/community?place=06037")
    row = page.get_by_role("row").filter(has_text="People in poverty").first
    row.get_by_text("People in poverty").click()
    expect(row.get_by_text("Published by US Census Bureau")).to_be_visible()
    row.get_by_role("link", name="Its whole card").click()
    title(page, "Sources and methods")
    driving.settle(page)
    assert "measure=acs_poverty" in page.url


def test_the_address_reopens_the_same_profile(visit):
    path = "/community?place=46102&alike=population%2Cpoverty&trend=pep_death_rate&all=true"
    first, second = (visit(path).get_by_test_id("stMain").inner_text() for _ in range(2))
    assert "nearest on population size and poverty." in first
    assert "Deaths per 1,000 people (not age-adjusted): rose from 8.5" in first
    assert first == second


@pytest.mark.parametrize("place", ["06037", "46102", "28055", "72001", "09110"])
def test_profile_prints_on_two_sheets_in_type_of_nine_points(visit, place):
    page = visit(f"/community?place={place}")
    page.emulate_media(media="print")
    for sheet in ("Letter", "A4"):
        paper = page.pdf(format=sheet, prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= 2
    smallest = page.evaluate(SMALLEST_TYPE_PX)
    assert smallest * POINTS_A_PIXEL >= 9
    expect(page.get_by_text("How it stands")).to_be_visible()


def test_what_is_printed_is_not_seen_on_the_screen(visit):
    page = visit("/community?place=06037")
    expect(page.locator(".paper").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_role("textbox")).to_have_count(0)
    expect(page.get_by_role("heading", name="How it stands")).to_have_count(1)


def test_on_a_phone_a_domain_is_its_finding_until_it_is_opened_by_tap_or_key(visit):
    page = visit("/community?place=06037", size="phone")
    table = page.get_by_role("row").filter(has_text="People in poverty")
    opener = page.get_by_label(re.compile("of economic stability"))
    expect(page.get_by_role("heading", name="Economic stability")).to_be_visible()
    expect(page.get_by_role("heading", name="Who lives here")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Hispanic or Latino").first).to_be_visible()
    expect(page.get_by_role("heading", name="What stands out")).to_be_visible()
    expect(table).to_have_count(0)
    opener.tap()
    expect(table.first).to_be_visible()
    opener.press("Space")
    expect(table).to_have_count(0)
    page.get_by_text(re.compile("of economic stability")).tap()
    expect(table.first).to_be_visible()
    assert opener.locator("xpath=..").bounding_box()["height"] >= 44


def test_on_a_laptop_every_domain_is_open(visit):
    page = visit("/community?place=06037")
    expect(page.get_by_label(re.compile("of economic stability"))).to_be_hidden()
    expect(page.get_by_role("row").filter(has_text="People in poverty").first).to_be_visible()
