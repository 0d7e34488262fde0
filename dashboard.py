"""Health equity dashboard. Run it with: streamlit run dashboard.py"""

from pathlib import Path

import streamlit as st

from ui import choices, shell, start

PAGES = sorted((Path(__file__).parent / "pages").glob("*.py"))

st.set_page_config(layout="wide")
page = st.navigation([shell.menu_entry(path) for path in PAGES], position="top")
with shell.frame():
    start.require_database()
    choices.keep_place()
    with shell.turns():
        page.run()
    shell.footer()
