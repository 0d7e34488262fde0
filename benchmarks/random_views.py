"""Random views of every kind, the same on every machine: what a class of students might ask."""

import random
from dataclasses import dataclass, replace

import duckdb

from equity.view import View

SEED = 20240101
MOST_PLACES = 6


@dataclass(frozen=True)
class Takes:
    """How many measures and places a kind takes, whose numbers it needs, and which options it knows.

    needs: "everyone", "groups" (of people), "counts" (of events in counties) or "counties".
    """

    measures: int = 1
    most_measures: int = 0
    fewest: int = 0
    most: int = 0
    needs: str = "everyone"
    options: tuple[tuple[str, tuple[str, ...]], ...] = ()


GROUPS = Takes(fewest=1, most=1, needs="groups")
RELATES = Takes(measures=2, most=1, needs="counties")
AMONG = Takes(fewest=1, most=MOST_PLACES)
COUNTS = Takes(most=1, needs="counts")
REFERENCES = ("reference", ("", "", "everyone", "white_nh", "male"))
# What each kind of equity/views takes; a test fails for one that is not here.
KINDS = {
    "bivariate": RELATES,
    "burden": GROUPS,
    "clusters": Takes(needs="counties"),
    "compare": Takes(most_measures=3, fewest=2, most=MOST_PLACES),
    "distribution": AMONG,
    "extremes": COUNTS,
    "funnel": COUNTS,
    "gap": GROUPS,
    "gradient": RELATES,
    "groups": replace(GROUPS, options=(REFERENCES,)),
    "inequality": replace(GROUPS, options=(REFERENCES,)),
    "map": Takes(most=1, needs="counties"),
    "profile": Takes(measures=0, fewest=1, most=1),
    "ranking": AMONG,
    "region": Takes(fewest=2, most=MOST_PLACES),
    "relationship": replace(RELATES, options=(("weight", ("", "residents")),)),
    "small_multiples": Takes(most=1, needs="groups"),
    "smoothed": COUNTS,
    "trend": AMONG,
}
# Which numbers a kind is asked about: those that nobody could ask it about are no test of it.
NEEDS = {
    "everyone": "dimension = 'everyone'",
    "groups": "dimension <> 'everyone' AND better <> 'neither'",
    "counties": "dimension = 'everyone' AND place.level = 'county'",
    "counts": """dimension = 'everyone' AND place.level = 'county' AND grade_rule = 'events'
        AND scale IS NOT NULL AND adjustment <> 'age-adjusted' AND may_rank AND numerator IS NOT NULL""",
}


def of_kind(connection: duckdb.DuckDBPyConnection, kind: str, count: int) -> list[View]:
    """Give `count` views of a kind, of measures, places and groups that the database holds."""
    dice = random.Random(f"{SEED} {kind}")
    takes = KINDS[kind]
    held = held_numbers(connection, takes.needs)
    return [one(dice, kind, takes, held) for _ in range(count)]


def held_numbers(connection: duckdb.DuckDBPyConnection, needs: str) -> list[tuple]:
    """Give measure, dimension, the places that have a number of it and their periods, a row a measure and dimension."""
    return connection.execute(
        f"""
        SELECT measure_id, dimension, list(DISTINCT place_id ORDER BY place_id),
               list(DISTINCT period ORDER BY period)
        FROM house.observation
        JOIN house.people_group USING (people_group)
        JOIN house.measure USING (measure_id)
        JOIN house.place USING (place_id)
        WHERE value IS NOT NULL AND {NEEDS[needs]}
        GROUP BY ALL ORDER BY ALL
        """
    ).fetchall()


def one(dice: random.Random, kind: str, takes: Takes, held: list[tuple]) -> View:
    """Give one random view: measures first, then places that have the first measure."""
    most = max(takes.measures, takes.most_measures)
    asked = min(dice.randint(takes.measures, most), len(held))
    rows = dice.sample(held, max(asked, 1))
    _, dimension, places, periods = rows[0]
    count = min(dice.randint(takes.fewest, takes.most), len(places))
    view = View(
        kind,
        measures=tuple(row[0] for row in rows[:asked]),
        places=tuple(dice.sample(places, count)),
        period=dice.choice([*periods, *[""] * len(periods)]) if asked else "",
        groups=(dice.choice(dimension.split("+")),) if takes.needs == "groups" else (),
    )
    return view.having(**{name: dice.choice(values) for name, values in takes.options})
