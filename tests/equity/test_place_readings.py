"""What views of places say is true: each number in a sentence stands in the answer's tables, each direction holds."""

import random
import re

import pytest

from equity import answers, database
from equity.errors import Problem
from equity.view import View

KINDS = ("compare", "distribution", "ranking", "trend")
NUMBER = re.compile(r"[\N{MINUS SIGN}]?\$?\d[\d,]*(?:\.\d+)?%?")
# Sentences that tell of the method, or are the publisher's own words, hold numbers of another kind.
OF_METHOD = ("A difference counts", "How sure", "The first and last number of each place")
BROKEN = re.compile(
    "  |\\bnan\\b|\\bNone\\b|\\bNaT\\b|\\binf\\b| -0|\N{MINUS SIGN}0(?![.,0-9])|\\.\\.| ,"
)


@pytest.fixture
def ask(starter):
    return lambda query, **chosen: database.ask(starter, query, **chosen)


def numbers(text: str) -> set[str]:
    """The numbers of a text, without sign and unit: a fall "by 2" is a change of -2 in the table."""
    return {found.strip("\N{MINUS SIGN}$%,") for found in NUMBER.findall(text)}


def in_tables(found, measure) -> set[str]:
    """The numbers that a reader can look up: cells, what is shown, and counts of the rows."""
    tables = [found.table, *found.more]
    cells = [cell for table in tables for column in table.printed().to_numpy().T for cell in column]
    heads = [column.title for table in tables for column in table.columns]
    held = numbers(" ".join([*cells, *heads, found.reading.subtitle, measure["title"]]))
    for table in found.more:
        counts = table.frame["verdict"].str.partition(":")[0].value_counts()
        held |= {f"{count:,}" for count in [len(table.frame), *counts]}
    return held | {"100"}


def views(ask, count: int) -> list[View]:
    draw = random.Random(20240101)
    measures = ask("measures")["measure_id"].tolist()
    places = ask("places_to_find")["place_id"].tolist()
    return [
        View(
            KINDS[number % 4],
            (draw.choice(measures),),
            tuple(
                dict.fromkeys(draw.choices([*places, "US", "06", "46102"], k=draw.randint(2, 6)))
            ),
        )
        for number in range(count)
    ]


def answer_or_sentence(view: View, ask) -> answers.Answer | str:
    try:
        return answers.answer(view, ask)
    except Problem as problem:
        return str(problem)


def test_each_number_that_is_said_stands_in_a_table_and_no_word_is_broken(ask):
    measures = ask("measures").set_index("measure_id")
    answered = 0
    for view in views(ask, 200):
        found = answer_or_sentence(view, ask)
        if isinstance(found, str):
            assert not BROKEN.search(found), (view, found)
            continue
        said = [found.reading.title, *found.reading.sentences]
        assert not BROKEN.search(" ".join([*said, found.reading.alt])), (view, said)
        if not found.shown:
            continue
        answered += 1
        measure = measures.loc[view.measures[0]]
        held = in_tables(found, measure)
        for sentence in said:
            if sentence.startswith(OF_METHOD) or sentence == measure["periods_note"]:
                continue
            assert numbers(sentence) <= held, (view, sentence, numbers(sentence) - held)
    assert answered > 50


def test_higher_and_lower_are_so_in_the_table(ask):
    checked = 0
    for view in views(ask, 200):
        if view.kind != "compare":
            continue
        found = answer_or_sentence(view, ask)
        if isinstance(found, str):
            continue
        for row in (row for table in found.more for row in table.frame.itertuples()):
            if row.verdict.startswith("different"):
                higher = row.verdict.endswith("higher")
                assert higher == (row.gap > 0), (view, row)
                checked += 1
    assert checked > 20
