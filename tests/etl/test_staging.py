"""Which observation is kept where several files hold it, and what the rules refuse."""

import duckdb
import pandas as pd
import pytest

from etl import load, places, preparing, staging
from etl.reading import WrongFile
from etl.sources import measure_table, source_row


@pytest.fixture(scope="module")
def place_rows() -> pd.DataFrame:
    """The table `place`, worked out once."""
    return places.place_table(load.STARTER)


@pytest.fixture
def connection(place_rows):
    """An empty database that knows the places, the people groups and one source's measures."""
    with duckdb.connect() as opened:
        opened.execute(load.SCHEMA.read_text("utf-8"))
        staging.insert(opened, "place", place_rows)
        staging.insert(opened, "people_group", staging.people_group_table())
        staging.insert(opened, "source", pd.DataFrame([source_row("census_pep")]))
        staging.insert(opened, "measure", measure_table("census_pep"))
        yield opened


def people(place_id: str, value: float, *, file: str = "new.csv", period: str = "2020"):
    """One row of population."""
    return pd.DataFrame(
        {
            "measure_id": ["pep_population"],
            "period": [period],
            "place_id": [place_id],
            "value": [value],
            "status": ["reported"],
            "file": [file],
            "line": [2],
        }
    )


def stored(connection, *editions: pd.DataFrame) -> dict[str, float]:
    """Store editions and give what is kept: value by place."""
    measures = measure_table("census_pep")
    rows = preparing.in_order(preparing.graded(preparing.joined(editions), measures))
    staging.store(connection, "census_pep", rows, measures)
    return dict(
        connection.execute("SELECT place_id, value FROM observation ORDER BY place_id").fetchall()
    )


def test_later_folder_wins_and_what_only_the_earlier_holds_stays(connection):
    old = pd.concat([people("06037", 1, file="old.csv"), people("06001", 2, file="old.csv")])
    assert stored(connection, old, people("06037", 3)) == {"06001": 2, "06037": 3}


def test_later_file_of_one_folder_wins(connection):
    both = pd.concat([people("06037", 1, file="co-est2019.csv"), people("06037", 3)])
    assert stored(connection, both) == {"06037": 3}


def test_same_file_name_in_two_folders_is_two_editions(connection):
    assert stored(connection, people("06037", 1), people("06037", 3)) == {"06037": 3}


def test_newer_county_codes_replace_the_older_ones_of_the_period(connection):
    """Connecticut's eight counties gave way to nine planning regions in 2022."""
    old = pd.concat([people("09001", 1, file="old.csv"), people("06001", 2, file="old.csv")])
    assert stored(connection, old, people("09110", 3)) == {"06001": 2, "09110": 3}
    assert connection.execute("SELECT county_vintage FROM period").fetchall() == [(2022,)]


def test_newer_county_codes_leave_other_periods_alone(connection):
    old = people("09001", 1, file="old.csv", period="2019")
    assert stored(connection, old, people("09110", 3)) == {"09001": 1, "09110": 3}


def test_two_vintages_in_one_file_are_refused(connection):
    with pytest.raises(WrongFile, match="09001 and 09110, which never existed at the same time"):
        stored(connection, pd.concat([people("09001", 1), people("09110", 2)]))


@pytest.mark.parametrize(
    "period", ["2020-Q5", "2020-13..2021-01", "20", "2020-2019", "2021-02..2021-01", "2020 "]
)
def test_period_that_is_none_is_refused_with_file_and_line(connection, period):
    with pytest.raises(WrongFile, match=r"new\.csv, line 2, column period: .* is not a period"):
        stored(connection, people("06037", 1, period=period))


@pytest.mark.parametrize("period", ["2020", "2015-2019", "2025-Q1", "2024-02..2025-01"])
def test_period_that_is_one_is_stored(connection, period):
    assert stored(connection, people("06037", 1, period=period)) == {"06037": 1}


def test_duplicate_in_one_file_is_refused(connection):
    with pytest.raises(WrongFile, match="stands there twice: pep_population, 2020, 06037"):
        stored(connection, pd.concat([people("06037", 1), people("06037", 2)]))


def test_unknown_people_group_says_where_to_describe_it(connection):
    with pytest.raises(
        WrongFile, match=r"new\.csv, line 2, .* 'martians'. Describe it in etl/people_groups\.toml"
    ):
        stored(connection, people("06037", 1).assign(people_group="martians+female"))


def test_joined_people_group_is_added_once(connection):
    stored(connection, people("06037", 1).assign(people_group="black_nh+female"))
    row = connection.execute(
        "SELECT dimension, title FROM people_group WHERE people_group = 'black_nh+female'"
    ).fetchall()
    assert len(row) == 1
    assert row[0][0] == "race_ethnicity+sex"
