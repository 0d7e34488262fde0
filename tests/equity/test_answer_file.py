"""The file of an answer: its numbers unrounded, its words before them, its warning first, no formula."""

import csv
import io

import pandas as pd
import pytest

from equity import answer_file, answers, database
from equity.answers import Answer, Column, Reading, Table
from equity.comparability import Breach, Verdict
from equity.view import View


def lines(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@pytest.fixture
def text(starter):
    view = View("compare", ("acs_poverty",), ("06037", "06"))
    found = answers.answer(view, lambda query, **said: database.ask(starter, query, **said))
    return answer_file.csv_of(found, data_version="abc123")


def test_numbers_are_not_rounded(text, starter):
    rows = database.ask(
        starter,
        "values",
        measure="acs_poverty",
        period="2015-2019",
        places=["06037"],
        group="everyone",
    )
    cell = next(row for row in lines(text) if row[0] == "Los Angeles County, California")[1]
    assert float(cell) == rows["value"].iloc[0]


def test_words_stand_before_the_numbers_and_each_column_is_explained(text):
    rows = lines(text)
    assert rows[0][0].startswith("# People in poverty")
    said = [row[0] for row in rows if len(row) == 1]
    assert any(line.startswith("# Source: ") for line in said)
    assert "# Data version: abc123" in said
    assert "# View: kind=compare&measures=acs_poverty&places=06037,06" in said
    assert any(line.startswith("# Value: a number in %") for line in said)


def test_a_warning_is_the_first_line_and_no_cell_starts_a_formula():
    frame = pd.DataFrame({"name": ["=1+1", "-2"], "n": [1.0, -2.0]})
    table = Table(frame, (Column("name", "=Name"), Column("n", "N", decimals=1)))
    breach = Breach("ranking", "refused", "Not so.", "Else.")
    answer = Answer(View("x"), Verdict((breach,)), Reading("=t", "", (), ""), table)
    rows = lines(answer_file.csv_of(answer, data_version="1"))
    assert rows[0] == ["# What not to do. Not so."]
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    assert [row[0] for row in rows[-2:]] == ["'=1+1", "'-2"]
