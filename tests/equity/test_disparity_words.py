"""What is said of gaps between groups is true: every number of a sentence stands in the table; no word is broken."""

import contextlib
import math
import random
import re

import pytest

from equity import answers, group_gaps, split_choices, splits
from equity.errors import Problem
from tests.equity.grouped import asking

KINDS = ("groups", "inequality", "gap", "burden")
PLACES = ("US", "42101", "55025", "72001", "06", "48301", "36061", "HHS03")
BROKEN = re.compile(
    r"\bnan\b|None|\binf\b|[-−]0(?:\.0+)?(?![\d.])|  |\b[a-z]+_[a-z_]+\b|\.\.| [,.;]"
)
NUMBER = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?")
# Numbers that are no figures of the table: levels, years, what stands in titles and units.
ASIDE = re.compile(r"95% interval|[\d,]+ live births|100,000|in \d{4}(–\d{4})?|“[^”]*”")


def questions(ask, count: int):
    """Give as many questions, chosen at random with a seed, as somebody could ask on the page."""
    chance = random.Random(20240101)
    for _ in range(count):
        held = split_choices.held(chance.choice(PLACES), ask)
        row = held.iloc[chance.randrange(len(held))]
        asked = (row["measure_id"], row["place_id"])
        rows = split_choices.rows_of(*asked, row["dimension"], ask)
        among = chance.choice(list(split_choices.withins(rows, ask)))
        period = chance.choice(list(split_choices.periods(rows, among)))
        chosen = {"groups": (row["dimension"],), "among": among}
        first = split_choices.view_of("groups", *asked, period=period, reference="best", **chosen)
        references = list(split_choices.references(splits.split(first, ask)))
        kind = chance.choice(KINDS)
        yield split_choices.view_of(
            kind,
            *asked,
            period="" if kind == "gap" else period,
            reference=chance.choice(references),
            **chosen,
        )


def figures(answer) -> list[float]:
    """Give every number of an answer's table and of its dots, without its sign."""
    cells = [cell for column in answer.table.frame for cell in answer.table.frame[column]]
    drawn = [x for chart in answer.charts for mark in chart.marks for x in mark.x]
    return [
        abs(float(cell))
        for cell in [*cells, *drawn]
        if isinstance(cell, int | float) and math.isfinite(cell)
    ]


def spoken(answer, measure) -> str:
    """Give the words of an answer without names, units and years."""
    text = " ".join([answer.reading.title, *answer.reading.sentences])
    text = text.replace(f"About the years: {measure['periods_note']}", "")
    titles = answer.table.frame.get("title", [])
    for known in sorted({measure["title"], measure["unit"], splits.short_unit(measure), *titles}):
        text = text.replace(str(known), "")
    return ASIDE.sub("", text)


def stands_in(said: str, numbers: list[float]) -> bool:
    """Say whether a number as written is one of the numbers, rounded as it is written."""
    digits = len(said.partition(".")[2])
    value = abs(float(said.replace(",", "").replace("−", "-")))
    return any(abs(round(number, digits) - value) < 1e-9 for number in numbers)


@pytest.fixture(scope="module")
def answered(starter):
    ask, kept = asking(starter), {}

    def asked(query, **parameters):
        key = (query, *sorted(parameters.items()))
        if key not in kept:
            kept[key] = ask(query, **parameters)
        return kept[key]

    measures = asked("measures").set_index("measure_id")
    found = []
    for view in questions(asked, 120):
        with contextlib.suppress(Problem):  # one period only: a sentence, no numbers
            found.append((answers.answer(view, asked), measures.loc[view.measures[0]]))
    return found


def test_no_sentence_has_a_broken_word(answered):
    for answer, _ in answered:
        reading = answer.reading
        said = [reading.title, reading.subtitle, reading.banner, reading.alt, *reading.sentences]
        assert [text for text in said if BROKEN.search(text)] == []


def test_every_number_of_a_sentence_stands_in_the_table(answered):
    shown = [(answer, measure) for answer, measure in answered if answer.shown]
    assert len(shown) > 40
    for answer, measure in shown:
        numbers = figures(answer)
        said = NUMBER.findall(spoken(answer, measure))
        assert [one for one in said if not stands_in(one, numbers)] == [], answer.view


def test_worse_off_is_said_of_the_group_with_the_worse_number(answered):
    compared = 0
    for answer, measure in answered:
        if answer.view.kind != "groups" or not answer.shown:
            continue
        rows = answer.table.frame.set_index("title")
        base = rows["value"][rows["difference"].isna()]
        for row in rows[rows["difference"].notna()].itertuples():
            higher = row.value - base[answer.table.columns[-2].title.removeprefix("Against ")]
            assert (row.difference > 0) == ((higher < 0) == (measure["better"] == "higher"))
            compared += 1
    assert compared > 20


def test_the_default_reference_is_never_a_fixed_group(answered):
    bests = {
        answer.table.columns[-2].title
        for answer, _ in answered
        if answer.shown
        and answer.view.kind == "groups"
        and not answer.view.option(group_gaps.REFERENCE)
    }
    assert len(bests) > 2
