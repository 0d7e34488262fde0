"""What changed between the first and the last of the periods that may be compared, place by place."""

from dataclasses import dataclass

import pandas as pd

from equity import differences, placed
from equity.differences import Difference

# Fewer values, or a shorter time, are no trend.
FEWEST = 4
SHORTEST_DAYS = 3 * 365
# Population estimates of two decades start from two censuses, so a line ends with its decade.
BY_DECADE = "census_pep"


@dataclass(frozen=True, eq=False)
class Change:
    """A place's first and last value in periods that may be compared; test is None where it is no trend."""

    name: str
    title: str
    first: pd.Series
    last: pd.Series
    test: Difference | None

    @property
    def amount(self) -> float:
        """How much higher the last value is."""
        return float(self.last["value"] - self.first["value"])

    @property
    def percent(self) -> float | None:
        """The change in percent of the first value; None where that is not above 0."""
        return 100 * self.amount / float(self.first["value"]) if self.first["value"] > 0 else None


def apart(held: pd.DataFrame) -> list[str]:
    """Give the periods to draw: none shares a day with another, shorter before longer, newer before older.

    Of population estimates only those of the newest decade.
    """
    if held.empty:
        return []
    if held["source_id"].eq(BY_DECADE).all():
        held = held[held["period"].str[:3].eq(held.sort_values("ends")["period"].iloc[-1][:3])]
    kept: list[pd.Series] = []
    length = (held["ends"] - held["starts"]).dt.days // 31
    order = held.assign(length=length).sort_values(["length", "ends"], ascending=[True, False])
    for _, row in order.iterrows():
        if all(row["ends"] <= one["starts"] or one["ends"] <= row["starts"] for one in kept):
            kept.append(row)
    return [row["period"] for row in kept]


def changes_of(
    rows: pd.DataFrame, measure: pd.Series, names: dict[str, str]
) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """Give each place's change in the order asked, and the names of places with fewer than two values."""
    found, without = [], []
    for place_id, name in names.items():
        of_place = rows[rows["place_id"].eq(place_id) & rows["value"].notna()]
        of_place = same_season(of_place)
        if len(of_place) < 2:
            without.append(name)
            continue
        first, last = of_place.iloc[0], of_place.iloc[-1]
        test = tested(first, last, measure) if is_trend(of_place) else None
        found.append(Change(name, first["place_title"], first, last, test))
    tests = sum(one.test is not None and one.test.p is not None for one in found)
    strict = [
        Change(
            one.name, one.title, one.first, one.last, one.test and placed.stricter(one.test, tests)
        )
        for one in found
    ]
    return tuple(strict), tuple(without)


def same_season(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the rows that may be set against the last: of quarters, where there are more years, the same quarter."""
    if rows.empty or "-Q" not in rows["period"].iloc[-1]:
        return rows
    same = rows[rows["period"].str[-2:] == rows["period"].iloc[-1][-2:]]
    return same if len(same) > 1 else rows


def is_trend(rows: pd.DataFrame) -> bool:
    """Say whether values are enough, and far enough apart, to be called a trend."""
    days = (rows["ends"].iloc[-1] - rows["starts"].iloc[0]).days
    return len(rows) >= FEWEST and days >= SHORTEST_DAYS


def tested(first: pd.Series, last: pd.Series, measure: pd.Series) -> Difference:
    """Test the last value against the first."""
    return differences.compare(
        differences.measured(last, measure),
        differences.measured(first, measure),
        decimals=int(measure["decimals"]),
    )
