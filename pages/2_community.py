"""Community

One place: who lives there, how it stands, how sure we can be, and who is missing."""

import pandas as pd
import streamlit as st

from equity import peers, standing_out, vintages, words
from equity.profile_words import POPULATIONS
from ui import (
    choices,
    compared,
    data,
    find,
    profile_paper,
    profile_parts,
    profile_table,
    shell,
    show,
)
from ui.community import Asked
from ui.profile_parts import Domain, Figure, Parts

PAGE = "2_community.py"


def people(parts: Parts) -> None:
    """Draw who lives here: people first."""
    st.header("Who lives here")
    if parts.mix:
        st.markdown(f"**{parts.mix.finding}**")
        st.html(parts.mix.table)
        st.caption(parts.mix.note)
    st.subheader(parts.domains["people"].heading)
    domain(parts.domains["people"], "people")


def domain(found: Domain, name: str) -> None:
    """Draw what stands under a domain's heading: its measures; or which command would bring some."""
    if not found.table:
        st.markdown(found.empty)
        return
    subject = "the people" if name == "people" else name
    st.html(
        profile_table.fold(
            found.table, f"Show {words.counted(found.shown, 'measure')} of {subject}"
        )
    )
    if name == "health outcomes" and "cdc_places" not in set(
        data.ask("sources_loaded")["source_id"]
    ):
        st.markdown(
            "These data hold no modern measure of chronic disease. This brings some: "
            "`python -m etl cdc_places`"
        )
    if found.left_out:
        more = words.capital(words.counted(found.left_out, "more measure"))
        st.caption(f"{more} with “Show all measures”, at the top.")


def stands_out(parts: Parts) -> None:
    """Draw strengths and concerns in equal room."""
    st.header(f"What stands out: {parts.standing_out}")
    left, right = st.columns(2, gap="large")
    with left:
        column("Strengths", parts.strengths)
    with right:
        column("Concerns", parts.concerns)
    st.caption(
        "Chosen by evidence: a real difference from the nation (or from the middle place, where the nation "
        "has no figure) in the better or worse third of all places; or, where no margin is published and "
        f"at least {standing_out.FEWEST_RESIDENTS:,} people live here, the outer tenth. Crude death rates and "
        "measures that may not be ranked are never chosen. About 1 test in 20 says “different” by chance."
    )


def column(title: str, some: list[str]) -> None:
    """Draw strengths or concerns with the reason each was chosen."""
    st.subheader(title)
    if not some:
        st.write("No measure shows one with enough evidence. That is not the same as having none.")
    for one in some:
        st.markdown(one)


def trends(asked: Asked, parts: Parts, place: pd.Series) -> None:
    """Draw how measures changed, where their periods may be compared."""
    st.header("How it changed")
    if not parts.trends:
        st.write("No measure here has periods that may be compared over three years or more.")
        return
    titles = parts.trend_titles
    first = next((name for name in POPULATIONS if name in titles), next(iter(titles)))
    measure_id = choices.one_of("Measure over time", "trend", titles, first)
    figure(profile_parts.trend_figure(asked, measure_id, show.ground()), place, "trend_chart")
    others = [sentence for other, sentence in parts.trends.items() if other != measure_id]
    if others:
        st.html(profile_table.listed(others, f"Show {words.counted(len(others), 'other change')}"))


def figure(found: Figure, place: pd.Series, key: str) -> None:
    """Draw a chart of this place with its citation."""
    show.figure(
        found.chart,
        title=found.title,
        alt=found.alt,
        table=found.table,
        source=found.source,
        cite=show.cited(
            found.citation, title=found.measure, place=place["title"], period=found.period
        ),
        key=key,
    )


def groups(asked: Asked, parts: Parts, place: pd.Series) -> None:
    """Draw measures by group of people, where a source has them for this place."""
    st.header("Between groups of people")
    titles = parts.group_titles
    if not titles:
        st.write(
            "No measure of health or living conditions in these data is split by race, ethnicity or sex for "
            "this place. Differences between groups may well exist; these data cannot show them."
        )
        st.button(
            "See gaps where this place lies",
            key="screen_gaps_around",
            on_click=shell.go,
            args=("4_disparities.py",),
        )
        return
    choice = choices.one_of("Measure by group", "groups", titles, next(iter(titles)))
    figure(profile_parts.group_figure(asked, choice, show.ground()), place, "group_chart")
    measure_id, _, dimension = choice.partition(".")
    st.button(
        "Is this gap real?",
        key="screen_gap_real",
        on_click=shell.go,
        args=("4_disparities.py",),
        kwargs={"measure": measure_id, "split": dimension, "kind": "groups"},
    )


def missing(parts: Parts) -> None:
    """Draw who and what is missing."""
    st.header("Who is missing")
    if parts.missing:
        gaps = words.counted(len(parts.missing), "gap")
        st.html(profile_table.listed(parts.missing, f"Show {gaps}"))
    else:
        st.write(
            "Every measure in these data has a number for this place and for each group it names."
        )
    st.caption(
        "A number that is missing is not zero. People in shelters, prisons or without papers are counted less "
        "well in most sources."
    )


def peer_list(parts: Parts) -> None:
    """Draw the peers, what made them peers, and on what each differs."""
    st.header("Places like this one")
    if not parts.peers:
        st.write("No peers: the variables that make peers are not published for this place.")
        return
    st.write(parts.peers)
    st.html(parts.peer_table)
    st.caption(
        "Distance: the typical gap in standard deviations over the variables; 0 would be the same on all. "
        "Peers chosen by poverty have, of course, like poverty."
    )


def nobody() -> None:
    """Draw the page before a place is chosen."""
    st.title("Find a community")
    st.write(
        "A profile shows who lives in a place and how it stands beside its state, the nation and its peers."
    )
    find.box("County, town, state, ZIP or FIPS code", key="profile", page=PAGE)


def profile_page(place: pd.Series) -> None:
    """Draw the profile of a place."""
    st.html(profile_table.STYLE + profile_paper.STYLE)
    st.title(place["title"])
    top = st.container()
    with st.container(key="screen"):
        asked = ask_profile(place)
        parts = profile_parts.of(asked)
        top.markdown(parts.lead)
        top.html(parts.paper)
        sections(asked, parts, place)


def ask_profile(place: pd.Series) -> Asked:
    """Draw what may be chosen; give which profile is asked for."""
    find.box("Find another place", key="profile", page=PAGE)
    find.also_found(place["place_id"], PAGE)
    compared.button("Compare with other places", pinned=[])
    if changed := vintages.note(place["place_id"]):
        st.info(changed)
    with st.expander("Choose what is shown and what makes peers"):
        everything = choices.switch("Show all measures of each domain", "all")
        alike = tuple(choices.some_of("Peers are alike on", "alike", peers.TITLES))
    return Asked(data.built(), place["place_id"], alike, everything)


def sections(asked: Asked, parts: Parts, place: pd.Series) -> None:
    """Draw the profile's sections as they are seen on a screen."""
    people(parts)
    stands_out(parts)
    st.html(parts.key)
    for name in profile_parts.DOMAINS:
        st.header(parts.domains[name].heading)
        domain(parts.domains[name], name)
    trends(asked, parts, place)
    groups(asked, parts, place)
    missing(parts)
    peer_list(parts)
    with st.container(horizontal=True, key="screen_share"):
        st.button(
            "See how an outcome goes with a condition of counties",
            on_click=shell.go,
            args=("5_relationships.py",),
            kwargs={"measure": st.session_state["trend"]} if "trend" in st.session_state else {},
        )
        with st.popover("Link to this profile"):
            st.code(st.context.url, language=None, wrap_lines=True)
        show.citation(
            show.cited(
                "Health equity dashboard, from the public sources named beside each number",
                title="Community profile",
                place=place["title"],
                period="periods as shown",
            )
        )


shell.inside_frame()
place = choices.place()
if place is None:
    nobody()
else:
    profile_page(place)
