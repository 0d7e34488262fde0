"""Disparities

One outcome by groups of people: how wide the gap is, how sure that is, how to measure it, how it changed."""

import streamlit as st

from equity import glossary, splits
from equity.errors import Problem
from equity.inequality.cards import Card, cards
from equity.view import View
from equity.views import small_multiples
from ui import answer, choices, data, find, shell, split_by_group
from ui.method_card import plain
from ui.split_by_group import Chosen

shell.inside_frame()

KINDS = ("groups", "inequality", "gap", "burden")
TITLES = {
    "groups": "The gap",
    "inequality": "Which measure fits",
    "gap": "Over time",
    "burden": "Share of the burden",
}
PAGE = "4_disparities.py"
NATION = "US"
TERMS = (
    "Difference and ratio",
    "Reference group",
    "Interval",
    "Grade",
    "People group",
    "Percentage point",
    "Suppressed",
    "Equity",
)
# Sources that bring numbers by group of people when they are downloaded.
BRING_GROUPS = ("census_acs", "cdc_wonder", "nchhstp_atlas", "state_cancer_profiles", "hdpulse")


def kind_of_view() -> str:
    """Draw the choice of what to look at; it stands in the address."""
    choices.seed("kind", TITLES, KINDS[0])
    st.segmented_control(
        "Look at",
        KINDS,
        format_func=TITLES.get,
        key="kind",
        persist_state="session",
        required=True,
    )
    choices.write("kind", st.session_state["kind"])
    return st.session_state["kind"]


def where(place_title: str, picked: Chosen) -> None:
    """Say which place is shown when the chosen community has no such numbers itself, and what brings some."""
    if not picked.near:
        return
    st.info(
        f"These data do not split this measure by {splits.said(picked.dimension)} for {place_title}. "
        f"What you see is {named(picked.place_title)}, where it lies. Its own gap may be wider or narrower."
    )
    absent = set(data.ask("not_loaded")["source_id"])
    bring = [source for source in BRING_GROUPS if source in absent]
    if bring:
        st.markdown(
            f"This brings more numbers by group: `python -m etl {' '.join(bring)}` (see Sources and methods)."
        )


def about(measure_id: str) -> None:
    """Draw what the measure is and what to take care of."""
    measure = data.ask("measures").set_index("measure_id").loc[measure_id]
    st.caption(plain(f"About this measure: {measure['meaning']} {measure['caution']}"))


def named(title: str) -> str:
    """Give the title of a place inside a sentence."""
    return f"the {title}" if title == "United States" else title


def terms() -> None:
    """Draw the words used here, explained where they stand."""
    known = {entry.term: entry.meaning for entry in glossary.entries()}
    with st.popover("Words used here"):
        for term in TERMS:
            st.markdown(f"**{term}.** {plain(known[term])}")


def mechanism(dimension: str) -> None:
    """Draw what a gap between groups means, and what it does not."""
    st.header("What a gap means", anchor=False)
    parts = dimension.split("+")
    if "race_ethnicity" in parts or "ethnicity" in parts:
        st.write(
            "Race is a social label, not a cause of illness. Racism is the mechanism to look for: unfair rules and "
            "practices in housing, work, school, care and safety, past and present."
        )
    if "sex" in parts:
        st.write(
            "Sex here is what the source recorded, female or male. People whom these two words do not fit are not "
            "counted apart, and the numbers do not say why the groups differ."
        )
    if "urban_rural" in parts:
        st.write(
            "Where people live shapes how far away care, work and food are. The numbers do not say which of these "
            "matters most."
        )
    st.write(
        "A gap shows that chances are not equal. It does not show why, and it says nothing about any one "
        "person. Groups are named as the source names them."
    )


def cards_of_measures() -> None:
    """Draw the card of one measure of inequality: what it is, its formula, when it applies, its caution."""
    st.header("What is each measure?", anchor=False)
    titles = {code: card.name for code, card in cards().items()}
    code = choices.one_of("Measure of inequality", "card", titles, "d")
    with st.container(border=True, key="card_of_measure"):
        one_card(cards()[code])


def one_card(card: Card) -> None:
    """Draw a card."""
    st.subheader(card.name, anchor=False)
    st.markdown(plain(card.plain))
    st.markdown(f"**Formula:** `{card.formula}`")
    st.markdown(f"**When it applies:** {plain(card.applies)}")
    st.markdown(f"**Take care:** {plain(card.caution)}")
    st.caption(f"Reference: {plain(card.reference)}")


def group_maps(place_id: str, measure: str, dimension: str) -> None:
    """Draw one map a group of a measure that has county numbers by group; folded away until asked for."""
    if not choices.switch("One map for each group", "maps"):
        return
    titles = small_multiples.measures(data.ask)
    if not titles:
        st.info("These data hold no measure by group for most counties.")
        return
    chosen = choices.one_of("Measure on the maps", "mapped", titles, measure)
    groups = (dimension,) if chosen == measure else ()
    answer.draw(View("small_multiples", (chosen,), (place_id,), groups=groups), key="group_maps")


def disparities(place_id: str, place_title: str) -> None:
    """Draw the choices, the answer, and what such a gap means."""
    try:
        kind, picked = split_by_group.chosen(place_id, kind_of_view)
    except Problem as problem:
        st.info(plain(str(problem)))
        return
    where(place_title, picked)
    answer.draw(picked.view(kind), key="disparity")
    about(picked.measure)
    if kind == "inequality":
        cards_of_measures()
    mechanism(picked.dimension)
    terms()
    group_maps(place_id, picked.measure, picked.dimension)


st.title("Disparities")
place = choices.place()
if place is None:
    st.write("This is the whole nation. Find a community to see what these data hold for it.")
    find.box("County, town, state, ZIP or FIPS code", key="disparities", page=PAGE)
    disparities(NATION, "the nation")
else:
    disparities(place["place_id"], place["title"])
