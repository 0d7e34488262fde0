"""Every wrong file stops the build with a sentence and leaves the old database as it was.

docs/bad-inputs.md lists them with the sentence each gets: python -m tests.etl.test_bad_inputs writes it.
"""

import contextlib
import io
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from etl import load, reading
from etl.__main__ import main
from tests.etl.bad_inputs import BAD_INPUTS, BadInput, put

LIST = load.HOUSE / "docs" / "bad-inputs.md"
# What a build reads besides its sources: the county names are in the population estimates.
ALWAYS_READ = ("boundaries", "gazetteer", "census_pep")
OLD = b"the old database"


def told(bad: BadInput, folder: Path) -> str:
    """Build from the starter files with one of them wrong; give what the person is told."""
    starter, database = folder / "starter", folder / "house.duckdb"
    for name in {*ALWAYS_READ, bad.source}:
        if (load.STARTER / name).exists():
            shutil.copytree(load.STARTER / name, starter / name)
    put(bad, load.STARTER, starter)
    database.write_bytes(OLD)
    places = {"--starter": starter, "--raw": folder, "--static": folder, "--database": database}
    words = [str(word) for option in places.items() for word in option]
    error = io.StringIO()
    with contextlib.redirect_stderr(error), contextlib.redirect_stdout(io.StringIO()):
        code = main(["--offline", *words, bad.source])
    assert code == 1
    assert database.read_bytes() == OLD
    assert not list(folder.glob("*.building*"))
    return error.getvalue().removesuffix("\n").replace(str(folder), "FOLDER")


def listed() -> dict[str, str]:
    """Give the sentence that docs/bad-inputs.md has for each wrong file."""
    rows = [line.strip("| ").split(" | ") for line in LIST.read_text("utf-8").splitlines()]
    return {row[0]: row[1].strip("`") for row in rows if len(row) == 2}


@pytest.mark.parametrize("bad", BAD_INPUTS, ids=lambda bad: bad.what)
def test_wrong_file_stops_the_build(bad, tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 20_000_000)
    assert told(bad, tmp_path) == listed()[bad.what]


def test_list_names_every_wrong_file_and_no_other():
    named = [what for what in listed() if what not in ("what is wrong", "---")]
    assert named == [bad.what for bad in BAD_INPUTS]
    assert len(named) >= 30


def write_list() -> None:
    """Write docs/bad-inputs.md."""
    reading.MOST_BYTES = 20_000_000
    rows = []
    for bad in BAD_INPUTS:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(f"| {bad.what} | `{told(bad, Path(folder))}` |\n")
            print(rows[-1], end="", flush=True)
    head = (
        "# Wrong files and what the person is told\n\n"
        "Each is put among the starter files and built with `python -m etl --offline`. The exit code is 1 and the old "
        "database is as it was. `python -m tests.etl.test_bad_inputs` writes this list; a test holds it true.\n\n"
        "| what is wrong | what is said |\n| --- | --- |\n"
    )
    LIST.write_text(head + "".join(rows), "utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(write_list())
