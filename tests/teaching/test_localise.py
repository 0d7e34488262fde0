"""One case, other communities: what changes, what is flagged, what moved since it was pinned."""

from functools import partial

import pytest

from equity import database
from equity.errors import Problem
from teaching import case, community, fill, localise, pins, placeholders
from teaching.__main__ import main
from tests.conftest import HOUSE

FILE = HOUSE / "tests" / "golden" / "case" / "poverty.md"
PHILADELPHIA, LOS_ANGELES, CAPITOL = "42101", "06037", "09110"


@pytest.fixture(scope="module")
def ask(starter):
    return partial(database.ask, starter)


@pytest.fixture(scope="module")
def poverty():
    return case.read(FILE.read_text("utf-8"))


def published(starter, place: str) -> float:
    """A county's poverty as the database holds it, read without any of our code."""
    query = (
        "SELECT value FROM house.observation WHERE measure_id = 'acs_poverty' AND place_id = $place"
    )
    return starter.execute(query + " AND people_group = 'everyone'", {"place": place}).fetchone()[0]


def test_numbers_and_keys_are_those_of_the_new_community(starter, ask, poverty):
    moved = localise.localise(poverty, LOS_ANGELES, ask)
    here, us = published(starter, LOS_ANGELES), published(starter, "US")
    said = {change.where: change.after for change in moved.changes}
    assert said["{poverty}"] == f"{here:.1f}%"
    assert said["{place}"] == "Los Angeles County, California"
    assert said["Key of gap"] == f"{round(here, 1) - round(us, 1):.1f} percentage points"
    assert moved.to_read == ("harm_notes",)


def test_only_the_place_differs_in_the_file(ask, poverty):
    text = localise.localise(poverty, LOS_ANGELES, ask).case.text
    assert text == poverty.text.replace('place = "42101"', 'place = "06037"')


def test_what_has_no_number_there_is_flagged_with_the_reason(ask, poverty):
    flags = localise.localise(poverty, CAPITOL, ask).flags
    assert {flag.where for flag in flags} >= {"Exercise gap", "View side"}
    assert all(flag.why.endswith(".") and flag.line > 1 for flag in flags)
    known = community.of(poverty.head["needs"], CAPITOL, ask)
    assert fill.text("{poverty}", known, safe=str) == fill.ABSENT


def test_an_unknown_place_is_a_sentence(ask, poverty):
    with pytest.raises(Problem, match="No place here has the code '99999'"):
        localise.localise(poverty, "99999", ask)


def test_pins_say_exactly_which_numbers_moved(ask, poverty):
    here = community.of(poverty.head["needs"], PHILADELPHIA, ask)
    saved = pins.pinned(poverty, here, ask)
    assert pins.moved(saved, here) == []
    number = fill.text("{poverty}", here, safe=str)
    older = case.read(saved.text.replace(f'poverty = "{number}"', 'poverty = "1.0%"'))
    assert pins.moved(older, here) == [f"poverty: 1.0% when saved, {number} now"]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("poverty is published", True),
        ("poverty is missing", False),
        ("poverty is not missing", True),
    ],
)
def test_conditions_hold_or_not(ask, poverty, condition, holds):
    here = community.of(poverty.head["needs"], PHILADELPHIA, ask)
    assert fill.holds(placeholders.condition(condition, 1), here) is holds


def test_the_terminal_prints_plainly_and_exits_by_what_it_found(starter_database, capsys, tmp_path):
    at = ["--database", str(starter_database), "--place", LOS_ANGELES]
    assert main(["keys", str(FILE), *at]) == 0
    assert "gap: 1.5 percentage points" in capsys.readouterr().out
    broken = tmp_path / "broken.md"
    broken.write_text(FILE.read_text("utf-8").replace("{poverty|us}", "{wealth}"), "utf-8")
    assert main(["check", str(broken), *at]) == 1
    assert "Line 38: {wealth} is not in the head" in capsys.readouterr().err
