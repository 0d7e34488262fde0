"""Why a modelled number cannot show what its model was told, in plain words, and what may be related instead."""

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from equity import comparability, comparison_rules, misuse
from equity.county_pairs import is_total, quoted
from equity.view import View
from ui import data
from ui.answer import close_lesson
from ui.method_card import plain

# Conditions to offer instead, those that most courses begin with first.
CONDITIONS = (
    "acs_poverty",
    "acs_broadband",
    "acs_no_vehicle",
    "acs_median_household_income",
    "svi_housing_cost_burden",
    "svi_crowding",
    "census2010_multigroup_segregation",
)
OUTCOMES = ("cms_preventable_stays", "pep_death_rate", "nci_cancer_deaths", "acs_uninsured")


def offered(view: View, measures: pd.DataFrame) -> bool:
    """Say whether a refused view is refused because of a model."""
    return any(measures.loc[code, "made"] == "modelled" for code in view.measures)


def draw(view: View, measures: pd.DataFrame) -> None:
    """Draw the lesson for the modelled measure of a refused view; measures has their rows by code."""
    modelled = [code for code in view.measures if measures.loc[code, "made"] == "modelled"]
    measure = measures.loc[modelled[0]]
    name = quoted(measure["title"])
    built_on = misuse.built_on(measure)
    st.header("What is a modelled number?", anchor=False)
    st.markdown(
        plain(
            f"{name} was not counted in each county. A computer worked it out. It was shown a survey, or "
            f"records, of many places and learned how the numbers go together with {built_on}. Then it looked at "
            "each county and filled in the number that one would expect there."
        )
    )
    st.markdown(
        "**Think of it this way.** Somebody guesses the weight of each child in a school from the child's "
        "height. You then draw the guessed weights against the heights. The dots lie close to a line. But "
        "you have found out nothing about weight: you see the rule that the person used to guess."
    )
    st.markdown(
        plain(
            f"It is the same here. Draw {name} against what the model was told, and the dots will lie "
            "close to a line, even if in some counties people do much better than the model expects. "
            "Those counties, where a community has beaten the odds, are just what the model cannot see."
        )
    )
    st.markdown(
        "**What a modelled number is good for:** seeing where a health problem is likely to be common, where "
        "nobody has counted it. **What it cannot do:** show why, rank places, or show that a program worked."
    )


def instead(view: View, measures: pd.DataFrame, there: Iterable[str]) -> None:
    """Draw buttons that open the nearest pairs that may be related: another outcome, another condition."""
    outcome, condition = view.measures
    held = set(there)
    pairs = [(other, condition) for other in OUTCOMES] + [(outcome, other) for other in CONDITIONS]
    legal = [
        pair
        for pair in pairs
        if held.issuperset(pair)
        and pair[0] != pair[1]
        and not is_total(measures.loc[pair[0]])
        and may_relate(view.kind, pair)
    ]
    by_outcome = [pair for pair in legal if pair[1] == condition][:1]
    by_condition = [pair for pair in legal if pair[0] == outcome][:1]
    with st.container(horizontal=True):
        for number, pair in enumerate([*by_outcome, *by_condition]):
            first, second = (quoted(measures.loc[code, "title"]) for code in pair)
            st.button(
                f"See {first} against {second} instead",
                key=f"instead_{number}",
                type="primary" if number == 0 else "secondary",
                on_click=take,
                args=pair,
            )


def may_relate(kind: str, pair: tuple[str, str]) -> bool:
    """Say whether no rule forbids relating two measures."""
    return judged(data.built(), kind, pair)


@st.cache_data(max_entries=1_000, show_spinner=False)
def judged(built: int, kind: str, pair: tuple[str, str]) -> bool:
    """Say it from memory for one build."""
    view = View(kind, pair)
    known = comparability.facts(view, frozenset({"relates measures"}), data.ask)
    return not comparison_rules.may_compare(view, known).refused


def take(outcome: str, condition: str) -> None:
    """Relate these two measures; for a button's callback."""
    st.session_state["measure"] = outcome
    st.session_state["condition"] = condition
    close_lesson()
