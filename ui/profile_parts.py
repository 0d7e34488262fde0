"""What a profile's page shows, put into words once a place and build, and kept as text."""

from dataclasses import astuple, dataclass

import pandas as pd
import streamlit as st

from equity import peers, profile_words, standing_out, words
from equity.figures import Ground
from equity.profiles import NATION, Profile
from equity.standing_out import Outstanding
from ui import community, data, profile_charts, profile_paper, profile_table
from ui.community import Asked

DOMAINS = (
    "economic stability",
    "education access and quality",
    "health care access and quality",
    "neighborhood and built environment",
    "social and community context",
    "health outcomes",
)
MIXES = ("acs_race_ethnicity", "census2010_race_ethnicity", "svi_race_ethnicity")
SPOKEN = {"race_ethnicity": "race and ethnicity", "urban_rural": "urban and rural residence"}


@dataclass(frozen=True)
class Mix:
    """Race and ethnicity of the residents: the finding, the table as HTML, who counted."""

    finding: str
    table: str
    note: str


@dataclass(frozen=True)
class Domain:
    """A domain: its heading, its table as HTML, how many measures are in it and left out, why it is empty."""

    heading: str
    table: str = ""
    shown: int = 0
    left_out: int = 0
    empty: str = ""


@dataclass(frozen=True)
class Parts:
    """The words and tables of a profile's page, in the order in which they are drawn."""

    lead: str
    paper: str
    mix: Mix | None
    domains: dict[str, Domain]
    standing_out: str
    strengths: list[str]
    concerns: list[str]
    key: str
    trends: dict[str, str]
    trend_titles: dict[str, str]
    group_titles: dict[str, str]
    missing: list[str]
    peers: str
    peer_table: str


@dataclass(frozen=True)
class Figure:
    """A chart with all that is said of it; drawn by show.figure."""

    chart: dict[str, object]
    title: str
    alt: str
    table: pd.DataFrame
    source: str
    citation: str
    measure: str
    period: str


def by_value(asked: Asked) -> tuple:
    """Tell Streamlit's memory what makes two questions the same."""
    return astuple(asked)


@st.cache_resource(max_entries=400, show_spinner=False, hash_funcs={Asked: by_value})
def of(asked: Asked) -> Parts:
    """Give the words and tables of a profile."""
    found = asked.profile()
    strengths, concerns = standing_out.chosen(found)
    told = profile_words.trends(found.trends, found.measures)
    return Parts(
        lead=profile_words.lead(found),
        paper=profile_paper.sheets(
            found, ("people", *DOMAINS), mix_of(found), everything=asked.everything
        ),
        mix=mix(found),
        domains={name: domain(found, name, asked) for name in ("people", *DOMAINS)},
        standing_out=profile_words.stands_out(len(strengths), len(concerns)),
        strengths=[said_of(one) for one in strengths],
        concerns=[said_of(one) for one in concerns],
        key=profile_table.key(found),
        trends=told,
        trend_titles={name: found.measures[name]["title"] for name in told},
        group_titles=group_titles(found),
        missing=profile_words.missing(found),
        peers=peers_said(found),
        peer_table=peer_table(found),
    )


def mix(found: Profile) -> Mix | None:
    """Give the mix of race and ethnicity."""
    measure_id = mix_of(found)
    if measure_id is None:
        return None
    rows = found.groups[found.groups["measure_id"].eq(measure_id)]
    rows, measure = rows[rows["value"].notna()], found.measures[measure_id]
    return Mix(
        profile_words.mix_finding(rows, measure),
        profile_table.mix(found, rows),
        profile_words.mix_note(rows, measure),
    )


def mix_of(found: Profile) -> str | None:
    """Give the first measure of race and ethnicity that has numbers here."""
    held = set(found.groups["measure_id"][found.groups["value"].notna()])
    return next((measure_id for measure_id in MIXES if measure_id in held), None)


def domain(found: Profile, name: str, asked: Asked) -> Domain:
    """Give a domain: its finding, its measures; or which command would bring some."""
    lines = [line for line in found.lines if line.measure["domain"] == name]
    finding = profile_words.domain_finding(lines, NATION, "the nation") if lines else ""
    title = "More about the people" if name == "people" else words.capital(name)
    heading = f"{title}: {finding}" if finding else title
    if not lines:
        return Domain(heading, empty=nothing(found, name))
    shown = community.chosen(lines, everything=asked.everything)
    table = profile_table.table(found, shown, heading)
    return Domain(heading, table, len(shown), len(lines) - len(shown))


def nothing(found: Profile, name: str) -> str:
    """Say why a domain is empty: not in this build, or not published for this place."""
    if found.absent["domain"].eq(name).any():
        return "No figure of this domain is published for this place; see “Who is missing”."
    absent = data.ask("not_loaded")
    sources = absent[absent["domain"] == name]["source_id"].unique()
    if len(sources):
        return f"These data hold no measure of it yet. This brings some: `python -m etl {' '.join(sources)}`"
    return "No source here measures it for such a place."


def said_of(one: Outstanding) -> str:
    """Give a strength or concern with the reason it was chosen."""
    return f"**{one.finding}**  \n{one.why}"


def group_titles(found: Profile) -> dict[str, str]:
    """Give the measures that can be drawn by group here, as "measure.dimension" and a title."""
    usable = comparable_groups(found)
    keys = dict.fromkeys(zip(usable["measure_id"], usable["dimension"], strict=True))
    return {
        f"{measure_id}.{dimension}": f"{found.measures[measure_id]['title']}, by {SPOKEN.get(dimension, dimension)}"
        for measure_id, dimension in keys
    }


def comparable_groups(found: Profile) -> pd.DataFrame:
    """Give the rows by group of measures with a good direction and two groups or more."""
    rows = found.groups
    judged = rows["measure_id"].map(lambda name: found.measures[name]["better"] != "neither")
    usable = rows[judged.astype(bool) & ~rows["dimension"].str.contains("+", regex=False)]
    return usable[usable.groupby(["measure_id", "dimension"])["value"].transform("count") >= 2]


def peers_said(found: Profile) -> str:
    """Say what made the peers; empty where there are none."""
    if not found.peers.peers:
        return ""
    used, gaps, mixed = (
        words.listed([peers.TITLES[name].lower() for name in names])
        for names in (found.peers.used, found.peers.missing, found.peers.mixed)
    )
    return (
        f"These {len(found.peers.peers)} are nearest on {used}."
        + (f" Not used, because it is not in these data for this place: {gaps}." if gaps else "")
        + (f" Take care: {mixed} here and there come from different sources." if mixed else "")
        + " Being alike on these does not make them alike in all things."
    )


def peer_table(found: Profile) -> str:
    """Give the peers as HTML, with how near each is and on what it differs."""
    shown = pd.DataFrame(
        {
            "Peer": [peer.title for peer in found.peers.peers],
            "Distance": [f"{peer.distance:.2f}" for peer in found.peers.peers],
            "Differs on": [
                peer.differs or "Nothing much on these variables" for peer in found.peers.peers
            ],
        }
    )
    return profile_table.plain(shown, "Peers, nearest first")


@st.cache_resource(max_entries=400, show_spinner=False, hash_funcs={Asked: by_value})
def trend_figure(asked: Asked, measure_id: str, theme: Ground) -> Figure:
    """Give the line of one measure over time on a light or dark ground."""
    found = asked.profile()
    measure = found.measures[measure_id]
    rows = found.trends[found.trends["measure_id"].eq(measure_id) & found.trends["value"].notna()]
    first, last = (profile_words.period(rows["period"].iloc[end]) for end in (0, -1))
    finding = of(asked).trends[measure_id]
    return Figure(
        chart=profile_charts.line_chart(rows, measure, theme),
        title=finding,
        alt=f"Line from {first} to {last}. {finding}",
        table=profile_charts.rows_table(rows, measure, "period", "Period"),
        source=f"{measure['publisher']}, {measure['source_title']}, {first} to {last}. {measure['periods_note']}",
        citation=measure["citation"],
        measure=measure["title"],
        period=f"{first} to {last}",
    )


@st.cache_resource(max_entries=400, show_spinner=False, hash_funcs={Asked: by_value})
def group_figure(asked: Asked, choice: str, theme: Ground) -> Figure:
    """Give the dots of one measure by group on a light or dark ground; choice: "measure.dimension"."""
    found = asked.profile()
    measure_id, _, dimension = choice.partition(".")
    usable = comparable_groups(found)
    rows = usable[usable["measure_id"].eq(measure_id) & usable["dimension"].eq(dimension)]
    measure = found.measures[measure_id]
    finding = profile_words.group_finding(rows, measure)
    period = profile_words.period(rows["period"].iloc[0])
    absent = rows[rows["value"].isna()]["group_title"].tolist()
    without = f" No number for {words.listed(absent)}." if absent else ""
    return Figure(
        chart=profile_charts.dots(rows[rows["value"].notna()], measure, theme),
        title=finding,
        alt=f"Dots with intervals. {finding}.",
        table=profile_charts.rows_table(rows, measure, "group_title", "Group"),
        source=f"{measure['publisher']}, {measure['source_title']}, {period}.{without} {measure['caution']}",
        citation=measure["citation"],
        measure=measure["title"],
        period=period,
    )
