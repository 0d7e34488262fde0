"""How many people each group has: the measure's own denominators, else a count of residents by group."""

from dataclasses import dataclass

import pandas as pd

from equity import words
from equity.splits import EVERYONE, Split
from equity.view import Ask

# Who lives in a place, by race and ethnicity; the best first.
MIXES = ("acs_race_ethnicity", "svi_race_ethnicity", "census2010_race_ethnicity")


@dataclass(frozen=True, eq=False)
class People:
    """People by group code, who counted them, and whether they are the very people the measure is about."""

    counted: pd.Series
    source: str
    own: bool


def people(split: Split, ask: Ask) -> People | None:
    """Give the people of all groups of a split whose numbers are firm; None where they are not all known.

    Residents counted by another source stand for the people of a measure only where it is about everyone
    who lives there, not about births or one sex.
    """
    rows = split.firm.set_index("group")
    if rows["denominator"].gt(0).all():
        return People(rows["denominator"].astype(float), "the source's own denominators", own=True)
    if split.among != EVERYONE or not split.measure["population"].startswith("Everyone who lives"):
        return None
    held = ask("people_counted", place=split.place["place_id"], measures=MIXES)
    for (_, when), there in held.groupby(["measure_id", "period"], sort=False):
        counted = there.set_index("people_group")["people"]
        if set(rows.index) <= set(counted.index):
            source = f"{there['source_title'].iloc[0]}, {words.period(when)}"
            return People(counted.loc[rows.index].astype(float), source, own=False)
    return None
