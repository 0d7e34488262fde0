"""Health insurance (SAHIE)."""

import zipfile

import pandas as pd
import pytest

from etl.reading import WrongFile
from etl.sources import census_sahie
from tests.etl.golden import GOLDEN, one, transformed

SOURCE, MEASURE, FILE = "census_sahie", "sahie_uninsured", "sahie_2019.csv"
PRINTED = (GOLDEN / SOURCE / FILE).read_bytes()


def changed(folder, old: bytes, new: bytes) -> None:
    assert old in PRINTED
    (folder / FILE).write_bytes(PRINTED.replace(old, new))


def test_county_has_value_counts_and_a_90_percent_interval():
    uninsured = one(transformed(SOURCE), MEASURE, "01001", "2019")
    assert (uninsured["value"], uninsured["numerator"], uninsured["denominator"]) == (
        10,
        4600,
        46000,
    )
    assert (uninsured["low"], uninsured["high"]) == pytest.approx((8.355, 11.645))
    assert (uninsured["level"], uninsured["standard_error"]) == (0.90, 1.0)


def test_line_is_that_of_the_file_with_its_page_of_explanation():
    line = one(transformed(SOURCE), MEASURE, "01001", "2019")["line"]
    assert PRINTED.splitlines()[line - 1].startswith(b"2019,        ,01,001,50,0,0,0,0")


@pytest.mark.parametrize(
    ("group", "value"), [("age_18_64", 12), ("female", 9), ("income_to_138", 20)]
)
def test_groups_are_named_by_the_page_above_the_header(group, value):
    assert one(transformed(SOURCE), MEASURE, "01001", "2019", group)["value"] == value


def test_race_is_there_for_states_only():
    found = transformed(SOURCE)
    assert one(found, MEASURE, "01", "2019", "hispanic")["value"] == 30
    assert found.loc[found["people_group"].eq("hispanic"), "place_id"].tolist() == ["01"]


def test_mixes_of_groups_are_left_out():
    found = transformed(SOURCE)
    assert len(found[found["place_id"].eq("01001")]) == 4


def test_county_without_estimate_is_not_published():
    kalawao = one(transformed(SOURCE), MEASURE, "15005", "2019")
    assert (kalawao["status"], pd.isna(kalawao["value"])) == ("not published", True)


def test_interval_does_not_go_below_zero():
    assert one(transformed(SOURCE), MEASURE, "35013", "2019")["low"] == 0


def test_nation_is_the_sum_of_states_and_only_of_groups_that_all_have():
    found = transformed(SOURCE)
    nation = one(found, MEASURE, "US", "2019")
    assert (nation["value"], nation["origin"]) == (100 * 500_000 / 5_000_000, "computed")
    assert found["place_id"].eq("US").sum() == 1


def test_zip_as_downloaded_gives_the_same(tmp_path):
    with zipfile.ZipFile(tmp_path / "sahie-2019-csv.zip", "w") as archive:
        archive.writestr(FILE, PRINTED)
    found = census_sahie.transform(tmp_path)
    pd.testing.assert_series_equal(found["value"], transformed(SOURCE)["value"])


def test_first_version_of_a_year_published_twice_is_left_out(tmp_path):
    changed(tmp_path, b"2019,        ,01,001,50,0,0,0,0", b"2019,Original,01,001,50,0,0,0,0")
    found = census_sahie.transform(tmp_path)
    assert "everyone" not in set(found.loc[found["place_id"].eq("01001"), "people_group"])


def test_unknown_group_is_refused(tmp_path):
    changed(tmp_path, b"4 - Under 19 years", b"4 - Under 26 years")
    with pytest.raises(WrongFile, match="line 23, column agecat: Unknown group 'Under 26 years'"):
        census_sahie.transform(tmp_path)


def test_code_without_explanation_is_refused(tmp_path):
    changed(tmp_path, b"                                2 - Female    \n", b"")
    with pytest.raises(WrongFile, match="column sexcat: Unknown code '2'"):
        census_sahie.transform(tmp_path)


def test_unknown_marker_is_refused(tmp_path):
    changed(tmp_path, b" 10.0,  1.645", b" (D),  1.645")
    with pytest.raises(WrongFile, match=r"column PCTUI: Expected a number, found '\(D\)'"):
        census_sahie.transform(tmp_path)


def test_row_cut_short_is_refused(tmp_path):
    (tmp_path / FILE).write_bytes(PRINTED[:-60])
    with pytest.raises(WrongFile, match="cut short"):
        census_sahie.transform(tmp_path)


def test_missing_column_is_refused(tmp_path):
    changed(tmp_path, b",PCTUI,", b",PCT,")
    with pytest.raises(WrongFile, match="PCTUI"):
        census_sahie.transform(tmp_path)


def test_web_page_is_refused(tmp_path):
    (tmp_path / FILE).write_text("<!DOCTYPE html><html>Sorry</html>")
    with pytest.raises(WrongFile, match="This is a web page, not data"):
        census_sahie.transform(tmp_path)


def test_another_table_is_refused(tmp_path):
    (tmp_path / FILE).write_text("a,b\n1,2\n")
    with pytest.raises(WrongFile, match="No line begins year,version,statefips"):
        census_sahie.transform(tmp_path)


def test_damaged_archive_is_refused(tmp_path):
    (tmp_path / "sahie-2019-csv.zip").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(WrongFile, match="cut short or damaged"):
        census_sahie.transform(tmp_path)
