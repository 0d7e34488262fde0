"""An answer as a file to take away: its numbers as CSV, with the words that belong to them before the table."""

import csv
import io

import pandas as pd

from equity.answers import Answer, Column, Table
from equity.downloads import csv_text, no_formula


def csv_of(answer: Answer, *, data_version: str) -> str:
    """Give an answer's numbers, unrounded, under lines that say what they are and where they come from.

    Each such line begins with "#". A lesson's warning is the first. No cell starts a formula.
    """
    lines = [
        answer.verdict.warning,
        answer.reading.title,
        answer.reading.subtitle,
        *(f"Take care: {breach.why}" for breach in answer.verdict.breaches),
        f"Source: {' '.join(answer.sources)}",
        f"Data version: {data_version}",
        f"View: {answer.view.address()}",
    ]
    tables = [table for table in (answer.table, *answer.more) if table is not None]
    said = commented([line for line in lines if line])
    return said + "\n".join(one_table(table) for table in tables)


def commented(lines: list[str]) -> str:
    """Give lines of words as CSV rows of one cell each, marked as words."""
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([[f"# {' '.join(line.split())}"] for line in lines])
    return file.getvalue()


def one_table(table: Table) -> str:
    """Give a table under its title and what each column means."""
    meanings = [f"{one.title}: {described(one)}" for one in table.columns]
    frame = pd.DataFrame({one.title: table.frame[one.name] for one in table.columns})
    frame.columns = [no_formula(title) for title in frame.columns]
    return commented([title for title in (table.title, *meanings) if title]) + csv_text(frame)


def described(column: Column) -> str:
    """Say what a column holds: words, or numbers with their unit and how many decimals are shown."""
    if column.decimals is None:
        return "words"
    unit = " ".join(part for part in (column.prefix.strip(), column.suffix.strip()) if part)
    shown = "no decimals" if column.decimals == 0 else f"decimals shown: {column.decimals}"
    return f"a number{f' in {unit}' if unit else ''}, not rounded here ({shown} on screen)"
