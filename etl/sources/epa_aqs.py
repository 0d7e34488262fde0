"""Air quality by county and year: days by class of the Air Quality Index, only where there is a monitor."""

import unicodedata
from pathlib import Path

import pandas as pd

from etl import places
from etl.observations import files_in, together
from etl.reading import WrongFile, numbers, table

DAYS = "Days with AQI"
GOOD = "Good Days"
UNHEALTHY = [
    "Unhealthy for Sensitive Groups Days",
    "Unhealthy Days",
    "Very Unhealthy Days",
    "Hazardous Days",
]
CLASSES = [GOOD, "Moderate Days", *UNHEALTHY]
MEDIAN = "Median AQI"
REQUIRED = ["State", "County", "Year", DAYS, *CLASSES, MEDIAN]
# Places that the dashboard does not show: border states of Mexico with US monitors, and islands.
ELSEWHERE = ["Country Of Mexico", "Virgin Islands", "Guam", "American Samoa", "Canada"]
# Names that the publisher writes in a way of its own; the rest differ only in accents, stops and "Saint".
SPELLINGS = {"virginia charles": "51036", "puertorico mayagnez": "72097"}


def transform(folder: Path) -> pd.DataFrame:
    """Tidy every year's file, as downloaded (zip) or unpacked; counties without a monitor say so."""
    paths = files_in(folder, "annual_aqi_by_county_*.csv", "annual_aqi_by_county_*.zip")
    one_a_year = {path.stem: path for path in paths}
    return together(part for path in one_a_year.values() for part in year(path))


def year(path: Path) -> list[pd.DataFrame]:
    """Tidy one year: share of good and of unhealthy days, the median index, days with a reading."""
    rows = table(path, required=REQUIRED)
    rows = rows[~rows["State"].isin(ELSEWHERE)]
    days = numbers(path, rows, DAYS)
    classes = pd.DataFrame({column: numbers(path, rows, column) for column in CLASSES})
    require_days_add_up(path, rows, days, classes)
    good, unhealthy = classes[GOOD], classes[UNHEALTHY].sum(axis=1)
    common = rows[["line"]].assign(
        place_id=place_ids(path, rows), period=rows["Year"], status="reported", file=path.name
    )
    parts = [
        share(common, "aqi_good_days", good, days),
        share(common, "aqi_unhealthy_days", unhealthy, days),
        common.assign(measure_id="aqi_median", value=numbers(path, rows, MEDIAN)),
        common.assign(measure_id="aqi_days", value=days),
    ]
    absent = unmonitored(common)
    return parts + [absent.assign(measure_id=part["measure_id"].iloc[0]) for part in parts]


def share(common: pd.DataFrame, measure_id: str, some: pd.Series, days: pd.Series) -> pd.DataFrame:
    """Give some days as a percentage of the days with a reading."""
    return common.assign(
        measure_id=measure_id, value=100 * some / days, numerator=some, denominator=days
    )


def unmonitored(common: pd.DataFrame) -> pd.DataFrame:
    """Give a row, without value, for each county that has no monitor: no reading is not clean air."""
    counties = places.newest_vintage(common["place_id"], places.STARTER)["place_id"]
    absent = counties[~counties.isin(common["place_id"])]
    return pd.DataFrame(
        {
            "place_id": absent,
            "period": common["period"].iloc[0],
            "value": float("nan"),
            "status": "not collected",
            "file": common["file"].iloc[0],
        }
    )


def require_days_add_up(
    path: Path, rows: pd.DataFrame, days: pd.Series, classes: pd.DataFrame
) -> None:
    """Refuse a row whose days by class are not all its days."""
    wrong = rows[days.ne(classes.sum(axis=1)) | ~days.between(1, 366)]
    if not wrong.empty:
        raise WrongFile(
            path,
            "The days by class do not add up to the days with a reading.",
            line=int(wrong["line"].iloc[0]),
            column=DAYS,
        )


def place_ids(path: Path, rows: pd.DataFrame) -> pd.Series:
    """Give the county of each row by its names; refuse a name that is no county."""
    asked = rows["State"].map(letters) + " " + rows["County"].map(letters)
    found = asked.map(county_names())
    if found.isna().any():
        row = rows[found.isna()].iloc[0]
        raise WrongFile(
            path,
            f"There is no county {row['County']!r} in {row['State']}.",
            line=int(row["line"]),
            column="County",
            todo="If it is a new spelling, add it to SPELLINGS in etl/sources/epa_aqs.py.",
        )
    return found


def county_names() -> dict[str, str]:
    """Give the place_id of each "state county", in letters alone.

    Where a county and a city share a name, the name alone is the county's; the city is "Fairfax City".
    """
    states = places.states().set_index("place_id")["name"].map(letters)
    counties = places.counties(places.STARTER)
    cities_first = counties.sort_values("kind", key=lambda kind: kind.ne("city"), kind="stable")
    state = cities_first["state_id"].map(states) + " "
    short = dict(
        zip(state + cities_first["name"].map(letters), cities_first["place_id"], strict=True)
    )
    full = dict(
        zip(state + cities_first["full_name"].map(letters), cities_first["place_id"], strict=True)
    )
    return short | full | SPELLINGS


def letters(name: str) -> str:
    """Give a name in plain small letters: no accents, stops or spaces, "Saint" as "St."."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = plain.replace("saint ", "st ").replace("sainte ", "ste ")
    return "".join(letter for letter in words if letter.isalpha())
