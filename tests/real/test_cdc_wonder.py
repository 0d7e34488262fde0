"""CDC WONDER: the four real exports read with pandas alone."""

import io

import pandas as pd
import pytest

from tests.real.spot_check import assert_same_cells, built, number

pytestmark = pytest.mark.real
RACES = {
    "American Indian or Alaska Native": "aian",
    "Asian": "asian",
    "Asian or Pacific Islander": "asian_pacific",
    "Black or African American": "black",
    "More than one race": "two_or_more",
    "Native Hawaiian or Other Pacific Islander": "nhpi",
    "White": "white",
}
ORIGIN = {"Hispanic or Latino": "+hispanic_origin", "Not Hispanic or Latino": "_nh"}
NOT_STATED = "+hispanic_origin_not_stated"
GONE = ["02201", "02232", "02280", "51515", "51560"]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    from tests.conftest import SHARED

    if not (SHARED / "raw").is_dir():
        pytest.skip(f"the publishers' files are not there ({SHARED / 'raw'})")
    return built(tmp_path_factory.mktemp("wonder"), SHARED / "raw", "cdc_wonder")


def table(shared_raw, name):
    content = (shared_raw / "cdc_wonder" / name).read_bytes().decode().replace("\r\n", "\n")
    rows = pd.read_csv(
        io.StringIO(content.split('\n"---"')[0]), sep="\t", dtype=str, keep_default_na=False
    )
    return rows[rows["Notes"] == ""]


def status(cell):
    if cell.endswith("Unreliable") or cell.endswith("(Unreliable)"):
        return "unreliable"
    return {"Suppressed": "suppressed", "Not Applicable": "not published"}.get(cell, "reported")


def cells(rows, column, **key):
    return pd.DataFrame(key, index=rows.index).assign(
        value=rows[column].str.replace(" (Unreliable)", "", regex=False).map(number),
        status=rows[column].map(status),
        numerator=rows["Deaths" if "Deaths" in rows else "Births"].map(number),
    )


def test_compressed_mortality_by_county(found, shared_raw):
    rows = table(shared_raw, "compressed_mortality_1999_2016_county.txt")
    rows = rows[~rows["County Code"].isin(GONE)]
    for kind, column in (
        ("crude", "Crude Rate"),
        ("adjusted", "Age Adjusted Rate"),
        ("deaths", "Deaths"),
    ):
        expected = cells(
            rows,
            column,
            measure_id=f"wonder_{kind}_c50_bridged",
            period="1999-2016",
            place_id=rows["County Code"].replace({"46113": "46102", "02270": "02158"}),
            people_group="female",
        )
        assert len(expected) == found["measure_id"].eq(f"wonder_{kind}_c50_bridged").sum() == 3142
        assert_same_cells(found, expected)


def test_births_by_state_race_and_origin(found, shared_raw):
    rows = table(shared_raw, "natality_2016_2022_expanded.txt")
    origin = rows["Mother's Hispanic Origin"].map(ORIGIN).fillna(NOT_STATED)
    expected = cells(
        rows,
        "Births",
        measure_id="wonder_births",
        period="2019",
        place_id=rows["State of Residence Code"],
        people_group=rows["Mother's Single Race 6"].map(RACES) + origin,
    )
    assert len(expected) == found["measure_id"].eq("wonder_births").sum() == 695
    assert_same_cells(found, expected)


def test_cancer_deaths_by_race_origin_age_and_sex(found, shared_raw):
    rows = table(shared_raw, "underlying_cause_1999_2020_race_hispanic_age_sex.txt")
    age = rows["Five-Year Age Groups Code"].str.replace("-", "_").replace("NS", "not_stated")
    age = age.replace({"1": "under_1", "100+": "100_over"})
    group = rows["Race"].map(RACES) + rows["Hispanic Origin"].map(ORIGIN).fillna(NOT_STATED)
    for kind, column in (("crude", "Crude Rate"), ("deaths", "Deaths")):
        expected = cells(
            rows,
            column,
            measure_id=f"wonder_{kind}_c00_c97_bridged",
            period="2020",
            place_id="US",
            people_group=group + "+" + rows["Gender"].str.lower() + "+age_" + age,
        )
        assert_same_cells(found, expected)


def test_causes_by_county_race_and_sex(found, shared_raw):
    rows = table(shared_raw, "underlying_cause_2022_single_race_county.txt")
    code = rows["Cause of death Code"].str.lower().str.replace(".", "_")
    for kind, column in (("crude", "Crude Rate"), ("deaths", "Deaths")):
        expected = cells(
            rows,
            column,
            measure_id=f"wonder_{kind}_" + code,
            period="2022",
            place_id=rows["County Code"],
            people_group=rows["Single Race 6"].map(RACES) + "+" + rows["Gender"].str.lower(),
        )
        assert_same_cells(found, expected)
