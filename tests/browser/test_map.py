"""The county map by mouse, keyboard and touch; and that it shows what the database holds."""

import base64
import json
import re
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from equity import county_map as view
from equity import database
from tests.browser import driving

STATIC = driving.HOUSE / "static"
LOS_ANGELES, FALLS_CHURCH = "06037", "51610"


def drawn(page: Page, title: str | None = None) -> Page:
    """Wait until the map shows a measure."""
    page.locator(f'.county-map[data-drawn^="{title}"]' if title else "[data-drawn]").wait_for()
    driving.settle(page)
    return page


def place_on_screen(page: Page, place_id: str) -> tuple[float, float]:
    """Where a county's label point stands on the screen when the whole country is shown."""
    shapes = json.loads((STATIC / "counties_2019.json").read_text("utf-8"))
    x, y = shapes["labels"][shapes["ids"].index(place_id)]
    stage = page.locator(".stage").bounding_box()
    return (
        stage["x"] + x / shapes["width"] * stage["width"],
        stage["y"] + y / shapes["height"] * stage["height"],
    )


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a select box."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()


def picture(page: Page) -> str:
    """What is painted on the map's canvas."""
    return page.locator("canvas.layer").first.evaluate("canvas => canvas.toDataURL()")


def test_another_measure_is_drawn_and_stands_in_the_address(visit):
    page = drawn(visit("/explore"), "People in poverty")
    before = picture(page)
    choose(page, "Measure", "Deaths per 1,000 people (not age-adjusted) (health outcomes)")
    drawn(page, "Deaths per 1,000 people")
    assert picture(page) != before
    expect(page).to_have_url(re.compile("measure=pep_death_rate"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("The middle half of counties")
    expect(page.locator(".legend")).to_contain_text("Too shaky to compare")


def test_a_county_is_chosen_with_the_mouse(visit):
    page = drawn(visit("/explore"))
    page.mouse.move(*place_on_screen(page, LOS_ANGELES))
    expect(page.locator(".card")).to_contain_text("Los Angeles County, California")
    page.mouse.click(*place_on_screen(page, LOS_ANGELES))
    expect(page).to_have_url(re.compile(f"place={LOS_ANGELES}"))
    button = page.get_by_role("button", name="Open the profile of Los Angeles County")
    expect(button).to_be_visible()


def test_a_county_is_chosen_with_the_keyboard(visit):
    page = drawn(visit("/explore"))
    page.get_by_label("Find a county on the map").fill("falls ch")
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_contain_text("Falls Church city, Virginia. ")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".said")).to_contain_text("Fairfax County, Virginia. ")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("place=51059"))
    expect(page.get_by_text(re.compile(r"Fairfax County, Virginia: \d+\.\d%"))).to_be_visible()


def test_zoom_and_pins_stand_in_the_address_and_open_again(visit):
    page = drawn(visit(f"/explore?place={FALLS_CHURCH}"))
    page.locator(".stage").focus()
    page.keyboard.press("z")
    expect(page).to_have_url(re.compile("zoom=51"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("In Virginia")
    page.locator(".stage").focus()
    page.keyboard.press("p")
    expect(page).to_have_url(re.compile(f"pins={FALLS_CHURCH}"))
    again = drawn(visit(page.url))
    expect(again.get_by_role("button", name="Unpin Falls Church city")).to_be_visible()
    expect(again.get_by_role("heading", level=1)).to_contain_text("In Virginia")
    again.get_by_role("button", name="Whole country").click()
    expect(again).to_have_url(re.compile("zoom=all"))


def test_a_finger_asks_first_and_chooses_with_a_second_tap(visit):
    page = drawn(visit("/explore", size="phone"))
    page.locator(".stage").scroll_into_view_if_needed()
    page.touchscreen.tap(*place_on_screen(page, LOS_ANGELES))
    expect(page.locator(".card")).to_contain_text("Los Angeles County, California")
    expect(page.locator(".card")).to_contain_text("Tap again to choose this county.")
    assert f"place={LOS_ANGELES}" not in page.url
    page.touchscreen.tap(*place_on_screen(page, LOS_ANGELES))
    expect(page).to_have_url(re.compile(f"place={LOS_ANGELES}"))


def test_the_table_sorts_and_chooses(visit):
    page = drawn(visit("/explore?zoom=06"))
    table = page.get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(59)
    table.get_by_role("button", name="County", exact=True).click()
    expect(table.get_by_role("columnheader", name="County")).to_have_attribute(
        "aria-sort", "ascending"
    )
    expect(table.get_by_role("row").nth(1)).to_contain_text("Alameda County")
    table.get_by_role("button", name="Alameda County").click()
    expect(page).to_have_url(re.compile("place=06001"))


def test_numbers_that_must_not_be_ranked_stand_by_name_and_no_value_sorts_them(visit):
    page = drawn(visit("/explore?measure=rucc_code&zoom=06"))
    table = page.get_by_role("table")
    expect(table.get_by_role("row").nth(1)).to_contain_text("Alameda County")
    expect(table).to_contain_text("numbers like these must not be ranked")
    expect(table.get_by_role("button", name="Value")).to_have_count(0)
    table.get_by_role("button", name="County ↑").click()
    expect(table.get_by_role("row").nth(1)).to_contain_text("Yuba County")


def test_the_map_and_its_legend_are_seen_without_scrolling_on_a_small_shared_screen(visit):
    page = drawn(visit("/explore"))
    for part in (".stage", ".legend .help", "h1"):
        box = page.locator(part).bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 720
    title, words = (
        page.locator("h1").bounding_box(),
        page.get_by_text("Of every 100").bounding_box(),
    )
    assert title["y"] + title["height"] <= words["y"] + 8


def test_on_a_phone_the_legend_follows_the_map_without_a_gap(visit):
    page = drawn(visit("/explore", size="phone"))
    stage, legend = (page.locator(part).bounding_box() for part in (".stage", ".legend"))
    assert legend["y"] - (stage["y"] + stage["height"]) < 90
    assert stage["y"] + stage["height"] <= 844


@pytest.mark.parametrize(
    ("measure", "period", "group"),
    [
        ("nci_cancer_deaths", "1999-2003", "female"),
        ("pep_death_rate", "2014", "everyone"),
        ("pep_net_migration_rate", "2019", "everyone"),
    ],
)
def test_the_browser_unpacks_what_the_database_holds(visit, starter, measure, period, group):
    asked = view.counties(
        partial(database.ask, starter), measure=measure, period=period, group=group
    )
    classes = view.classes_of(asked, method="quantiles", count=5)
    numbers = view.draw(asked, classes) | {"shapes": "app/static/counties_2019.json"}
    page = visit("/")
    found = page.evaluate(
        """async (numbers) => {
            const address = new URL("app/static/county_map.js", document.baseURI).href;
            const { drawCountyMap, rankText } = await import(address);
            const map = drawCountyMap(document.body, numbers);
            const rows = await map.rows();
            map.destroy();
            return rows.map((row, i) => ({ ...row,
                rank: row.missing < 0 && i % 40 === 0 ? rankText(numbers, rows, row) : null }));
        }""",
        numbers,
    )
    step = 10 ** asked.words["decimals"]
    for i, (seen, row) in enumerate(zip(found, asked.table.itertuples(), strict=True)):
        assert seen["id"] == row.place_id
        if row.status != "reported":
            assert seen["value"] is None
            assert view.map_numbers.MISSING[seen["missing"]] == row.status
            continue
        assert seen["value"] == pytest.approx(round(row.value * step) / step)
        assert view.map_numbers.GRADES[seen["grade"]] == row.grade
        assert seen["class"] == view.map_classes.class_of(classes, [row.value])[0]
        if row.low == row.low:
            assert seen["low"] == pytest.approx(row.low, abs=0.06 / step * 1.7)
            assert round(seen["high"] * step) == round(row.high * step)
        if seen["rank"]:
            assert seen["rank"] + "." == view.rank_text(asked, i)


def test_another_measure_costs_little_to_send(visit):
    page = drawn(visit("/explore"), "People in poverty")
    sent: list[int] = []
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.on(
        "Network.webSocketFrameReceived",
        lambda event: sent.append(len(base64.b64decode(event["response"]["payloadData"]))),
    )
    choose(
        page, "Measure", "Households with broadband internet (neighborhood and built environment)"
    )
    drawn(page, "Households with broadband")
    page.wait_for_timeout(500)
    assert 5_000 < sum(sent) < 60_000


def test_the_map_is_downloaded_with_its_source(visit):
    page = drawn(visit("/explore?measure=nci_cancer_deaths&group=female&zoom=51"))
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Map as SVG").click()
    picture = waiting.value.path().read_text("utf-8")
    for words in ("In Virginia, the middle half", "Cancer deaths", "National Cancer Institute"):
        assert words in picture


def test_the_map_leads_to_the_profile_and_to_how_the_numbers_were_made(visit):
    page = drawn(visit(f"/explore?place={LOS_ANGELES}&measure=pep_death_rate"))
    page.get_by_role("button", name="How this was made").click()
    expect(page).to_have_url(re.compile("/sources.*measure=pep_death_rate"))
    driving.settle(page)
    page = drawn(visit(f"/explore?place={LOS_ANGELES}&measure=pep_death_rate"))
    page.get_by_role("button", name="Open the profile of Los Angeles County").click()
    expect(page).to_have_url(re.compile(f"/community.*place={LOS_ANGELES}"))
