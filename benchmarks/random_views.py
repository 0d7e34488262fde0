"""Random views of every kind, the same on every machine: what a class of students might ask."""

import random
from dataclasses import dataclass

import duckdb

from equity.view import View

SEED = 20240101
MOST_PLACES = 6


@dataclass(frozen=True)
class Takes:
    """How many measures and places a kind takes, and whether it is about groups of people."""

    measures: int = 1
    fewest: int = 0
    most: int = 0
    groups: bool = False


# What each kind of equity/views takes; a test fails for one that is not here.
KINDS = {
    "clusters": Takes(),
    "compare": Takes(fewest=2, most=MOST_PLACES),
    "map": Takes(most=1),
    "profile": Takes(measures=0, fewest=1, most=1),
    "region": Takes(fewest=2, most=MOST_PLACES),
    "small_multiples": Takes(most=1, groups=True),
}


def of_kind(connection: duckdb.DuckDBPyConnection, kind: str, count: int) -> list[View]:
    """Give `count` views of a kind, of measures, places and groups that the database holds."""
    dice = random.Random(f"{SEED} {kind}")
    takes = KINDS[kind]
    held = held_numbers(connection, groups=takes.groups)
    return [one(dice, kind, takes, held) for _ in range(count)]


def held_numbers(connection: duckdb.DuckDBPyConnection, *, groups: bool) -> list[tuple]:
    """Give measure, dimension and the places that have a number of it, a row a measure and dimension."""
    kept = "dimension <> 'everyone'" if groups else "people_group = 'everyone'"
    return connection.execute(
        f"""
        SELECT measure_id, dimension, list(DISTINCT place_id ORDER BY place_id)
        FROM house.observation JOIN house.people_group USING (people_group)
        WHERE value IS NOT NULL AND {kept}
        GROUP BY ALL ORDER BY ALL
        """
    ).fetchall()


def one(dice: random.Random, kind: str, takes: Takes, held: list[tuple]) -> View:
    """Give one random view: measures first, then places that have the first measure."""
    rows = dice.sample(held, max(takes.measures, 1))
    _, dimension, places = rows[0]
    count = min(dice.randint(takes.fewest, takes.most), len(places))
    return View(
        kind,
        measures=tuple(row[0] for row in rows[: takes.measures]),
        places=tuple(dice.sample(places, count)),
        groups=(dimension,) if takes.groups else (),
    )
