"""Map

See one measure in every county, compare places, and pick a community to study."""

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from equity import county_map as view
from equity import map_classes
from equity.errors import Problem
from equity.view import View
from teaching.export import image
from ui import answer, choices, compared, county_map, data, shell

shell.inside_frame()

KINDS = ("map",)
KEY = "county_map"
WHOLE_COUNTRY = "all"
DEFAULT_MEASURE = "acs_poverty"
MOST_PINS = 20
# The map and its legend must be seen without scrolling where a small screen is shared.
LOOK = """<style>
[data-testid="stMainBlockContainer"] h1 { padding-bottom: 0.25rem; }
[data-testid="stMainBlockContainer"] { row-gap: 0.5rem; }
</style>"""


def keep_what_was_done() -> None:
    """Put a click, a zoom or a pin on the map where the page and its address keep it."""
    done = st.session_state[KEY]
    if done.chosen is not None:
        st.session_state["place"] = done.chosen
    if done.zoomed is not None:
        st.session_state["zoom"] = done.zoomed or WHOLE_COUNTRY
    if done.pinned is not None:
        st.session_state["pins"] = done.pinned


def pinned() -> list[str]:
    """Give the pinned counties, and keep them in the address."""
    known = choices.profiled_places()
    if "pins" not in st.session_state:
        asked = [code for code in st.query_params.get("pins", "").split(",") if code]
        if unknown := [code for code in asked if code not in known]:
            st.warning(f"The address pins {choices.as_typed(unknown[0])}, which is no county here.")
        st.session_state["pins"] = asked[:MOST_PINS]
    pins = [code for code in st.session_state["pins"] if code in known]
    if pins:
        st.query_params["pins"] = ",".join(pins)
    elif "pins" in st.query_params:
        del st.query_params["pins"]
    return pins


def choose_measure() -> pd.DataFrame:
    """Draw the choice of a measure; give its periods and people groups."""
    there = data.ask("map_choices")
    if there.empty:
        raise Problem(
            "No measure in these data has numbers for counties. Build them: python -m etl --offline"
        )
    first = there.drop_duplicates("measure_id").set_index("measure_id")
    after = (" (" + first["domain"] + ")").to_dict()
    measure = choices.one_measure(first["title"].to_dict(), DEFAULT_MEASURE, after=after)
    return there[there["measure_id"].eq(measure)]


def choose_group(there: pd.DataFrame, first: str) -> str:
    """Draw the choice of people; nothing where there is no choice, unless the address asks for another."""
    groups = there.set_index("people_group")["group_title"].to_dict()
    known = (None, st.session_state.get("group written"), *groups)
    if len(groups) == 1 and st.query_params.get("group") in known:
        choices.write("group", *groups)
        return next(iter(groups))
    with bar.container(width=190):
        return choices.one_of("People", "group", groups, first)


def choose_more() -> tuple[str | None, map_classes.Method, int]:
    """Draw the less used choices, folded away; give the state to zoom to (None: all), and the classes.

    They are seeded before they are folded, so that a sentence about an unknown address is seen.
    """
    states = data.ask("states").set_index("place_id")["name"].to_dict()
    counts = {str(n): str(n) for n in range(map_classes.FEWEST, map_classes.MOST + 1)}
    folded = (
        ("Show", "zoom", {WHOLE_COUNTRY: "Whole country"} | states, WHOLE_COUNTRY),
        ("Classes hold", "classes", map_classes.METHODS, "quantiles"),
        ("How many classes", "count", counts, str(map_classes.DEFAULT)),
    )
    for _, key, titles, default in folded:
        choices.seed(key, titles, default)
    with bar.container(width=150), st.popover("More choices", width="stretch"):
        state, method, count = (choices.one_of(*choice) for choice in folded)
    return None if state == WHOLE_COUNTRY else state, method, int(count)


st.html(LOOK)
# Fixed widths, so that two choices stand side by side on a phone and all on a projector.
bar = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
with bar.container(width=520):
    there = choose_measure()
measure = there["measure_id"].iloc[0]
first_period, first_group = view.opening(there)
with bar.container(width=150):
    periods = {period: view.period_text(period) for period in there["period"].unique()}
    period = choices.one_of("Years", "period", periods, first_period)
group = choose_group(there[there["period"].eq(period)], first_group)
state, method, count = choose_more()
place = st.session_state.get("place")
asked, classes, numbers = county_map.answer(measure, period, group, method=method, count=count)

with st.container(gap="small"):
    st.title(view.finding(asked, state=state))
    st.markdown(f"**{view.title(asked)}.** {asked.words['meaning']}")
county_map.draw(
    numbers,
    vintage=int(asked.words["county_vintage"]),
    place=place,
    state=state,
    pins=pinned(),
    key=KEY,
    on_change=keep_what_was_done,
)

st.header("What the map says", anchor=False)
st.markdown(" ".join(view.read(asked, place=place, state=state)))
if asked.words["caution"]:
    st.markdown(f"**Take care:** {asked.words['caution']}")

buttons = st.container(horizontal=True)
chosen = choices.place()
if chosen is not None:
    buttons.button(
        f"Open the profile of {chosen['full_name']}",
        on_click=shell.go,
        args=("2_community.py",),
        type="primary",
    )
else:
    buttons.caption("Choose a county on the map to open its profile.")
with buttons:
    compared.button("Compare this", pinned=pinned())


def picture(format: image.Format) -> bytes:
    """Draw the map as a file when somebody asks for it."""
    today = datetime.now(UTC).date()
    return image.county_map(asked, classes, format=format, drawn_on=today, place=place, state=state)


name = f"{measure}_{period}_{group}"
buttons.button(
    "See what it goes with",
    on_click=shell.go,
    args=("5_relationships.py",),
    kwargs={"measure": measure},
)
buttons.button(
    "How this was made and who published it",
    on_click=shell.go,
    args=("7_sources.py",),
    kwargs={"measure": measure},
)
buttons.download_button(
    "Map as PNG", lambda: picture("png"), f"{name}.png", "image/png", on_click="ignore"
)
buttons.download_button(
    "Map as SVG",
    lambda: picture("svg"),
    f"{name}.svg",
    "image/svg+xml",
    on_click="ignore",
)
buttons.download_button(
    "Numbers as CSV",
    lambda: view.to_csv(asked),
    f"{name}.csv",
    "text/csv",
    on_click="ignore",
)
st.caption(f"Source: {asked.words['citation']} Terms: {asked.words['terms']}")

if choices.switch("Do neighbors look alike?", "neighbors"):
    here = () if place is None else (place,)
    answer.draw(View("clusters", (measure,), here, period=period, groups=(group,)), key="neighbors")
else:
    st.caption(
        "Looks for groups of neighboring counties that chance alone would seldom put together."
    )
