"""Community

One place: who lives there, how it stands, how sure we can be, and who is missing."""

import streamlit as st

from equity import vintages
from ui import choices, find, shell

shell.inside_frame()
place = choices.place()
st.title("Find a community" if place is None else place["title"])
find.box(
    "Find another place" if place is not None else "Find a place",
    key="profile",
    page="2_community.py",
)
if place is not None:
    find.also_found(place["place_id"], "2_community.py")
    if note := vintages.note(place["place_id"]):
        st.info(note)
