"""Which places are compared: chosen by name, kept in the address, begun from the chosen community."""

import pandas as pd
import streamlit as st

from equity import peers, placed
from equity.places import LONGEST_TEXT
from ui import choices, community, data, find, shell

PAGE = "3_compare.py"
KEY = "places"
NATION = "US"
# So many of the nearest peers leave room for the state and the nation.
NEAREST = 3
# Shown to somebody who has chosen no community yet.
EXAMPLE = ("06037", "06", NATION)


def places() -> tuple[str, ...]:
    """Draw the choice of places; give their codes in order, two to six."""
    seed()
    offered = list(dict.fromkeys([*st.session_state[KEY], *beginning(choices.place())]))
    titles = titles_of(tuple(offered))
    kept = st.session_state[KEY]
    st.session_state[KEY] = kept  # a list of options that has changed would forget what was chosen
    chosen = st.multiselect(
        f"Places (up to {placed.MOST})",
        offered,
        format_func=titles.get,
        key=KEY,
        max_selections=placed.MOST,
        persist_state="session",
    )
    adding()
    choices.write(KEY, ",".join(chosen))
    return tuple(chosen)


def seed() -> None:
    """Take the places of a new address, or begin from the chosen community; say what is not known."""
    asked, written = st.query_params.get(KEY), st.session_state.get(f"{KEY} written")
    if asked and asked != written:
        st.session_state[KEY] = known(list(dict.fromkeys(filter(None, asked.split(",")))))
        st.session_state[f"{KEY} written"] = asked  # said once
    if KEY not in st.session_state:
        st.session_state[KEY] = beginning(choices.place())


def known(codes: list[str]) -> list[str]:
    """Give the codes that name a place, at most six; say which do not."""
    there = choices.profiled_places()
    unknown = [code for code in codes if code not in there]
    if unknown:
        st.warning(
            f"The address asks for the place {choices.as_typed(unknown[0])}, which no place here has as its code."
        )
    found = [code for code in codes if code in there]
    if len(found) > placed.MOST:
        st.warning(f"Only the first {placed.MOST} places of the address are compared.")
    return found[: placed.MOST]


def beginning(place: pd.Series | None) -> list[str]:
    """Give a community, its nearest peers, its state and the nation."""
    if place is None or place["level"] == "nation":
        return list(EXAMPLE)
    state = [place["state_id"]] if place["level"] == "county" else []
    near = nearest(data.built(), place["place_id"])
    return list(dict.fromkeys([place["place_id"], *near, *state, NATION]))


@st.cache_data(max_entries=500, show_spinner=False)
def nearest(built: int, place_id: str) -> tuple[str, ...]:
    """Give the nearest peers of a county or state."""
    place = data.ask("place", place=place_id).iloc[0]
    found = community.peers_of(place, list(peers.TITLES))
    return tuple(peer.place_id for peer in found.peers[:NEAREST])


def titles_of(codes: tuple[str, ...]) -> dict[str, str]:
    """Give the titles of places."""
    rows = data.ask("places_named", places=codes)
    return dict(zip(rows["place_id"], rows["title"], strict=True))


def adding() -> None:
    """Draw the box that adds a place by name, and the way back to the community."""
    with (
        st.form("add_place", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(
            "Add a place",
            key="add_place_text",
            max_chars=LONGEST_TEXT,
            placeholder="County, town, state, ZIP or FIPS code",
            width=420,
        )
        st.form_submit_button("Add", on_click=look)
    if asked := st.session_state.get("add_place_asked"):
        offer(asked)
    place = choices.place()
    if place is not None and list(st.session_state[KEY]) != beginning(place):
        st.button(
            f"Start again from {place['full_name']}, its nearest peers, its state and the nation"
            if place["level"] == "county"
            else f"Start again from {place['full_name']}, its nearest peers and the nation",
            key="begin_again",
            on_click=begin_again,
        )


def look() -> None:
    """Add the one place that was meant; otherwise keep the text, so that choices are shown."""
    asked = st.session_state["add_place_text"].strip()
    meant = find.clear(asked)
    st.session_state["add_place_asked"] = "" if meant else asked
    if meant:
        add(meant)


def offer(asked: str) -> None:
    """Show the places that fit a text as buttons that add them, or a sentence when none does."""
    found = find.matches(asked)
    if not found:
        st.info(f"No place here is called {choices.as_typed(asked)}. {find.TRY}")
        return
    st.markdown("**Which of these did you mean?**")
    for match in found:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                match.title, key=f"add_{match.place_id}", on_click=add, args=(match.place_id,)
            )
            st.caption(f"{match.why}. {match.note}".strip(), width="content")


def add(place_id: str) -> None:
    """Add a place; when six are there already, it takes the place of the last."""
    kept = [code for code in st.session_state[KEY] if code != place_id]
    st.session_state[KEY] = [*kept[: placed.MOST - 1], place_id]
    st.session_state["add_place_asked"] = ""


def begin_again() -> None:
    """Compare the chosen community with its peers, its state and the nation."""
    st.session_state[KEY] = beginning(choices.place())


def button(label: str, *, pinned: list[str]) -> None:
    """Draw the button that opens the comparison of the chosen community, or of what is pinned on a map."""
    st.button(label, key="compare_this", on_click=open_page, args=(pinned,))


def open_page(pinned: list[str]) -> None:
    """Open the page at the chosen community with what is pinned, else with its peers, state and nation."""
    place = choices.place()
    chosen = [] if place is None else [place["place_id"]]
    both = list(dict.fromkeys([*chosen, *pinned]))
    compared = both[: placed.MOST] if pinned and len(both) > 1 else beginning(place)
    shell.go(PAGE, places=compared, kind="compare")
