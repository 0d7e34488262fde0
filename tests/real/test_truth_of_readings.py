"""Every number and every direction in the sentences of 1,000 random views, held against the views' own tables."""

from collections import Counter
from functools import lru_cache

import pytest

from benchmarks import random_views
from equity import answers, database, vintages, words
from equity.errors import Problem
from etl import load
from tests.real.truth import counties, groups, places, said
from tests.real.truth.said import Said

CLAIMS = places.CLAIMS | counties.CLAIMS | groups.CLAIMS
# Kinds whose sentences are only looked through for what no sentence may hold; see said.NEVER.
ONLY_CLEAN = ("clusters", "profile", "region", "small_multiples")
SILENT = (*places.SILENT, *counties.SILENT, *groups.SILENT)
# Answers with numbers of each kind, and how many views may be asked to get them.
WANTED, TRIES = 56, 900


@pytest.fixture(scope="module")
def connection(shared_raw, tmp_path_factory):
    """A connection to the database of all the publishers' files."""
    folder = tmp_path_factory.mktemp("truth")
    path = load.build(
        folder / "full.duckdb", raw=shared_raw, static=folder / "static", say=lambda line: None
    )
    opened = database.connect(path)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def ask(connection):
    """What answers a query, each question once."""
    kept = lru_cache(maxsize=6000)(
        lambda query, asked: database.ask(connection, query, **dict(asked))
    )
    return lambda query, **asked: kept(query, tuple(sorted(asked.items())))


@pytest.fixture(scope="module")
def common(connection) -> dict[str, str]:
    """Names that any sentence may hold: periods, groups of people, measures of inequality, notes on borders."""
    periods = [
        row[0] for row in connection.execute("SELECT DISTINCT period FROM house.period").fetchall()
    ]
    names = {words.period(period): f"Y{words.period(period)}" for period in periods}
    names |= {period.replace("..", " to ").replace("-", "–"): f"Y{period}" for period in periods}
    titles = [
        row[0] for row in connection.execute("SELECT title FROM house.people_group").fetchall()
    ]
    names |= {title: f"G{title}" for title in titles} | {"Everyone": "GEveryone"}
    names |= {name: "I" for name in groups.NAMES_OF_MEASURES}
    return names | {vintages.CONNECTICUT: "V", vintages.ALASKA: "V"}


def names_of(answer: answers.Answer, ask, common: dict[str, str]) -> dict[str, str]:
    """Give the names that an answer's sentences may hold, and the tokens that stand for them."""
    view, names = answer.view, dict(common)
    for row in ask("measures").set_index("measure_id").loc[list(view.measures)].itertuples():
        for text in (row.title, row.short_title, row.caution, row.periods_note, row.meaning):
            names[text or "\0"] = "M"
        if " " in row.unit:
            names[row.unit.partition(", ")[0]] = "U"
    for row in ask("places_named", places=view.places).itertuples():
        for name in (row.full_name, row.title, f"the {row.full_name}"):
            names[name] = f"P{row.place_id}"
    shared = ask("places_named", places=view.places)["full_name"]
    for name in shared[shared.duplicated()]:
        del names[name]
    if view.kind == "relationship":
        table = answer.table.frame
        names |= {
            row.title: f"P{row.place_id}" for row in table[table["place_id"].notna()].itertuples()
        }
    names.pop("\0", None)
    return names


def answered(kind: str, connection, ask) -> list[answers.Answer]:
    """Give answers of a kind to random views, leaving out those that these data refuse or cannot answer."""
    found: dict[str, answers.Answer] = {}
    for view in random_views.of_kind(connection, kind, TRIES):
        if len(found) == WANTED:
            break
        try:
            answer = answers.answer(view, ask)
        except Problem:
            continue
        if answer.shown:
            found[view.address()] = answer
    return list(found.values())


def faults(answer: answers.Answer, ask, common: dict[str, str]) -> Said:
    """Give what is wrong with the words of an answer."""
    held = Said(answer, ask, names_of(answer, ask, common))
    if answer.view.kind in ONLY_CLEAN:
        said.check_clean(held)
    else:
        said.check(held, CLAIMS[answer.view.kind], SILENT)
    return held


@pytest.mark.parametrize("kind", sorted(random_views.KINDS))
def test_every_number_and_direction_is_true(kind, connection, ask, common, record_property):
    answers_found = answered(kind, connection, ask)
    checked = [faults(answer, ask, common) for answer in answers_found]
    sums = Counter(answers=len(checked))
    sums.update(
        numbers=sum(one.numbers for one in checked),
        directions=sum(one.directions for one in checked),
    )
    record_property("checked", dict(sums))
    wrong = [f"{one.answer.view.address()}: {fault}" for one in checked for fault in one.wrong]
    assert checked
    assert not wrong, f"{len(wrong)} of {sums}:\n" + "\n".join(wrong[:20])
