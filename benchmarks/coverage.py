"""How often the intervals of inequality hold the truth: python -m benchmarks.coverage [DATABASE]

Counties, their groups and the rates are real; the figures a publisher would print are drawn around them, many
times. Prints the tables of docs/methods.md.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from equity import database, inequality
from equity.inequality.caution import doubted

SEED = 20240101
COUNTIES = 40
REPEATS = 100
# Simulated intervals take a thousand times as long: fewer figures, fewer draws.
SIMULATED_REPEATS = 20
DRAWS = 500
NOMINAL = 0.95
WITHIN = (93, 97)
# Share of residents whose answers the American Community Survey's published errors are worth: the
# median over Alabama's counties of p (1 - p) / (SE^2 n) for poverty and health insurance, 2020-2024.
INTERVIEWED = 0.024
FEWEST_INTERVIEWS = 10
YEARS = 5
FEWEST_DEATHS = 10
SIZES = {
    "under 20,000": (2_000, 20_000),
    "20,000 to 100,000": (20_000, 100_000),
    "over 100,000": (100_000, 3_000_000),
}
DELTA = ("d", "r", "mld", "aci", "rci", "sii", "rii")
SIMULATED = ("mdmw", "idisw", "par")

PEOPLE = """
SELECT place_id, people_group AS "group", numerator AS population
FROM house.observation
WHERE measure_id = 'census2010_race_ethnicity' AND length(place_id) = 5 AND numerator > 0
ORDER BY place_id, people_group
"""
EARLY_DEATH = """
SELECT people_group AS "group", value AS rate
FROM house.observation
WHERE measure_id = 'nchs_death_before_65' AND place_id = 'US' AND period = '2019'
ORDER BY people_group
"""
FIFTHS = """
WITH county AS (
    SELECT poverty.place_id, poverty.value AS poverty, outcome.value AS rate, people.value AS people
    FROM house.observation AS poverty
    JOIN house.observation AS people
        ON people.place_id = poverty.place_id AND people.measure_id = 'pep_population'
        AND people.period = '2019' AND people.people_group = 'everyone'
    JOIN (
        SELECT place_id, avg(value) AS value
        FROM house.observation
        WHERE measure_id = $outcome
        GROUP BY place_id
    ) AS outcome ON outcome.place_id = poverty.place_id
    WHERE poverty.measure_id = 'acs_poverty' AND poverty.period = '2015-2019'
        AND length(poverty.place_id) = 5 AND outcome.value IS NOT NULL
),
placed AS (
    SELECT *, sum(people) OVER (ORDER BY poverty DESC, place_id) / sum(people) OVER () AS upto
    FROM county
)
SELECT least(5, 1 + floor(5 * upto)) AS "order", sum(people * rate) / sum(people) AS rate
FROM placed
GROUP BY "order"
ORDER BY "order"
"""


@dataclass(frozen=True)
class Design:
    """Who is compared, at which true rates, and how a publisher's figures scatter around them."""

    title: str
    truth: pd.DataFrame
    publish: Callable[[pd.DataFrame, np.random.Generator], pd.DataFrame]
    scale: float
    ordered: bool


def surveyed(truth: pd.DataFrame, dice: np.random.Generator) -> pd.DataFrame:
    """Give percentages as a survey finds them, with the errors it would print."""
    asked = np.round(truth["population"] * INTERVIEWED)
    found = dice.binomial(asked.astype(int), truth["rate"] / 100)
    # A publisher's error of 0 % or 100 % is not 0: half an answer more is assumed.
    edge = (found == 0) | (found == asked)
    share = np.where(edge, (found + 0.5) / (asked + 1), found / asked)
    error = 100 * np.sqrt(share * (1 - share) / asked)
    printed = truth.assign(estimate=100 * found / asked, se=error)
    return printed[asked >= FEWEST_INTERVIEWS]


def registered(truth: pd.DataFrame, dice: np.random.Generator) -> pd.DataFrame:
    """Give death rates per 100,000 from five years of counts; fewer than ten are withheld."""
    exposed = truth["population"] * YEARS / 100_000
    deaths = dice.poisson(exposed * truth["rate"])
    printed = truth.assign(estimate=deaths / exposed, se=np.sqrt(deaths) / exposed)
    return printed[deaths >= FEWEST_DEATHS]


def designs(connection: database.duckdb.DuckDBPyConnection) -> list[Design]:
    """Give the four designs: race and ethnicity or fifths, percentages or death rates."""
    people = connection.execute(PEOPLE).df()
    early = connection.execute(EARLY_DEATH).df().replace({"asian_nh": "asian_pacific_nh"})
    by_race = people.merge(early, on="group")
    # The mean yearly rate before 65 that leads to this share of early deaths.
    hazard = -np.log(1 - by_race["rate"] / 100) / 65 * 100_000
    uninsured = in_fifths(people, connection.execute(FIFTHS, {"outcome": "acs_uninsured"}).df())
    cancer = in_fifths(people, connection.execute(FIFTHS, {"outcome": "nci_cancer_deaths"}).df())
    return [
        Design("survey, race and ethnicity", by_race, surveyed, 100, False),
        Design("deaths, race and ethnicity", by_race.assign(rate=hazard), registered, 1e5, False),
        Design("survey, fifths", uninsured, surveyed, 100, True),
        Design("deaths, fifths", cancer, registered, 1e5, True),
    ]


def in_fifths(people: pd.DataFrame, fifths: pd.DataFrame) -> pd.DataFrame:
    """Give each county's people in five equal groups at the rates of the nation's fifths by poverty."""
    whole = people.groupby("place_id", as_index=False)["population"].sum()
    crossed = whole.merge(fifths, how="cross")
    group = "fifth " + crossed["order"].astype(int).astype(str)
    return crossed.assign(group=group, population=(crossed["population"] / 5).round())


def chosen(design: Design, size: tuple[int, int], dice: np.random.Generator) -> pd.DataFrame:
    """Give the true rates of some counties of a size."""
    whole = design.truth.groupby("place_id")["population"].sum()
    fitting = whole.index[whole.between(*size)]
    places = dice.choice(fitting, COUNTIES, replace=False)
    return design.truth[design.truth["place_id"].isin(places)]


def without_gap(truth: pd.DataFrame) -> pd.DataFrame:
    """Give the same groups, all at the average rate of their county."""
    weighted = (truth["rate"] * truth["population"]).groupby(truth["place_id"]).transform("sum")
    people = truth.groupby("place_id")["population"].transform("sum")
    return truth.assign(rate=weighted / people)


def covered(design: Design, truth: pd.DataFrame, repeats: int, draws: int) -> pd.DataFrame:
    """Give one row a printed county and measure: value, interval, truth and how good the figures are."""
    dice = np.random.default_rng(SEED)
    again = pd.concat(
        [truth.assign(place=truth["place_id"] + f"-{i}") for i in range(repeats)], ignore_index=True
    )
    printed = design.publish(again, dice)
    printed = printed[printed.groupby("place")["group"].transform("size") > 1]
    codes = SIMULATED if draws else tuple(c for c in DELTA if design.ordered or c in DELTA[:3])
    settings = {
        "by": "place",
        "favourable": False,
        "scale": design.scale,
        "ordered": design.ordered,
        "codes": codes,
    }
    found = inequality.many(printed, draws=draws, **settings)
    real = inequality.many(printed.assign(estimate=printed["rate"], se=np.nan), **settings)
    return found.assign(truth=real["value"], cautioned=cautions(found, printed, design.ordered))


def cautions(found: pd.DataFrame, printed: pd.DataFrame, ordered: bool) -> pd.Series:
    """Tell which intervals the app would warn of."""
    by_place = ((printed["estimate"] / printed["se"]) ** 2).groupby(printed["place"])
    weakest = found["place"].map(by_place.min())
    said = pd.Series(False, index=found.index)
    for code, rows in found.groupby("code"):
        doubts = doubted(
            code,
            value=rows["value"].to_numpy(),
            error=rows["se"].to_numpy(),
            expected=rows["expected_if_equal"].to_numpy(),
            weakest=weakest[rows.index].to_numpy(),
            ordered=ordered,
        )
        said[rows.index] = np.any(list(doubts.values()), axis=0)
    return said


def holds(rows: pd.DataFrame) -> pd.Series:
    """Tell where an interval holds the truth; rounding at 0 and 1 forgiven."""
    slack = 1e-9 * (1 + rows["truth"].abs())
    return rows["truth"].between(rows["low"] - slack, rows["high"] + slack)


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the percentage of intervals that hold the truth, by design and size, and measure."""
    kept = rows[rows["low"].notna() & rows["truth"].notna()]
    percent = 100 * holds(kept)
    shown = percent.groupby([kept["gap"], kept["design"], kept["size"], kept["code"]]).mean()
    return shown.unstack("code").reindex(columns=[*DELTA, *SIMULATED])


def simulate(connection: database.duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Give the rows of all designs, sizes, with and without a gap."""
    found = []
    for design in designs(connection):
        for size, limits in SIZES.items():
            truth = chosen(design, limits, np.random.default_rng(SEED))
            for gap, rates in (("real gap", truth), ("no gap", without_gap(truth))):
                print(design.title, size, gap, file=sys.stderr)
                for repeats, draws in ((REPEATS, 0), (SIMULATED_REPEATS, DRAWS)):
                    rows = covered(design, rates, repeats, draws)
                    found.append(rows.assign(design=design.title, size=size, gap=gap))
    return pd.concat(found, ignore_index=True)


def written(shares: pd.DataFrame) -> str:
    """Give a table in Markdown, shares outside 93 to 97 % in bold."""
    lines = [f"| | {' | '.join(shares.columns)} |", "|---|" + "---|" * len(shares.columns)]
    for (_, design, size), row in shares.iterrows():
        lines.append(f"| {design}, {size} | {' | '.join(cell(share) for share in row)} |")
    return "\n".join(lines)


def cell(share: float) -> str:
    """Give one share, in bold where it is not what the interval claims."""
    if np.isnan(share):
        return ""
    return f"{share:.1f}" if WITHIN[0] <= share <= WITHIN[1] else f"**{share:.1f}**"


def main(arguments: list[str]) -> int:
    """Simulate on a database (the app's own by default) and print the tables."""
    path = Path(arguments[0]) if arguments else Path("data/health_equity.duckdb")
    rows = simulate(database.connect(path))
    shares = table(rows)
    for gap in ("real gap", "no gap"):
        print(f"\nPercent of 95 % intervals that hold the truth: {gap}\n")
        print(written(shares.loc[[gap]]))
    print(
        "\nThe same, only where the app does not warn (and the percent of intervals it warns of)\n"
    )
    print(written_by_code(rows))
    return 0


def written_by_code(rows: pd.DataFrame) -> str:
    """Give, by design, how many of 100 intervals miss the truth without a warning, and how many get one."""
    kept = rows[rows["low"].notna() & rows["truth"].notna()]
    by = [kept["design"], kept["code"]]
    missed = (100 * (~holds(kept) & ~kept["cautioned"])).groupby(by).mean().unstack("code")
    warned = (100 * kept["cautioned"]).groupby(by).mean().unstack("code")
    codes = [*DELTA, *SIMULATED]
    lines = [f"| | {' | '.join(codes)} |", "|---|" + "---|" * len(codes)]
    for design in missed.index:
        pairs = [(missed.loc[design, code], warned.loc[design, code]) for code in codes]
        cells = ["" if np.isnan(miss) else f"{miss:.1f} ({warn:.0f})" for miss, warn in pairs]
        lines.append(f"| {design} | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
