"""Profiles, put together once a place and build."""

import threading
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from equity import peers, profiles
from equity.peers import Peers
from equity.profile_words import POPULATIONS
from equity.profiles import NATION, Line, Measure, Profile, Spread, Spreads
from equity.reliability import SHAKY
from ui import data

# How many measures of a domain are shown before "show all".
FEW = 6


class Known:
    """The spreads of one level of places that somebody has asked for, by measure and period.

    Places differ in which measures they have, so each measure is kept by itself. Of many who open
    a profile at the same moment one asks, and the others wait for the answer.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.spreads: dict[tuple[str, str], dict[str, Spread]] = {}

    def learn(self, level: str, pairs: list[tuple[str, str]]) -> None:
        """Ask for the measures and periods that nobody has asked for yet."""
        with self.lock:
            new = [pair for pair in pairs if pair not in self.spreads]
            if not new:
                return
            measures, periods = zip(*new, strict=True)
            rows = data.ask_once("profile_spread", level=level, measures=measures, periods=periods)
            found: dict[tuple[str, str], dict[str, Spread]] = {pair: {} for pair in new}
            for row in rows.itertuples():
                spread = profiles.spread_of(np.asarray(row.rising))
                found[row.measure_id, row.period][row.people_group] = spread
            self.spreads |= found


@st.cache_resource(max_entries=8, show_spinner=False)
def known(built: int, level: str) -> Known:
    """Give the spreads of one build and level; those not asked for yet are added to them."""
    return Known()


def spreads_of(
    built: int, level: str, measures: tuple[str, ...], periods: tuple[str, ...]
) -> Spreads:
    """Give the rising values of all places of a level, by measure and people group."""
    pairs = list(zip(measures, periods, strict=True))
    held = known(built, level)
    held.learn(level, pairs)
    return {
        (pair[0], group): spread for pair in pairs for group, spread in held.spreads[pair].items()
    }


@st.cache_resource(max_entries=2, show_spinner=False)
def measures_of(built: int) -> dict[str, Measure]:
    """Give the measures of one build by their code."""
    return profiles.measures_of(data.ask("measures"))


# A profile is some ten thousand objects; what the page shows of it is kept as text (profile_parts).
@st.cache_resource(max_entries=50, show_spinner=False)
def profile_of(built: int, place_id: str, alike_on: tuple[str, ...]) -> Profile:
    """Give the profile of a place with the peers that are like it on some variables."""
    place = data.ask("place", place=place_id).iloc[0]
    return profiles.put_together(
        data.ask,
        lambda level, measures, periods: spreads_of(built, level, measures, periods),
        place,
        peers_of(place, list(alike_on)),
        measures_of(built),
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
