"""Shared by all tests: where the house and the publishers' files are, and the starter database."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from equity import database
from etl import load

# A test says what holds, not how fast this machine is today.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

HOUSE = Path(__file__).parent.parent
SHARED = Path(os.environ.get("HEALTH_EQUITY_SHARED", HOUSE.parent / "shared"))


@pytest.fixture(autouse=True)
def own_main():
    """Streamlit's harness leaves its script in place of the main module, which a new process would run."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def shared_raw() -> Path:
    """The publishers' own files; a test that needs them is skipped where they are absent."""
    raw = SHARED / "raw"
    if not raw.is_dir():
        pytest.skip(f"the publishers' files are not there ({raw})")
    return raw


@pytest.fixture(scope="session")
def starter_database(tmp_path_factory) -> Path:
    """The database that the ETL builds from data/starter alone."""
    folder = tmp_path_factory.mktemp("starter")
    return load.build(
        folder / "starter.duckdb",
        raw=folder / "no_raw",
        static=folder / "static",
        say=lambda line: None,
    )


@pytest.fixture(scope="session")
def starter(starter_database):
    """A connection to the starter database."""
    connection = database.connect(starter_database)
    yield connection
    connection.close()
