"""Community

One place: who lives there, how it stands, how sure we can be, and who is missing."""

import pandas as pd
import streamlit as st

from equity import peers, profile_words, standing_out, vintages, words
from equity.views.profile import NATION, Profile
from ui import (
    choices,
    community,
    compared,
    data,
    find,
    profile_charts,
    profile_paper,
    profile_table,
    shell,
    show,
)
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
PAGE = "2_community.py"


def people(asked: Asked, profile: Profile) -> None:
    """Draw who lives here: people first."""
    st.header("Who lives here")
    measure_id = mix_of(profile)
    if measure_id:
        rows = profile.groups[profile.groups["measure_id"].eq(measure_id)]
        rows, measure = rows[rows["value"].notna()], profile.measures.loc[measure_id]
        st.markdown(f"**{profile_words.mix_finding(rows, measure)}**")
        st.html(profile_table.mix(profile, rows))
        st.caption(profile_words.mix_note(rows, measure))
    domain(asked, profile, "people", "More about the people")


def mix_of(profile: Profile) -> str | None:
    """Give the first measure of race and ethnicity that has numbers here."""
    held = set(profile.groups["measure_id"][profile.groups["value"].notna()])
    return next((measure_id for measure_id in MIXES if measure_id in held), None)


def domain(asked: Asked, profile: Profile, name: str, title: str) -> None:
    """Draw a domain: its finding, its measures; or which command would bring some."""
    lines = [line for line in profile.lines if line.measure["domain"] == name]
    finding = profile_words.domain_finding(lines, NATION, "the nation") if lines else ""
    heading = f"{title}: {finding}" if finding else title
    (st.subheader if name == "people" else st.header)(heading)
    if not lines:
        nothing(profile, name)
        return
    table, left_out = community.domain_table(asked, name, heading)
    shown, subject = len(lines) - left_out, "the people" if name == "people" else name
    st.html(profile_table.fold(table, f"Show {words.counted(shown, 'measure')} of {subject}"))
    if name == "health outcomes" and "cdc_places" not in set(
        data.ask("sources_loaded")["source_id"]
    ):
        st.markdown(
            "These data hold no modern measure of chronic disease. This brings some: "
            "`python -m etl cdc_places`"
        )
    if left_out:
        st.caption(
            f"{words.capital(words.counted(left_out, 'more measure'))} with “Show all measures”, at the top."
        )


def nothing(profile: Profile, name: str) -> None:
    """Say why a domain is empty: not in this build, or not published for this place."""
    elsewhere = profile.absent[profile.absent["domain"] == name]
    if len(elsewhere):
        st.write("No figure of this domain is published for this place; see “Who is missing”.")
        return
    absent = data.ask("not_loaded")
    sources = absent[absent["domain"] == name]["source_id"].unique()
    if len(sources):
        st.markdown(
            f"These data hold no measure of it yet. This brings some: `python -m etl {' '.join(sources)}`"
        )
    else:
        st.write("No source here measures it for such a place.")


def stands_out(profile: Profile) -> None:
    """Draw strengths and concerns in equal room."""
    strengths, concerns = standing_out.chosen(profile)
    found = profile_words.stands_out(len(strengths), len(concerns))
    st.header(f"What stands out: {found}")
    left, right = st.columns(2, gap="large")
    with left:
        column("Strengths", strengths)
    with right:
        column("Concerns", concerns)
    st.caption(
        "Chosen by evidence: a real difference from the nation (or from the middle place, where the nation "
        "has no figure) in the better or worse third of all places; or, where no margin is published and "
        f"at least {standing_out.FEWEST_RESIDENTS:,} people live here, the outer tenth. Crude death rates and "
        "measures that may not be ranked are never chosen. About 1 test in 20 says “different” by chance."
    )


def column(title: str, some: list[standing_out.Outstanding]) -> None:
    """Draw strengths or concerns with the reason each was chosen."""
    st.subheader(title)
    if not some:
        st.write("No measure shows one with enough evidence. That is not the same as having none.")
    for one in some:
        st.markdown(f"**{one.finding}**  \n{one.why}")


def trends(asked: Asked, profile: Profile) -> None:
    """Draw how measures changed, where their periods may be compared."""
    told = community.trend_sentences(asked)
    st.header("How it changed")
    if not told:
        st.write("No measure here has periods that may be compared over three years or more.")
        return
    titles = {measure_id: profile.measures.loc[measure_id, "title"] for measure_id in told}
    first = next((name for name in profile_words.POPULATIONS if name in titles), next(iter(titles)))
    measure_id = choices.one_of("Measure over time", "trend", titles, first)
    measure = profile.measures.loc[measure_id]
    rows = profile.trends[
        profile.trends["measure_id"].eq(measure_id) & profile.trends["value"].notna()
    ]
    first, last = (profile_words.period(rows["period"].iloc[end]) for end in (0, -1))
    show.figure(
        profile_charts.line_chart(rows, measure),
        title=told[measure_id],
        alt=f"Line from {first} to {last}. {told[measure_id]}",
        table=profile_charts.rows_table(rows, measure, "period", "Period"),
        source=f"{measure['publisher']}, {measure['source_title']}, {first} to {last}. {measure['periods_note']}",
        cite=show.cited(
            measure["citation"],
            title=measure["title"],
            place=profile.place["title"],
            period=f"{first} to {last}",
        ),
        key="trend_chart",
    )
    others = [sentence for other, sentence in told.items() if other != measure_id]
    if others:
        st.html(profile_table.listed(others, f"Show {words.counted(len(others), 'other change')}"))


def groups(profile: Profile) -> None:
    """Draw measures by group of people, where a source has them for this place."""
    st.header("Between groups of people")
    usable = profile.groups[
        profile.groups["measure_id"].map(profile.measures["better"]).ne("neither")
        & ~profile.groups["dimension"].str.contains("+", regex=False)
    ]
    usable = usable[usable.groupby(["measure_id", "dimension"])["value"].transform("count") >= 2]
    if usable.empty:
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
    keys = list(dict.fromkeys(zip(usable["measure_id"], usable["dimension"], strict=True)))
    titles = {
        f"{measure_id}.{dimension}": f"{profile.measures.loc[measure_id, 'title']}, by {said(dimension)}"
        for measure_id, dimension in keys
    }
    asked = choices.one_of("Measure by group", "groups", titles, next(iter(titles)))
    measure_id, _, dimension = asked.partition(".")
    rows = usable[usable["measure_id"].eq(measure_id) & usable["dimension"].eq(dimension)]
    measure = profile.measures.loc[measure_id]
    finding = profile_words.group_finding(rows, measure)
    period = profile_words.period(rows["period"].iloc[0])
    absent = rows[rows["value"].isna()]["group_title"].tolist()
    without = f" No number for {words.listed(absent)}." if absent else ""
    show.figure(
        profile_charts.dots(rows[rows["value"].notna()], measure),
        title=finding,
        alt=f"Dots with intervals. {finding}.",
        table=profile_charts.rows_table(rows, measure, "group_title", "Group"),
        source=f"{measure['publisher']}, {measure['source_title']}, {period}.{without} {measure['caution']}",
        cite=show.cited(
            measure["citation"], title=measure["title"], place=profile.place["title"], period=period
        ),
        key="group_chart",
    )
    st.button(
        "Is this gap real?",
        key="screen_gap_real",
        on_click=shell.go,
        args=("4_disparities.py",),
        kwargs={"measure": measure_id, "split": dimension, "kind": "groups"},
    )


def said(dimension: str) -> str:
    """Say a dimension of people groups in words."""
    return {"race_ethnicity": "race and ethnicity", "urban_rural": "urban and rural residence"}.get(
        dimension, dimension
    )


def missing(profile: Profile) -> None:
    """Draw who and what is missing."""
    sentences = profile_words.missing(profile)
    st.header("Who is missing")
    if sentences:
        st.html(profile_table.listed(sentences, f"Show {words.counted(len(sentences), 'gap')}"))
    else:
        st.write(
            "Every measure in these data has a number for this place and for each group it names."
        )
    st.caption(
        "A number that is missing is not zero. People in shelters, prisons or without papers are counted less "
        "well in most sources."
    )


def peer_list(profile: Profile) -> None:
    """Draw the peers, what made them peers, and on what each differs."""
    found = profile.peers
    st.header("Places like this one")
    if not found.peers:
        st.write("No peers: the variables that make peers are not published for this place.")
        return
    used, gaps, mixed = (
        words.listed([peers.TITLES[name].lower() for name in names])
        for names in (found.used, found.missing, found.mixed)
    )
    st.write(
        f"These {len(found.peers)} are nearest on {used}."
        + (f" Not used, because it is not in these data for this place: {gaps}." if gaps else "")
        + (f" Take care: {mixed} here and there come from different sources." if mixed else "")
        + " Being alike on these does not make them alike in all things."
    )
    shown = pd.DataFrame(
        {
            "Peer": [peer.title for peer in found.peers],
            "Distance": [f"{peer.distance:.2f}" for peer in found.peers],
            "Differs on": [
                peer.differs or "Nothing much on these variables" for peer in found.peers
            ],
        }
    )
    st.html(profile_table.plain(shown, "Peers, nearest first"))
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
        profile = asked.profile()
        top.markdown(profile_words.lead(profile))
        top.html(profile_paper.sheets(asked, ("people", *DOMAINS), mix_of(profile)))
        sections(asked, profile)


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


def sections(asked: Asked, profile: Profile) -> None:
    """Draw the profile's sections as they are seen on a screen."""
    people(asked, profile)
    stands_out(profile)
    st.html(profile_table.key(profile))
    for name in DOMAINS:
        domain(asked, profile, name, words.capital(name))
    trends(asked, profile)
    groups(profile)
    missing(profile)
    peer_list(profile)
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
                place=profile.place["title"],
                period="periods as shown",
            )
        )


shell.inside_frame()
place = choices.place()
if place is None:
    nobody()
else:
    profile_page(place)
