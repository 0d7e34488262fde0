"""Health professional shortage areas."""

import pytest

from etl.reading import WrongFile
from etl.sources import hrsa_shortage
from tests.etl.golden import GOLDEN, one, transformed

SOURCE, FILE, MONTH = "hrsa_shortage", "BCD_HPSA_FCT_DET_PC.csv", "2026-07..2026-07"
PRINTED = (GOLDEN / SOURCE / FILE).read_text()


def changed(folder, old: str, new: str) -> None:
    assert old in PRINTED
    (folder / FILE).write_text(PRINTED.replace(old, new))


@pytest.mark.parametrize(
    ("place_id", "value", "why"),
    [
        ("01001", 2, "the whole county, everyone"),
        ("01003", 1, "the whole county, but only people with low incomes"),
        ("01005", 0, "withdrawn"),
        ("01007", 0, "proposed for withdrawal"),
        ("09110", 1, "a part of the county"),
        ("46102", 2, "under its old code"),
        ("48301", 0, "in no row at all"),
    ],
)
def test_county_is_short_of_care_in_whole_in_part_or_not(place_id, value, why):
    assert one(transformed(SOURCE), "hpsa_primary_care", place_id, MONTH)["value"] == value, why


def test_score_is_the_highest_of_areas_and_groups_not_of_clinics():
    score = one(transformed(SOURCE), "hpsa_primary_care_score", "01001", MONTH)
    assert (score["value"], score["line"]) == (18, 3)


def test_county_without_a_designated_area_has_no_score():
    found = transformed(SOURCE)
    scored = found[found["measure_id"].eq("hpsa_primary_care_score")]
    assert set(scored["place_id"]) == {"01001", "01003", "09110", "46102"}


def test_old_code_of_connecticut_leaves_the_rest_of_the_state_untold():
    found = transformed(SOURCE)
    shortage = found[found["measure_id"].eq("hpsa_primary_care")]
    assert shortage[shortage["place_id"].str.startswith("09")]["place_id"].tolist() == ["09110"]
    assert len(shortage) == 3144 + 78 - 8


def test_unknown_status_is_refused(tmp_path):
    changed(tmp_path, "Proposed For Withdrawal", "Under Review")
    with pytest.raises(WrongFile, match="column HPSA Status: Unknown status 'Under Review'"):
        hrsa_shortage.transform(tmp_path)


def test_missing_column_is_refused(tmp_path):
    changed(tmp_path, ",HPSA Score,", ",Score,")
    with pytest.raises(WrongFile, match="line 1: A column is missing.*HPSA Score"):
        hrsa_shortage.transform(tmp_path)


def test_file_cut_short_is_refused(tmp_path):
    (tmp_path / FILE).write_text(PRINTED[:-300])
    with pytest.raises(WrongFile, match="cut short"):
        hrsa_shortage.transform(tmp_path)


def test_file_with_no_designated_area_is_refused(tmp_path):
    changed(tmp_path, ",Designated,", ",Withdrawn,")
    with pytest.raises(WrongFile, match="No area in it is designated"):
        hrsa_shortage.transform(tmp_path)


def test_web_page_is_refused(tmp_path):
    (tmp_path / FILE).write_text("\n<!doctype html><html></html>")
    with pytest.raises(WrongFile, match="This is a web page"):
        hrsa_shortage.transform(tmp_path)


def test_another_discipline_is_another_measure(tmp_path):
    changed(tmp_path, "Primary Care", "Dental Health")
    assert set(hrsa_shortage.transform(tmp_path)["measure_id"]) == {
        "hpsa_dental",
        "hpsa_dental_score",
    }
