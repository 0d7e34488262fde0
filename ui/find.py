"""The box that finds a place: type, Enter, and be there, or choose from a short list."""

import streamlit as st

from equity import places
from ui import choices, data, shell

FEW = 8
TRY = "Try a county (Hidalgo County, TX), a town (Pine Ridge), a state, a ZIP code or a FIPS code (06037)."


@st.cache_resource(max_entries=2, show_spinner=False)
def index(built: int) -> places.Index:
    """Give the index of one build's places; the build's time in the key renews it."""
    return places.index(data.connection())


def matches(text: str) -> list[places.Match]:
    """Give the places that fit a text, best first."""
    return places.find(index(data.built()), text, limit=FEW)


def clear(text: str) -> str:
    """Give the code of the one place that a text clearly means, "" where there is none."""
    meant = places.clear(matches(text))
    return meant.place_id if meant else ""


def box(label: str, *, key: str, page: str) -> None:
    """Draw the find box; a clear hit opens `page` there, several are offered as buttons.

    key tells several boxes apart; page is a file name in pages/.
    """
    with st.form(key, border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            label,
            key=f"{key}_text",
            max_chars=places.LONGEST_TEXT,
            placeholder="County, town, state, ZIP or FIPS code",
            width="stretch",
        )
        st.form_submit_button("Find", on_click=look, args=(key, page))
    asked = st.session_state.get(f"{key}_asked")
    if asked:
        offer(asked, page)


def look(key: str, page: str) -> None:
    """Open the one place that was meant; otherwise keep the text, so that choices are shown."""
    asked = st.session_state[f"{key}_text"].strip()
    found = matches(asked)
    meant = places.clear(found)
    st.session_state[f"{key}_asked"] = "" if meant else asked
    if meant:
        others = [match.place_id for match in found if match.place_id != meant.place_id]
        st.session_state["also_found"] = (meant.place_id, asked, others)
        shell.go(page, place=meant.place_id)


def offer(asked: str, page: str) -> None:
    """Show the places that fit a text as buttons that say why, or a sentence when none does."""
    found = matches(asked)
    if not found:
        st.info(f"No place here is called {choices.as_typed(asked)}. {TRY}")
        return
    st.markdown("**Which of these did you mean?**")
    buttons(found, page)
    if len(found) == FEW:
        st.caption("There may be more. Add the state to narrow it down: Springfield, MO.")


def buttons(found: list[places.Match], page: str) -> None:
    """Draw a button for each place, with why it was found and what changed in its borders."""
    for match in found:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                match.title,
                key=f"go_{page}_{match.place_id}",
                on_click=shell.go,
                args=(page,),
                kwargs={"place": match.place_id},
            )
            st.caption(f"{match.why}. {match.note}".strip(), width="content")


def also_found(place_id: str, page: str) -> None:
    """After a code that is both a FIPS and a ZIP code: offer the places that were not opened."""
    opened, asked, others = st.session_state.get("also_found", ("", "", []))
    if opened != place_id or not others:
        return
    rest = [match for match in matches(asked) if match.place_id in others]
    st.caption(f"{choices.as_typed(asked)} fits more than one place. Did you mean another?")
    buttons(rest, page)
