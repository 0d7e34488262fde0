"""Whether two numbers differ, tested and said in words (METHODS.md sections 2 and 3)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from equity.reliability import SHAKY

HIGHER = "higher"
LOWER = "lower"
SAME = "same"
CANT_TELL = "can't tell"
NO_MARGIN = "margin not published"
NO_VALUE = "no number"

METHOD = "z-test of the difference, 95% level"
# Two-sided 95 % level.
Z_95 = 1.959963984540054
NORMAL_QUANTILE = {0.90: 1.6448536269514722, 0.95: Z_95, 0.99: 2.5758293035489004}


@dataclass(frozen=True)
class Measured:
    """A value as published; the standard error is 0 for a full count, None where unknown."""

    value: float | None
    standard_error: float | None = None
    grade: str | None = None


@dataclass(frozen=True)
class Difference:
    """A verdict on one value against another, with the reason in plain words.

    method is the test's name, for those who ask; empty where none was made.
    """

    verdict: str
    test: str
    amount: float | None = None
    z: float | None = None
    p: float | None = None
    method: str = ""

    @property
    def real(self) -> bool:
        """Whether the difference was shown to be more than chance or rounding."""
        return self.verdict in (HIGHER, LOWER)


def measured(row: object, measure: Mapping[str, object]) -> Measured:
    """Give a value (a row of the table `observation`) with its standard error and grade.

    An error that is not published follows from the interval; a full count has none. A full count that
    its publisher or we warn of (an index of a small group) is no exact value.
    """
    value, low, high, level, error = map(
        known, (row.value, row.low, row.high, row.level, row.standard_error)
    )
    if error is None and None not in (low, high, level):
        error = standard_error_of(low, high, level)
    if error is None and measure["grade_rule"] == "full count" and row.status == "reported":
        error = 0.0
    return Measured(value, error, row.grade if isinstance(row.grade, str) else None)


def known(number: float | None) -> float | None:
    """Give a number as a float, None where it is missing."""
    return None if pd.isna(number) else float(number)


def compare(one: Measured, other: Measured, *, decimals: int) -> Difference:
    """Give the verdict on one value against another.

    Definition: z = (one - other) / sqrt(se_one^2 + se_other^2); different where the two-sided p is under
    0.05. Full counts have no sampling error: they differ when the shown values differ. Applies to:
    estimates of one measure, period and people group, in one unit. Caution: overlapping intervals are
    not a test. A county is a part of its state, so the two are not independent; for the largest county
    of a state the test is too ready to say "can't tell". About 1 in 20 such tests says "different" where
    there is no difference. Reference: Schenker and Gentleman 2001; METHODS.md section 2.
    """
    if one.value is None or other.value is None:
        return Difference(NO_VALUE, "one of the two has no number")
    amount = one.value - other.value
    if SHAKY in (one.grade, other.grade):
        return Difference(CANT_TELL, "one of the two is too shaky to compare", amount)
    if one.standard_error is None or other.standard_error is None:
        return Difference(
            NO_MARGIN, "no margin published, so we can't say if the difference is real", amount
        )
    error = math.hypot(one.standard_error, other.standard_error)
    if error == 0:
        shown = round(one.value, decimals) - round(other.value, decimals)
        return Difference(direction(shown), "full counts, so no test is needed", amount)
    z = amount / error
    p = math.erfc(abs(z) / math.sqrt(2))
    if abs(z) > Z_95:
        return Difference(direction(amount), "more than chance", amount, z, p, METHOD)
    return Difference(CANT_TELL, "chance alone could give such a difference", amount, z, p, METHOD)


def direction(amount: float) -> str:
    """Give "higher", "lower" or "same" for the sign of a difference."""
    if amount == 0:
        return SAME
    return HIGHER if amount > 0 else LOWER


def standard_error_of(low: float, high: float, level: float) -> float:
    """Give the standard error that an interval of a level implies: its width over twice the quantile."""
    return (high - low) / (2 * NORMAL_QUANTILE[round(level, 2)])


def mean_of(several: list[Measured]) -> Measured:
    """Give the mean of values of equal weight; its error is known only when all errors are.

    Definition: sum y / k; standard error sqrt(sum se^2) / k. Values that are missing are left out.
    """
    known = [one for one in several if one.value is not None]
    if not known:
        return Measured(None)
    mean = sum(one.value for one in known) / len(known)
    errors = [one.standard_error for one in known]
    if None in errors:
        return Measured(mean)
    return Measured(mean, math.hypot(*errors) / len(known))
