"""The database as pages see it: opened once a build, answers kept."""

import os
from pathlib import Path

import duckdb
import pandas as pd
import streamlit as st

from equity import database

HOUSE = Path(__file__).parent.parent
DATABASE = Path(os.environ.get("HEALTH_EQUITY_DATABASE", HOUSE / "data" / "health_equity.duckdb"))


@st.cache_resource(max_entries=2, show_spinner=False)
def opened(path: Path, built: int) -> duckdb.DuckDBPyConnection:
    """Open one build; the time in the key makes a new build take over without a restart."""
    return database.connect(path)


def built() -> int:
    """Give the time of the newest build, which changes when the database is rebuilt."""
    return database.current(DATABASE).stat().st_mtime_ns


def connection() -> duckdb.DuckDBPyConnection:
    """Give the connection to the newest build; use a cursor of it for each question."""
    return opened(DATABASE, built())


@st.cache_resource(max_entries=500, show_spinner=False)
def answered(path: Path, built: int, query: str, parameters: tuple) -> pd.DataFrame:
    """Answer a question of one build; all who ask get the same frame, unpickled for nobody."""
    return database.ask(opened(path, built), query, **dict(parameters))


def ask(query: str, **parameters: object) -> pd.DataFrame:
    """Answer queries/<query>.sql, from memory when it has been asked before.

    The frame shares its cells with everybody's; pandas copies them as soon as one is written to.
    """
    return answered(DATABASE, built(), query, tuple(sorted(parameters.items()))).copy(deep=False)


def ask_once(query: str, **parameters: object) -> pd.DataFrame:
    """Answer a question whose answer the caller keeps in another form."""
    return database.ask(connection(), query, **parameters)


def version() -> str:
    """Give the version of the data, which stands in every citation and file."""
    return ask("build")["data_version"].iloc[0]
