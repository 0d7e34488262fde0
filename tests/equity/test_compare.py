"""Places side by side: true sentences, a verdict for each pair, one scale where it is honest."""

import itertools
import math

import pytest

from equity import answers, database
from equity.errors import Problem
from equity.view import View


@pytest.fixture
def ask(starter):
    return lambda query, **chosen: database.ask(starter, query, **chosen)


def compared(ask, *measures, places, **more):
    return answers.answer(View("compare", measures, tuple(places), **more), ask)


@pytest.fixture
def six(ask):
    return compared(
        ask,
        "nci_cancer_deaths",
        places=("06037", "42101", "48215", "36061", "17031", "04013"),
        groups=("female",),
    )


def test_every_pair_of_places_has_a_verdict(six):
    frame = six.more[0].frame
    assert len(frame) == 15
    assert frame["pair"].is_unique


def test_verdicts_are_those_of_a_test_by_hand_that_allows_for_the_number_of_pairs(six, ask):
    rows = ask(
        "values",
        measure="nci_cancer_deaths",
        period="1999-2003",
        places=six.view.places,
        group="female",
    ).set_index("place_id")
    by_hand = []
    for one, other in itertools.combinations(six.view.places, 2):
        a, b = rows.loc[one], rows.loc[other]
        errors = [(row["high"] - row["low"]) / (2 * 1.959964) for row in (a, b)]
        z = abs(a["value"] - b["value"]) / math.hypot(*errors)
        by_hand.append(math.erfc(z / math.sqrt(2)) * 15 < 0.05)
    said = six.more[0].frame["verdict"].str.startswith("different").tolist()
    assert said == by_hand
    assert 0 < sum(said) < 15
    assert f"{sum(said)} of 15 pairs" in six.reading.title or "of 15 pairs" in six.reading.title


def test_the_test_and_the_care_for_many_pairs_are_named(six):
    text = " ".join(six.reading.sentences)
    assert "z-test" in text
    assert "Bonferroni" in text
    assert "15 pairs tested at once" in text


def test_a_lone_pair_is_tested_alone(ask):
    found = compared(ask, "nci_cancer_deaths", places=("06037", "42101"), groups=("female",))
    assert "Bonferroni" not in " ".join(found.reading.sentences)
    assert "is lower than Philadelphia County" in found.reading.title


def test_places_stay_in_the_order_asked(six):
    assert tuple(six.table.frame["place_id"]) == six.view.places
    titles = tuple(six.table.frame["place_title"])
    assert six.charts[0].y.categories == titles


def test_without_margins_nothing_is_said_to_differ(ask):
    found = compared(ask, "acs_poverty", places=("06037", "06", "US"))
    assert "no margin is published" in found.reading.title
    assert set(found.more[0].frame["verdict"]) == {"margin not published"}
    assert not any(" is higher " in sentence for sentence in found.reading.sentences)


def test_old_borders_are_said_of_a_connecticut_region(ask):
    found = compared(ask, "acs_poverty", places=("09110", "06037", "US"))
    assert (
        "Capitol Planning Region: no number (these years use other county borders)."
        in found.reading.sentences
    )
    assert "Connecticut replaced its counties" in found.verdict.breaches[0].why
    assert "(these years use other county borders)" in found.charts[0].y.categories[0]


def test_a_part_and_its_whole_are_said_to_be_so(ask):
    whole = "A place is a part of its state and of the nation"
    nested = compared(ask, "acs_poverty", places=("06037", "06"))
    apart = compared(ask, "acs_poverty", places=("06037", "48"))
    assert any(sentence.startswith(whole) for sentence in nested.reading.sentences)
    assert not any(sentence.startswith(whole) for sentence in apart.reading.sentences)


def test_measures_of_one_unit_share_a_scale_and_others_do_not(ask):
    found = compared(
        ask, "acs_poverty", "acs_unemployment", "acs_no_vehicle", places=("06037", "42101")
    )
    units = [chart.x.title for chart in found.charts]
    spans = {}
    for unit, chart in zip(units, found.charts, strict=True):
        spans.setdefault(unit, set()).add(chart.x.span)
    assert all(len(of_unit) == 1 for of_unit in spans.values())
    assert len(found.charts) == 3
    assert all(chart.title for chart in found.charts)


def test_one_scale_holds_every_value_and_interval(ask):
    found = compared(ask, "acs_poverty", "acs_uninsured", places=("06037", "48215", "46102"))
    (low, high), (again, too) = (chart.x.span for chart in found.charts)
    assert (low, high) == (again, too)
    for chart in found.charts:
        assert all(low <= value <= high for value in chart.marks[0].x if value is not None)


def test_names_that_two_places_share_carry_their_state(ask):
    found = compared(ask, "acs_poverty", places=("41067", "23029"))
    assert (
        "Washington County, Oregon and Washington County, Maine" in found.more[0].frame["pair"][0]
    )


@pytest.mark.parametrize("places", [("06037",), (), ("06037", "06037")])
def test_too_few_places_or_one_twice_is_a_sentence(ask, places):
    with pytest.raises(Problem, match=r"Choose"):
        compared(ask, "acs_poverty", places=places)


def test_labels_have_no_gap_and_no_ratio(ask):
    found = compared(ask, "rucc_code", places=("06037", "46102"))
    assert [column.title for column in found.more[0].columns] == ["Pair", "Verdict"]


def test_no_word_is_broken(ask, starter):
    for measure in database.ask(starter, "measures")["measure_id"]:
        try:
            found = compared(ask, measure, places=("46102", "31005", "72001", "09110", "46", "US"))
        except Problem as problem:
            text = str(problem)
        else:
            text = " ".join([found.reading.title, *found.reading.sentences, found.reading.alt])
        for broken in ("nan", "None", "-0", "−0.0 ", "  ", "..", " ,", "( "):
            assert broken not in text.replace("finance", ""), (measure, broken, text)
