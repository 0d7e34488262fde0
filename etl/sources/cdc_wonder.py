"""CDC WONDER, exported by hand: deaths and births by whatever places, years and people were asked for."""

import hashlib
import re
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from equity.rates import poisson_interval
from etl import wonder
from etl.observations import files_in, together
from etl.places import other_geography, recoded
from etl.reading import WrongFile, numbers
from etl.sources import describe
from etl.wonder import Export, refusal
from etl.wonder_people import AGE, ORIGIN, RACE, SEX, people_groups

FILES = ("*.txt", "*.csv", "*.tsv")
# Which data set holds what. In the older ones people of several races stand under one ("bridged").
DATASETS = {
    r"Underlying Cause of Death, .*Single Race": "deaths",
    r"Underlying Cause of Death, 1999-\d{4}$": "bridged deaths",
    r"Compressed Mortality, 1999-\d{4}$": "bridged deaths",
    r"Natality, .*expanded": "births",
}
RATES = {"Crude Rate": "crude", "Age Adjusted Rate": "adjusted"}
EVENTS = ("Deaths", "Births")
LEFT_OUT = ("Population", "% of Total Deaths", "% of Total Births")
CAUSE_COLUMNS = (
    "Cause of death",
    "ICD Chapter",
    "ICD Sub-Chapter",
    "ICD-10 113 Cause List",
    "15 Leading Causes of Death",
    "Injury Intent",
    "Injury Mechanism & All Other Leading Causes",
    "Drug/Alcohol Induced Cause",
)
CAUSE_CHOICES = (
    "ICD-10 Codes",
    "ICD-10 113 Cause List",
    "Injury Intent",
    "Drug/Alcohol Induced Causes",
)
# The finest place counts. Columns and choices were renamed over the years.
PLACE_COLUMNS = (
    "County",
    "Residence County",
    "County of Residence",
    "State",
    "Residence State",
    "State of Residence",
    "HHS Region",
)
STATE_CHOICES = ("States", "State", "State of Residence", "Residence States")
# Choices of the form that say how the table was drawn, not whom it is about.
HARMLESS = (
    "Group By",
    "Show Totals",
    "Show Zero Values",
    "Show Suppressed",
    "Standard Population",
    "Calculate Rates Per",
    "Rate Options",
    "Year",
    "Year/Month",
    "Title",
)
# Areas that ended before the oldest map here, and births of counties that are not named.
NO_LONGER_THERE = ("02201", "02232", "02280", "51515", "51560")
UNNAMED = "999"
SUPPRESSED, UNRELIABLE = "Suppressed", "Unreliable"
NOT_PUBLISHED = ("Not Applicable", "Missing", "Not Available")
FEWEST_SHOWN, FEWEST_RELIABLE = 10, 20
SHORT = 28


def transform(folder: Path) -> pd.DataFrame:
    """Tidy every export in the folder."""
    return together(part for path in files_in(folder, *FILES) for part in export(wonder.read(path)))


def measures_found(folder: Path) -> list[dict]:
    """Give the measures of every export of deaths: the words of the .toml for any cause, with its cause."""
    found = []
    for path in files_in(folder, *FILES):
        asked = wonder.read(path)
        holds = family(asked)
        if holds != "births":
            for cause, name in causes(asked).drop_duplicates().itertuples(index=False):
                found += [described(kind, cause, name, holds) for kind in kinds(asked)]
    return found


def described(kind: str, cause: str, name: str, holds: str) -> dict:
    """Give the words of one measure: kind is deaths, crude or adjusted."""
    source = words_of_source()
    any_cause = measure_id(kind, "all_causes", "deaths")
    words = next(row for row in source["measure"] if row["measure_id"] == any_cause)
    words = words | {key: words[key].replace("any cause", name) for key in ("title", "meaning")}
    if holds == "bridged deaths":
        words["title"] += " (races bridged)"
        words["caution"] += " " + source["bridged"]
    return words | {
        "measure_id": measure_id(kind, cause, holds),
        "concept": f"wonder_{cause}",
        "short_title": short_title(kind, cause, name, holds),
    }


def short_title(kind: str, cause: str, name: str, holds: str) -> str:
    """Give a title of at most 28 characters: the cause's name where it fits, else its code."""
    ending = {"crude": "", "adjusted": " (adjusted)", "deaths": " (number)"}[kind]
    if holds == "bridged deaths":
        ending = {
            "crude": " (bridged)",
            "adjusted": " (bridged, adj.)",
            "deaths": " (bridged no.)",
        }[kind]
    codes = [name, "ICD-10 " + cause.upper().replace("_", "."), "Cause " + cause[-6:]]
    fits = next(words for words in codes if len(words + ending) <= SHORT)
    return fits[:1].upper() + fits[1:] + ending


def measure_id(kind: str, cause: str, holds: str) -> str:
    """Give the id of a measure."""
    if kind == "births":
        return "wonder_births"
    return f"wonder_{kind}_{cause}" + ("_bridged" if holds == "bridged deaths" else "")


def family(asked: Export) -> str:
    """Say what an export's data set holds; refuse one that this importer does not know."""
    for pattern, holds in DATASETS.items():
        if re.match(pattern, asked.dataset):
            return holds
    known = "Underlying Cause of Death, Compressed Mortality and Natality (expanded)"
    raise WrongFile(asked.path, f"The data set {asked.dataset!r} is not one of {known}.")


def kinds(asked: Export) -> list[str]:
    """Give the kinds of measure an export holds: its count, and its rates."""
    return [column.lower() for column in EVENTS if column in asked.rows] + [
        kind for column, kind in RATES.items() if column in asked.rows
    ]


def export(asked: Export) -> list[pd.DataFrame]:
    """Tidy one export: one part for its count and one for each of its rates."""
    require_known(asked)
    column = next(column for column in EVENTS if column in asked.rows)
    events = counted(asked, column)
    parts = {column.lower(): events.assign(numerator=events["value"])}
    parts |= {
        kind: rated(asked, rate, events) for rate, kind in RATES.items() if rate in asked.rows
    }
    keyed = keys(asked)
    keyed = keyed[here(keyed, events["status"])]
    cause, holds = causes(asked)["cause"], family(asked)
    return [
        keyed.assign(
            measure_id=cause.map({c: measure_id(kind, c, holds) for c in cause.unique()})
        ).join(part)
        for kind, part in parts.items()
    ]


def keys(asked: Export) -> pd.DataFrame:
    """Give what every measure of a row shares: period, place, people, population, line, file."""
    rows = asked.rows
    years = wonder.period(asked)
    return pd.DataFrame(
        {
            "period": rows["Year"].str[:4] if years is None else years,
            "place_id": places(asked),
            "people_group": people_groups(asked),
            "line": rows["line"],
            "file": asked.path.name,
            "denominator": population(asked),
        },
        index=rows.index,
    )


def here(keyed: pd.DataFrame, status: pd.Series) -> pd.Series:
    """Say which rows are of a place on our maps: named, and of the county vintage of their year."""
    place_ids = keyed["place_id"]
    gone = place_ids.isin(NO_LONGER_THERE) | place_ids.str.endswith(UNNAMED)
    for _, of_years in keyed.groupby("period"):
        index = of_years.index
        gone[index] |= other_geography(place_ids[index], status[index].ne("not published"))
    return ~gone


def require_known(asked: Export) -> None:
    """Refuse a column or a choice that narrows whom an export is about in a way we cannot name."""
    known = {*PLACE_COLUMNS, *SEX, *RACE, *ORIGIN, *AGE, *CAUSE_COLUMNS, "Year"}
    plain = {*EVENTS, *RATES, *LEFT_OUT, "line"}
    plain |= {
        f"{rate} {end} 95% Confidence Interval" for rate in RATES for end in ("Lower", "Upper")
    }
    plain |= {f"{rate} Standard Error" for rate in RATES}
    for column in asked.rows.columns:
        if column not in plain and column.removesuffix(" Code") not in known:
            raise refusal(asked, f"The column {column!r} is not one this importer knows.")
    for name, chosen in asked.asked.items():
        if name in HARMLESS or name in (*CAUSE_CHOICES, *STATE_CHOICES):
            continue
        if name in asked.rows or (name in (*SEX, *RACE, *ORIGIN, *AGE) and single(name, chosen)):
            continue
        raise refusal(
            asked, f"It is narrowed to {name}: {chosen[:60]!r}, for which there is no people group."
        )
    if not any(column in asked.rows for column in EVENTS):
        raise refusal(asked, "It has no column Deaths or Births.")


def single(name: str, chosen: str) -> bool:
    """Say whether a choice is one group of people (ages in a row count as one)."""
    return name in AGE or ";" not in chosen


def causes(asked: Export) -> pd.DataFrame:
    """Give the cause of each row: a short code for ids, and its name in words."""
    columns = [column for column in CAUSE_COLUMNS if column in asked.rows]
    if len(columns) > 1:
        raise refusal(asked, f"It is grouped by two kinds of cause, {columns[0]} and {columns[1]}.")
    if columns:
        codes = asked.rows.get(f"{columns[0]} Code", asked.rows[columns[0]]).fillna("none")
        name = codes.map(words_of_source()["causes"]).fillna(asked.rows[columns[0]])
        return pd.DataFrame({"cause": codes.map(slug), "name": name})
    chosen = [asked.asked[choice] for choice in CAUSE_CHOICES if choice in asked.asked]
    code, name = cause_chosen("; ".join(chosen)) if chosen else ("all_causes", "any cause")
    return pd.DataFrame({"cause": code, "name": name}, index=asked.rows.index)


def cause_chosen(chosen: str) -> tuple[str, str]:
    """Give the code and the name of the causes chosen: "C50.0 (Nipple …); C50.1 (…)" is C50."""
    codes = re.findall(r"(?:^|; )\s*([A-Z]\d{2}(?:\.\d)?(?:-[A-Z]\d{2}(?:\.\d)?)?) \(", chosen)
    if not codes:
        return slug(chosen), chosen
    categories = sorted({code[:3] if "-" not in code else code for code in codes})
    together = categories[0] if len(categories) == 1 else ", ".join(categories)
    if len(codes) == 1:
        together = codes[0]
        named = chosen.partition("(")[2].removesuffix(")")
    else:
        named = f"the causes chosen in the export (ICD-10 {together})"
    return slug(together), words_of_source()["causes"].get(together, named)


@cache
def words_of_source() -> dict:
    """Read the .toml once: an export may hold hundreds of causes."""
    return describe("cdc_wonder")


def slug(words: str) -> str:
    """Give words or codes as part of an id; long ones keep a checksum so that no two are the same."""
    short = re.sub("[^a-z0-9]+", "_", words.lower()).strip("_")
    if len(short) <= 24:
        return short
    return f"{short[:16].strip('_')}_{hashlib.sha256(words.encode()).hexdigest()[:6]}"


def places(asked: Export) -> pd.Series:
    """Give the place of each row: the finest one grouped by, else the state chosen, else the nation."""
    column = next((name for name in PLACE_COLUMNS if name in asked.rows), None)
    if column is None:
        return pd.Series(state_chosen(asked), index=asked.rows.index)
    codes = recoded(asked.rows[f"{column} Code"])
    if column == "HHS Region":
        return "HHS" + codes.str.extract(r"(\d+)")[0].str.zfill(2)
    return codes


def state_chosen(asked: Export) -> str:
    """Give the one state that an export without a column of places is about, or the nation."""
    chosen = next((asked.asked[name] for name in STATE_CHOICES if name in asked.asked), None)
    if chosen is None:
        return "US"
    codes = re.findall(r"\((\d{2})\)", chosen)
    if len(codes) != 1:
        raise refusal(
            asked, f"It adds up several states ({chosen[:60]}) without naming them row by row."
        )
    return codes[0]


def counted(asked: Export, column: str) -> pd.DataFrame:
    """Give a count of events with its status. Counts from 1 to 9 are never shown."""
    value, status = cells(asked, column)
    few = value.between(1, FEWEST_SHOWN - 1)
    return pd.DataFrame({"value": value.mask(few), "status": status.mask(few, "suppressed")})


def rated(asked: Export, column: str, events: pd.DataFrame) -> pd.DataFrame:
    """Give a rate per 100,000 with its status and interval (METHODS.md section 2)."""
    value, status = cells(asked, column)
    per = float(asked.asked.get("Calculate Rates Per", "100,000").replace(",", ""))
    deaths = events["value"]
    hidden = events["status"].eq("suppressed") & status.ne("not published")
    shaky = deaths.lt(FEWEST_RELIABLE) & value.notna()
    value = (value * 100_000 / per).mask(hidden)
    low, high = interval(asked, column, value, deaths)
    return pd.DataFrame(
        {
            "value": value,
            "low": low,
            "high": high,
            "level": np.where(low.notna() & high.notna(), 0.95, np.nan),
            "standard_error": value / np.sqrt(deaths.where(deaths.gt(0))),
            "numerator": deaths,
            "status": status.mask(shaky, "unreliable").mask(hidden, "suppressed"),
        }
    )


def interval(
    asked: Export, column: str, value: pd.Series, deaths: pd.Series
) -> tuple[pd.Series, pd.Series]:
    """Give the interval of a rate: as published, else the exact Poisson one of its deaths."""
    ends = [f"{column} {end} 95% Confidence Interval" for end in ("Lower", "Upper")]
    if all(end in asked.rows for end in ends):
        low, high = (cells(asked, end)[0] for end in ends)
        return low.where(value.notna()), high.where(value.notna())
    per_death = value / deaths.where(deaths.gt(0))
    fewest, most = poisson_interval(deaths)
    return per_death * fewest, per_death * most


def cells(asked: Export, column: str) -> tuple[pd.Series, pd.Series]:
    """Give a column's numbers and what its words say: withheld, shaky ("46.8 (Unreliable)"), not there."""
    words = asked.rows[column]
    withheld, absent = words.eq(SUPPRESSED), words.isin(NOT_PUBLISHED)
    shaky = words.eq(UNRELIABLE) | words.str.endswith(f"({UNRELIABLE})").fillna(False)
    plain = words.mask(withheld | absent | words.eq(UNRELIABLE))
    plain = plain.str.removesuffix(f"({UNRELIABLE})")
    value = numbers(asked.path, asked.rows.assign(**{column: plain}), column)
    status = np.select(
        [withheld, shaky, absent | value.isna()],
        ["suppressed", "unreliable", "not published"],
        "reported",
    )
    return value, pd.Series(status, index=words.index)


def population(asked: Export) -> pd.Series:
    """Give the people that rates are made of, missing where the export has none."""
    if "Population" not in asked.rows:
        return pd.Series(np.nan, index=asked.rows.index)
    return cells(asked, "Population")[0]
