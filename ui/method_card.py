"""The method card of one measure: what it means, who counts, how it is made, what it is not for."""

import pandas as pd
import streamlit as st

from equity import downloads, misuse
from equity.differences import METHOD
from ui import data

MADE = {
    "counted": "Counted: everyone or every event, from records.",
    "survey": "Survey: some households were asked, and they stand for all.",
    "modelled": "Modelled: worked out from a larger survey and from who lives here. Nobody was counted here.",
    "classified": "Classified: each place was given a label by a rule.",
}
ADJUSTED = {
    "crude": "No. It shows the load as it is; places with older people look worse.",
    "age-adjusted": "Yes. Use it to compare places, not to say how many people are affected.",
    "not applicable": "Age adjustment does not apply.",
}
YEARS = {
    "comparable": "Periods may be compared.",
    "not comparable": "Periods must not be compared.",
    "overlapping": "Periods share years; no trend may be drawn from them.",
    "single": "There is one period only.",
}
BETTER = {
    "higher": "Higher is better.",
    "lower": "Lower is better.",
    "neither": "Neither high nor low is better.",
}
GRADED = {
    "margin": "By the margin of error, next to the value.",
    "events": "By how many events it rests on and how wide its interval is.",
    "full count": "A full count or a label has no sampling error: solid.",
}
TESTED = (
    f"By a {METHOD}, where margins are published. “More than chance” means that chance alone would give "
    "so large a difference less than 1 time in 20."
)
LEVELS = {
    "counties": ("county", "counties"),
    "states": ("state", "states"),
    "regions": ("federal health region", "federal health regions"),
    "nations": ("the nation", "nations"),
}
STATUSES = ("reported", "suppressed", "unreliable", "not collected", "not published")


def draw(measure: pd.Series) -> None:
    """Draw the card of a measure (a row of queries/measures.sql)."""
    coverage = data.ask("measure_coverage", measure=measure["measure_id"]).iloc[0]
    st.header(measure["title"], anchor=False)
    st.markdown(plain(measure["meaning"]))
    must_not(measure)
    st.subheader("How it is made", anchor=False)
    facts(words_of(measure))
    st.subheader("What these data hold", anchor=False)
    facts(holdings(measure, coverage))
    credit(measure)


def must_not(measure: pd.Series) -> None:
    """Draw what the measure must not be used for, where nobody overlooks it."""
    with st.container(border=True, key="must_not"):
        st.subheader("What it must not be used for", anchor=False)
        st.markdown("\n".join(f"- {plain(rule)}" for rule in misuse.must_not(measure)))
        st.markdown(f"**Take care.** {plain(measure['caution'])}")


def words_of(measure: pd.Series) -> dict[str, str]:
    """Give what the card says of the measure itself."""
    words = {
        "Who counts": measure["population"],
        "How": MADE[measure["made"]],
        "Adjusted for age": ADJUSTED[measure["adjustment"]],
        "Unit": measure["unit"],
        "Direction": BETTER[measure["better"]],
        "Domain": sentence_case(measure["domain"]),
        "Comparing years": f"{YEARS[measure['periods']]} {measure['periods_note']}",
        "How its grade is found": GRADED[measure["grade_rule"]],
        "How differences are tested": TESTED,
    }
    if len(measure["model_inputs"]):
        words["The model is built on"] = misuse.built_on(measure)
    return words


def holdings(measure: pd.Series, coverage: pd.Series) -> dict[str, str]:
    """Give what this database holds of the measure, in counts."""
    return {
        "Periods": f"{coverage['periods']}, newest {measure['newest_period']}",
        "Places": places_held(coverage),
        "County vintage": coverage["county_vintages"],
        "Groups of people": f"{coverage['people_groups']} ({coverage['dimensions'].replace('_', ' ')})",
        "Values": statuses_held(coverage),
        "With an interval": f"{coverage['with_interval']:,} of {coverage['observations']:,}",
        "Where values come from": sentence_case(coverage["origins"]),
    }


def places_held(coverage: pd.Series) -> str:
    """Say how many places of each kind have a row."""
    held = []
    for column, (one, many) in LEVELS.items():
        count = coverage[column]
        if column == "nations" and count:
            held.append(one)
        elif count:
            held.append(f"{count:,} {one if count == 1 else many}")
    return sentence_case(", ".join(held))


def statuses_held(coverage: pd.Series) -> str:
    """Say how many rows have each status."""
    counts = {status: coverage[status.replace(" ", "_")] for status in STATUSES}
    return ", ".join(f"{count:,} {status}" for status, count in counts.items() if count)


def credit(measure: pd.Series) -> None:
    """Draw publisher, terms, the citation to copy and the download."""
    st.subheader("Source, citation, download", anchor=False)
    facts(
        {
            "Publisher": f"{measure['publisher']}, {measure['source_title']}",
            "Licence": measure["licence"],
            "Terms": measure["terms"],
        }
    )
    st.caption("Citation: copy it with the button at its right end.")
    st.code(downloads.citation(measure, data.ask("build").iloc[0]), language=None, wrap_lines=True)
    measure_id = measure["measure_id"]
    st.download_button(
        "Download all values (CSV, Parquet, data dictionary)",
        data=lambda: downloads.archive(data.connection(), measure_id),
        file_name=f"{measure_id}.zip",
        mime="application/zip",
        on_click="ignore",
        key="download_measure",
    )


def facts(words: dict[str, str]) -> None:
    """Draw a list of heads and words."""
    st.markdown("\n".join(f"- **{head}:** {plain(text)}" for head, text in words.items() if text))


def sentence_case(text: str) -> str:
    """Give a text with a capital first letter and the others as they are."""
    return text[:1].upper() + text[1:]


def plain(text: str) -> str:
    """Give words of the data as they are: no dollar sign or bracket may turn into markup."""
    for mark in ("\\", "$", "[", "]", "*", "<", "`", "~"):
        text = text.replace(mark, f"\\{mark}")
    return text
