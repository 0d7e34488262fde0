"""CDC PLACES: modelled health of adults by county, a release a year, wide (a column a measure) or long."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.observations import Z, files_in, together
from etl.places import MERGED, recoded
from etl.reading import WrongFile, numbers, require_columns, table

RELEASE = re.compile(r"(20\d\d)_release", re.IGNORECASE)
KEY = ["measure_id", "period", "place_id"]

# The survey asks some questions only in odd or only in even years; the others every year. A release
# uses the survey of two years before, or of three years before for what was not asked then.
ODD_YEARS = {"bphigh", "bpmed", "cholscreen", "highchol"}
EVEN_YEARS = {
    "teethlost",
    "dental",
    "mammouse",
    "cervical",
    "colon_screen",
    "corem",
    "corew",
    "sleep",
}

# Wide form: "diabetes_crudeprev", "diabetes_crude95ci" (the case varies: FOODSTAMP_Crude95ci).
CELL = re.compile(r"^(?P<name>\w+)_(?P<kind>crude|adj)(?P<part>prev|95ci)$")
KINDS = {"crude": "crude", "adj": "adjusted", "CrdPrv": "crude", "AgeAdjPrv": "adjusted"}
INTERVAL = r"^\(\s*(?P<low>[\d.]+),\s*(?P<high>[\d.]+)\)$"
# Nothing is published for fewer adults than this (fewer people, before the release of 2024).
FEWEST_PEOPLE = 50

# Long form: what the footnote symbols of an empty value mean. "#" stands beside a value (some states).
FOOTNOTES = {"*": "suppressed", "~": "not collected"}
NATION = {"stateabbr": "US", "locationid": "59"}
LONG_COLUMNS = [
    "year",
    "stateabbr",
    "locationid",
    "measureid",
    "datavaluetypeid",
    "data_value",
    "data_value_footnote_symbol",
    "low_confidence_limit",
    "high_confidence_limit",
]
# A long file has no row for what was not asked in a state. Only a whole file can tell that.
COUNTIES_OF_A_WHOLE_FILE = 3000


def transform(folder: Path) -> pd.DataFrame:
    """Tidy every release in the folder; where two have a measure of the same year, the newer one counts."""
    parts = [edition(path) for path in files_in(folder, "PLACES*.csv", "PLACES*.csv.gz")]
    every = pd.concat(parts, ignore_index=True)
    newest = every.groupby(["measure_id", "period"])["release"].transform("max")
    kept = every[every["release"].eq(newest)].drop_duplicates(KEY, keep="last")
    level = kept["value"].notna().map({True: 0.95, False: float("nan")})
    return together([kept.drop(columns="release").assign(level=level)])


def edition(path: Path) -> pd.DataFrame:
    """Tidy one file of a release, with the release's year in the column `release`."""
    found = RELEASE.search(path.name)
    if not found:
        raise WrongFile(
            path,
            "The name does not say which release it is.",
            todo="Put the year into its name, as in PLACES_county_2025_release.csv.",
        )
    release = int(found[1])
    rows = table(path, required=[])
    rows.columns = rows.columns.str.lower()
    tidy = long_form(path, rows) if "measureid" in rows else wide_form(path, rows, release)
    tidy = tidy[~tidy["place_id"].isin(MERGED)]
    spread = (tidy["high"] - tidy["low"]) / (2 * Z[0.95])
    return tidy.assign(release=release, standard_error=spread, file=path.name)


def survey_year(name: str, release: int) -> int:
    """Give the year of the survey that a release uses for a measure."""
    newest = release - 2
    asked_only_in = 1 if name in ODD_YEARS else 0 if name in EVEN_YEARS else newest % 2
    return newest if newest % 2 == asked_only_in else newest - 1


def wide_form(path: Path, rows: pd.DataFrame, release: int) -> pd.DataFrame:
    """Tidy the wide form: one row a county, four columns a measure (crude and adjusted, value and interval)."""
    require_columns(path, rows.columns, ["countyfips", "totalpopulation"])
    measures = [
        found for column in rows if (found := CELL.match(column)) and found["part"] == "prev"
    ]
    if not measures:
        raise WrongFile(path, "No column is a measure (a name that ends in _CrudePrev).", line=1)
    people = "totalpop18plus" if "totalpop18plus" in rows else "totalpopulation"
    few = numbers(path, rows, people).lt(FEWEST_PEOPLE)
    places = recoded(rows["countyfips"].str.zfill(5))
    names = [f"places_{found['name']}_{KINDS[found['kind']]}" for found in measures]
    years = [str(survey_year(found["name"], release)) for found in measures]
    cells = [measure_cells(path, rows, found) for found in measures]
    values, low, high = (np.concatenate(column) for column in zip(*cells, strict=True))
    tidy = pd.DataFrame(
        {
            "measure_id": pd.Series(names).repeat(len(rows)).array,
            "period": pd.Series(years).repeat(len(rows)).array,
            "place_id": pd.concat([places] * len(measures)).array,
            "value": values,
            "low": low,
            "high": high,
            "line": np.tile(rows["line"], len(measures)),
            "empty": np.tile(np.where(few, "suppressed", "not collected"), len(measures)),
        }
    )
    return with_status(tidy)


def measure_cells(
    path: Path, rows: pd.DataFrame, found: re.Match
) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Give value, low and high of one measure of the wide form, which stand in two columns."""
    interval = f"{found['name']}_{found['kind']}95ci"
    require_columns(path, rows.columns, [interval])
    low, high = limits(path, rows, interval)
    value = numbers(path, rows, found[0])
    uneven = value.isna() ^ low.isna()
    if uneven.any():
        line = int(rows["line"][uneven].iloc[0])
        raise WrongFile(
            path, "A value without interval, or the reverse.", line=line, column=interval
        )
    return value, low, high


def limits(path: Path, rows: pd.DataFrame, column: str) -> tuple[pd.Series, pd.Series]:
    """Give the two ends of intervals that are printed as text, "( 6.2,  7.9)"."""
    texts = pa.array(rows[column], type=pa.string(), from_pandas=True)
    ends = pc.extract_regex(texts, pattern=INTERVAL)
    wrong = pc.and_(pc.is_valid(texts), pc.is_null(ends))
    if pc.any(wrong).as_py():
        row = rows.iloc[pc.index(wrong, True).as_py()]
        raise WrongFile(
            path,
            f"Expected an interval like '( 6.2,  7.9)', found {row[column]!r}.",
            line=int(row["line"]),
            column=column,
        )
    low, high = (
        pd.Series(pc.cast(pc.struct_field(ends, end), pa.float64()).to_numpy(zero_copy_only=False))
        for end in (0, 1)
    )
    return low.set_axis(rows.index), high.set_axis(rows.index)


def with_status(tidy: pd.DataFrame) -> pd.DataFrame:
    """Give each row its status: an empty value is what the column `empty` says."""
    status = tidy["empty"].where(tidy["value"].isna(), "reported")
    return tidy.assign(status=status).drop(columns="empty")


def long_form(path: Path, rows: pd.DataFrame) -> pd.DataFrame:
    """Tidy the long form: one row a place, measure and kind of prevalence."""
    require_columns(path, rows.columns, LONG_COLUMNS)
    kinds = rows["datavaluetypeid"].map(KINDS)
    require_known(path, rows, kinds, "datavaluetypeid")
    value = numbers(path, rows, "data_value")
    symbols = rows["data_value_footnote_symbol"].map(FOOTNOTES)
    require_known(path, rows, symbols.where(value.isna(), ""), "data_value_footnote_symbol")
    tidy = pd.DataFrame(
        {
            "measure_id": "places_" + rows["measureid"].str.lower() + "_" + kinds,
            "period": rows["year"],
            "place_id": long_places(path, rows),
            "value": value,
            "low": numbers(path, rows, "low_confidence_limit"),
            "high": numbers(path, rows, "high_confidence_limit"),
            "empty": symbols,
            "line": rows["line"],
        }
    )
    return with_status(pd.concat([tidy, never_asked(tidy)], ignore_index=True))


def require_known(path: Path, rows: pd.DataFrame, meanings: pd.Series, column: str) -> None:
    """Refuse a marker whose meaning is not known."""
    if meanings.isna().any():
        row = rows[meanings.isna()].iloc[0]
        raise WrongFile(
            path, f"Unknown marker {row[column]!r}.", line=int(row["line"]), column=column
        )


def long_places(path: Path, rows: pd.DataFrame) -> pd.Series:
    """Give the place of each row of the long form; the nation is LocationID 59, which is no county."""
    nation = rows["stateabbr"].eq(NATION["stateabbr"])
    wrong = nation & rows["locationid"].ne(NATION["locationid"])
    if wrong.any():
        line = int(rows["line"][wrong].iloc[0])
        raise WrongFile(path, "The nation's LocationID is not 59.", line=line, column="locationid")
    return recoded(rows["locationid"].str.zfill(5)).mask(nation, "US")


def never_asked(tidy: pd.DataFrame) -> pd.DataFrame:
    """Give a row for each county of a whole long file that lacks a measure: its state did not ask."""
    counties = tidy.loc[tidy["place_id"].ne("US"), "place_id"].unique()
    if len(counties) < COUNTIES_OF_A_WHOLE_FILE:
        return tidy.iloc[:0]
    asked = tidy[["measure_id", "period"]].drop_duplicates()
    every = asked.merge(pd.DataFrame({"place_id": counties}), how="cross")
    both = every.merge(tidy[KEY], how="left", indicator=True)
    return both[both["_merge"].eq("left_only")].drop(columns="_merge").assign(empty="not collected")
