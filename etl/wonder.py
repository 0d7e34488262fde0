"""Read an export of CDC WONDER: the table, and what its footer says was asked for."""

import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from etl.reading import WrongFile, parsed, text

RULE = "---"
# Rows that add up others; they would count the same people twice.
TOTAL = "Total"
PARAMETER = re.compile(r"^(?P<name>[A-Z][\w'/&\- ]*): (?P<chosen>.*)$")
YEARS = re.compile(r"\b(\d{4})(?:-(\d{4}))?\b")


class Export(NamedTuple):
    """One export: its rows as text, the name of its data set, and every choice its footer names."""

    path: Path
    rows: pd.DataFrame
    dataset: str
    asked: dict[str, str]


def read(path: Path) -> Export:
    """Read one export (tab-separated text, or the newer CSV with a byte-order mark)."""
    lines = text(path).splitlines()
    rules = [number for number, line in enumerate(lines) if line.strip('" \t') == RULE]
    if len(rules) < 2:
        raise WrongFile(
            path,
            'The lines from "---" on, which say what was asked for, are missing: this is no CDC WONDER '
            "export, or it is cut short.",
            todo="Export it again and leave the file as it is.",
        )
    dataset, asked = footer(path, lines[rules[0] + 1 : rules[1]])
    separator = "\t" if "\t" in lines[0] else ","
    table = "\n".join(lines[: rules[0]]) + "\n"
    rows = parsed(path, table, required=["Notes"], separator=separator)
    if (other := rows["Notes"].notna() & rows["Notes"].ne(TOTAL)).any():
        first = rows[other].iloc[0]
        rule = f"Unknown note {first['Notes']!r}."
        raise WrongFile(path, rule, line=int(first["line"]), column="Notes")
    rows = rows[rows["Notes"].isna()].drop(columns="Notes")
    return Export(path, rows.apply(stripped), dataset, asked)


def stripped(cells: pd.Series) -> pd.Series:
    """Give text cells without blanks at their ends ("2022 ")."""
    return cells if cells.name == "line" else cells.str.strip()


def footer(path: Path, lines: list[str]) -> tuple[str, dict[str, str]]:
    """Give the data set and the choices; a choice may run over several lines."""
    asked: dict[str, str] = {}
    name = None
    for line in (line.strip().strip('"').replace('""', '"') for line in lines):
        if found := PARAMETER.match(line):
            name = found["name"]
            asked[name] = found["chosen"]
        elif name and not line.endswith("Parameters:"):
            asked[name] += f" {line}"
    if "Dataset" not in asked:
        raise WrongFile(path, "The footer does not name the data set.")
    return asked.pop("Dataset"), asked


def period(export: Export) -> str | None:
    """Give the years asked for, or those of the data set; nothing where each row has its own."""
    if "Year" in export.rows:
        return None
    chosen = export.asked.get("Year/Month") or export.asked.get("Year")
    if chosen is None:
        first, last = YEARS.search(export.dataset).groups()
        return f"{first}-{last}"
    years = [re.fullmatch(r"(\d{4})(?: \(.*\))?", part.strip()) for part in chosen.split(";")]
    if None in years:
        raise WrongFile(
            export.path, f"Expected whole years, found {chosen!r}.", column="Year/Month"
        )
    numbers = sorted(int(year[1]) for year in years)
    if numbers != list(range(numbers[0], numbers[-1] + 1)):
        raise WrongFile(export.path, f"Expected years in a row, found {chosen!r}.")
    return f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])


def refusal(export: Export, rule: str) -> WrongFile:
    """Give the error for an export that was asked for in a way we cannot use."""
    return WrongFile(
        export.path,
        rule,
        todo="Ask CDC WONDER again: group by place, year, sex, race, Hispanic origin, five- or ten-year "
        "age groups and cause only.",
    )
