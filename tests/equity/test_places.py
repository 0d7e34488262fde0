"""Places are found by what people type."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity import database, places, vintages
from etl import places as etl_places

TYPOS = 500


@pytest.fixture(scope="module")
def index(starter):
    return places.index(starter)


def first(index, text):
    found = places.find(index, text)
    return found[0].place_id if found else None


def ids(index, text):
    return [match.place_id for match in places.find(index, text)]


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("06037", "06037"),
        ("6037", "06037"),
        ("57770", "46102"),
        ("57770-1234", "46102"),
        ("06", "06"),
        ("46113", "46102"),
        ("US", "US"),
        ("usa", "US"),
        ("Los Angeles", "06037"),
        ("los angeles county, california", "06037"),
        ("Hidalgo County TX", "48215"),
        ("hidalgo, tx", "48215"),
        ("Hidalgo County, New Mexico", "35023"),
        ("Oglala Lakota Co.", "46102"),
        ("Acadia County", "22001"),
        ("Doña Ana", "35013"),
        ("dona ana", "35013"),
        ("Mayaguez", "72097"),
        ("Saint Louis city", "29510"),
        ("St. Louis County, Missouri", "29189"),
        ("st louis county mo", "29189"),
        ("prince georges county", "24033"),
        ("Miami Dade", "12086"),
        ("Bristol Bay", "02060"),
        ("Washington DC", "11001"),
        ("kalawao", "15005"),
        ("Chugach", "02063"),
        ("NY", "36"),
        ("north dakota", "38"),
        ("Capitol Planning Region", "09110"),
        ("Fairfield County, Connecticut", "09001"),
    ],
)
def test_one_place_is_meant(index, text, place_id):
    assert places.clear(places.find(index, text)).place_id == place_id


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("Pine Ridge", "46102"),
        ("pine ridge south dakota", "46102"),
        ("Hidalgo", "48215"),
        ("Las Angelos, Califronia", "06037"),
        ("Oglalla Lakotta", "46102"),
        ("De Kalb County, GA", "13089"),
        ("Springfield", "25013"),
        ("Kansas City, MO", "29095"),
        ("city of Portland", "41051"),
        ("Texas", "48"),
        ("Ventura", "06111"),
    ],
)
def test_the_likeliest_place_comes_first(index, text, place_id):
    assert first(index, text) == place_id


def test_hidalgo_offers_both_counties_and_the_towns(index):
    found = places.find(index, "Hidalgo")
    assert [match.place_id for match in found[:3]] == ["48215", "35023", "17079"]
    assert found[2].why == "Town of Hidalgo"
    assert places.clear(found) is None


def test_kansas_city_is_not_kansas(index):
    assert "20" not in ids(index, "Kansas City")


def test_many_counties_of_a_name_leave_room_for_the_city(index):
    assert "11001" in ids(index, "Washington")


def test_fips_code_wins_over_zip_code_and_the_other_is_kept(index):
    found = places.find(index, "06037")
    assert [match.why for match in found] == ["FIPS code 06037", "ZIP code 06037", "ZIP code 06037"]
    assert places.clear(found).place_id == "06037"


def test_connecticut_town_finds_old_county_and_new_region_and_says_why(index):
    notes = {match.place_id: match.note for match in places.find(index, "Bridgeport, CT")}
    assert {"09001", "09120"} <= set(notes)
    assert all(notes[place].startswith(vintages.CONNECTICUT) for place in ("09001", "09120"))


def test_former_codes_are_those_of_the_build():
    recoded = {old: new for old, (new, _) in vintages.FORMER_CODES.items()}
    assert recoded == etl_places.RENAMED | etl_places.MERGED


def test_every_place_of_every_vintage_is_found_by_code_and_by_name(index, starter):
    table = database.ask(starter, "places_to_find")
    assert len(table) == 1 + 52 + 3222 + 1 + 8
    for place in table.itertuples():
        if place.level != "nation":
            assert first(index, place.place_id) == place.place_id
        assert place.place_id in ids(index, place.title)[:2], place.title
        assert place.place_id in ids(index, place.full_name.upper()) or place.level == "county"


def test_typing_errors_are_forgiven(index, starter):
    table = database.ask(starter, "places_to_find")
    dice = random.Random(20240101)
    titles = dice.sample(list(table[table["level"] == "county"]["title"]), TYPOS)
    found = 0
    for title in titles:
        at = dice.randrange(1, len(title.split(",")[0]) - 1)
        typed = title[:at] + title[at + 1] + title[at] + title[at + 2 :]
        found += title in [match.title for match in places.find(index, typed)]
    assert found >= 0.98 * TYPOS


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_answered(index, text):
    found = places.find(index, text)
    assert len(found) <= 8
    assert len({match.place_id for match in found}) == len(found)
    assert all(match.title and match.why for match in found)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["County", "co.", "PARISH", "city of", "St", "saint", ", ,", ",TX", "-", "1"])
)
def test_words_without_a_name_are_answered(index, text):
    assert isinstance(places.find(index, f" {text} "), list)
