"""What tests of views of two measures share: answers on the starter database, and words that must not stand in any."""

import re
from collections.abc import Callable
from functools import cache

import duckdb
import pandas as pd

from equity import answers, database
from equity.answers import Answer
from equity.view import View

# What a careless author lets through; "−0" only before a digit that is no decimal part.
CARELESS = re.compile(
    r"\bnan\b|\bNone\b|\bNaT\b|\binf\b|[−-]0(?![\d.,])|  |\b[a-z]+_[a-z_]+\b| [.,;]"
)
CAUSAL = re.compile(
    r"\bcaus|\bdue to\b|\bbecause of\b|\bleads to\b|\bmakes people\b", re.IGNORECASE
)


def asking(connection: duckdb.DuckDBPyConnection) -> Callable[..., pd.DataFrame]:
    """Answer questions from a database, as pages do: from memory when asked before."""
    kept = cache(lambda query, said: database.ask(connection, query, **dict(said)))
    return lambda query, **said: kept(query, tuple(sorted(said.items())))


def answered(ask: Callable, kind: str, outcome: str, condition: str, **more: object) -> Answer:
    """Answer a view of two measures; places, groups, period by name, the rest are options."""
    named = {name: more.pop(name) for name in ("places", "groups", "period") if name in more}
    return answers.answer(View(kind, (outcome, condition), **named).having(**more), ask)


def said(answer: Answer) -> str:
    """All words of an answer."""
    reading = answer.reading
    said = [reading.title, reading.subtitle, *reading.sentences, reading.alt]
    return " ".join(part for part in said if part)


def numbers_in(text: str) -> set[str]:
    """The numbers of a text, as they are written."""
    return set(re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text))


def untold(answer: Answer) -> set[str]:
    """The numbers of the sentences that stand in no cell or heading of the table, nor in title or subtitle."""
    table = answer.table.printed()
    cells = " ".join([*table.columns, *table.astype(str).to_numpy().ravel().tolist()])
    told = numbers_in(cells) | numbers_in(answer.reading.subtitle) | {"95"}
    return numbers_in(" ".join([answer.reading.title, *answer.reading.sentences])) - told
