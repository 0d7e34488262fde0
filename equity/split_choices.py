"""What may be chosen where groups of people are compared: measures, ways to group, within whom, years, references."""

import pandas as pd

from equity import group_gaps, splits, words
from equity.splits import EVERYONE, Split
from equity.view import Ask, View

NATION = "US"


def held(place: str, ask: Ask) -> pd.DataFrame:
    """Give one row a measure and single dimension: in which place nearest to the chosen one it has groups.

    The nearest is the place itself, then its state, its federal region, the nation. Columns: measure_id,
    dimension, place_id, near (0 for the place itself), place_title, full_name.
    """
    around = ask("places_around", place=place).reset_index(names="near")
    there = ask("splits_held", places=tuple(around["place_id"]))
    there = there.assign(dimension=there["dimension"].str.split("+")).explode("dimension")
    there = there.merge(
        around.rename(columns={"title": "place_title"})[
            ["place_id", "near", "place_title", "full_name"]
        ],
        on="place_id",
    )
    there = there.sort_values(["near", "measure_id", "dimension"], kind="stable")
    return there.drop_duplicates(["measure_id", "dimension"]).reset_index(drop=True)


def titles(there: pd.DataFrame, measures: pd.DataFrame) -> tuple[dict[str, str], dict[str, str]]:
    """Give the titles of measures, those of the nearest places first, and what stands behind each: its place.

    measures: rows of queries/measures.sql by measure_id.
    """
    nearest = there.drop_duplicates("measure_id").set_index("measure_id")
    # A long title would hide behind which of them stands another place.
    title = measures["title"].reindex(nearest.index)
    title = title.where(nearest["near"].eq(0), measures["short_title"].reindex(nearest.index))
    order = nearest.assign(title=title).sort_values(["near", "title"]).index
    after = {
        code: "" if row["near"] == 0 else f" ({row['full_name']})"
        for code, row in nearest.iterrows()
    }
    return title.loc[order].to_dict(), after


def withins(rows: pd.DataFrame, ask: Ask) -> dict[str, str]:
    """Give within whom groups may be compared: everyone, or a part of joined groups; code and title.

    rows: those of splits.by_dimension. Only where two groups that share nobody have a number.
    """
    enough = [
        among
        for among, some in rows[rows["firm"]].groupby("among", sort=False)
        if any(len(splits.exclusive(there)) > 1 for _, there in some.groupby("period"))
    ]
    ordered = sorted(enough, key=lambda among: among != EVERYONE)
    return {among: splits.among_title(among, ask) for among in ordered}


def periods(rows: pd.DataFrame, among: str) -> dict[str, str]:
    """Give the periods in which two groups that share nobody have a number, newest first."""
    firm = rows[rows["firm"] & rows["among"].eq(among)]
    return {
        period: words.period(period)
        for period, there in firm.groupby("period", sort=False)
        if len(splits.exclusive(there)) > 1
    }


def references(split: Split) -> dict[str, str]:
    """Give what groups may be set against: the best-off group, everyone, each group."""
    best = group_gaps.reference_row(split, group_gaps.BEST)
    found = {group_gaps.BEST: f"Best-off group ({best['title']})"}
    if split.everyone is not None:
        found[EVERYONE] = f"{split.everyone['title']} together"
    return found | dict(zip(split.firm["group"], split.firm["title"], strict=True))


def pairs(rows: pd.DataFrame, among: str) -> dict[str, str]:
    """Give the groups with a number in two periods or more, whose gap can be followed."""
    firm = rows[rows["firm"] & rows["among"].eq(among)].sort_values("group_position", kind="stable")
    counts = firm.groupby("group", sort=False)["period"].nunique()
    named = firm.drop_duplicates("group").set_index("group")["title"]
    return named.loc[counts[counts.gt(1)].index].to_dict()


def rows_of(measure: str, place: str, dimension: str, ask: Ask) -> pd.DataFrame:
    """Give a measure's rows by group of a dimension in a place, all periods."""
    return splits.by_dimension(ask("values_by_group", measure=measure, place=place), dimension, ask)


def view_of(
    kind: str,
    measure: str,
    place: str,
    *,
    groups: tuple[str, ...],
    period: str,
    among: str,
    reference: str,
) -> View:
    """Give the view of what was chosen; what a kind starts from anyway is left out of its address."""
    view = View(kind, (measure,), (place,), period, groups)
    return view.having(
        among="" if among == EVERYONE else among,
        reference="" if reference == group_gaps.BEST else reference,
    )
