"""The profile as a view: a row a measure, the numbers of the database beside the state's and the nation's."""

from functools import partial

import pytest

from equity import answers, database, words
from equity.errors import Problem
from equity.view import View

LOS_ANGELES = "06037"


@pytest.fixture(scope="module")
def ask(starter):
    return partial(database.ask, starter)


@pytest.fixture(scope="module")
def found(ask):
    return answers.answer(View("profile", places=(LOS_ANGELES,)), ask)


def test_every_row_holds_the_numbers_of_the_database(found, starter):
    """Values here, in California and in the nation, read without any of our code."""
    rows = found.table.frame
    compared = 0
    for row in rows[rows["value"].notna()].to_dict("records"):
        if ": " in row["title"]:
            continue
        said = starter.execute(
            """
            SELECT place_id, value, period, measure.title, prefix, suffix, decimals
            FROM house.observation JOIN house.measure USING (measure_id)
            WHERE measure_id = ? AND people_group = 'everyone' AND place_id IN ('06037', '06', 'US')
                AND value IS NOT NULL
            """,
            [row["measure_id"]],
        ).fetchall()
        here = {words.period(one[2]): one for one in said if one[0] == LOS_ANGELES}
        assert row["value"] == here[row["years"]][1]
        for column, place in (("state", "06"), ("nation", "US")):
            if row[column]:
                (value,) = [
                    one for one in said if one[0] == place and words.period(one[2]) == row["years"]
                ]
                printed = words.number(
                    value[1], decimals=value[6], prefix=value[4], suffix=value[5]
                )
                assert row[column] == printed
                compared += 1
    assert compared > 10


def test_it_opens_with_who_lives_there_and_names_its_publishers(found):
    assert found.reading.sentences[0].startswith("Los Angeles County is home to 10,039,107 people")
    assert found.charts == ()
    assert len(found.sources) > 3


@pytest.mark.parametrize("places", [(), (LOS_ANGELES, "US")])
def test_a_profile_is_of_one_place(ask, places):
    with pytest.raises(Problem, match="Choose one place"):
        answers.answer(View("profile", places=places), ask)


@pytest.mark.parametrize("place", ["06", "US", "72001", "15005"])
def test_states_the_nation_and_small_counties_have_one(ask, place):
    assert answers.answer(View("profile", places=(place,)), ask).shown
