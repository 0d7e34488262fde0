"""How long the builds take beside DuckDB just reading the same files, and how much memory they need."""

import gzip
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import psutil

from benchmarks.ground import Ground
from benchmarks.table import Line
from etl.load import HOUSE, STARTER

LOOK_AGAIN_SECONDS = 0.05
# What DuckDB reads as a table by itself; the rest is read as bytes.
TABLES = (".csv", ".tsv", ".txt", ".dat", ".csv.gz")
BYTES = "SELECT sum(octet_length(content)) FROM read_blob($path)"


def measure(ground: Ground) -> list[Line]:
    """Give seconds and peak memory of the starter build and, where its files are there, the full one."""
    nothing = ground.folder / "no_raw"
    nothing.mkdir()
    lines = of_build("starter", nothing, ground, "at most 10 s")
    if ground.raw:
        lines += of_build("all sources", ground.raw, ground, "at most 3 times")
    return lines


def of_build(name: str, raw: Path, ground: Ground, goal: str) -> list[Line]:
    """Give the lines of one build."""
    floor = seconds_to_read([STARTER, raw])
    seconds, memory = build(raw, ground.folder / "built.duckdb", ground.folder / "static")
    return [
        Line(f"build, {name}", seconds, "s", floor, "DuckDB reading the files", goal),
        Line(f"build, {name}, peak memory", memory / 1e6, "MB", goal="under 1,000 MB"),
    ]


def build(raw: Path, database: Path, static: Path) -> tuple[float, int]:
    """Build in a program of its own; give seconds and the most bytes it and its children held."""
    began, most = time.perf_counter(), 0
    program = subprocess.Popen(
        [
            *(sys.executable, "-m", "etl", "--offline", "--raw", str(raw)),
            *("--database", str(database), "--static", str(static)),
        ],
        cwd=HOUSE,
        stdout=subprocess.DEVNULL,
    )
    while program.poll() is None:
        most = max(most, bytes_held(psutil.Process(program.pid)))
        time.sleep(LOOK_AGAIN_SECONDS)
    if program.returncode:
        raise RuntimeError(f"the build from {raw} ended with exit code {program.returncode}")
    return time.perf_counter() - began, most


def bytes_held(program: psutil.Process) -> int:
    """Give the memory of a program and its children; what has just ended holds none."""
    held = 0
    for process in [program, *program.children(recursive=True)]:
        try:
            held += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return held


def seconds_to_read(roots: list[Path]) -> float:
    """Give the seconds DuckDB needs to read every file, tables into tables."""
    files = sorted(path for root in roots if root.is_dir() for path in root.rglob("*.*"))
    began = time.perf_counter()
    with duckdb.connect() as connection:
        for path in files:
            if path.is_file():
                read(connection, path)
    return time.perf_counter() - began


def read(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Read one file; one that DuckDB cannot take for a table is read as bytes."""
    try:
        connection.execute(reading(path), {"path": str(path)})
    except duckdb.Error:
        connection.execute(BYTES, {"path": str(path)})


def reading(path: Path) -> str:
    """Give the question that reads one file."""
    if path.suffix == ".parquet":
        return "CREATE OR REPLACE TEMP TABLE read AS FROM read_parquet($path)"
    if path.name.endswith(TABLES) and is_utf8(path):
        return (
            "CREATE OR REPLACE TEMP TABLE read AS FROM read_csv($path, all_varchar = true, "
            "ignore_errors = true, strict_mode = false)"
        )
    return BYTES


def is_utf8(path: Path) -> bool:
    """Say whether DuckDB can read a text as it stands (the Census writes Latin-1)."""
    packed = path.read_bytes()
    try:
        (gzip.decompress(packed) if path.suffix == ".gz" else packed).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
