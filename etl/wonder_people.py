"""Whom the rows of a CDC WONDER export are about, as people groups."""

import re

import pandas as pd

from etl.reading import WrongFile
from etl.wonder import Export, refusal

# The same column had several names over the years.
SEX = ("Gender", "Sex")
RACE = ("Race", "Single Race 6", "Mother's Single Race 6", "Mother's Bridged Race")
ORIGIN = ("Hispanic Origin", "Mother's Hispanic Origin")
AGE = ("Age Group", "Five-Year Age Groups", "Ten-Year Age Groups")
SEXES = {"Female": "female", "Male": "male"}
RACES = {
    "American Indian or Alaska Native": "aian",
    "Asian": "asian",
    "Asian or Pacific Islander": "asian_pacific",
    "Black or African American": "black",
    "Native Hawaiian or Other Pacific Islander": "nhpi",
    "White": "white",
    "More than one race": "two_or_more",
    "Unknown or Not Stated": "not_stated_race",
}
ORIGINS = {
    "Hispanic or Latino": "hispanic_origin",
    "Not Hispanic or Latino": "not_hispanic",
    "Not Stated": "hispanic_origin_not_stated",
    "Unknown or Not Stated": "hispanic_origin_not_stated",
}


def people_groups(asked: Export) -> pd.Series:
    """Give the people of each row: race and Hispanic origin, sex, age; from columns, else from choices."""
    race = part(asked, RACE, RACES)
    origin = part(asked, ORIGIN, ORIGINS)
    sex = part(asked, SEX, SEXES)
    age = ages(asked)
    named = race.ne("") & race.ne("not_stated_race")
    not_hispanic = named & origin.eq("not_hispanic")
    race = race.mask(not_hispanic, race + "_nh")
    origin = origin.mask(not_hispanic, "")
    group = pd.Series("", index=asked.rows.index)
    for words in (race, origin, sex, age):
        group = group + ("+" + words).mask(words.eq(""), "")
    return group.str.removeprefix("+").replace("", "everyone")


def part(asked: Export, names: tuple[str, ...], codes: dict[str, str]) -> pd.Series:
    """Give one dimension of each row's people, "" where it is not asked for; refuse unknown words."""
    cells = words_of(asked, names)
    found = cells.map({"": ""} | codes)
    if found.isna().any():
        first = asked.rows[found.isna()].iloc[0]
        rule = f"Unknown words {cells[found.isna()].iloc[0]!r}."
        raise WrongFile(asked.path, rule, line=int(first["line"]), column=names[0])
    return found


def words_of(asked: Export, names: tuple[str, ...]) -> pd.Series:
    """Give the words of a dimension: its column, else its one choice, else "" in every row."""
    for name in names:
        if name in asked.rows:
            return asked.rows[name]
    chosen = next((asked.asked[name] for name in names if name in asked.asked), "")
    return pd.Series(chosen, index=asked.rows.index)


def ages(asked: Export) -> pd.Series:
    """Give the age group of each row as a people group."""
    cells = words_of(asked, AGE)
    codes = {words: age(asked, words) for words in cells.drop_duplicates()}
    return cells.map(codes)


def age(asked: Export, words: str) -> str:
    """Give "5-9 years", or ages in a row ("< 1 year; 1-4 years"), as a people group."""
    if words == "":
        return ""
    if words == "Not Stated":
        return "age_not_stated"
    spans = [
        re.fullmatch(r"(?:<\s*)?(\d+)(?:-(\d+)|(\+))? years?", text.strip())
        for text in words.split(";")
    ]
    if None in spans:
        raise refusal(asked, f"Unknown ages {words!r}.")
    first, last = spans[0], spans[-1]
    if words.startswith("<"):
        return f"age_under_{int(last[2]) + 1}" if last[2] else "age_under_1"
    return f"age_{first[1]}_over" if last[3] else f"age_{first[1]}_{last[2]}"
