"""python -m etl check: look at every stored row again, and at totals that the publishers print elsewhere."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb

from equity import database as house
from etl.check import RULES
from etl.reading import table

TOTALS = Path(__file__).parent / "published_totals.csv"

# Counties and equivalents of each vintage, without and with Puerto Rico's 78 municipios.
COUNTIES = {2019: 3142, 2020: 3143, 2022: 3144}
MUNICIPIOS = 78

# Each counts rows that should not be there.
FAULTS = {
    "measures without a row": "FROM measure ANTI JOIN observation USING (measure_id)",
    "periods without a row": "FROM period ANTI JOIN observation USING (measure_id, period)",
    "rows of a period not described": "FROM observation ANTI JOIN period USING (measure_id, period)",
    "rows of people not described": "FROM observation ANTI JOIN people_group USING (people_group)",
    "rows of a file not listed": "FROM observation ANTI JOIN source_file USING (file)",
    "values without a grade, or grades without a value": """FROM observation
        WHERE (value IS NULL) <> (grade IS NULL)""",
    "counties that did not exist in their period": """FROM observation
        JOIN period USING (measure_id, period)
        JOIN place USING (place_id)
        WHERE place.level = 'county' AND county_vintage NOT BETWEEN from_vintage AND to_vintage""",
    "neighbours that are no place": "FROM neighbour ANTI JOIN place USING (place_id)",
    "neighbours that stand there twice": """FROM (
        SELECT 1 FROM neighbour GROUP BY place_id, neighbour_id, county_vintage HAVING count(*) > 1)""",
    "names of no place": "FROM place_name ANTI JOIN place USING (place_id)",
    "neighbours that are so in one direction only": """FROM neighbour AS one
        ANTI JOIN neighbour AS other
        ON one.place_id = other.neighbour_id AND one.neighbour_id = other.place_id
           AND one.county_vintage = other.county_vintage""",
}


class Check(NamedTuple):
    """One line of the table: what was looked at, what should be there, what is there."""

    name: str
    expected: str
    found: str
    fine: bool


def run(database: Path) -> int:
    """Check a database and print a table; give 0 when all is fine, 1 when something is wrong."""
    connection = house.connect(database)
    try:
        connection.execute("USE house")
        done = [*rules(connection), *faults(connection), *counties(connection)]
        done += totals(connection)
    finally:
        connection.close()
    wrong = [check for check in done if not check.fine]
    print(drawn(done))
    print(f"{len(done)} checks, {len(wrong)} wrong.")
    return 1 if wrong else 0


def rules(connection: duckdb.DuckDBPyConnection) -> Iterator[Check]:
    """Ask the rules that every build asks, of the rows that are stored."""
    connection.execute(
        "CREATE TEMP VIEW incoming AS SELECT *, 0 AS edition, 0 AS key FROM house.observation"
    )
    for name, (_, query) in RULES.items():
        broken = connection.execute(
            f"SELECT count(*), min(concat_ws(', ', file, line, found)) FROM ({query})"
        ).fetchone()
        found = f"{broken[0]:,}" + (f", first {broken[1]}" if broken[0] else "")
        yield Check(f"rows against the rule: {name}", "0", found, broken[0] == 0)


def faults(connection: duckdb.DuckDBPyConnection) -> Iterator[Check]:
    """Count what should not be there."""
    for name, rows in FAULTS.items():
        count = connection.execute(f"SELECT count(*) {rows}").fetchone()[0]
        yield Check(name, "0", f"{count:,}", count == 0)


def counties(connection: duckdb.DuckDBPyConnection) -> Iterator[Check]:
    """Count the counties of each vintage and Puerto Rico's municipios."""
    for vintage, expected in COUNTIES.items():
        found = connection.execute(
            """SELECT count(*) FILTER (state_id <> '72'), count(*) FILTER (state_id = '72')
               FROM place
               WHERE level = 'county' AND $vintage BETWEEN from_vintage AND to_vintage""",
            {"vintage": vintage},
        ).fetchone()
        for name, should, count in zip(
            ("counties", "municipios"), (expected, MUNICIPIOS), found, strict=True
        ):
            yield Check(f"{name} of {vintage}", f"{should:,}", f"{count:,}", count == should)


def totals(connection: duckdb.DuckDBPyConnection) -> Iterator[Check]:
    """Compare with figures that the publishers print elsewhere, where the measure is loaded."""
    loaded = {row[0] for row in connection.execute("SELECT measure_id FROM measure").fetchall()}
    columns = ["measure_id", "period", "place_id", "people_group"]
    for total in table(TOTALS, required=[*columns, "published", "decimals"]).to_dict("records"):
        if total["measure_id"] not in loaded:
            continue
        value = connection.execute(
            """SELECT value FROM observation
               WHERE measure_id = $measure_id AND period = $period
                 AND place_id = $place_id AND people_group = $people_group""",
            {column: total[column] for column in columns},
        ).fetchone()
        decimals = int(total["decimals"])
        expected = f"{float(total['published']):,.{decimals}f}"
        found = f"{value[0]:,.{decimals}f}" if value and value[0] is not None else "no value"
        yield Check(
            ", ".join(total[column] for column in columns), expected, found, found == expected
        )


def drawn(checks: list[Check]) -> str:
    """Give the checks as a table of plain text."""
    rows = [
        ("", "check", "expected", "found"),
        *(("ok" if check.fine else "WRONG", *check[:3]) for check in checks),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        f"{row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]}".rstrip()
        for row in rows
    )
