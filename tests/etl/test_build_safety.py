"""A reader has the old database or the new one, whatever happens to the build."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from equity import database as house
from equity.errors import Problem
from etl import load
from etl.__main__ import main

SMALL = "nci_cancer"


@pytest.fixture
def folder(tmp_path, starter_database) -> Path:
    """A folder with an old database in it."""
    (tmp_path / "house.duckdb").write_bytes(starter_database.read_bytes())
    (tmp_path / "raw").mkdir()
    return tmp_path


def command(folder: Path) -> list[str]:
    """Give the words of a small offline build into a folder."""
    options = {"--raw": "raw", "--static": "static", "--database": "house.duckdb"}
    places = [word for name, path in options.items() for word in (name, str(folder / path))]
    return ["--offline", *places, SMALL]


def start(folder: Path, before: str = "") -> subprocess.Popen:
    """Start a small build as a program of its own; before is Python that runs first."""
    words = [
        "-W",
        "ignore",
        "-c",
        f"{before}\nimport sys\nfrom etl.__main__ import main\nsys.exit(main())",
    ]
    return subprocess.Popen(
        [sys.executable, *words, *command(folder)],
        cwd=load.HOUSE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_until_it_writes(folder: Path, build: subprocess.Popen) -> None:
    """Return as soon as a build has begun its new database."""
    ends = time.monotonic() + 60
    while not (folder / "house.duckdb.building").exists():
        assert build.poll() is None, build.communicate()[0]
        assert time.monotonic() < ends
        time.sleep(0.005)


def measures(database: Path) -> int:
    """Count the measures of a database as the app does."""
    connection = house.connect(database)
    connection.execute("USE house")
    count = connection.execute("SELECT count(*) FROM measure").fetchone()[0]
    connection.close()
    return count


def left_beside(folder: Path) -> list[str]:
    """Give the names of what stands beside the database, without the lock and the shapes."""
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.name not in ("house.duckdb", "house.duckdb.lock", "static", "raw")
    )


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_killing_a_build_at_any_moment_leaves_the_old_database_whole(folder):
    database, moments = folder / "house.duckdb", random.Random(20)
    old = database.read_bytes()
    for _ in range(5):
        build = start(folder)
        wait_until_it_writes(folder, build)
        time.sleep(moments.uniform(0, 1.5))
        build.kill()
        build.communicate()
        assert build.returncode == -signal.SIGKILL, "the build ended before it was killed"
        assert database.read_bytes() == old
    assert main(command(folder)) == 0
    assert measures(database) == 1
    assert left_beside(folder) == []


def test_second_build_says_so_and_stops(folder, capsys):
    build = start(folder)
    try:
        wait_until_it_writes(folder, build)
        old = (folder / "house.duckdb").read_bytes()
        assert main(command(folder)) == 1
        assert "Another build of house.duckdb is running" in capsys.readouterr().err
        assert (folder / "house.duckdb").read_bytes() == old
    finally:
        said, _ = build.communicate(timeout=120)
    assert build.returncode == 0, said
    assert measures(folder / "house.duckdb") == 1


def test_lock_of_a_build_that_ended_is_no_lock(folder):
    with FileLock(folder / "house.duckdb.lock"):
        pass
    assert main(command(folder)) == 0


def test_leftovers_of_a_killed_build_are_never_read(folder):
    unfinished = folder / "house.duckdb.building"
    unfinished.write_bytes(b"half a database")
    (folder / "house.duckdb.building.wal").write_bytes(b"its log")
    (folder / "house.duckdb.building.tmp").mkdir()
    (folder / "house.duckdb.building.tmp" / "spilled.block").write_bytes(b"its rows")
    assert main(command(folder)) == 0
    assert left_beside(folder) == []


def test_database_that_is_open_on_windows_gets_a_newer_one_beside_it(folder, monkeypatch):
    """Windows refuses to replace a file that is open; the app finds the newer file."""
    database, replace = folder / "house.duckdb", Path.replace
    old = database.read_bytes()

    def refuse(path: Path, target: Path) -> Path:
        if target == database:
            raise PermissionError(13, "The process cannot access the file", str(target))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    assert main(command(folder)) == 0
    assert database.read_bytes() == old
    beside = house.current(database)
    assert beside.name.startswith("house-")
    assert measures(database) == 1
    assert main(command(folder)) == 0
    assert left_beside(folder) == [house.current(database).name] != [beside.name]
    monkeypatch.setattr(Path, "replace", replace)
    assert main(command(folder)) == 0
    assert house.current(database) == database
    assert left_beside(folder) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files")
def test_full_disk_is_told_in_a_sentence_and_the_old_database_stays(folder):
    """A limit on the size of files stops DuckDB as a full disk does."""
    old = (folder / "house.duckdb").read_bytes()
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))"
    build = start(folder, before=limit)
    said, _ = build.communicate(timeout=120)
    assert build.returncode == 1, said
    assert "Nothing was changed. The new database could not be written in" in said
    assert "Make room on the disk" in said
    assert "Traceback" not in said
    assert (folder / "house.duckdb").read_bytes() == old
    assert left_beside(folder) == []


def test_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")
    database = str(tmp_path / "file" / "house.duckdb")
    assert main(["--offline", "--database", database, SMALL]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"Nothing was changed. {tmp_path / 'file'}: ")
    assert "use --database and --raw" in said


def test_forbidden_folder_is_told_in_a_sentence(folder, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(duckdb, "connect", refuse)
    with pytest.raises(Problem, match="may not be read or written. Change its permissions"):
        load.build(folder / "house.duckdb", sources=[SMALL])


def test_stopping_a_build_with_the_keyboard_changes_nothing(folder):
    old = (folder / "house.duckdb").read_bytes()
    # A parent that ignores Ctrl-C (a job in the background) hands that on; this build must hear it.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    build = start(folder, before=heard)
    wait_until_it_writes(folder, build)
    os.kill(build.pid, signal.SIGINT)
    said, _ = build.communicate(timeout=120)
    assert (build.returncode, said) == (130, "Stopped. Nothing was changed.\n")
    assert (folder / "house.duckdb").read_bytes() == old
    assert left_beside(folder) == []
