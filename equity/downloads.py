"""One measure as files to take away: CSV, Parquet, a data dictionary, and what to know before use."""

import csv
import io
import tomllib
import zipfile
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd

from equity import database, misuse

# Spreadsheets run a cell that begins with one of these as a formula.
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

COLUMNS = tomllib.loads((Path(__file__).parent / "columns.toml").read_text("utf-8"))


def archive(connection: duckdb.DuckDBPyConnection, measure_id: str) -> bytes:
    """Give a ZIP with every observation of a measure, as CSV and Parquet, and the words that belong to it.

    Places without a figure are rows with the status `not published`. Cells of the CSV files never
    start a formula.
    """
    rows = database.ask(connection, "measure_file", measure=measure_id)[list(COLUMNS)]
    measures = database.ask(connection, "measures").set_index("measure_id", drop=False)
    build = database.ask(connection, "build").iloc[0]
    made = about(measures.loc[measure_id], build)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(f"{measure_id}.csv", csv_text(rows))
        parts.writestr(f"{measure_id}.parquet", parquet_bytes(rows))
        parts.writestr("data_dictionary.csv", csv_text(dictionary(rows)))
        parts.writestr("about.txt", made)
    return packed.getvalue()


def dictionary(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the data dictionary: one row a column, with its meaning, type and how often it is filled."""
    return pd.DataFrame(
        {
            "column": list(rows.columns),
            "meaning": [COLUMNS[column] for column in rows],
            "type": ["number" if is_number(rows[column]) else "text or date" for column in rows],
            "rows_with_a_value": [int(rows[column].notna().sum()) for column in rows],
        }
    )


def csv_text(rows: pd.DataFrame) -> str:
    """Give a table as CSV whose text cells never start a formula."""
    safe = rows.apply(lambda column: column if is_number(column) else column.map(no_formula))
    return safe.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)


def no_formula(cell: object) -> object:
    """Put an apostrophe before a text that a spreadsheet would run."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(STARTS_FORMULA) else cell


def is_number(column: pd.Series) -> bool:
    """Say whether a column holds numbers, which no spreadsheet takes for a formula."""
    return pd.api.types.is_numeric_dtype(column)


def parquet_bytes(rows: pd.DataFrame) -> bytes:
    """Give a table as a Parquet file."""
    file = io.BytesIO()
    rows.to_parquet(file, index=False)
    return file.getvalue()


def about(measure: pd.Series, build: pd.Series) -> str:
    """Give what a person must know before using the files, as plain text."""
    built: datetime = build["built_at"]
    lines = [
        measure["title"],
        "",
        measure["meaning"],
        "",
        f"Unit: {measure['unit']}",
        f"Who counts: {measure['population']}",
        f"How it is made: {measure['made']}; age adjustment: {measure['adjustment']}",
        f"Publisher: {measure['publisher']}, {measure['source_title']}",
        f"Licence: {measure['licence']}",
        f"Terms: {measure['terms']}",
        f"Cite as: {citation(measure, build)}",
        f"Data version: {build['data_version']}, built {built:%Y-%m-%d}",
        "",
        "Take care",
        measure["caution"],
        *([measure["periods_note"]] if measure["periods_note"] else []),
        "",
        "Do not",
        *misuse.must_not(measure),
        "",
    ]
    return "\n".join(lines)


def citation(measure: pd.Series, build: pd.Series) -> str:
    """Give the citation to copy: the publisher's, the measure, and the data version that it was read with."""
    return (
        f"{measure['citation']} Measure: {measure['title']}, {measure['newest_period']}. "
        f"Read with the health equity dashboard, data version {build['data_version']}."
    )
