"""Keys and placeholders against numbers worked out from the database by hand; what a case may name."""

from functools import partial

import pytest

from equity import database
from equity.errors import Problem
from teaching import blocks, case, community, fill, keys, localise, marking, placeholders
from teaching.faults import Faults
from tests.conftest import HOUSE

POVERTY = (HOUSE / "tests" / "golden" / "case" / "poverty.md").read_text("utf-8")
NEEDS = {
    "poverty": "acs_poverty",
    "deaths": "pep_death_rate",
    "wage": "qcew_weekly_wage",
    "own": "census2010_isolation/black_nh",
    "share": "census2010_race_ethnicity/black_nh",
    "black": "nchs_infant_mortality_by_mother/black@US",
    "white": "nchs_infant_mortality_by_mother/white@US",
    "nobody": "census2010_isolation/nobody@US",
}


@pytest.fixture(scope="module")
def ask(starter):
    return partial(database.ask, starter)


@pytest.fixture(scope="module")
def marin(ask):
    return community.of(NEEDS, "06041", ask)


def held(starter, measure: str, place: str, group: str) -> tuple[float, float]:
    """A newest value and its denominator as the database holds them, read without any of our code."""
    query = """SELECT value, denominator FROM house.observation
               WHERE measure_id = $measure AND place_id = $place AND people_group = $group
               ORDER BY period DESC LIMIT 1"""
    given = {"measure": measure, "place": place, "group": group}
    return starter.execute(query, given).fetchone()


def test_keys_are_worked_out_from_numbers_as_they_are_shown(starter, marin):
    poverty, people = held(starter, "acs_poverty", "06041", "everyone")
    deaths, residents = held(starter, "pep_death_rate", "06041", "everyone")
    own, _ = held(starter, "census2010_isolation", "06041", "black_nh")
    share, _ = held(starter, "census2010_race_ethnicity", "06041", "black_nh")
    black, _ = held(starter, "nchs_infant_mortality_by_mother", "US", "black")
    white, _ = held(starter, "nchs_infant_mortality_by_mother", "US", "white")
    wage, _ = held(starter, "qcew_weekly_wage", "06041", "everyone")
    expected = {
        "share_of_people(poverty)": poverty / 100 * people,
        "events(deaths)": deaths * residents / 1000,
        "one_more(deaths)": round(deaths + 1000 / residents, 1),
        "times(wage, 52)": round(wage) * 52,
        "ratio(own, share)": round(own, 1) / round(share, 1),
        "difference(black, white)": round(black, 1) - round(white, 1),
        "ratio(black, white)": round(black, 1) / round(white, 1),
    }
    found = {text: keys.key(placeholders.call(text, 1), marin).value for text in expected}
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("difference(poverty, wage)", "not in one unit"),
        ("times(wage, poverty)", "a short name and a number"),
        ("share_of_people(deaths)", "no percentage"),
        ("events(wage)", "does not say of how many"),
        ("value(nobody)", "not published for the group 'nobody'"),
        ("order(black)", "nothing here to be put in order with"),
    ],
)
def test_what_has_no_key_says_why(marin, key, why):
    with pytest.raises(Problem, match=why):
        keys.key(placeholders.call(key, 1), marin)


def test_a_gap_in_words_is_the_gap_of_the_key(marin):
    gap = keys.key(placeholders.call("difference(poverty, us)", 1), marin)
    said = fill.text("{poverty|difference us}", marin, safe=str)
    assert said == f"{abs(gap.value):.1f} percentage points below the nation"
    ratio = keys.key(placeholders.call("ratio(poverty, us)", 1), marin)
    assert (
        fill.text("{poverty|ratio us}", marin, safe=str) == f"{ratio.value:.2f} times the nation's"
    )
    assert fill.text("{black|ratio us}", marin, safe=str) == fill.ABSENT


def test_a_number_of_the_nation_is_not_said_of_the_county(marin):
    said = fill.text("{black|sentence}", marin, safe=str)
    assert ", the United States, 2013: 10.8" in said
    assert "Marin" not in said
    assert "Black or African American" in said


def test_a_named_wrong_answer_gets_its_own_feedback(marin):
    text = """```exercise
id = "a"
type = "number"
ask = "How many?"
key = "share_of_people(poverty)"

[[errors]]
error = "count read as rate"
key = "value(poverty)"
feedback = "This is the percentage."
```
"""
    exercise = blocks.exercise(text, 1)
    percent = fill.text("{poverty}", marin, safe=str)
    marked = marking.mark(exercise, percent, marin)
    assert (marked.right, marked.error) == (False, "count read as rate")
    assert marked.feedback == "Not yet. This is the percentage."
    right = fill.text("{poverty|count}", marin, safe=str)
    assert marking.mark(exercise, f"about {right} people", marin).right is True


@pytest.mark.parametrize(
    ("old", "new", "line", "why"),
    [
        ('when = "poverty', 'when = "wealth', 57, "'wealth' is not in the head"),
        ('key = "difference(poverty, us)"', 'key = "difference(wealth, us)"', 49, "'wealth'"),
        ("percentage points lie", "points of {wealth} lie", 49, "{wealth} is not in the head"),
        ("Poverty here and", "{wealth} here and", 40, "{wealth} is not in the head"),
        ("does well", "does {wealth} well", 64, "{wealth} is not in the head"),
        ("minutes = 12\n", "minutes = 12\nlocal = 1\n", 34, "local is true or false"),
        ("Nationally it is {poverty|us}", "{poverty|ratio}", 38, "a ratio is against us"),
        ('view = "side"\n', '[[errors]]\nerror = "typo"\nkey = "value(poverty)"\n', 49, "no reasoning error"),
        ('view = "side"\n', 'errors = "many"\n', 49, "errors is a list"),
        ('poverty = ["acs_poverty"', 'us = ["acs_poverty"', 16, "not free"),
    ],
)  # fmt: skip
def test_a_case_that_names_what_it_does_not_need_is_refused(old, new, line, why):
    assert old in POVERTY
    with pytest.raises(Faults) as found:
        case.read(POVERTY.replace(old, new, 1))
    assert (line, True) in [(fault.line, why in fault.why) for fault in found.value.faults]


def test_braces_of_toml_are_no_placeholders():
    options = 'options = [{text = "Yes", right = true}, {text = "No"}]'
    choice = POVERTY.replace('type = "number"', 'type = "choice"').replace(
        'key = "diff', 'unit = "'
    )
    text = choice.replace('view = "side"\n', f"{options}\n")
    assert case.read(text).exercises["gap"].said["options"][1] == {"text": "No"}


def test_a_view_with_peers_holds_as_many_as_there_is_room_for(ask):
    here = community.of(NEEDS, "42101", ask)
    text = POVERTY.replace('["{place}", "US"]', '["{place}", "{state}", "US", "{peers}"]')
    places = localise.local_view(case.read(text).views["side"].view, here).places
    nearest = [peer.place_id for peer in here.profile.peers.peers[:3]]
    assert places == ("42101", "42", "US", *nearest)
    lonely = community.of(NEEDS, "09110", ask)
    with pytest.raises(Problem, match="too little on Capitol Planning Region"):
        localise.local_view(case.read(text).views["side"].view, lonely)


def test_a_sentence_says_the_test_or_why_there_is_none(marin):
    deaths = fill.text("{deaths|sentence}", marin, safe=str)
    assert deaths.startswith(
        "Deaths per 1,000 people (not age-adjusted), Marin County, 2019: 7.7, "
    )
    assert deaths.endswith("lower than the nation (8.7).")
    poverty = fill.text("{poverty|sentence}", marin, safe=str)
    untested = "with no margin published to test the difference"
    assert poverty.endswith(f"13.4% in the nation, {untested}.")
    said = fill.text("{poverty|verdict us}", marin, safe=str)
    assert said == f"not tested against the nation, {untested}"
