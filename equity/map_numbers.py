"""A map's numbers, packed small enough to send at each choice: 2 to 6 characters a county.

static/county_map.js unpacks them; the two must agree, and tests/browser/test_map.py holds them to it.
A value is sent as it is shown, in whole steps of the measure's last decimal. Margins have one
decimal more. A county's rank and its ties are computed from what was sent, here and there alike.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtri

from equity import reliability, words
from equity.map_classes import Classes
from equity.ranking import SAME, alike

# Printable characters that neither JSON nor HTML changes.
ALPHABET = [chr(code) for code in range(35, 127) if chr(code) not in "&'<>\\"]
GRADES = [reliability.SOLID, reliability.CARE, reliability.SHAKY, reliability.NO_MARGIN]
MISSING = ["suppressed", "unreliable", "not collected", "not published"]
BASE = len(ALPHABET)
LETTERS = np.frombuffer("".join(ALPHABET).encode("ascii"), dtype=np.uint8)
# First character from -> (numbers from, how many, characters that follow).
SHORT = {
    0: (0, 50, 0),
    50: (50, 30 * BASE, 1),
    80: (50 + 30 * BASE, 6 * BASE**2, 2),
    86: (50 + 30 * BASE + 6 * BASE**2, BASE**4, 4),
}
USUAL_LEVEL = 0.95


@dataclass(frozen=True)
class Shown:
    """Values and intervals as whole steps; NaN where there is none. z is the intervals' own."""

    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    decimals: int
    margin_decimals: int
    level: float

    @property
    def z(self) -> float:
        """Standard errors from the middle to the end of an interval."""
        return float(ndtri((1 + self.level) / 2))


def shown(table: pd.DataFrame, decimals: int) -> Shown:
    """Round a map's table to what is shown."""
    step = 10.0**decimals
    value = np.round(words.as_printed(table["value"].to_numpy(float), decimals) * step)
    ends = {end: table[end].to_numpy(float) for end in ("low", "high")}
    exact = all(is_whole(end * step) for end in ends.values())
    margin_decimals = decimals if exact else decimals + 1
    levels = table["interval_level"].dropna()
    return Shown(
        value=value,
        low=end_steps(ends["low"], decimals, margin_decimals),
        high=end_steps(ends["high"], decimals, margin_decimals),
        decimals=decimals,
        margin_decimals=margin_decimals,
        level=float(levels.iloc[0]) if len(levels) else USUAL_LEVEL,
    )


def is_whole(numbers: np.ndarray) -> bool:
    """Say whether all numbers that are there are whole."""
    there = numbers[np.isfinite(numbers)]
    return bool(np.all(np.abs(there - np.round(there)) < 1e-6))


def end_steps(end: np.ndarray, decimals: int, margin_decimals: int) -> np.ndarray:
    """An interval's end in whole steps of its own decimals, which still rounds to what is shown.

    A last digit of 5 would leave it open which way the end is rounded for the reader: it is moved
    by one step to the side that the unrounded end lies on.
    """
    steps = np.round(end * 10.0**margin_decimals)
    if margin_decimals == decimals:
        return steps
    open_ended = np.mod(steps, 10) == 5
    rounded = words.as_printed(end, decimals) * 10.0**margin_decimals
    return np.where(open_ended, steps + np.sign(rounded - steps), steps)


def standard_errors(numbers: Shown) -> np.ndarray:
    """Standard errors in the measure's unit, from the intervals as sent; 0 where there is none."""
    width = (numbers.high - numbers.low) / 10.0**numbers.margin_decimals
    return np.nan_to_num(width / 2 / numbers.z)


@dataclass(frozen=True)
class Rank:
    """A county's place among counties, counted from the highest."""

    place: int
    tied: int
    ranked: int


def rank(numbers: Shown, position: int) -> Rank | None:
    """The rank of the county at a position, and how many others cannot be told apart from it.

    Definition: 1 + the counties shown with a higher value; tied with those whose difference is at
    most 1.96 standard errors of the difference, sqrt(se_a^2 + se_b^2), or that show the same value.
    Caution: no correction for the number of comparisons, so ties are rather too few than too many.
    Reference: METHODS.md sections 2 and 3. Gives None where the county has no value.
    """
    step = 10.0**numbers.decimals
    values, errors = numbers.value / step, standard_errors(numbers)
    if not np.isfinite(values[position]):
        return None
    tied = alike(values, errors, position, z=1.96)
    higher = values > values[position] + SAME
    known = np.isfinite(values)
    return Rank(int(higher.sum()) + 1, int(tied[known].sum()) - 1, int(known.sum()))


def packed(numbers: Shown, classes: Classes, table: pd.DataFrame) -> dict[str, object]:
    """What the map needs of each county: values with their grades, and margins where there are any.

    The map finds each class from the breaks, which are sent in the same whole steps.
    """
    ratio = 10.0 ** (numbers.margin_decimals - numbers.decimals)
    below = numbers.value * ratio - numbers.low
    above = numbers.high - numbers.value * ratio
    margins = np.isfinite(below) & np.isfinite(above)
    known = np.isfinite(numbers.value)
    step = 10.0**numbers.decimals
    return {
        "values": pack(graded(numbers, table), offset=(lowest_step(numbers) - 1) * len(GRADES)),
        "breaks": [round(bound * step) for bound in classes.breaks],
        "below": pack_short(below[known]) if margins.any() else None,
        "skew": pack_short((above - below)[known]) if margins.any() else None,
    }


def graded(numbers: Shown, table: pd.DataFrame) -> np.ndarray:
    """Value and grade in one number; below the lowest value stand the reasons why there is none."""
    grade = table["grade"].map({name: i for i, name in enumerate(GRADES)}).fillna(0)
    why = table["status"].map({name: i for i, name in enumerate(MISSING)}).fillna(0)
    known = numbers.value * len(GRADES) + grade.to_numpy()
    missing = (lowest_step(numbers) - 1) * len(GRADES) + why.to_numpy()
    return np.where(np.isfinite(known), known, missing)


def lowest_step(numbers: Shown) -> int:
    """The lowest shown value in whole steps."""
    return int(np.nanmin(numbers.value))


def pack(whole: np.ndarray, *, offset: int) -> dict[str, object]:
    """Whole numbers as text of a fixed width, counted from an offset."""
    moved = whole.astype(np.int64) - offset
    width = 1
    while BASE**width <= moved.max():
        width += 1
    return {"width": width, "offset": offset, "text": fixed(moved, width)}


def fixed(numbers: np.ndarray, width: int) -> str:
    """Numbers from 0 as text of a fixed width."""
    powers = [BASE**k for k in range(width - 1, -1, -1)]
    digits = np.column_stack([numbers // power % BASE for power in powers])
    return LETTERS[digits].tobytes().decode("ascii")


def pack_short(whole: np.ndarray) -> str:
    """Whole numbers as text, the small ones short: 0 is none, then 0, -1, 1, -2, 2 and so on."""
    known = np.isfinite(whole)
    number = np.nan_to_num(whole).astype(np.int64)
    folded = np.where(known, np.where(number < 0, -2 * number - 1, 2 * number) + 1, 0)
    return short(folded)


def short(numbers: np.ndarray) -> str:
    """Numbers from 0 in 1, 2, 3 or 5 characters each; the first character says which."""
    text = np.zeros((len(numbers), 5), dtype=np.uint8)
    for first, (start, room, width) in SHORT.items():
        here = (numbers >= start) & (numbers < start + room)
        moved = numbers[here] - start + first * BASE**width
        for k in range(width + 1):
            text[here, k] = LETTERS[moved // BASE ** (width - k) % BASE]
    if (numbers >= start + room).any():
        raise ValueError(f"{numbers.max()} is too large to pack.")
    return text[text > 0].tobytes().decode("ascii")
