"""The frame around every page: one menu, one way to go elsewhere, one footer."""

import ast
import runpy
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import streamlit as st

from equity.errors import Problem
from ui import data

DASHBOARD = Path(__file__).parent.parent / "dashboard.py"
# What .streamlit/config.toml cannot say. Small print is a fixed share of the text colour in every
# theme and too faint to read when projected; white on the accent is too faint in the dark; the page
# begins far below the menu; a table wider than a phone cannot be scrolled by keyboard; paper has no menu.
LOOK = """<style>
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.82; }
[data-testid="stMainBlockContainer"] h1 { padding-top: 0; }
[data-testid^="stBaseButton-primary"] p { color: light-dark(#ffffff, #10181e); }
[data-testid="stMultiSelect"] [data-tag], [data-tag] * { color: light-dark(#ffffff, #10181e); }
@media (max-width: 640px) {
  [data-testid="stTable"] * { overflow-wrap: anywhere !important; }
  [class*="st-key-open_table"] [data-testid="stTable"] * { overflow-wrap: break-word !important; }
  [data-testid="stTable"] :is(th, td) { padding: 0.3rem 0.25rem !important; font-size: 0.85rem; }
}
@page { margin: 11mm 13mm; }
@media print {
  [data-testid="stHeader"], [data-testid="stForm"], .stButton, [data-testid="stExpander"], .st-key-footer hr,
  [data-testid="stSelectbox"], [data-testid="stMultiSelect"] { display: none !important; }
  .stApp, .stApp * { color: #000 !important; }
  .stApp, .stMain, [data-testid="stAppViewContainer"], [data-testid="stMainBlockContainer"] {
    position: static !important; overflow: visible !important; height: auto !important;
    max-width: none !important; background: #fff !important; padding: 0 !important; }
  [data-testid="stVerticalBlock"] { display: block !important; }
  [data-testid="stElementContainer"], [data-testid="stLayoutWrapper"] { margin-bottom: 0.3rem !important; }
  h1, h2, h3 { break-after: avoid; }
}
</style>"""


def menu_entry(path: Path) -> st.Page:
    """Make a menu entry from a page's docstring: its first line is the title, the rest the tooltip."""
    title, _, summary = docstring(path, path.stat().st_mtime_ns).partition("\n\n")
    return st.Page(path, title=title, help=summary, default=path.stem.startswith("0"))


@lru_cache
def docstring(path: Path, changed_ns: int) -> str:
    """Give a page's docstring, read again when the file has changed: parsing costs 6 ms a page."""
    return ast.get_docstring(ast.parse(path.read_text("utf-8")))


@st.cache_resource(show_spinner=False)
def turns() -> threading.Semaphore:
    """Give the turns that people take on this server.

    One interpreter serves all. Where 30 pages are drawn at once, each waits for the 29 others at
    every element it sends; where two are, the 30th is still served sooner. Two, so that one can
    compute while the database answers the other.
    """
    return threading.Semaphore(2)


@contextmanager
def frame() -> Iterator[None]:
    """Mark that dashboard.py is drawing; show an error that is for people as a sentence."""
    st.session_state["framed"] = True
    st.html(LOOK)
    try:
        yield
    except Problem as problem:
        st.error(str(problem))
    finally:
        st.session_state["framed"] = False


def inside_frame() -> None:
    """Call first on every page.

    A server that has just started runs a page file by itself when someone opens its address,
    because Streamlit sees a folder named pages/; this draws the whole dashboard instead, at the
    same page.
    """
    if not st.session_state.get("framed"):
        runpy.run_path(str(DASHBOARD), run_name="__main__")
        st.stop()


def go(page: str, **chosen: object) -> None:
    """Open a page with other choices; call it from a button's callback only.

    page is a file name in pages/ ("2_community.py"). Elsewhere Streamlit refuses to change what
    is bound to the address.
    """
    for key, value in chosen.items():
        st.session_state[key] = value
    st.switch_page(f"pages/{page}")


def page_of(kind: str) -> str:
    """Give the file name of the page that draws a kind of view; "" where none does.

    A page says which kinds it draws: KINDS = ("compare", "trend").
    """
    for path in sorted((DASHBOARD.parent / "pages").glob("*.py")):
        if kind in kinds_drawn(path, path.stat().st_mtime_ns):
            return path.name
    return ""


@lru_cache
def kinds_drawn(path: Path, changed_ns: int) -> tuple[str, ...]:
    """Give the kinds of view that a page names, without running it."""
    for part in ast.parse(path.read_text("utf-8")).body:
        if isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == "KINDS":
            return tuple(ast.literal_eval(part.value))
    return ()


def footer() -> None:
    """Say which build of the data this page shows."""
    build = data.ask("build").iloc[0]
    with st.container(key="footer"):
        st.divider()
        st.caption(
            f"Data version {build['data_version']}, built {build['built_at']:%d %B %Y}. Public data; each "
            "number says who published it. Figures about areas are not figures about the people in them."
        )
