"""Places in order: rank, how far it could be off and ties as the engine gives them; no order where none is honest."""

import pytest

from equity import answers, database
from equity.view import LESSON, View


@pytest.fixture
def ask(starter):
    return lambda query, **chosen: database.ask(starter, query, **chosen)


def ranked(ask, measure, *places, **more):
    return answers.answer(View("ranking", (measure,), places, **more), ask)


@pytest.fixture
def cancer(ask):
    return ranked(ask, "nci_cancer_deaths", "06037", "46102", "06", groups=("female",))


def test_the_rank_is_one_more_than_the_places_that_show_a_higher_number(cancer, ask):
    rows = ask("map_counties", measure="nci_cancer_deaths", period="1999-2003", group="female")
    shown = rows.set_index("place_id")["value"].dropna().round(1)
    rank = 1 + int((shown > shown["06037"]).sum())
    mine = cancer.table.frame.set_index("place_id").loc["06037"]
    assert mine["rank"] == rank
    assert mine["rank_low"] <= rank <= mine["rank_high"]
    assert f"has rank {rank:,} of {len(shown):,} counties" in cancer.reading.sentences[0]


def test_ties_are_said(cancer):
    mine = cancer.table.frame.set_index("place_id").loc["06037"]
    assert f"tied with {mine['rank_tied']:,.0f} others" in cancer.reading.sentences[0]


def test_nobody_is_named_highest_who_cannot_be_told_apart(cancer):
    assert any(s.startswith("No county stands alone at the top") for s in cancer.reading.sentences)
    text = " ".join([cancer.reading.title, *cancer.reading.sentences]).lower()
    assert "worst" not in text


def test_a_state_has_no_rank_among_counties(ask):
    found = ranked(ask, "pep_death_rate", "06037", "06")
    assert any("California" in s and "no rank here" in s for s in found.reading.sentences)
    assert "California" not in found.charts[0].y.categories


def test_without_any_margin_no_order_is_given(ask):
    found = ranked(ask, "acs_poverty", "06037", "46102")
    assert not found.shown
    assert "No margin is published" in found.reading.sentences[0]


def test_what_may_not_be_ranked_is_refused_and_opens_as_a_lesson_with_its_warning(ask):
    view = View("ranking", ("rucc_code",), ("06037", "46102"))
    assert answers.answer(view, ask).verdict.refused
    lesson = answers.answer(view.having(**{LESSON: "what not to do"}), ask)
    assert lesson.reading.title.startswith("What not to do: ")
    assert all(chart.warning.startswith("What not to do.") for chart in lesson.charts)


def test_full_counts_are_tied_only_where_they_show_the_same_number(ask):
    found = ranked(ask, "qcew_jobs", "06037", "48201")
    assert "apart from all others" in found.reading.sentences[0]
    assert (
        "These are full counts: places are tied where they show the same number."
        in found.reading.sentences
    )
