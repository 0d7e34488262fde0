"""Small Area Income and Poverty Estimates."""

import pytest

from etl.reading import WrongFile
from etl.sources import census_saipe
from tests.etl.golden import one, transformed


@pytest.fixture(scope="module")
def found():
    return transformed("census_saipe")


def test_percentage_has_its_published_interval_and_its_people(found):
    poverty = one(found, "saipe_poverty", "01001", "2024")
    assert (poverty["value"], poverty["low"], poverty["high"]) == (11.7, 9.3, 14.1)
    assert (poverty["level"], poverty["numerator"], poverty["line"]) == (0.90, 7004, 3)
    assert poverty["standard_error"] == pytest.approx(2.4 / 1.645)


def test_each_measure_takes_its_own_three_columns(found):
    row = found[found["place_id"].eq("01001")].set_index("measure_id")["value"].to_dict()
    assert row == {
        "saipe_poverty": 11.7,
        "saipe_child_poverty": 17.0,
        "saipe_school_age_poverty": 16.7,
        "saipe_median_household_income": 68857,
    }


def test_state_and_nation_are_rows_of_the_file(found):
    assert one(found, "saipe_median_household_income", "01", "2024")["value"] == 62248
    assert one(found, "saipe_poverty", "US", "2024")["value"] == 12.1


def test_a_dot_is_not_published(found):
    kalawao = found[found["place_id"].eq("15005")]
    assert set(kalawao["status"]) == {"not published"}
    assert kalawao[["value", "low", "high", "level", "numerator"]].isna().all(axis=None)


def test_row_whose_last_numbers_are_blank_is_read(found):
    assert one(found, "saipe_poverty", "35013", "2024")["value"] == 22.5


def refused(folder, name: str, content: str) -> str:
    (folder / name).write_text(content)
    with pytest.raises(WrongFile) as refusal:
        census_saipe.transform(folder)
    return str(refusal.value)


def test_row_cut_short_is_refused_with_its_line(tmp_path):
    good = " 1   1" + " 5" * 21 + " Autauga County AL\n"
    message = refused(tmp_path, "est24all.txt", good + " 1   3 7004 5599\n")
    assert message.startswith("est24all.txt, line 2: Expected two codes, 21 numbers and a name")


def test_name_in_place_of_a_number_is_refused(tmp_path):
    content = " 1   1" + " 5" * 20 + " Autauga County AL\n"
    message = refused(tmp_path, "est24all.txt", content)
    assert "line 1, column income_high: Expected a number, found 'Autauga'" in message


def test_web_page_is_refused(tmp_path):
    assert "This is a web page" in refused(tmp_path, "est24all.txt", "<html>520</html>")


def test_workbook_that_is_none_is_refused(tmp_path):
    assert "not a whole Excel 97 workbook" in refused(tmp_path, "est23all.xls", "<html>520</html>")


def test_workbook_with_moved_columns_is_refused():
    header = ["State FIPS Code", "County FIPS Code", "Postal Code", "Name", "Poverty Percent"]
    with pytest.raises(WrongFile, match="Expected 'Poverty Estimate, All Ages' in column 5"):
        census_saipe.require_layout("est23all.xls", [[], [], [], header, []])
