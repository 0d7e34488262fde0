"""Sources

Where each number comes from, how it is made, what it must not be used for, and how to cite or download it."""

from collections import defaultdict

import pandas as pd
import streamlit as st

from equity import glossary
from ui import choices, data, method_card, shell
from ui.method_card import facts, plain

shell.inside_frame()

PARTS = {
    "measure": "Measures",
    "source": "Sources and files",
    "methods": "Methods",
    "glossary": "Glossary",
}
FIRST_MEASURE = "acs_poverty"
LICENCE = (
    "The program is free to use under the MIT licence. Teaching cases are under CC BY 4.0. Each data set "
    "keeps the licence of its publisher, given with each source here."
)


def draw_measures() -> None:
    """Draw the card of one measure, and the list of all of them."""
    measures = data.ask("measures").set_index("measure_id", drop=False)
    titles = measures["title"].to_dict()
    chosen = choices.one_measure(titles, FIRST_MEASURE, after=defaultdict(str))
    method_card.draw(measures.loc[chosen])
    st.header("All measures", anchor=False)
    st.markdown("Choose a row to open its card. Point at the table to search it.")
    st.dataframe(
        list_of(measures),
        hide_index=True,
        height=420,
        key="all_measures",
        on_select=lambda: open_row(list(measures["measure_id"])),
        selection_mode="single-row",
        alt=f"All {len(measures)} measures with domain, newest period, how made and publisher.",
    )


def list_of(measures: pd.DataFrame) -> pd.DataFrame:
    """Give the short list of measures, in words."""
    return pd.DataFrame(
        {
            "Measure": measures["title"],
            "Domain": measures["domain"].map(method_card.sentence_case),
            "Newest": measures["newest_period"],
            "Made": measures["made"].map(method_card.sentence_case),
            "Publisher": measures["publisher"],
        }
    )


def open_row(measure_ids: list[str]) -> None:
    """Open the card of the measure whose row was chosen."""
    rows = st.session_state["all_measures"]["selection"]["rows"]
    if rows:
        st.session_state["measure"] = measure_ids[rows[0]]


def draw_sources() -> None:
    """Draw one source with its files, and what is not loaded and how to get it."""
    sources = data.ask("sources").set_index("source_id", drop=False)
    chosen = choices.one_of("Source", "source", sources["title"].to_dict(), sources.index[0])
    draw_source(sources.loc[chosen])
    draw_not_loaded(sources[sources["measures_not_loaded"].gt(0)])


def draw_source(source: pd.Series) -> None:
    """Draw what is to be known of one source."""
    st.header(source["title"], anchor=False)
    st.markdown(plain(source["about"]))
    facts(
        {
            "Publisher": source["publisher"],
            "Licence": source["licence"],
            "Terms": source["terms"],
            "Measures here": f"{source['measures']} of {source['measures'] + source['measures_not_loaded']}",
            "Not loaded yet": source["titles_not_loaded"],
            "Get the newest": source["get_it"],
        }
    )
    st.markdown(f"**Publisher's page** <{source['url']}>")
    st.caption("Citation: copy it with the button at its right end.")
    st.code(source["citation"], language=None, wrap_lines=True)
    st.subheader("Files", anchor=False)
    files = data.ask("source_files", source=source["source_id"])
    if files.empty:
        st.markdown("No file of this source is loaded.")
        return
    st.dataframe(
        files_in_words(files),
        hide_index=True,
        height="content",
        alt=f"The {len(files)} files of {source['title']} with size, date and checksum.",
    )
    st.caption(
        "Starter files ship with the dashboard; data/starter/MANIFEST.tsv says where each came from. "
        "A checksum (SHA-256) tells whether your copy is the same file."
    )


def files_in_words(files: pd.DataFrame) -> pd.DataFrame:
    """Give a source's files with readable sizes and dates."""
    return pd.DataFrame(
        {
            "File": files["file"],
            "From": files["origin"].map({"starter": "Starter data", "raw": "Downloaded"}),
            "Retrieved": files["retrieved"].dt.strftime("%Y-%m-%d").fillna("Not recorded"),
            "Kilobytes": (files["bytes"] / 1000).round().clip(lower=1).astype(int),
            "SHA-256": files["sha256"],
        }
    )


def draw_not_loaded(missing: pd.DataFrame) -> None:
    """Say which measures these data could hold but do not, and which command brings them."""
    st.header("Not loaded yet", anchor=False)
    if missing.empty:
        st.markdown("Every measure of every source is loaded.")
        return
    st.markdown(
        f"{missing['measures_not_loaded'].sum()} more measures need a download. Run the command in the "
        "folder of the dashboard; the open app notices the new data by itself."
    )
    facts(
        {
            row[
                "title"
            ]: f"{row['measures_not_loaded']} measures ({row['domains_not_loaded']}). {row['get_it']}"
            for _, row in missing.iterrows()
        }
    )


def draw_methods() -> None:
    """Say how numbers are graded, compared and placed on the map of counties."""
    st.header("How far to trust a number", anchor=False)
    facts(
        {
            "Solid": "The uncertainty is small next to the value: at most 12% of it for surveys and models; "
            "20 events or more and a narrow interval for deaths, births and cases. A full count is solid.",
            "Use with care": "The uncertainty is 12% to 30% of the value, or few events are behind it. "
            "Say so when you show it.",
            "Too shaky to compare": "The uncertainty is more than 30% of the value, or fewer than 10 events "
            "are behind it. Do not set it against another place.",
            "Margin not published": "The publisher gives no uncertainty. The value may be good; we cannot say.",
        }
    )
    st.header("When two numbers differ", anchor=False)
    st.markdown(
        "We test the gap itself: its size against its own uncertainty, at 95%. When the gap is larger than "
        "chance could easily explain we write **different**; otherwise **can't tell**. Whether two intervals "
        "overlap is not a test. Without margins there is no verdict. The nation and a state hold the county "
        "within them, so a large county is partly compared with itself."
    )
    st.header("Why a number can be missing", anchor=False)
    facts(
        {
            "Suppressed": "Known to the publisher but withheld, so that nobody can be recognized.",
            "Unreliable": "Published with a warning.",
            "Not collected": "The publisher covers the place but did not ask.",
            "Not published": "There is no figure for this place. None of these is zero.",
        }
    )
    st.header("Counties change", anchor=False)
    st.markdown(
        "Each period belongs to one list of counties: 2019, 2020 or 2022. From 2022 on Connecticut has nine "
        "planning regions in place of eight counties, and the two cannot be turned into each other. "
        "Valdez-Cordova in Alaska became two areas. A place is shown with the figures of its own list only."
    )
    st.header("What all this must not be used for", anchor=False)
    st.markdown(
        "- To judge, price or select any one person.\n"
        "- To say that one thing causes another because both are high in the same counties.\n"
        "- To rank places whose numbers cannot be told apart.\n"
        "- To find out who is behind a small number.\n"
        "- To blame a group of people. Where groups differ, look at how they are treated."
    )


def draw_glossary() -> None:
    """Draw the glossary with its search."""
    if len(st.query_params.get("word", "")) > choices.LONGEST_SHOWN:
        st.warning(
            f"The address asks for a word of more than {choices.LONGEST_SHOWN} letters. Type a shorter one."
        )
    asked = st.text_input(
        "Search the glossary", key="word", bind="query-params", max_chars=choices.LONGEST_SHOWN
    )
    found = glossary.search(asked)
    if not found:
        st.markdown(f"No entry fits {choices.as_typed(asked)}. Try a shorter word.")
    for entry in found:
        st.markdown(f"**{entry.term}** ({', '.join(entry.also)})  \n{plain(entry.meaning)}")


st.title("Sources and methods")
st.markdown(f"Every number here was published by someone. {LICENCE}")
choices.seed("part", PARTS, "measure")
part = st.segmented_control("Show", list(PARTS), format_func=PARTS.get, required=True, key="part")
choices.write("part", part)
DRAW = {
    "measure": draw_measures,
    "source": draw_sources,
    "methods": draw_methods,
    "glossary": draw_glossary,
}
DRAW[part]()
