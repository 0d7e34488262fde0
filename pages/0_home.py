"""Home

Find a community, and three ways to begin: explore, teach, present."""

import pandas as pd
import streamlit as st

from equity import profile_words, words
from ui import choices, data, find, profile_table, shell


def doors() -> None:
    """Say what can be done today: explore, teach, present."""
    explore, teach, present = st.columns(3, gap="medium")
    with explore.container(border=True, height="stretch"):
        st.subheader("Explore")
        st.write("See how a measure differs from county to county, on a map of the whole country.")
        st.page_link("pages/1_explore.py", label="Open the map")
    with teach.container(border=True, height="stretch"):
        st.subheader("Teach")
        st.write(
            "Open a community's profile with your class. Print it on two pages, or copy the "
            "citation under any table into your handout."
        )
        st.page_link("pages/2_community.py", label="Open a profile")
    with present.container(border=True, height="stretch"):
        st.subheader("Present")
        st.write(
            "Every page is set in large type and keeps its choices in its address: open the link "
            "on the room's screen and you are where you left off."
        )
        st.markdown("[Open the map alone, in a new tab](explore?embed=true)")


def fresh() -> None:
    """Say what the data are and how fresh."""
    sources = data.ask("sources_loaded")
    build = data.ask("build").iloc[0]
    st.header("What these data are, and how fresh")
    st.write(
        f"{words.counted(int(sources['measures'].sum()), 'measure')} from "
        f"{words.counted(len(sources), 'public source')}, for every county, state and the nation where "
        f"the publisher gives them. They were put together "
        f"on {words.day(build['built_at'])} (version {build['data_version']})."
    )
    shown = sources.drop(columns="source_id").rename(
        columns={
            "title": "Source",
            "publisher": "Published by",
            "measures": "Measures",
            "newest_period": "Newest period",
        }
    )
    shown["Newest period"] = shown["Newest period"].map(profile_words.period)
    st.html(profile_table.plain(shown, "Sources, newest first"))


def missing() -> None:
    """Say what this build does not hold, and which command brings it."""
    absent = data.ask("not_loaded")
    if absent.empty:
        return
    st.header("What is not in this build")
    for sentence in absent_domains(absent):
        st.write(sentence)
    with st.expander(f"All {words.counted(len(absent), 'measure')} you can add, by source"):
        for (title, get_it), measures in absent.groupby(["source_title", "get_it"]):
            st.markdown(f"**{title}** — {words.listed(measures['title'].tolist())}.")
            st.caption(get_it)


def absent_domains(absent: pd.DataFrame) -> list[str]:
    """Give a sentence for each domain that has no measure in this build, with the command to run."""
    held = set(data.ask("measures")["domain"])
    sentences = []
    for domain, measures in absent.groupby("domain"):
        if domain not in held:
            command = f"python -m etl {' '.join(measures['source_id'].unique())}"
            sentences.append(
                f"**{domain.capitalize()}** has no measure yet. This brings it: `{command}`"
            )
    held_sources = set(data.ask("sources_loaded")["source_id"])
    if "cdc_places" in set(absent["source_id"]) - held_sources:
        sentences.append(
            "**Chronic disease** (diabetes, asthma, high blood pressure and more) has no modern county "
            "measure yet. This brings them: `python -m etl cdc_places`"
        )
    return sentences


shell.inside_frame()
st.html(profile_table.STYLE)
st.title("Health equity, county by county")
st.write(
    "Who lives in a community, how it stands beside its state, the nation and places like it, how sure "
    "we can be, and who published each number."
)
find.box("Find a community", key="home", page="2_community.py")
chosen = choices.place()
if chosen is not None:
    st.page_link("pages/2_community.py", label=f"Back to {chosen['title']}")
st.header("Three ways to begin")
doors()
fresh()
missing()
