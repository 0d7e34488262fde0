"""Jobs, workplaces and pay by county: one row a county and quarter (or year), all industries together."""

from pathlib import Path

import pandas as pd

from etl.observations import files_in, summed, summed_counts, together
from etl.places import ISLANDS
from etl.reading import WrongFile, numbers, table

WEEKS = {"quarter": 13, "year": 52}
ID_COLUMNS = ["area_fips", "own_code", "industry_code", "year", "qtr", "disclosure_code"]
# The publisher's names for workplaces, jobs, all pay, pay a week.
COLUMNS = {
    "quarter": ["qtrly_estabs", "jobs", "total_qtrly_wages", "avg_wkly_wage"],
    "year": [
        "annual_avg_estabs",
        "annual_avg_emplvl",
        "total_annual_wages",
        "annual_avg_wkly_wage",
    ],
}
MONTHS = ["month1_emplvl", "month2_emplvl", "month3_emplvl"]
STARTER_COLUMNS = ["establishments", "employment", "total_wages_usd", "avg_weekly_wage_usd"]
NAMES = ["workplaces", "jobs", "wages", "weekly_wage"]
# Counties unknown (xx999), foreign or several counties (xx995, xx996, xx998) are no places.
NO_PLACE = ("995", "996", "997", "998", "999")
WITHHELD = "N"


def transform(folder: Path) -> pd.DataFrame:
    """Tidy the shipped file and the publisher's slices; states and the nation are sums where none is printed."""
    shipped = [observed(shipped_rows(path)) for path in files_in(folder, "county_*.csv*")]
    slices = [observed(slice_rows(path)) for path in files_in(folder, "qcew_*.csv")]
    return together([*shipped, *slices, *(sums(part) for part in shipped)])


def shipped_rows(path: Path) -> pd.DataFrame:
    """Read the file that ships with the dashboard: the county totals of four quarters."""
    rows = table(path, required=["fips", "year", "quarter", *STARTER_COLUMNS])
    values = {
        name: numbers(path, rows, column)
        for name, column in zip(NAMES, STARTER_COLUMNS, strict=True)
    }
    rows = rows.assign(place_id=rows["fips"], qtr=rows["quarter"], withheld=False, file=path.name)
    return kept(rows.assign(**values))


def slice_rows(path: Path) -> pd.DataFrame:
    """Read a slice of the publisher: all areas, industry 10 (the total of all industries), one quarter or year."""
    rows = table(path, required=ID_COLUMNS)
    span = "year" if rows["qtr"].eq("A").all() else "quarter"
    total = rows["own_code"].eq("0") & rows["industry_code"].eq("10")
    rows = rows[total].assign(file=path.name)
    if rows.empty:
        raise WrongFile(
            path, "No row is the total of all industries and owners.", column="own_code"
        )
    if span == "quarter":
        months = [numbers(path, rows, month) for month in MONTHS]
        rows = rows.assign(jobs=(sum(months) / 3).round(1).astype(str))
    values = {
        name: numbers(path, rows, column) for name, column in zip(NAMES, COLUMNS[span], strict=True)
    }
    withheld = rows["disclosure_code"].eq(WITHHELD)
    if unknown := set(rows["disclosure_code"].dropna()) - {WITHHELD, "-"}:
        raise WrongFile(path, f"Unknown marker {sorted(unknown)[0]!r}.", column="disclosure_code")
    return kept(rows.assign(**values, place_id=place_ids(rows["area_fips"]), withheld=withheld))


def place_ids(area_codes: pd.Series) -> pd.Series:
    """Give the place of each area code: `US000` the nation, `xx000` a state, else a county."""
    states = area_codes.str.endswith("000") & area_codes.str.isdigit()
    return area_codes.mask(states, area_codes.str[:2]).replace("US000", "US")


def kept(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of the dashboard's places: no metro areas (codes that begin with C), no unknown county."""
    place = rows["place_id"]
    codes = place.eq("US") | (place.str.isdigit() & place.str.len().isin([2, 5]))
    drop = place.str[:2].isin(ISLANDS) | (place.str.len().eq(5) & place.str[2:].isin(NO_PLACE))
    return rows[codes & ~drop]


def observed(rows: pd.DataFrame) -> pd.DataFrame:
    """Give workplaces, jobs and weekly pay, one observation a row; withheld figures have no value."""
    span = "year" if rows["qtr"].eq("A").all() else "quarter"
    suffix = "_yearly" if span == "year" else ""
    common = rows[["place_id", "file", "line"]].assign(
        period=rows["year"] if span == "year" else rows["year"] + "-Q" + rows["qtr"],
        status=rows["withheld"].map({True: "suppressed", False: "reported"}),
    )
    measures = {
        "workplaces": "qcew_workplaces",
        "jobs": "qcew_jobs",
        "weekly_wage": "qcew_weekly_wage",
    }
    parts = [
        common.assign(measure_id=measure_id + suffix, value=rows[name])
        for name, measure_id in measures.items()
    ]
    weekly = rows["jobs"] * WEEKS[span]
    parts[-1] = parts[-1].assign(numerator=rows["wages"], denominator=weekly)
    known = ["value", "numerator", "denominator"]
    joined = together(parts)
    joined.loc[joined["status"].eq("suppressed"), known] = float("nan")
    return joined


def sums(counties: pd.DataFrame) -> pd.DataFrame:
    """Give states and the nation: counts added up, weekly pay from all pay and all jobs."""
    pay = counties["measure_id"].str.startswith("qcew_weekly_wage")
    return together([summed_counts(counties[~pay]), summed(counties[pay], scale=1)])
