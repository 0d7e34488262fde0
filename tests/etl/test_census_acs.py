"""American Community Survey: summary files, API answers, percentages, margins."""

import math
import tracemalloc

import pytest

from equity.errors import Problem
from etl import census_tables
from etl.observations import completed
from etl.reading import WrongFile
from etl.sources import census_acs
from tests.etl.golden import one, transformed

PERIOD = "2020-2024"


@pytest.fixture(scope="module")
def found():
    return transformed("census_acs")


def test_share_of_a_group_has_the_margin_of_a_proportion(found):
    owners = one(found, "acs_home_ownership", "01001", PERIOD, "black")
    assert (owners["value"], owners["numerator"], owners["denominator"]) == (25, 20, 80)
    margin = 100 * math.sqrt(10**2 - 0.25**2 * 20**2) / 80
    assert owners["high"] == pytest.approx(25 + margin)
    assert owners["low"] == pytest.approx(25 - margin)
    assert owners["standard_error"] == pytest.approx(margin / 1.645)
    assert (owners["level"], owners["line"]) == (0.90, 7)


def test_sum_of_parts_counts_only_the_largest_margin_among_zeros(found):
    uninsured = one(found, "acs_uninsured", "01001", PERIOD, "black")
    assert uninsured["value"] == 10
    parts = math.sqrt(22**2 + 8**2 + 6**2)
    assert uninsured["standard_error"] == pytest.approx(
        100 * math.sqrt(parts**2 - 0.1**2 * 20**2) / 200 / 1.645
    )
    assert uninsured["low"] == 0


def test_share_of_everybody_keeps_a_margin_and_stays_within_100(found):
    owners = one(found, "acs_home_ownership", "01005", PERIOD, "black")
    assert (owners["value"], owners["high"]) == (100, 100)
    assert owners["standard_error"] == pytest.approx(100 * 9 / 20 / 1.645)


def test_group_with_nobody_in_it_has_no_share(found):
    owners = one(found, "acs_home_ownership", "01003", PERIOD, "black")
    assert owners["status"] == "not published"
    assert owners[["value", "low", "high", "standard_error"]].isna().all()


def test_nation_and_states_are_published_rows_and_parts_of_areas_are_left_out(found):
    owners = found[found["measure_id"].eq("acs_home_ownership")]
    assert owners["place_id"].tolist() == ["US", "01", "01001", "01003", "01005", "48301"]
    assert set(owners["origin"]) == {"published"}
    assert one(found, "acs_home_ownership", "US", PERIOD, "black")["value"] == 40


@pytest.mark.parametrize(
    ("measure_id", "place_id", "group"),
    [
        ("acs_home_ownership", "48301", "black"),
        ("acs_median_household_income", "02282", "everyone"),
        ("acs_uninsured", "01003", "black"),
    ],
)
def test_code_in_place_of_a_value_is_not_published(found, measure_id, place_id, group):
    withheld = one(found, measure_id, place_id, PERIOD, group)
    assert withheld["status"] == "not published"
    assert withheld[["value", "low", "high", "standard_error"]].isna().all()


def test_open_ended_median_carries_a_warning_and_no_margin(found):
    income = one(found, "acs_median_household_income", "51610", PERIOD)
    assert (income["value"], income["status"]) == (250001, "unreliable")
    assert math.isnan(income["high"])


def test_estimate_without_enough_answers_for_a_margin_carries_a_warning(found):
    income = one(found, "acs_median_household_income", "48269", PERIOD)
    assert (income["value"], income["status"]) == (52000, "unreliable")


def test_estimate_fixed_to_a_count_has_a_margin_of_zero(found):
    people = one(found, "acs_population", "01001", PERIOD)
    assert (people["value"], people["low"], people["high"]) == (59000, 59000, 59000)
    assert people["standard_error"] == 0


def test_percentages_without_margins_and_with_a_gap(found):
    assert one(found, "acs_uninsured", "01001", "2014-2018")["value"] == 7.1
    gap = one(found, "acs_unemployment", "35039", "2014-2018")
    assert (gap["status"], gap["line"]) == ("not published", 3)
    assert math.isnan(gap["value"])


def write(path, *lines):
    path.write_text("\n".join(lines) + "\n")
    return path


def refused(path) -> str:
    with pytest.raises(WrongFile) as refusal:
        census_acs.transform(path.parent)
    return str(refusal.value)


def test_web_page_in_place_of_an_api_answer_is_refused(tmp_path):
    message = refused(
        write(tmp_path / "2024-b17001.json", "<html><head><title>Missing Key</title>")
    )
    assert "2024-b17001.json, line 1: This is a web page" in message


def test_sentence_in_place_of_an_api_answer_is_refused(tmp_path):
    message = refused(write(tmp_path / "2024-b17001.json", "error: unknown variable 'B17001_999E'"))
    assert "not an answer of the Census API" in message


def test_web_page_in_place_of_a_summary_file_is_refused(tmp_path):
    message = refused(write(tmp_path / "acsdt5y2024-b01003.dat", "<!DOCTYPE html>", "<p>busy</p>"))
    assert "line 1: This is a web page" in message


def test_summary_file_cut_short_is_refused_with_its_line(tmp_path):
    path = tmp_path / "acsdt5y2024-b19013.dat"
    write(path, "GEO_ID|B19013_E001|B19013_M001", "0100000US|80000|100", "0500000US01001|70")
    assert "line 3: The row has 2 of 3 columns" in refused(path)


def test_summary_file_cut_short_after_the_counties_is_refused_too(tmp_path):
    path = tmp_path / "acsdt5y2024-b19013.dat"
    write(path, "GEO_ID|B19013_E001|B19013_M001", "0500000US01001|70|3", "1400000US010010")
    assert "line 3: The row has 1 of 3 columns" in refused(path)


def test_damaged_byte_is_refused_with_its_line(tmp_path):
    path = tmp_path / "acsdt5y2024-b19013.dat"
    path.write_bytes(b"GEO_ID|B19013_E001|B19013_M001\n0500000US01001|7\xf90|3\n")
    assert "line 2, column B19013_001E: Expected a number, found '7\xf90'" in refused(path)


def test_unknown_negative_code_is_refused_with_line_and_column(tmp_path):
    path = tmp_path / "acsdt5y2024-b19013.dat"
    write(path, "GEO_ID|B19013_E001|B19013_M001", "0100000US|80000|100", "0500000US01001|-7|3")
    assert "line 3, column B19013_001E: Expected a count or a known code, found '-7'" in refused(
        path
    )


def test_unknown_remark_is_refused(tmp_path):
    path = tmp_path / "2024-b01003.json"
    header = '["B01003_001E","B01003_001EA","state","county"]'
    write(path, f"[{header},", '["5","perhaps","01","001"]]')
    assert "column B01003_001EA: Unknown remark 'perhaps'" in refused(path)


def test_table_that_no_measure_uses_is_refused(tmp_path):
    path = tmp_path / "acsdt5y2024-b05001.dat"
    write(path, "GEO_ID|B05001_E001|B05001_M001", "0100000US|5|1")
    assert "no table that we use" in refused(path)


@pytest.mark.parametrize(
    ("header", "column"),
    [
        # A share of several groups, of which one group's cell is gone.
        (["B03002_001E", "B03002_003E", "B03002_004E"], "B03002_005E"),
        # A sum of parts, of which one is gone.
        (["B25070_007E", "B25070_008E", "B25070_010E"], "B25070_009E"),
        # The part, or the whole, of a share.
        (["B25003_001E"], "B25003_002E"),
        (["B25003_002E"], "B25003_001E"),
    ],
)
def test_answer_that_lacks_a_column_is_refused_with_its_name(tmp_path, header, column):
    path = tmp_path / "2024-housing.json"
    names, cells = ",".join(f'"{name}"' for name in header), '"5",' * len(header)
    write(path, f'[[{names},"state","county"],', f'[{cells}"01","001"]]')
    assert f"line 1, column {column}: This column is missing" in refused(path)


def test_answer_asked_for_one_measure_of_a_table_is_taken(tmp_path):
    """The lines of B15003 on college degrees need none of those on high school."""
    header = ",".join(f'"B15003_{line:03}E"' for line in (1, 22, 23, 24, 25))
    write(
        tmp_path / "2024-college.json",
        f'[[{header},"state","county"],',
        '["50","5","3","1","1","01","001"]]',
    )
    found = completed(census_acs.transform(tmp_path))
    assert found[["measure_id", "value"]].to_numpy().tolist() == [["acs_bachelors_degree", 20]]


def test_name_without_a_year_is_refused(tmp_path):
    path = tmp_path / "poverty.json"
    write(path, '[["B01003_001E","state","county"],', '["5","01","001"]]')
    assert "The name has no year in it" in refused(path)


def test_summary_file_is_filtered_while_it_is_read(tmp_path):
    path = tmp_path / "acsdt5y2024-b01003.dat"
    tracts = "".join(f"1400000US{n:011}|1234|56\n" for n in range(700_000))
    path.write_text("GEO_ID|B01003_E001|B01003_M001\n0100000US|9|1\n" + tracts, newline="\n")
    assert path.stat().st_size > 18_000_000
    tracemalloc.start()
    rows = census_tables.summary_file(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rows["place_id"].tolist() == ["US"]
    assert peak < 3_000_000


def asked_for(monkeypatch, tmp_path, *, key: str, fails: tuple[str, ...] = ()) -> list[tuple]:
    monkeypatch.setenv("CENSUS_API_KEY", key)
    asked = []

    def download(url, name, secret=None):
        asked.append((url, name, secret))
        if name in fails:
            raise Problem("not there")
        return tmp_path / name

    census_acs.extract(tmp_path, download)
    return asked


def test_without_a_key_every_table_comes_as_a_summary_file(monkeypatch, tmp_path):
    missing = "acsdt5y2024-b01003.dat"
    asked = asked_for(monkeypatch, tmp_path, key="", fails=(missing,))
    names = {name for _, name, _ in asked}
    tables = {cell.split("_")[0].lower() for recipe in census_acs.RECIPES for cell in recipe.parts}
    assert names == {f"acsdt5y2024-{table}.dat" for table in tables}
    assert all(url.endswith(name) and secret is None for url, name, secret in asked)


def test_with_a_key_counties_states_and_nation_come_from_the_api(monkeypatch, tmp_path):
    asked = asked_for(monkeypatch, tmp_path, key="s3cret")
    base = "https://api.census.gov/data/2024/acs/acs5?get=group(B17001B)&for="
    urls = {name: url for url, name, _ in asked}
    assert urls["2024-b17001b-county.json"] == f"{base}county:*"
    assert urls["2024-b17001b-state.json"] == f"{base}state:*"
    assert urls["2024-b17001b-us.json"] == f"{base}us:1"
    assert all(secret == {"key": "s3cret"} and "s3cret" not in url for url, _, secret in asked)


def test_refused_key_is_not_tried_on_every_table(monkeypatch, tmp_path):
    with pytest.raises(Problem, match="not there"):
        asked_for(monkeypatch, tmp_path, key="bad", fails=("2024-b01003-county.json",))


def test_states_and_nation_of_the_api_are_read_and_win_over_sums(tmp_path):
    states = [f"{n:02}" for n in range(1, 57) if n not in (3, 7, 14, 43, 52)]
    header = '["B01003_001E","state","county"]'
    rows = [f'["10","{state}","001"]' for state in states]
    write(tmp_path / "2024-b01003-county.json", f"[{header},", ",\n".join(rows) + "]")
    write(tmp_path / "2024-b01003-us.json", '[["B01003_001E","us"],', '["511","1"]]')
    found = completed(census_acs.transform(tmp_path))
    nation = one(found, "acs_population", "US", PERIOD)
    assert (nation["value"], nation["origin"]) == (511, "published")
    assert one(found, "acs_population", "01", PERIOD)["origin"] == "summed from counties"


def test_table_that_came_both_ways_counts_once(tmp_path):
    cells = "0500000US01001|59000|30"
    write(tmp_path / "acsdt5y2024-b01003.dat", "GEO_ID|B01003_E001|B01003_M001", cells)
    write(
        tmp_path / "2024-b01003.json", '[["B01003_001E","state","county"],', '["59000","01","001"]]'
    )
    people = one(census_acs.transform(tmp_path), "acs_population", "01001", PERIOD)
    assert (people["file"], people["high"]) == ("acsdt5y2024-b01003.dat", 59030)
