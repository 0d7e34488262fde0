"""HDPulse, exported by hand: one file a topic and group of people; one row a county, state or the nation."""

import re
from pathlib import Path

import pandas as pd

from etl.observations import files_in, status_of, together
from etl.places import recoded
from etl.reading import WrongFile, numbers, parsed, text
from etl.sources import describe
from etl.sources.state_cancer_profiles import people_group

TITLE = re.compile(r"^(?P<topic>.+) for .+ by (?:County|State)$")
PEOPLE = re.compile(r"^(?P<people>.+), (?P<years>\d{4}(?:-\d{4})?)$")
NOT_AVAILABLE = ("NA", "N/A")


def transform(folder: Path) -> pd.DataFrame:
    """Tidy every export in the folder."""
    return together(values(path) for path in files_in(folder, "*.csv"))


def values(path: Path) -> pd.DataFrame:
    """Tidy one export."""
    content = text(path)
    lines = content.splitlines()
    measure_id = measure(path, lines[0].strip('" '))
    people = PEOPLE.match(lines[1].strip('" ')) if len(lines) > 1 else None
    if not people:
        raise WrongFile(path, "Expected people and years.", line=2)
    rows = table_rows(path, lines)
    value_column = next((name for name in rows if name.startswith("Value (")), None)
    if value_column is None:
        raise WrongFile(path, "There is no column Value (…).", column="Value")
    known = rows.assign(
        **{value_column: rows[value_column].mask(rows[value_column].isin(NOT_AVAILABLE))}
    )
    value = numbers(path, known, value_column)
    return rows[["line"]].assign(
        measure_id=measure_id,
        period=people["years"],
        place_id=places(rows),
        people_group=people_group(path, people["people"], line=2),
        value=value,
        status=status_of(value, missing="not published"),
        file=path.name,
    )


def measure(path: Path, title: str) -> str:
    """Give the measure that an export's title names; refuse a topic that the .toml does not know."""
    topics = describe("hdpulse")["topics"]
    found = TITLE.match(title)
    if not found:
        raise WrongFile(path, f"This is no HDPulse export; it begins {title!r}.", line=1)
    if found["topic"] not in topics:
        raise WrongFile(
            path,
            f"Unknown topic {found['topic']!r}.",
            line=1,
            todo="Add it to [topics] and [[measure]] in etl/sources/hdpulse.toml.",
        )
    return topics[found["topic"]]


def table_rows(path: Path, lines: list[str]) -> pd.DataFrame:
    """Cut the table out of an export: from the line of column names to the citation."""
    starts = [
        number for number, line in enumerate(lines, 1) if line.startswith(("County,", "State,"))
    ]
    ends = [number for number, line in enumerate(lines, 1) if line.startswith("Suggested Citation")]
    if not starts:
        raise WrongFile(path, "There is no line that begins County,FIPS.")
    if not ends:
        raise WrongFile(path, "The citation below the table is missing: the file is cut short.")
    until_citation = "\n".join(lines[: ends[0] - 1]).rstrip("\n") + "\n"
    return parsed(path, until_citation, required=["FIPS"], header=starts[0])


def places(rows: pd.DataFrame) -> pd.Series:
    """Give the place of each row: 00000 is the nation, 29000 the state of Missouri."""
    codes = recoded(rows["FIPS"].str.strip().str.zfill(5)).replace("00000", "US")
    return codes.where(~codes.str.endswith("000"), codes.str[:2])
