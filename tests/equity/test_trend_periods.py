"""Which periods make a trend: those that share no month, and one edition of the population estimates."""

import duckdb
import pytest

from etl.load import HOUSE

QUERY = (HOUSE / "queries" / "profile_trends.sql").read_text("utf-8")


def told(source, *periods):
    """The periods that the query keeps, of a measure with these (period, starts, ends)."""
    house = duckdb.connect()
    house.execute(
        "CREATE TABLE measure AS SELECT 'm' AS measure_id, $source AS source_id, 'comparable' AS periods",
        {"source": source},
    )
    house.execute(
        "CREATE TABLE period (measure_id VARCHAR, period VARCHAR, starts DATE, ends DATE)"
    )
    house.executemany("INSERT INTO period VALUES ('m', ?, ?, ?)", periods)
    house.execute(
        """CREATE TABLE observation AS
           SELECT measure_id, period, '06037' AS place_id, 'everyone' AS people_group, 1.0 AS value,
                  NULL AS low, NULL AS high, NULL AS level, NULL AS standard_error,
                  NULL AS numerator, NULL AS denominator, 'reported' AS status, 'solid' AS grade,
                  'published' AS origin, 'f' AS file, 1 AS line
           FROM period"""
    )
    kept = house.execute(QUERY, {"place": "06037"}).df()["period"].tolist()
    house.close()
    return kept


def year(number):
    return (str(number), f"{number}-01-01", f"{number + 1}-01-01")


def test_rolling_twelve_months_that_overlap_a_year_are_left_out():
    rolling = ("2024-06..2025-05", "2024-06-01", "2025-06-01")
    assert told("x", year(2023), year(2024), rolling) == ["2023", "2024"]


def test_years_stay_and_several_years_together_go():
    several = ("2021-2023", "2021-01-01", "2024-01-01")
    assert told("x", several, year(2021), year(2022), year(2023)) == ["2021", "2022", "2023"]


@pytest.mark.parametrize(
    ("source", "kept"), [("census_pep", ["2020", "2021"]), ("x", ["2018", "2019", "2020", "2021"])]
)
def test_population_estimates_of_two_decades_are_never_one_line(source, kept):
    assert told(source, *(year(number) for number in (2018, 2019, 2020, 2021))) == kept
