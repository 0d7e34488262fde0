"""Deaths from violence and overdose by county: one row a county, intent and period."""

from pathlib import Path

import numpy as np
import pandas as pd

from equity.rates import poisson_interval
from etl.observations import files_in, together
from etl.reading import WrongFile, numbers, table

REQUIRED = ["geoid", "intent", "period", "count", "rate", "ttm_date_range"]
# The table's download names its columns in mixed case, its API in lower case and the count otherwise.
API_NAMES = {"count_sup": "count"}
INTENTS = {
    "FA_Homicide": "cdc_injury_gun_homicides",
    "FA_Suicide": "cdc_injury_gun_suicides",
    "FA_Deaths": "cdc_injury_gun_deaths",
    "All_Homicide": "cdc_injury_homicides",
    "All_Suicide": "cdc_injury_suicides",
    "Drug_OD": "cdc_injury_overdoses",
}
FEW, WITHHELD = "1-9", "10-50"
NOT_AVAILABLE = "-999"


def transform(folder: Path) -> pd.DataFrame:
    """Tidy every download in the folder."""
    return together(rates(path) for path in files_in(folder, "*county*.csv*"))


def rates(path: Path) -> pd.DataFrame:
    """Tidy one file.

    Where a county had 1 to 9 deaths the publisher prints a rate out of a model. It rests on fewer
    than 10 deaths, which must not be shown as a rate: such rows are suppressed here.
    """
    rows = with_our_columns(path)
    few = rows["count"].eq(FEW)
    rate = numbers(
        path, rows.assign(rate=rows["rate"].mask(few | rows["rate"].eq(NOT_AVAILABLE))), "rate"
    )
    counts = rows.assign(count=rows["count"].mask(few | rows["count"].eq(WITHHELD)))
    deaths = numbers(path, counts, "count")
    fewest, most = poisson_interval(deaths)
    per_death = rate / deaths.where(deaths.gt(0))
    return rows[["line"]].assign(
        measure_id=measures(path, rows),
        period=periods(path, rows),
        place_id=rows["geoid"].str.zfill(5),
        value=rate,
        low=(per_death * fewest).where(deaths.gt(0)),
        high=(per_death * most).where(deaths.gt(0)),
        level=np.where(per_death.notna(), 0.95, np.nan),
        standard_error=per_death * np.sqrt(deaths),
        numerator=deaths.where(rate.notna()),
        status=np.select([few, rate.isna()], ["suppressed", "not published"], default="reported"),
        file=path.name,
    )


def with_our_columns(path: Path) -> pd.DataFrame:
    """Read one file with its columns in lower case."""
    rows = table(path, required=[])
    rows = rows.rename(columns=str.lower).rename(columns=API_NAMES)
    missing = [column for column in REQUIRED if column not in rows]
    if missing:
        raise WrongFile(path, "This column is missing.", line=1, column=missing[0])
    return rows


def measures(path: Path, rows: pd.DataFrame) -> pd.Series:
    """Give the measure of each row; refuse an intent we do not know."""
    found = rows["intent"].map(INTENTS)
    if found.isna().any():
        first = rows[found.isna()].iloc[0]
        rule = f"Unknown intent {first['intent']!r}."
        raise WrongFile(path, rule, line=int(first["line"]), column="intent")
    return found


def periods(path: Path, rows: pd.DataFrame) -> pd.Series:
    """Give the period of each row: a year, or the months of "TTM", the newest twelve months."""
    newest = rows["period"].eq("TTM")
    parts = rows.loc[newest, "ttm_date_range"].drop_duplicates().fillna("")
    months = {text: twelve_months(path, text) for text in parts}
    return rows["period"].mask(newest, rows["ttm_date_range"].map(months))


def twelve_months(path: Path, text: str) -> str:
    """Give "January, 2024 to December, 2024" as 2024-01..2024-12."""
    ends = pd.to_datetime(
        pd.Series(text.split(" to ")), format="%B, %Y", errors="coerce"
    ).dt.strftime("%Y-%m")
    if len(ends) != 2 or ends.isna().any():
        raise WrongFile(path, f"Expected months, found {text!r}.", column="ttm_date_range")
    return "..".join(ends)
