"""HDPulse, exported by hand."""

import pytest

from etl.reading import WrongFile
from etl.sources.hdpulse import transform
from tests.etl.golden import GOLDEN, one, transformed

INCOME = "hdpulse_median_household_income"


def income(place_id):
    return one(transformed("hdpulse"), INCOME, place_id, "2019-2023", "black_nh")


def test_counties_states_and_the_nation_are_told_apart():
    assert income("29085")["value"] == 35_084
    assert income("29")["value"] == 68_920
    assert income("US")["value"] == 78_538
    assert income("29085")["line"] == 8


def test_not_available_is_not_published():
    row = income("29103")
    assert (row["status"], row["value"] == row["value"]) == ("not published", False)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Income (Median", "Joy (Median", "line 1: Unknown topic 'Joy"),
        ("Both Sexes", "Some Sexes", "line 2: Unknown people"),
        (", 2019-2023", "", "line 2: Expected people and years"),
        ('"35,084"', '"much"', "line 8, column Value .Dollars.: Expected a number"),
        ("Suggested Citation:", "", "cut short"),
        ("Value (Dollars)", "Dollars", "There is no column Value"),
    ],
)
def test_what_we_do_not_know_is_refused(tmp_path, old, new, message):
    path = GOLDEN / "hdpulse" / "HDPulse_data_export_MO_income.csv"
    (tmp_path / "export.csv").write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(WrongFile, match=message):
        transform(tmp_path)
