"""State Cancer Profiles, exported by hand."""

import pytest

from etl.reading import WrongFile
from etl.sources import measure_table
from etl.sources.state_cancer_profiles import transform
from tests.etl.golden import GOLDEN, one, transformed

FOLDER = GOLDEN / "state_cancer_profiles"
CASES = "scp_cases_cervical_cancer"
WOMEN = "black_nh+female"


def cases(place_id):
    return one(transformed("state_cancer_profiles"), CASES, place_id, "2018-2022", WOMEN)


def test_rate_has_the_first_of_the_two_intervals():
    rate = cases("22105")
    assert (rate["value"], rate["low"], rate["high"]) == (16.3, 9.2, 26.8)
    assert (rate["status"], rate["line"]) == ("reported", 11)


def test_star_is_suppressed_and_bedford_city_and_county_is_the_county():
    assert cases("51019")["status"] == "suppressed"


def test_a_state_that_keeps_counties_back_is_not_published():
    assert cases("20209")["status"] == "not published"
    assert cases("72")["status"] == "not published"


def test_nation_has_code_00000():
    assert cases("US")["value"] == 8.2


def test_deaths_by_state_and_age_are_another_measure():
    rate = one(
        transformed("state_cancer_profiles"),
        "scp_deaths_lung_cancer",
        "21",
        "2019-2023",
        "age_65_over",
    )
    assert rate["value"] == 1245.1


def test_measures_are_those_of_the_files():
    words = measure_table("state_cancer_profiles", [FOLDER]).set_index("measure_id")
    assert words.loc[CASES, "title"] == "New cases of cervical cancer per 100,000"
    assert words.loc["scp_deaths_lung_cancer", "short_title"] == "Deaths: lung cancer"
    assert (words["short_title"].str.len() <= 28).all()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Cervix (All", "Elbow (All", "Unknown cancer 'Elbow'"),
        ("Black Non-Hispanic", "Green", "line 5: Unknown people 'Green, Female, All Ages'"),
        ("2018-2022", "lately", "line 3: Expected a cancer and years"),
        ("Notes:", "", "cut short"),
        ("16.3 ", "~ ", "line 11, column Age-Adjusted Incidence Rate.*found '~ '"),
        ("Incidence Rate Report", "Dear", "no State Cancer Profiles export"),
        ("Lower 95% Confidence Interval", "Lower", "column Lower 95% Confidence Interval"),
    ],
)
def test_what_we_do_not_know_is_refused(tmp_path, old, new, message):
    content = (FOLDER / "cervical-black.csv").read_text("utf-8").replace(old, new)
    (tmp_path / "export.csv").write_text(content, "utf-8")
    with pytest.raises(WrongFile, match=message):
        transform(tmp_path)
