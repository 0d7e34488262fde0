"""Home

Find a community, and three ways to begin: explore, teach, present."""

import streamlit as st

from ui import shell

shell.inside_frame()

st.title("Health equity, county by county")
