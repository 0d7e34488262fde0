"""Health professional shortage areas by county: the designations of a day, one row a part of an area."""

import re
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl import places
from etl.large import kept_rows
from etl.observations import files_in, together
from etl.reading import WrongFile, numbers, refuse_web_page

# The header and the words of each column were checked against copies of the three files of 2026.
FIPS = "State and County Federal Information Processing Standard Code"
STATE_FIPS = "Primary State FIPS Code"
STATUS, KIND, PART = "HPSA Status", "Designation Type", "HPSA Component Type Description"
SCORE, DISCIPLINE, DAY = "HPSA Score", "HPSA Discipline Class", "Data Warehouse Record Create Date"
COLUMNS = [KIND, DISCIPLINE, SCORE, STATUS, PART, FIPS, STATE_FIPS, DAY]

DESIGNATED = "Designated"
STATUSES = {DESIGNATED, "Proposed For Withdrawal", "Withdrawn"}
# All other kinds are single clinics, prisons and the like, which say nothing of a county.
WHOLE_POPULATION = ["Geographic HPSA", "High Needs Geographic HPSA"]
AREAS = [*WHOLE_POPULATION, "HPSA Population"]
WHOLE_COUNTY = "Single County"

DISCIPLINES = {"Primary Care": "primary_care", "Dental Health": "dental", "Mental Health": "mental"}
NONE, PARTLY, WHOLLY = 0, 1, 2
DATE = re.compile(r"^(\d\d)/\d\d/(\d{4})$")


def transform(folder: Path) -> pd.DataFrame:
    """Tidy each discipline's file: whether a county is short of care, and the highest score in it."""
    return together(
        part for path in files_in(folder, "BCD_HPSA_FCT_DET_*.csv") for part in discipline(path)
    )


def discipline(path: Path) -> list[pd.DataFrame]:
    """Tidy one file: primary care, dental health or mental health."""
    rows = designated(path)
    name = DISCIPLINES[rows[DISCIPLINE].iloc[0]]
    period = period_of(path, rows)
    scores = numbers(path, rows, SCORE)
    counties = places.newest_vintage([], places.STARTER)["place_id"]
    known = rows["place_id"].isin(counties)
    located = rows[known].assign(score=scores[known])
    # An old code (Connecticut's counties) or a masked one (XXXXX) lies somewhere in its state: what
    # is not designated there cannot be told.
    unplaced = rows.loc[~known, STATE_FIPS].unique()
    untold = counties[counties.str[:2].isin(unplaced) & ~counties.isin(located["place_id"])]
    shortage = extent(located, counties[~counties.isin(untold)])
    common = {"period": period, "status": "reported", "file": path.name}
    return [
        shortage.assign(measure_id=f"hpsa_{name}", **common),
        highest(located).assign(measure_id=f"hpsa_{name}_score", **common),
    ]


def designated(path: Path) -> pd.DataFrame:
    """Read the parts of areas and population groups that are designated today."""
    with path.open("rb") as lines:
        refuse_web_page(path, lines.read(400))
        lines.seek(0)
        rows = kept_rows(path, lines, columns=COLUMNS, keep=is_area)
    if unknown := set(rows[STATUS]) - STATUSES:
        raise WrongFile(path, f"Unknown status {sorted(unknown)[0]!r}.", column=STATUS)
    rows = rows[rows[STATUS].eq(DESIGNATED)]
    if rows.empty:
        raise WrongFile(path, "No area in it is designated.", column=STATUS)
    if len(names := set(rows[DISCIPLINE])) > 1 or not names <= set(DISCIPLINES):
        expected = " or ".join(DISCIPLINES)
        raise WrongFile(
            path, f"Expected {expected}, found {' and '.join(sorted(names))}.", column=DISCIPLINE
        )
    inland = ~rows[STATE_FIPS].isin(places.ISLANDS)
    return rows[inland].assign(place_id=places.recoded(rows[FIPS]))


def is_area(block: pa.RecordBatch) -> pa.Array:
    """Say which rows are parts of areas or population groups, not single facilities."""
    return pc.is_in(pc.utf8_trim_whitespace(block[KIND]), pa.array(AREAS))


def period_of(path: Path, rows: pd.DataFrame) -> str:
    """Give the month of the day that the file shows."""
    found = DATE.match(rows[DAY].iloc[0])
    if not found:
        raise WrongFile(
            path, f"Expected a day as 07/31/2026, found {rows[DAY].iloc[0]!r}.", column=DAY
        )
    return f"{found[2]}-{found[1]}..{found[2]}-{found[1]}"


def extent(located: pd.DataFrame, counties: pd.Series) -> pd.DataFrame:
    """Give each county 2 where all of it and everyone is short of care, 1 where a part or a group is, else 0."""
    whole = located[KIND].isin(WHOLE_POPULATION) & located[PART].eq(WHOLE_COUNTY)
    short = whole.map({True: WHOLLY, False: PARTLY}).groupby(located["place_id"]).max()
    return pd.DataFrame({"place_id": counties, "value": counties.map(short).fillna(NONE)})


def highest(located: pd.DataFrame) -> pd.DataFrame:
    """Give each county with a designated part the highest score in it, and that row's line."""
    ordered = located.dropna(subset=["score"]).sort_values("score", kind="stable")
    last = ordered.drop_duplicates("place_id", keep="last")
    return last[["place_id", "line"]].assign(value=last["score"])
