"""County Health Rankings, behind its terms."""

import pytest

from etl.reading import WrongFile
from etl.sources import describe
from etl.sources.county_health_rankings import TERMS, transform
from tests.etl.golden import GOLDEN, one, transformed

FILE = GOLDEN / "county_health_rankings" / "analytic_data2025.csv"


def row(measure_id, place_id, group="everyone"):
    return one(transformed("county_health_rankings"), measure_id, place_id, "2025", group)


def test_it_is_loaded_only_when_its_terms_are_accepted():
    assert describe("county_health_rankings")["accept_terms"] == TERMS == "chr"


def test_codes_of_the_second_line_name_the_columns():
    life = row("chr_life_expectancy", "01001")
    assert (life["value"], life["low"], life["high"], life["level"]) == (76.6, 75.4, 77.8, 0.95)
    assert (life["status"], life["line"]) == ("reported", 5)


def test_shares_become_percentages():
    assert row("chr_child_poverty", "US")["value"] == pytest.approx(16.21)
    weight = row("chr_low_birthweight", "01")
    assert (weight["value"], weight["high"]) == (pytest.approx(10.48), pytest.approx(10.55))


def test_groups_have_columns_of_their_own():
    assert row("chr_child_poverty", "01001", "black_nh")["value"] == 35
    black = row("chr_life_expectancy", "01001", "black_nh")
    assert (black["value"], black["low"], black["status"]) == (74.9, 72.1, "unreliable")


def test_flags_are_unreliable_and_suppressed():
    assert row("chr_years_of_life_lost", "01001")["status"] == "unreliable"
    hidden = row("chr_life_expectancy", "01003", "black_nh")
    assert (hidden["status"], hidden["value"] == hidden["value"]) == ("suppressed", False)


def test_impossible_life_expectancy_is_left_out_and_unreliable():
    asian = row("chr_life_expectancy", "01001", "asian_nh")
    assert (asian["status"], asian["value"] == asian["value"]) == ("unreliable", False)


def test_no_value_and_no_flag_is_not_published():
    assert row("chr_injury_deaths", "01001")["status"] == "not published"


def test_connecticut_counties_give_way_to_planning_regions():
    life = transformed("county_health_rankings").query("measure_id == 'chr_life_expectancy'")
    assert "09110" in set(life["place_id"])
    assert "09001" not in set(life["place_id"])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("0.1621", "16.21", "line 3, column v024_rawvalue: Expected a share from 0 to 1"),
        ("76.6", "long", "line 5, column v147_rawvalue: Expected a number, found 'long'"),
        ("v147_rawvalue", "life", "column v147_rawvalue: This column is missing"),
    ],
)
def test_what_we_do_not_know_is_refused(tmp_path, old, new, message):
    content = FILE.read_text("utf-8").replace(old, new)
    (tmp_path / FILE.name).write_text(content, "utf-8")
    with pytest.raises(WrongFile, match=message):
        transform(tmp_path)
