"""What people choose on more than one page, kept in the address so that a link reopens it."""

from collections.abc import Container, Mapping

import pandas as pd
import streamlit as st

from equity import families
from ui import data

LONGEST_SHOWN = 60
YES_OR_NO = {"true": True, "false": False}


def as_typed(text: str) -> str:
    """Give what somebody typed or an address holds, to stand in a sentence.

    As code: Markdown would turn it into links, pictures fetched from elsewhere, or formulas.
    """
    shown = "".join(mark if mark.isprintable() else " " for mark in text[:LONGEST_SHOWN])
    shown = shown.replace("`", "'").strip()
    return f"`{shown}{'…' if len(text) > LONGEST_SHOWN else ''}`" if shown else "nothing"


def keep_place() -> None:
    """Keep the chosen place in the address of every page; say so when an address names none we know.

    The place is no widget (a list of 3,144 counties would be sent at each rerun), so the frame
    writes its parameter itself, after each change of page.
    """
    asked = st.session_state.get("place", st.query_params.get("place"))
    if not asked:
        return
    if asked in profiled_places():
        st.session_state["place"] = st.query_params["place"] = asked
        return
    st.session_state.pop("place", None)
    st.warning(
        f"No county or state here has the code {as_typed(asked)}. Find one by name, town or ZIP."
    )


def profiled_places() -> Container[str]:
    """Give the codes of the places that have a profile: counties, states, the nation."""
    return places_of(data.built())


@st.cache_resource(max_entries=2, show_spinner=False)
def places_of(built: int) -> frozenset[str]:
    """Give them for one build; the build's time in the key renews them."""
    return frozenset(data.ask("places_to_find")["place_id"])


def place() -> pd.Series | None:
    """Give the chosen place (the row of the table `place`), or None when nobody has chosen yet."""
    chosen = st.session_state.get("place")
    return data.ask("place", place=chosen).iloc[0] if chosen else None


def one_of(label: str, key: str, titles: dict[str, str], default: str) -> str:
    """Draw a choice that stands in the address by its code; say so when the address names no option."""
    seed(key, titles, default)
    chosen = st.selectbox(
        label, list(titles), format_func=titles.get, key=key, persist_state="session"
    )
    write(key, chosen)
    return chosen


def one_measure(
    titles: dict[str, str], default: str, *, after: Mapping[str, str], label: str = "Measure"
) -> str:
    """Draw the choice of a measure; of those that differ only by a cause, in two steps.

    after gives what stands behind each title in the list. The address holds the measure's code.
    """
    seed("measure", titles, default)
    chosen = st.session_state["measure"]
    found = families.families(titles)
    shown = listed(titles, found, chosen, after)
    # A list that has changed would forget what was chosen. Written only then: Streamlit sends the
    # whole list again to a browser whose choice it is told.
    if st.session_state.get("measures listed") != list(shown):
        st.session_state["measures listed"] = list(shown)
        st.session_state["measure"] = chosen
    st.selectbox(label, list(shown), format_func=shown.get, key="measure", persist_state="session")
    for head, members in found.items():
        if chosen in members:
            st.session_state["member"] = chosen
            st.selectbox(
                families.member_label(head),
                list(members),
                format_func=members.get,
                key="member",
                on_change=take_member,
            )
    write("measure", chosen)
    return chosen


def listed(
    titles: dict[str, str],
    found: dict[str, dict[str, str]],
    chosen: str,
    after: Mapping[str, str],
) -> dict[str, str]:
    """Give the list of measures, with one entry a family: the chosen member stands for it, else the first."""
    inside = {measure_id for members in found.values() for measure_id in members}
    shown = {code: title + after[code] for code, title in titles.items() if code not in inside}
    for head, members in found.items():
        code = chosen if chosen in members else next(iter(members))
        shown[code] = families.family_title(head, len(members)) + after[code]
    return shown


def take_member() -> None:
    """Make the chosen member of a family the chosen measure."""
    st.session_state["measure"] = st.session_state["member"]


def switch(label: str, key: str) -> bool:
    """Draw a switch that stands in the address when it is on; say so when the address says neither."""
    asked, written = st.query_params.get(key), st.session_state.get(f"{key} written")
    if asked is not None and asked != written:
        if asked in YES_OR_NO:
            st.session_state[key] = YES_OR_NO[asked]
        else:
            st.warning(f"The address asks for {key} {as_typed(asked)}; it can be true or false.")
    on = st.toggle(label, key=key, persist_state="session")
    st.session_state[f"{key} written"] = "true" if on else None
    if on:
        st.query_params[key] = "true"
    elif key in st.query_params:
        del st.query_params[key]
    return on


def seed(key: str, titles: Container[str], default: str) -> None:
    """Give a widget its value before it is drawn: the address's when it is new, else the last one.

    Streamlit's own binding writes what an option looks like into the address, not its code, so that a
    title could never be changed again. An address is new when it is not the one we wrote.
    """
    asked, written = st.query_params.get(key), st.session_state.get(f"{key} written")
    if asked is not None and asked != written:
        if asked in titles:
            st.session_state[key] = asked
        else:
            st.warning(
                f"The address asks for {key} {as_typed(asked)}, which these data do not have; showing another."
            )
            st.session_state[f"{key} written"] = asked  # said once
    if st.session_state.get(key) not in titles:
        st.session_state[key] = default if default in titles else next(iter(titles))


def write(key: str, chosen: str) -> None:
    """Put a choice into the address, and remember that it was us."""
    st.session_state[f"{key} written"] = chosen
    if st.query_params.get(key) != chosen:
        st.query_params[key] = chosen


def some_of(label: str, key: str, titles: dict[str, str]) -> list[str]:
    """Draw a choice of several that stands in the address as codes joined by commas; all at first.

    Unknown codes are said and left out; choosing none means all.
    """
    asked, written = st.query_params.get(key), st.session_state.get(f"{key} written")
    if asked is not None and asked != written:
        codes = asked.split(",")
        st.session_state[key] = [code for code in codes if code in titles]
        unknown = [code for code in codes if code not in titles]
        if unknown:
            st.warning(
                f"The address asks for {key} {as_typed(unknown[0])}, which is not one of the choices."
            )
    if not st.session_state.get(key):
        st.session_state[key] = list(titles)
    chosen = st.multiselect(
        label, list(titles), format_func=titles.get, key=key, persist_state="session"
    )
    text = ",".join(chosen) if 0 < len(chosen) < len(titles) else ""
    st.session_state[f"{key} written"] = text or None
    if text:
        st.query_params[key] = text
    elif key in st.query_params:
        del st.query_params[key]
    return chosen or list(titles)
