"""Categories on the county map: the browser finds each county's class, its facts, and draws the square."""

import numpy as np
import pytest
from playwright.sync_api import expect

from equity import category_map, database, map_numbers
from equity.category_map import Category, Fact, Side, Square

WORDS = ("low", "middle", "high")
DRAW = """async (numbers) => {
    const address = new URL("app/static/county_map.js", document.baseURI).href;
    const { drawCountyMap } = await import(address);
    document.body.replaceChildren();
    const map = drawCountyMap(document.body, numbers);
    return await map.rows();
}"""


@pytest.fixture
def numbers(starter) -> tuple[dict, np.ndarray, np.ndarray]:
    """Poverty and deaths by thirds, as packed, with the numbers they are made of."""
    chosen = {"period": "2015-2019", "group": "everyone"}
    poverty = database.ask(starter, "map_counties", measure="acs_poverty", **chosen)
    deaths = database.ask(
        starter, "map_counties", measure="pep_death_rate", period="2019", group="everyone"
    )
    thirds = [
        np.searchsorted(np.nanquantile(table["value"], [1 / 3, 2 / 3]), table["value"])
        for table in (poverty, deaths)
    ]
    both = (poverty["value"].notna() & deaths["value"].notna()).to_numpy()
    category = np.where(both, thirds[1] * 3 + thirds[0], np.nan)
    table = deaths.assign(category=category)
    nine = [
        Category(f"{one} deaths, {other} poverty", f"{one} {other}", f"#{k}{k}{k}", f"#{k}{k}f")
        for k, (one, other) in enumerate((one, other) for one in WORDS for other in WORDS)
    ]
    side = tuple((word, f"{word} bounds") for word in WORDS)
    packed = category_map.numbers(
        table,
        nine,
        title="Deaths and poverty",
        legend_title="Two measures",
        legend_note="Thirds.",
        facts=[
            Fact("Poverty", poverty["value"].to_numpy(float), 1, suffix="%"),
            Fact("Deaths", deaths["value"].to_numpy(float), 1),
        ],
        square=Square(Side("Poverty", side), Side("Deaths", side)),
    )
    packed |= {"shapes": "app/static/counties_2019.json", "warning": "What not to do. A test."}
    return packed, category, poverty["value"].to_numpy(float)


def test_the_browser_finds_each_countys_category_and_facts(visit, numbers):
    packed, category, poverty = numbers
    rows = visit("/").evaluate(DRAW, packed)
    assert len(rows) == len(category)
    for row, wanted, share in zip(rows, category, poverty, strict=True):
        assert row["facts"][0] == f"Poverty: {share:.1f}%"
        if np.isnan(wanted):
            assert row["class"] == -1
            assert map_numbers.MISSING[row["missing"]] == "not published"
            assert row["facts"][1] == "Deaths: no number"
        else:
            assert row["class"] == wanted


def test_the_square_counts_every_county_once_with_the_highest_row_on_top(visit, numbers):
    packed, category, _ = numbers
    page = visit("/")
    page.evaluate(DRAW, packed)
    square = page.locator("table.square")
    rows = square.locator("tbody tr")
    expect(rows).to_have_count(3)
    counts = [
        [int(cell.replace(",", "")) for cell in rows.nth(k).locator("td").all_inner_texts()]
        for k in range(3)
    ]
    wanted = np.bincount(category[np.isfinite(category)].astype(int), minlength=9).reshape(3, 3)
    assert counts == wanted[::-1].tolist()
    expect(rows.nth(0).locator("th")).to_contain_text("high")


def test_a_warning_is_painted_across_the_map(visit, numbers):
    packed, *_ = numbers
    page = visit("/")
    painted = "document.querySelectorAll('canvas.layer')[1].toDataURL().length"
    page.evaluate(DRAW, packed)
    warned = page.evaluate(painted)
    page.evaluate(DRAW, packed | {"warning": ""})
    assert warned > 1.5 * page.evaluate(painted)
