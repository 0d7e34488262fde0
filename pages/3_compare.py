"""Compare places

Up to six places side by side on one measure, with a verdict for each pair."""

import streamlit as st

from equity.view import View
from ui import answer, choices, data, shell

shell.inside_frame()

DEFAULT_MEASURE = "acs_poverty"

st.title("Compare places")
measures = data.ask("measures").set_index("measure_id")
titles = (measures["title"] + " (" + measures["domain"] + ")").to_dict()
measure = choices.one_of("Measure", "measure", titles, DEFAULT_MEASURE)
place = choices.place()
here = ("06037",) if place is None else (place["place_id"],)
state = () if place is None or place["level"] != "county" else (place["state_id"],)
answer.draw(View("compare", (measure,), (*here, *state, "US")), key="compare")
