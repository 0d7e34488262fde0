"""How long each kind of view takes to answer, over random choices."""

import time
from functools import partial

from benchmarks import random_views
from benchmarks.ground import Ground
from benchmarks.table import Line
from equity import answers, database
from equity.errors import Problem
from equity.view import Ask, View

VIEWS = 200


def measure(ground: Ground) -> list[Line]:
    """Give the 95th percentile of milliseconds a kind, beside a question to DuckDB that gives one row."""
    connection = database.connect(ground.starter[0])
    ask = partial(database.ask, connection)
    floor = middle([timed(lambda: ask("build")) for _ in range(VIEWS)])
    lines = []
    for kind in random_views.KINDS:
        views = random_views.of_kind(connection, kind, VIEWS)
        taken = sorted(timed(lambda view=view: answered(view, ask)) for view in views)
        slow = taken[int(0.95 * VIEWS)]
        name = f"answer of {kind}, 95th in 100 of {VIEWS}"
        lines.append(Line(name, slow, "ms", floor, "one row from DuckDB", ""))
    return lines


def answered(view: View, ask: Ask) -> None:
    """Answer a view, or meet the sentence that says why there is no answer."""
    try:
        answers.answer(view, ask)
    except Problem:
        return


def timed(work: object) -> float:
    """Give the milliseconds that a piece of work takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def middle(numbers: list[float]) -> float:
    """Give the median."""
    return sorted(numbers)[len(numbers) // 2]
