"""What people choose on the page about groups of people; every choice stands in the address."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from equity import group_gaps, split_choices, splits
from equity.errors import Problem
from equity.view import View
from ui import choices, data

DEFAULT_MEASURE = "nchs_life_expectancy"
DEFAULT_SPLIT = "race_ethnicity"
WORST_OFF = "worst_off"


@dataclass(frozen=True)
class Chosen:
    """What the page is about: a measure by a dimension in a place, within whom, when, against whom."""

    measure: str
    place: str
    place_title: str
    near: int
    dimension: str
    among: str
    period: str
    reference: str
    two: tuple[str, ...] = ()

    def view(self, kind: str) -> View:
        """Give the view of a kind; a gap over time covers all years, and the two groups that were named."""
        groups = self.two if kind == "gap" else ()
        return split_choices.view_of(
            kind,
            self.measure,
            self.place,
            groups=groups or (self.dimension,),
            period="" if kind == "gap" else self.period,
            among=self.among,
            reference=groups[1] if groups else self.reference,
        )


@st.cache_data(max_entries=50, show_spinner=False)
def held(built: int, place: str) -> pd.DataFrame:
    """Give what is split by groups in a place or what it lies in, once a build."""
    return split_choices.held(place, data.ask)


@st.cache_data(max_entries=50, show_spinner=False)
def titles(built: int, place: str) -> tuple[dict[str, str], dict[str, str], str]:
    """Give the measures of a place by title, what stands behind each, and the one shown first, once a build."""
    there = held(built, place)
    named, after = split_choices.titles(there, data.ask("measures").set_index("measure_id"))
    own = set(there[there["near"].eq(0)]["measure_id"])
    if own and DEFAULT_MEASURE not in own:
        return named, after, next(code for code in named if code in own)
    return named, after, DEFAULT_MEASURE


@st.cache_data(max_entries=200, show_spinner=False)
def within(
    built: int, measure: str, place: str, dimension: str
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Give within whom groups may be compared, and for each in which periods, once a build."""
    rows = split_choices.rows_of(measure, place, dimension, data.ask)
    withins = split_choices.withins(rows, data.ask)
    return withins, {among: split_choices.periods(rows, among) for among in withins}


@st.cache_data(max_entries=200, show_spinner=False)
def followed(built: int, measure: str, place: str, dimension: str, among: str) -> dict[str, str]:
    """Give the groups whose gap can be followed over time, once a build."""
    rows = split_choices.rows_of(measure, place, dimension, data.ask)
    return split_choices.pairs(rows, among)


@st.cache_data(max_entries=200, show_spinner=False)
def references(built: int, view: View) -> dict[str, str]:
    """Give what groups may be set against, once a build."""
    return split_choices.references(splits.split(view, data.ask))


def chosen(place: str, kind: Callable[[], str]) -> tuple[str, Chosen]:
    """Draw all choices; give the kind of view and what was chosen. Raises Problem where nothing is split by groups.

    kind draws the choice of a kind of view beside the measure, and gives it.
    """
    there = held(data.built(), place)
    if there.empty:
        raise Problem("No measure in these data is split by groups of people.")
    take_what_was_asked(there)
    top = st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
    with top.container(width=500):
        measure = one_measure(place)
    with top.container(width="content"):
        looked_at = kind()
    there = there[there["measure_id"].eq(measure)]
    bar = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    dimensions = {one: splits.said(one).capitalize() for one in there["dimension"]}
    with bar.container(width=230):
        dimension = choices.one_of("Groups by", "split", dimensions, first_split(dimensions))
    row = there.set_index("dimension").loc[dimension]
    among, period = within_and_years(
        bar, measure, row["place_id"], dimension, over_time=looked_at == "gap"
    )
    picked = Chosen(
        measure=measure,
        place=row["place_id"],
        place_title=row["place_title"],
        near=int(row["near"]),
        dimension=dimension,
        among=among,
        period=period,
        reference=group_gaps.BEST,
    )
    if looked_at == "burden":
        return looked_at, picked
    if looked_at == "gap" and (two := two_groups(picked, bar)):
        return looked_at, replace(picked, two=two)
    against = references(data.built(), picked.view("groups"))
    with bar.container(width=330):
        reference = choices.one_of("Set against", "reference", against, group_gaps.BEST)
    return looked_at, replace(picked, reference=reference)


def take_what_was_asked(there: pd.DataFrame) -> None:
    """Take over a way to group people that another page or a refused view asks for."""
    if st.session_state.get("group") in set(there["dimension"]):
        st.session_state["split"] = st.session_state.pop("group")
        for key in ("gap_of", "gap_to"):
            st.session_state.pop(key, None)
            st.query_params.pop(key, None)


def one_measure(place: str) -> str:
    """Draw the choice of a measure; say so when the one chosen elsewhere is not split by groups."""
    named, after, first = titles(data.built(), place)
    before = st.session_state.get("measure", st.query_params.get("measure"))
    if before not in named:
        say_another(before)
    return choices.one_measure(named, first, after=after)


def say_another(before: str | None) -> None:
    """Say that the measure chosen elsewhere is not split by groups here; nothing where these data lack it."""
    known = data.ask("measures").set_index("measure_id")["title"]
    if before not in known.index:
        return
    st.session_state.pop("measure", None)
    st.session_state["measure written"] = st.query_params.get("measure")
    st.info(
        f"These data hold no two groups for “{known[before]}” here, so another measure is shown."
    )


def first_split(dimensions: dict[str, str]) -> str:
    """Give the way to group people that is shown first."""
    return DEFAULT_SPLIT if DEFAULT_SPLIT in dimensions else next(iter(dimensions))


def within_and_years(
    bar: DeltaGenerator, measure: str, place: str, dimension: str, *, over_time: bool
) -> tuple[str, str]:
    """Draw the choice of the people within whom groups are compared, and of the years; over time all count."""
    withins, periods = within(data.built(), measure, place, dimension)
    if not withins:
        raise Problem("No two groups here have numbers that are firm enough to compare.")
    among = next(iter(withins))
    if len(withins) > 1:
        with bar.container(width=260):
            among = choices.one_of("Within", "among", withins, among)
    years = periods[among]
    period = next(iter(years))
    if len(years) > 1 and not over_time:
        with bar.container(width=170):
            period = choices.one_of("Years", "period", years, period)
    return among, period


def two_groups(picked: Chosen, bar: DeltaGenerator) -> tuple[str, ...]:
    """Draw the choice of the two groups whose gap is followed; none where nobody chose."""
    groups = followed(data.built(), picked.measure, picked.place, picked.dimension, picked.among)
    if len(groups) < 3:
        return ()
    widest = {WORST_OFF: "The worst-off group now"}
    with bar.container(width=330):
        one = choices.one_of("Follow the gap of", "gap_of", widest | groups, WORST_OFF)
    if one == WORST_OFF:
        st.query_params.pop("gap_to", None)
        return ()
    others = {code: title for code, title in groups.items() if code != one}
    with bar.container(width=330):
        other = choices.one_of("Set against", "gap_to", others, next(iter(others)))
    return one, other
