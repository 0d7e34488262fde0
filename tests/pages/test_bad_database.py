"""An empty, damaged, foreign or older database: one clear sentence on every page, never a traceback."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import HOUSE
from ui import data

PAGES = sorted(path.name for path in (HOUSE / "pages").glob("*.py"))


def empty(good: Path, bad: Path) -> None:
    bad.touch()


def no_database(good: Path, bad: Path) -> None:
    bad.write_bytes(b"<html>Please sign in to the campus network</html>" * 500)


def cut_short(good: Path, bad: Path) -> None:
    whole = good.read_bytes()
    bad.write_bytes(whole[: len(whole) // 2])


def scratched(good: Path, bad: Path) -> None:
    whole = bytearray(good.read_bytes())
    for at in range(len(whole) // 3, len(whole), 50_000):
        whole[at : at + 2_000] = bytes(2_000)
    bad.write_bytes(whole)


def somebody_elses(good: Path, bad: Path) -> None:
    with duckdb.connect(bad) as connection:
        connection.execute("CREATE TABLE pets AS SELECT 'cat' AS kind")


def older_format(good: Path, bad: Path) -> None:
    bad.write_bytes(good.read_bytes())
    with duckdb.connect(bad) as connection:
        connection.execute("UPDATE build SET format = 0")


def without_rows(good: Path, bad: Path) -> None:
    bad.write_bytes(good.read_bytes())
    with duckdb.connect(bad) as connection:
        connection.execute("DELETE FROM build")


# One process may open a file twice; the lock holds between processes.
OPEN = """
import sys
from pathlib import Path
from equity import database
from equity.errors import Problem
try:
    database.connect(Path(sys.argv[1]))
except Problem as problem:
    print(problem)
"""
SPOILED = [empty, no_database, cut_short, scratched, somebody_elses, older_format, without_rows]


@pytest.fixture
def app_on(tmp_path, starter_database, monkeypatch) -> Callable[[Callable], AppTest]:
    """The dashboard on a copy of the database that a function has spoiled."""

    def opened(spoil: Callable[[Path, Path], None]) -> AppTest:
        bad = tmp_path / "bad.duckdb"
        spoil(starter_database, bad)
        monkeypatch.setattr(data, "DATABASE", bad)
        return AppTest.from_file(HOUSE / "dashboard.py", default_timeout=60)

    return opened


@pytest.mark.parametrize("spoil", SPOILED, ids=lambda spoil: spoil.__name__)
def test_a_spoiled_database_gives_one_sentence_with_what_to_do(app_on, spoil):
    app = app_on(spoil)
    app.run()
    assert not app.exception
    assert len(app.error) == 1
    assert "bad.duckdb" in app.error[0].value
    assert "python -m etl --offline" in app.error[0].value
    assert not app.caption


def test_database_that_another_program_writes_to_is_not_called_damaged(app_on):
    app = app_on(lambda good, bad: bad.write_bytes(good.read_bytes()))
    with duckdb.connect(data.DATABASE) as writer:
        writer.execute("CREATE TABLE mine AS SELECT 1 AS one")
        held = subprocess.run(
            [sys.executable, "-c", OPEN, str(data.DATABASE)],
            cwd=HOUSE,
            capture_output=True,
            text=True,
        )
    assert held.stdout == (
        "Another program has the database bad.duckdb open to write. Close it there, then reload.\n"
    )
    app.run()
    assert not app.error


def test_folder_in_place_of_a_database_is_named(app_on):
    app = app_on(lambda good, bad: bad.mkdir())
    app.run()
    assert [error.value for error in app.error] == [
        f"{data.DATABASE} is a folder. Name a file (--database or HEALTH_EQUITY_DATABASE)."
    ]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_so(app_on, page):
    app = app_on(older_format)
    app.run()
    app.switch_page(f"pages/{page}").run()
    assert not app.exception
    assert len(app.error) == 1


def test_a_new_build_mends_an_open_session(app_on, starter_database):
    app = app_on(older_format)
    app.run()
    assert len(app.error) == 1
    data.DATABASE.write_bytes(starter_database.read_bytes())
    app.run()
    assert not app.error
    assert any("Data version" in caption.value for caption in app.caption)
