"""Cases in a terminal: python -m teaching check|localise|keys|stale FILE... [--place FIPS]"""

import argparse
import sys
from functools import partial
from pathlib import Path

from equity import database
from equity.errors import Problem
from equity.view import Ask
from teaching import case as cases
from teaching import localise, pins
from teaching.case import Case
from teaching.community import of

HOUSE = Path(__file__).parent.parent


def main(words: list[str]) -> int:
    """Do what was asked with each file; give 0 when nothing is wrong, else 1."""
    asked = parser().parse_args(words)
    try:
        connection = database.connect(asked.database)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    ask = partial(database.ask, connection)
    wrong = [done(asked, Path(file), ask) for file in asked.files]
    return int(any(wrong))


def parser() -> argparse.ArgumentParser:
    """Give the parser of the command line."""
    found = argparse.ArgumentParser(prog="python -m teaching", description=__doc__)
    found.add_argument("task", choices=TASKS, help="what to do with each case")
    found.add_argument("files", nargs="+", help="case files (.md)")
    found.add_argument("--place", help="FIPS code of a community; by default the case's own")
    default = HOUSE / "data" / "health_equity.duckdb"
    found.add_argument("--database", type=Path, default=default, help="the database to use")
    return found


def done(asked: argparse.Namespace, file: Path, ask: Ask) -> bool:
    """Do the task with one file and print what came of it; give whether something is wrong."""
    try:
        case = cases.read(file.read_text("utf-8"))
        lines = TASKS[asked.task](case, asked.place or case.head["place"], ask)
    except (OSError, UnicodeDecodeError) as error:
        print(f"{file}: cannot be read as text ({error}).", file=sys.stderr)
        return True
    except Problem as problem:
        print("\n".join(f"{file}: {line}" for line in str(problem).splitlines()), file=sys.stderr)
        return True
    for line in lines:
        print(f"{file}: {line}")
    return asked.task in ("check", "stale") and bool(lines)


def check(case: Case, place_id: str, ask: Ask) -> list[str]:
    """Give what does not work in a community."""
    community = of(case.head["needs"], place_id, ask)
    return [
        f"line {flag.line}: {flag.where}: {flag.why}"
        for flag in localise.flags(case, community, ask)
    ]


def moved(case: Case, place_id: str, ask: Ask) -> list[str]:
    """Give what changes, what is flagged and what a person should read in another community."""
    found = localise.localise(case, place_id, ask)
    lines = [f"{one.where}: {one.before} -> {one.after}" for one in found.changes]
    lines += [f"flagged, line {one.line}: {one.where}: {one.why}" for one in found.flags]
    return lines + [f"read again: {name}" for name in found.to_read]


def keys(case: Case, place_id: str, ask: Ask) -> list[str]:
    """Give the key of every exercise in a community."""
    community = of(case.head["needs"], place_id, ask)
    return [
        f"{name}: {localise.key_or_nothing(exercise, community)}"
        for name, exercise in case.exercises.items()
    ]


def stale(case: Case, place_id: str, ask: Ask) -> list[str]:
    """Give which pinned numbers and keys moved since the case was saved."""
    return pins.moved(case, of(case.head["needs"], place_id, ask))


TASKS = {"check": check, "localise": moved, "keys": keys, "stale": stale}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
