"""The chosen places among all of their level: every county's number of one measure, period and group."""

from dataclasses import dataclass

import pandas as pd

from equity import placed, words
from equity.differences import known, measured
from equity.errors import Problem
from equity.placed import Placed
from equity.profile_words import STATUSES
from equity.view import Ask, View

# With fewer places a picture of how they lie says nothing.
FEWEST = 20
# Of the periods that nearly as many places have as any, the newest is shown.
NEARLY = 0.9


@dataclass(frozen=True, eq=False)
class Among:
    """The chosen places, and every place of the level with what is known of it (everything, index place_id)."""

    chosen: Placed
    level: str
    everything: pd.DataFrame

    @property
    def values(self) -> pd.Series:
        """The numbers of all places that have one, by place_id."""
        return self.everything["value"].dropna()

    @property
    def nouns(self) -> str:
        """What the places are called: "counties"."""
        return words.plural(self.level)

    def inside(self, place_id: str) -> bool:
        """Whether a chosen place is one of those it is set among."""
        return place_id in self.everything.index


def among(view: View, ask: Ask) -> Among:
    """Give a measure in all places of the level of those chosen; raise Problem where too few have a number."""
    placed.chosen_places(view, fewest=1)
    if len(view.measures) != 1:
        raise Problem("Choose one measure to see all places.")
    code = view.measures[0]
    measure = ask("measures").set_index("measure_id", drop=False).loc[code]
    level = level_of(view.places)
    best = covered(ask("periods_covered", measure=code, level=level), view, measure, level)
    group = best["people_group"]
    asked = {"measure": code, "period": best["period"], "group": group}
    rows = ask("values", places=view.places, **asked).set_index("place_id", drop=False)
    rows = rows.loc[list(view.places)].reset_index(drop=True)
    vintage = int(best["county_vintage"])
    chosen = Placed(
        measure=measure,
        period=best["period"],
        county_vintage=vintage,
        group_title=best["group_title"],
        rows=rows.assign(name=placed.names(rows), missing=placed.reasons(rows, vintage)),
    )
    everything = ask("values_of_level", level=level, **asked).set_index("place_id", drop=False)
    return Among(chosen, level, everything)


def level_of(places: tuple[str, ...]) -> str:
    """Give the level that places are set among: counties, or states where only states are chosen."""
    only_states = all(len(code) == 2 for code in places) and set(places) != {"US"}
    return "state" if only_states else "county"


def covered(there: pd.DataFrame, view: View, measure: pd.Series, level: str) -> pd.Series:
    """Give the period and group to show: those asked, else the newest that most places have."""
    group = view.groups[0] if view.groups else placed.first_group(there)
    rows = there[there["people_group"].eq(group)]
    if view.period:
        rows = rows[rows["period"].eq(view.period)]
    if rows.empty or rows["values_held"].max() < FEWEST:
        raise Problem(
            f"{measure['title']}: too few {words.plural(level)} have a number to see how they lie. "
            "Choose another measure, other years or people."
        )
    nearly = rows["values_held"] >= NEARLY * rows["values_held"].max()
    return rows[nearly].sort_values("ends", ascending=False, kind="stable").iloc[0]


def errors(found: Among) -> pd.Series:
    """Give the standard error of each place's number: 0 for a full count, missing where not known."""
    rows = found.everything[found.everything["value"].notna()]
    said = [measured(row, found.chosen.measure).standard_error for row in rows.itertuples()]
    return pd.Series(said, index=rows.index, dtype=float)


def without_number(found: Among) -> str:
    """Say how many places have no number, and why; "" where all have one."""
    rows = found.everything[found.everything["value"].isna()]
    if rows.empty:
        return ""
    counts = rows["status"].value_counts(sort=False)
    why = [f"{count:,} {STATUSES[status]}" for status, count in counts.items()]
    noun = words.counted(len(rows), found.level)
    have = "has" if len(rows) == 1 else "have"
    said = STATUSES[counts.index[0]] if len(counts) == 1 else words.listed(why)
    return f"{words.capital(noun)} {have} no number ({said})."


def counted(found: Among) -> pd.DataFrame:
    """Give for a table how many places have a number, and how many have none for which reason: what, places."""
    rows = found.everything
    without = rows[rows["value"].isna()]["status"].value_counts(sort=False)
    noun = words.capital(found.nouns)
    what = [f"{noun} with a number", *(f"{noun}: {STATUSES[status]}" for status in without.index)]
    count = [len(found.values), *without]
    if len(without) > 1:
        what, count = [*what, f"{noun} without a number"], [*count, int(without.sum())]
    return pd.DataFrame({"what": what, "places": count})


def share_lower(found: Among, value: float | None) -> float | None:
    """Give of 100 places how many have a lower number than a value; those that tie have none."""
    if known(value) is None:
        return None
    return 100 * float((found.values < value).mean())
