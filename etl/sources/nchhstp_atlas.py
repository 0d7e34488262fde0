"""AtlasPlus (HIV, sexually transmitted infections, tuberculosis), exported by hand: one row a place and year."""

from pathlib import Path

import numpy as np
import pandas as pd

from equity.rates import poisson_interval
from etl.observations import files_in, together
from etl.places import other_geography, recoded
from etl.reading import WrongFile, numbers, parsed, text

REQUIRED = ["Indicator", "Year", "Geography", "FIPS", "Cases", "Rate per 100000"]
INDICATORS = {
    "HIV prevalence": "hiv_prevalence",
    "HIV diagnoses": "hiv_diagnoses",
    "Chlamydia": "chlamydia",
    "Gonorrhea": "gonorrhea",
    "Primary and Secondary Syphilis": "syphilis",
    "Tuberculosis": "tuberculosis",
}
# Races here are of people who are not Hispanic; Hispanic people may be of any race.
PEOPLE = {
    "Race/Ethnicity": {
        "All races/ethnicities": "everyone",
        "American Indian/Alaska Native": "aian_nh",
        "Asian": "asian_nh",
        "Black/African American": "black_nh",
        "Hispanic/Latino": "hispanic",
        "Multiracial": "two_or_more_nh",
        "Native Hawaiian/Other Pacific Islander": "nhpi_nh",
        "White": "white_nh",
    },
    "Sex": {"Both sexes": "everyone", "Male": "male", "Female": "female"},
    "Age Group": {
        "Ages 13 years and older": "everyone",
        "All age groups": "everyone",
        "0-14": "age_under_15",
        "13-24": "age_13_24",
        "15-24": "age_15_24",
        "25-34": "age_25_34",
        "35-44": "age_35_44",
        "45-54": "age_45_54",
        "55-64": "age_55_64",
        "55+": "age_55_over",
        "65+": "age_65_over",
    },
    "Transmission Category": {"All transmission categories": "everyone"},
}
SUPPRESSED = "Data suppressed"
NOT_PUBLISHED = ("Data not available", "NA")
# The publisher asks for care with numbers below 12 and what is made of them.
FEW = 12
# Below the nation nobody is shown counts of 1 to 9, nor rates made of them, as in CDC's death records.
SHOWN_FROM = 10


def transform(folder: Path) -> pd.DataFrame:
    """Tidy every export in the folder."""
    return together(part for path in files_in(folder, "*.csv") for part in export(path))


def export(path: Path) -> list[pd.DataFrame]:
    """Tidy one export: cases, and cases per 100,000 people."""
    rows, title = table_and_title(path)
    stems = coded(path, rows, "Indicator", INDICATORS)
    places = rows.assign(
        period=years(path, rows),
        place_id=recoded(rows["FIPS"]).mask(rows["Geography"].eq("United States"), "US"),
        people_group=people_groups(path, rows, title),
        file=path.name,
    )
    here = ~outdated(places)
    printed = cells(path, rows, "Cases")
    tiny = printed["value"].between(1, SHOWN_FROM - 1) & places["place_id"].ne("US")
    cases = withheld(printed, tiny)
    rate = withheld(cells(path, rows, "Rate per 100000"), tiny)
    rate = with_interval(rate, cases["value"])
    few = cases["value"].lt(FEW)
    kept = places.loc[here, ["period", "place_id", "people_group", "file", "line"]]
    return [
        kept.assign(measure_id="atlas_" + stems + ending, numerator=cases["value"]).join(
            part.assign(status=part["status"].mask(few & part["value"].notna(), "unreliable"))
        )
        for ending, part in (("_cases", cases), ("_rate", rate))
    ]


def table_and_title(path: Path) -> tuple[pd.DataFrame, list[str]]:
    """Read an export: the rows under the line of column names, and what its title says was chosen."""
    content = text(path)
    lines = content.splitlines()
    starts = [number for number, line in enumerate(lines, 1) if line.startswith("Indicator,")]
    titles = [line for line in lines[: starts[0] if starts else 0] if line.startswith("Title:")]
    if not starts or not titles:
        raise WrongFile(
            path, "This is no AtlasPlus export: it has no title or no line of column names."
        )
    rows = parsed(path, content, required=REQUIRED, header=starts[0])
    return rows, titles[0].removeprefix("Title:").strip(' "').split(" | ")


def coded(path: Path, rows: pd.DataFrame, column: str, codes: dict[str, str]) -> pd.Series:
    """Give a column's words as our codes; refuse a word we do not know."""
    found = rows[column].map(codes)
    if found.isna().any():
        first = rows[found.isna()].iloc[0]
        rule = f"Unknown word {first[column]!r}."
        raise WrongFile(path, rule, line=int(first["line"]), column=column)
    return found


def years(path: Path, rows: pd.DataFrame) -> pd.Series:
    """Give the years, of which some carry a remark ("2020 (COVID-19 Pandemic)")."""
    found = rows["Year"].str.extract(r"^(\d{4})(?: \(.*\))?$")[0]
    if found.isna().any():
        first = rows[found.isna()].iloc[0]
        rule = f"Expected a year, found {first['Year']!r}."
        raise WrongFile(path, rule, line=int(first["line"]), column="Year")
    return found


def people_groups(path: Path, rows: pd.DataFrame, title: list[str]) -> pd.Series:
    """Give the people of each row: from its columns, else from the choices in the title."""
    chosen = set(title) - set(rows["Geography"]) - set(rows["Indicator"]) - set(rows["Year"])
    group = pd.Series("", index=rows.index)
    for column, codes in PEOPLE.items():
        if column in rows:
            part = coded(path, rows, column, codes)
            chosen -= set(rows[column])
        else:
            part = pd.Series(choice(path, chosen, codes), index=rows.index)
            chosen -= set(codes)
        group = group + ("+" + part).mask(part.eq("everyone"), "")
    unknown = {words for words in chosen if not words.isdigit() and "United States" not in words}
    if unknown:
        raise WrongFile(
            path, f"Unknown choice {sorted(unknown)[0]!r} in the title.", column="Title"
        )
    return group.str.removeprefix("+").replace("", "everyone")


def choice(path: Path, chosen: set[str], codes: dict[str, str]) -> str:
    """Give the one choice of the title that is among the codes; everyone where there is none."""
    found = sorted(chosen & set(codes))
    if len(found) > 1:
        rule = f"The title names {found[0]!r} and {found[1]!r}, but no column tells them apart."
        raise WrongFile(path, rule)
    return codes[found[0]] if found else "everyone"


def outdated(places: pd.DataFrame) -> pd.Series:
    """Say which rows are counties of another vintage than the year's: the file lists both."""
    published = ~places["Cases"].isin(NOT_PUBLISHED)
    parts = [
        other_geography(of_year["place_id"], published[of_year.index])
        for _, of_year in places.groupby("period")
    ]
    return pd.concat(parts).reindex(places.index)


def cells(path: Path, rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Give a column as values with their status."""
    withheld, absent = rows[column].eq(SUPPRESSED), rows[column].isin(NOT_PUBLISHED)
    value = numbers(path, rows.assign(**{column: rows[column].mask(withheld | absent)}), column)
    status = np.select(
        [withheld, absent | value.isna()], ["suppressed", "not published"], "reported"
    )
    return pd.DataFrame({"value": value, "status": status}, index=rows.index)


def withheld(column: pd.DataFrame, tiny: pd.Series) -> pd.DataFrame:
    """Give a column without the values that rest on too few people to be shown."""
    return column.assign(
        value=column["value"].mask(tiny), status=column["status"].mask(tiny, "suppressed")
    )


def with_interval(rate: pd.DataFrame, cases: pd.Series) -> pd.DataFrame:
    """Add the exact Poisson interval of the cases that a rate rests on (METHODS.md section 2)."""
    fewest, most = poisson_interval(cases)
    per_case = rate["value"] / cases.where(cases.gt(0))
    return rate.assign(
        low=per_case * fewest,
        high=per_case * most,
        level=np.where(per_case.notna(), 0.95, np.nan),
        standard_error=per_case * np.sqrt(cases),
    )
