"""Profiles, put together once a place and build."""

from dataclasses import astuple, dataclass

import numpy as np
import pandas as pd
import streamlit as st

from equity import peers, profile_words
from equity.peers import Peers
from equity.profile_words import POPULATIONS
from equity.reliability import SHAKY
from equity.views import profile
from equity.views.profile import NATION, Line, Profile, Spreads
from ui import data, profile_table

# How many measures of a domain are shown before "show all".
FEW = 6


@st.cache_resource(max_entries=8, show_spinner=False)
def spreads_of(
    built: int, level: str, measures: tuple[str, ...], periods: tuple[str, ...]
) -> Spreads:
    """Give the rising values of all places of a level, by measure and people group."""
    rows = data.ask("profile_spread", level=level, measures=measures, periods=periods)
    return {
        (row.measure_id, row.people_group): profile.spread_of(np.asarray(row.rising))
        for row in rows.itertuples()
    }


@st.cache_resource(max_entries=200, show_spinner=False)
def profile_of(built: int, place_id: str, alike_on: tuple[str, ...]) -> Profile:
    """Give the profile of a place with the peers that are like it on some variables."""
    place = data.ask("place", place=place_id).iloc[0]
    return profile.ask(
        data.ask,
        lambda level, measures, periods: spreads_of(built, level, measures, periods),
        place,
        peers_of(place, list(alike_on)),
    )


@dataclass(frozen=True)
class Asked:
    """Which profile was asked for; what is made of it is kept under these."""

    built: int
    place_id: str
    alike_on: tuple[str, ...]
    everything: bool

    def profile(self) -> Profile:
        """Give the profile itself."""
        return profile_of(self.built, self.place_id, self.alike_on)


def by_value(asked: Asked) -> tuple:
    """Tell Streamlit's memory what makes two questions the same."""
    return astuple(asked)


@st.cache_data(max_entries=2000, show_spinner=False, hash_funcs={Asked: by_value})
def domain_table(asked: Asked, name: str, heading: str) -> tuple[str, int]:
    """Give a domain's table as HTML, and how many of its measures it leaves out."""
    found = asked.profile()
    lines = [line for line in found.lines if line.measure["domain"] == name]
    shown = chosen(lines, everything=asked.everything)
    return profile_table.table(found, shown, heading), len(lines) - len(shown)


@st.cache_data(max_entries=500, show_spinner=False, hash_funcs={Asked: by_value})
def trend_sentences(asked: Asked) -> dict[str, str]:
    """Give what changed, a sentence a measure whose periods may be compared."""
    found = asked.profile()
    told = {
        measure_id: profile_words.trend(rows, found.measures.loc[measure_id])
        for measure_id, rows in found.trends.groupby("measure_id", sort=False)
    }
    return {measure_id: sentence for measure_id, sentence in told.items() if sentence}


def peers_of(place: pd.Series, alike_on: list[str]) -> Peers:
    """Give the peers of a county or state; the nation has none."""
    if place["level"] not in ("county", "state"):
        return Peers((), (), tuple(alike_on))
    return peers.nearest(data.ask("peer_variables"), place["place_id"], variables=alike_on)


def chosen(lines: list[Line], *, everything: bool) -> list[Line]:
    """Give the lines to show: all, or one a concept (age-adjusted first), the most telling first.

    Most telling: those with a number, then those that can be set beside the nation, then those that
    may be ranked; a list by name alone would begin with what a model made.
    """
    ordered = sorted(
        lines,
        key=lambda line: (
            line.here.value is None,
            line.here.grade == SHAKY,
            NATION not in line.others or line.others[NATION].value is None,
            not line.measure["may_rank"],
            line.measure["adjustment"] != "age-adjusted",
            line.title,
        ),
    )
    if everything:
        return ordered
    counts = [line for line in ordered if line.measure.name in POPULATIONS]
    best = min(counts, key=lambda line: POPULATIONS.index(line.measure.name), default=None)
    ordered = [line for line in ordered if line not in counts or line is best]
    first: dict[tuple[str, str], Line] = {}
    for line in ordered:
        first.setdefault((line.measure["concept"], line.group), line)
    return list(first.values())[:FEW]
