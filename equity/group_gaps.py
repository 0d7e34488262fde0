"""Gaps between groups: difference and ratio against a reference, tested and said in words."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity import differences, inequality, splits, words
from equity.differences import CANT_TELL, NO_MARGIN, SAME, Difference
from equity.errors import Problem
from equity.splits import EVERYONE, Split

# The option that chooses what groups are set against: the best-off group, everyone, or a group's code.
REFERENCE = "reference"
BEST = "best"
# A difference is called real when chance alone would give it less often than this.
CHANCE = 0.05


@dataclass(frozen=True)
class Amount:
    """A difference or a ratio with its 95 % interval; None where no margin is known."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Gap:
    """A group against the reference.

    difference is above 0 and ratio above 1 where the group is worse off: the group minus (over) the
    reference where lower is better, turned round where higher is. ratio is None where one of the two to
    divide by is 0. pairs: of how many pairs this one was chosen for being far apart; its test is that much
    stricter.
    """

    group: str
    reference: str
    difference: Amount
    ratio: Amount | None
    test: Difference
    pairs: int

    @property
    def verdict(self) -> str:
        """Whether the two differ: "different", "same", "can't tell", "margin not published"."""
        if not self.test.real:
            return self.test.verdict
        strict = self.test.p is None or self.test.p * self.pairs < CHANCE
        return "different" if strict else CANT_TELL

    @property
    def chosen_for_being_far(self) -> bool:
        """Whether it would count as real had the two not been picked for lying far apart."""
        return self.test.real and self.verdict == CANT_TELL


def frame(rows: pd.DataFrame, measure: pd.Series, people: pd.Series | None = None) -> pd.DataFrame:
    """Give rows of a split as the groups of equity.inequality; people by group code where known."""
    errors = [differences.measured(row, measure).standard_error for row in rows.itertuples()]
    counted = rows["group"].map(people) if people is not None else np.nan
    return pd.DataFrame(
        {
            "group": rows["title"],
            "estimate": rows["value"].astype(float),
            "se": pd.Series(errors, index=rows.index, dtype=float),
            "population": counted,
        }
    ).reset_index(drop=True)


def settings(measure: pd.Series) -> dict[str, object]:
    """Give what equity.inequality must know of a measure."""
    return {
        "favourable": measure["better"] == "higher",
        "scale": None if pd.isna(measure["scale"]) else float(measure["scale"]),
    }


def reference_row(split: Split, asked: str) -> pd.Series:
    """Give the row groups are set against: the best-off group, everyone together, or the group asked for."""
    if asked == EVERYONE:
        if split.everyone is None:
            raise Problem("No number for everyone together is published here. Choose a group.")
        return split.everyone
    firm = split.firm
    if asked != BEST:
        named = firm[firm["group"].eq(asked)]
        if named.empty:
            raise Problem(
                f"There is no number to set other groups against for {asked[:40]!r}. Choose another."
            )
        return named.iloc[0]
    best = firm["value"].idxmax() if split.favourable else firm["value"].idxmin()
    return firm.loc[best]


def against(split: Split, asked: str) -> tuple[Gap, ...]:
    """Give the gap of every group whose number is firm to the reference, in reading order."""
    base = reference_row(split, asked)
    others = others_than(split, base)
    return gaps(others, base, split.measure, pairs=tests_made(len(others), asked))


def widest_against(split: Split, asked: str) -> Gap:
    """Give the gap of the worst-off group to the reference: the one its `against` has the widest of."""
    base = reference_row(split, asked)
    others = others_than(split, base)
    worst = others["value"].idxmin() if split.favourable else others["value"].idxmax()
    pairs = tests_made(len(others), asked)
    return gaps(others.loc[[worst]], base, split.measure, pairs=pairs)[0]


def others_than(split: Split, base: pd.Series) -> pd.DataFrame:
    """Give the groups that are set against the reference; raise Problem where there is none."""
    others = split.firm[split.firm["group"].ne(base["group"])]
    if others.empty:
        raise Problem("There is only one group with a firm number here. Choose another reference.")
    return others


def tests_made(others: int, asked: str) -> int:
    """Give among how many pairs the widest gap was picked: all of them where the best-off group was picked too."""
    return others * (others + 1) // 2 if asked == BEST else others


def gaps(
    others: pd.DataFrame, base: pd.Series, measure: pd.Series, *, pairs: int
) -> tuple[Gap, ...]:
    """Give the gap of each row to the reference's."""
    two = [
        frame(pd.DataFrame([row, base]), measure).assign(pair=row["title"])
        for _, row in others.iterrows()
    ]
    found = inequality.many(
        pd.concat(two), by="pair", reference=base["title"], codes=("d", "r"), **settings(measure)
    ).set_index(["code", "pair"])
    return tuple(
        Gap(
            group=row["title"],
            reference=base["title"],
            difference=amount(found.loc["d", row["title"]]),
            ratio=amount(found.loc["r", row["title"]]),
            test=tested(row, base, measure),
            pairs=pairs,
        )
        for _, row in others.iterrows()
    )


def amount(row: pd.Series) -> Amount | None:
    """Give one number of equity.inequality.many; None where it was refused."""
    if pd.isna(row["value"]):
        return None
    low, high = (None if pd.isna(row[end]) else float(row[end]) for end in ("low", "high"))
    return Amount(float(row["value"]), low, high)


def tested(row: pd.Series, base: pd.Series, measure: pd.Series) -> Difference:
    """Give the test of one group against another."""
    return differences.compare(
        differences.measured(row, measure),
        differences.measured(base, measure),
        decimals=int(measure["decimals"]),
    )


def widest(gaps: tuple[Gap, ...]) -> Gap:
    """Give the gap of the group that is worst off."""
    return max(gaps, key=lambda gap: gap.difference.value)


def gap_amount(value: float, measure: pd.Series) -> str:
    """Write a gap without its sign: "3.2 percentage points", "15.1 years", "$1,200"."""
    number = words.number(abs(value), decimals=int(measure["decimals"]), prefix=measure["prefix"])
    if measure["prefix"]:
        return number
    if measure["suffix"] == "%":
        return f"{number} percentage points"
    return f"{number} {splits.short_unit(measure)}"


def ratio_amount(value: float) -> str:
    """Write a ratio: "1.22", "12.4", "527"."""
    return words.number(value, decimals=2 if value < 10 else 1 if value < 100 else 0)


def interval(amount: Amount, written: list[str]) -> str:
    """Write an interval of two written ends; empty where there is none."""
    return "" if amount.low is None else f" (95% interval {written[0]} to {written[1]})"


def difference_said(amount: Amount, measure: pd.Series) -> str:
    """Write a difference with its interval, in the direction of being worse off."""
    ends = [] if amount.low is None else [amount.low, amount.high]
    plain = {"decimals": int(measure["decimals"]), "prefix": measure["prefix"]}
    return gap_amount(amount.value, measure) + interval(
        amount, [words.number(end, **plain) for end in ends]
    )


def ratio_said(amount: Amount) -> str:
    """Write a ratio with its interval."""
    ends = [] if amount.low is None else [amount.low, amount.high]
    return ratio_amount(amount.value) + interval(amount, [ratio_amount(end) for end in ends])


def verdict_said(gap: Gap) -> str:
    """Say in one sentence whether two groups differ."""
    if gap.verdict == "different":
        return "This gap is larger than chance alone would make it."
    if gap.verdict == SAME:
        return "The two numbers are the same."
    if gap.verdict == NO_MARGIN:
        return (
            "No margin of error is published, so we can't test whether the gap is more than chance."
        )
    if gap.chosen_for_being_far:
        return (
            "We can't tell if the two differ: they were picked for lying far apart among "
            f"{words.counted(gap.pairs, 'pair')}, so the test is stricter than the interval shown."
        )
    return "We can't tell if the two differ: chance alone could make such a gap."
