"""Rules that need a look at other rows; each names file, line, column and what to do."""

from collections.abc import Mapping
from fnmatch import fnmatchcase

import duckdb
import pandas as pd
import pyarrow as pa

from equity.vintages import COUNTY_VINTAGES
from etl.reading import WrongFile

# Each query gives the offending rows, first one first: file, line, what was found.
RULES = {
    "measure_id": (
        "Observations of a measure that {found} does not describe.",
        """SELECT file, line, measure_id AS found
           FROM incoming ANTI JOIN measure USING (measure_id)""",
    ),
    "place_id": (
        "There is no such place: {found}.",
        "SELECT file, line, place_id AS found FROM incoming ANTI JOIN place USING (place_id)",
    ),
    "status": (
        "Unknown status {found}.",
        """SELECT file, line, status AS found FROM incoming
           WHERE status NOT IN ('reported', 'suppressed', 'unreliable', 'not collected', 'not published')
              OR status IS NULL""",
    ),
    "value and status": (
        "A value and its status do not fit: {found}.",
        """SELECT file, line, concat(coalesce(value::VARCHAR, 'no value'), ' is ', status) AS found FROM incoming
           WHERE (status = 'reported' AND value IS NULL)
              OR (status NOT IN ('reported', 'unreliable') AND value IS NOT NULL)""",
    ),
    "value": (
        "A value is outside the range the measure declares: {found}.",
        """SELECT file, line,
                  concat(measure_id, ' of ', place_id, ' is ', value, ', expected ',
                         coalesce(minimum::VARCHAR, 'any'), ' to ', coalesce(maximum::VARCHAR, 'any')) AS found
           FROM incoming JOIN measure USING (measure_id)
           WHERE value < minimum OR value > maximum OR isnan(value) OR isinf(value)""",
    ),
    "low and high": (
        "An interval does not contain its value: {found}.",
        """SELECT file, line, concat(measure_id, ' of ', place_id, ': ', value, ' in ', low, ' to ', high) AS found
           FROM incoming WHERE NOT (coalesce(low, value) <= value AND value <= coalesce(high, value))""",
    ),
    "place_id and people group": (
        "The same observation stands there twice: {found}.",
        """SELECT max(file) AS file, max(line) AS line,
                  concat_ws(', ', measure_id, period, place_id, people_group) AS found
           FROM incoming
           GROUP BY edition, key, measure_id, period, place_id, people_group
           HAVING count(*) > 1""",
    ),
    "period": (
        "{found} is not a period; expected 2019, 2015-2019, 2025-Q1 or 2024-02..2025-01.",
        r"""SELECT file, line, coalesce(period, 'Nothing') AS found FROM incoming
           WHERE period IS NULL
              OR NOT regexp_full_match(period, '\d{4}(-\d{4}|-Q[1-4])?|\d{4}-(0[1-9]|1[0-2])\.\.\d{4}-(0[1-9]|1[0-2])')
              OR substr(period, 1, 7) > substr(period, 10)  AND period LIKE '%..%'
              OR substr(period, 1, 4) > substr(period, 6) AND length(period) = 9""",
    ),
}


def require_rules(connection: duckdb.DuckDBPyConnection) -> None:
    """Check the rows of `incoming` against every rule; raise WrongFile at the first broken one."""
    for column, (rule, query) in RULES.items():
        first = connection.execute(f"{query} ORDER BY file, line, found LIMIT 1").fetchone()
        if first:
            file, line, found = first
            raise WrongFile(file, rule.format(found=found), line=line, column=column)


def county_vintages(
    connection: duckdb.DuckDBPyConnection, declared: dict[str, int]
) -> pd.DataFrame:
    """Give the county vintage of each measure and period in `incoming`: the newest that has all its counties.

    declared overrides it by measure_id, for a file that covers too few counties to tell.
    """
    held = ", ".join(
        f"bool_and({vintage} BETWEEN from_vintage AND to_vintage) AS v{vintage}"
        for vintage in COUNTY_VINTAGES
    )
    found = connection.execute(
        f"""SELECT measure_id, period, {held}
            FROM incoming JOIN place USING (place_id)
            GROUP BY ALL ORDER BY ALL"""
    ).df()
    for row in found.itertuples():
        if not any(getattr(row, f"v{vintage}") for vintage in COUNTY_VINTAGES):
            mixed_vintages(connection, row.measure_id, row.period)
    newest = [
        declared.get(row.measure_id)
        or max(vintage for vintage in COUNTY_VINTAGES if getattr(row, f"v{vintage}"))
        for row in found.itertuples()
    ]
    return found[["measure_id", "period"]].assign(county_vintage=newest)


def mixed_vintages(connection: duckdb.DuckDBPyConnection, measure_id: str, period: str) -> None:
    """Say which two counties of one period never existed at the same time."""
    ends, begins = connection.execute(
        """SELECT arg_min((place_id, file, line), to_vintage), arg_max((place_id, file, line), from_vintage)
           FROM incoming JOIN place USING (place_id)
           WHERE measure_id = $measure_id AND period = $period AND place.level = 'county'""",
        {"measure_id": measure_id, "period": period},
    ).fetchone()
    raise WrongFile(
        begins[1],
        f"{measure_id} {period} has {ends[0]} and {begins[0]}, which never existed at the same time.",
        line=begins[2],
        column="place_id",
        todo="Keep one county vintage a period.",
    )


def require_every_county(connection: duckdb.DuckDBPyConnection, source_id: str) -> None:
    """Refuse a stored source whose measures and periods lack a county of the 50 states or DC.

    For sources whose .toml says every_county: their publishers list every county, so one that is
    not there means a file cut short.
    """
    missing = connection.execute(
        """WITH wanted AS (
               FROM period JOIN measure USING (measure_id) WHERE source_id = $source_id
           ), missing AS (
               SELECT measure_id, period, place_id, place.title
               FROM wanted
               JOIN place ON level = 'county' AND state_id <> '72'
                         AND county_vintage BETWEEN from_vintage AND to_vintage
               ANTI JOIN observation USING (measure_id, period, place_id)
               ORDER BY ALL LIMIT 1
           )
           SELECT missing.*, max(file)
           FROM missing JOIN observation USING (measure_id, period)
           GROUP BY ALL""",
        {"source_id": source_id},
    ).fetchall()
    for measure_id, period, place_id, title, file in missing:
        raise WrongFile(
            file,
            f"There is no row of {title} ({place_id}) for {measure_id} {period}; "
            "the publisher lists every county.",
            column="place_id",
        )


def require_enough_lines(rows: pa.Table, fewest: Mapping[str, int]) -> None:
    """Refuse a file whose last observation stands above the line that a whole file of its kind reaches.

    A file cut at the end of a line is a table like any other. fewest is what the .toml says: patterns
    of file names, and a line well below the last one of every edition so far.
    """
    last = rows.group_by("file").aggregate([("line", "max")]).to_pydict()
    for file, line in zip(last["file"], last["line_max"], strict=True):
        for pattern, least in fewest.items():
            if fnmatchcase(file, pattern) and line < least:
                raise WrongFile(
                    file,
                    f"It ends here; a whole file of this kind has {least:,} lines or more: "
                    "the file is cut short.",
                    line=line,
                )
