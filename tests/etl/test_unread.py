"""Files and folders that a person dropped and nobody reads are said; leftovers of programs are not."""

import gzip
import subprocess
from pathlib import Path

import pytest

from equity.errors import Problem
from etl import load, unread
from etl.__main__ import main

RURAL = load.STARTER / "usda_rucc" / "rucc_2013.csv.gz"
LEFTOVERS = ("~$rucc_2013.xlsx", ".DS_Store", "Thumbs.db", "Desktop.ini", "rucc_2013.csv.gz.part")


@pytest.fixture
def raw(tmp_path) -> Path:
    """A folder of downloads with one good file, packed and unpacked, among what people drop."""
    folder = tmp_path / "raw" / "usda_rucc"
    (folder / "old").mkdir(parents=True)
    (folder / RURAL.name).write_bytes(RURAL.read_bytes())
    (folder / "rucc_2013.csv").write_bytes(gzip.decompress(RURAL.read_bytes()))
    (folder / "notes.txt").write_text("mine")
    for name in LEFTOVERS:
        (folder / name).write_text("left by a program")
    (tmp_path / "raw" / "my project").mkdir()
    (tmp_path / "raw" / "CDC_SVI").mkdir()
    (tmp_path / "raw" / "SVI_2022_US_county.csv").write_text("STATE")
    return tmp_path / "raw"


def test_build_says_what_it_does_not_read(raw, tmp_path):
    said = []
    load.build(
        tmp_path / "house.duckdb",
        raw=raw,
        static=tmp_path,
        sources=["usda_rucc"],
        say=said.append,
    )
    assert said[:5] == [
        f"{raw / 'CDC_SVI'} is not read: no source has this name. Did you mean cdc_svi?",
        f"{raw / 'SVI_2022_US_county.csv'} is not read: put it into the folder of its source.",
        f"{raw / 'my project'} is not read: no source has this name.",
        f"{raw / 'usda_rucc' / 'old'} is not read: put its files beside it, into usda_rucc.",
        "usda_rucc: no number is from notes.txt. "
        "Look in etl/sources/usda_rucc.toml for the names of files that are read.",
    ]
    assert said[5].startswith("usda_rucc: 3,220 observations")


@pytest.mark.skipif(not (load.HOUSE / ".git").exists(), reason="this is no checkout of git")
def test_git_keeps_the_bytes_of_data_on_every_system():
    """A checkout on Windows changes ends of lines, and with them checksums and publishers' rows."""
    paths = ["data/starter/MANIFEST.tsv", RURAL.relative_to(load.HOUSE).as_posix()]
    paths.append("tests/golden/cdc_wonder/births.txt")
    asked = subprocess.run(
        ["git", "check-attr", "text", "--", *paths],
        cwd=load.HOUSE,
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout.splitlines() == [f"{path}: text: unset" for path in paths]


def test_nothing_is_said_where_everything_is_read(tmp_path):
    assert list(unread.strays(load.STARTER.parent / "nowhere")) == []
    assert list(unread.files("usda_rucc", ["a.csv"], ["a.csv"])) == []


def test_database_that_is_a_folder_is_refused_before_any_work(tmp_path, capsys):
    assert main(["--offline", "--database", str(tmp_path), "nci_cancer"]) == 1
    assert capsys.readouterr() == (
        "",
        f"Nothing was changed. {tmp_path} is a folder. Name a file with --database.\n",
    )
    assert list(tmp_path.iterdir()) == []


def test_folder_of_downloads_that_is_not_there_is_refused(tmp_path, capsys):
    """A slip of the hand must not replace all that was loaded by the starter data alone."""
    database = tmp_path / "house.duckdb"
    words = ["--offline", "--raw", str(tmp_path / "rwa"), "--database", str(database)]
    assert main([*words, "nci_cancer"]) == 1
    assert f"There is no folder {tmp_path / 'rwa'}." in capsys.readouterr().err
    assert not database.exists()
    with pytest.raises(Problem):
        unread.require_places(database, tmp_path / "rwa", may_be_missing=False)
