"""How fast a place is found from a misspelt name."""

import random
import time
from statistics import median

from benchmarks.ground import Ground
from benchmarks.table import Line
from equity import database, places

SEARCHES = 500
SEED = 20240101


def measure(ground: Ground) -> list[Line]:
    """Give milliseconds for 500 misspelt names, beside DuckDB looking for the same text exactly."""
    connection = database.connect(ground.starter[0])
    index = places.index(connection)
    titles = connection.execute(
        "SELECT title FROM house.place WHERE level = 'county' ORDER BY place_id"
    ).fetchall()
    typed = misspelt([title for (title,) in titles])
    found = [timed(lambda text=text: places.find(index, text)) for text in typed]
    floor = median(timed(lambda text=text: exactly(connection, text)) for text in typed)
    slow = sorted(found)[int(0.95 * SEARCHES)]
    exact = "exact look-up in DuckDB"
    return [
        Line(
            "search with a typing error, median", median(found), "ms", floor, exact, "under 50 ms"
        ),
        Line("search with a typing error, 95th in 100", slow, "ms", floor, exact, "under 50 ms"),
    ]


def misspelt(titles: list[str]) -> list[str]:
    """Give 500 county names with two neighbouring letters swapped."""
    dice = random.Random(SEED)
    typed = []
    for title in dice.choices(titles, k=SEARCHES):
        at = dice.randrange(1, len(title.split(",")[0]) - 1)
        typed.append(title[:at] + title[at + 1] + title[at] + title[at + 2 :])
    return typed


def exactly(connection: database.duckdb.DuckDBPyConnection, text: str) -> list:
    """Look a text up as it stands."""
    query = "SELECT place_id FROM house.place WHERE title = $text"
    return connection.execute(query, {"text": text}).fetchall()


def timed(work: object) -> float:
    """Give the milliseconds that a piece of work takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
