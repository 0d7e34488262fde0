"""What is packed for the map is what is shown, and ranks follow the difference test."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity import map_numbers
from equity.map_classes import Classes

BASE = map_numbers.BASE
DIGIT = {character: i for i, character in enumerate(map_numbers.ALPHABET)}


def table(values, lows=None, highs=None, statuses=None, grades=None, level=0.95) -> pd.DataFrame:
    count = len(values)
    return pd.DataFrame(
        {
            "value": pd.Series(values, dtype=float),
            "low": pd.Series(lows or [None] * count, dtype=float),
            "high": pd.Series(highs or [None] * count, dtype=float),
            "interval_level": pd.Series([level if lows else None] * count, dtype=float),
            "status": statuses or ["reported"] * count,
            "grade": grades or ["solid"] * count,
        }
    )


def unpack(packed: dict) -> list[int]:
    text, width = packed["text"], packed["width"]
    found = []
    for at in range(0, len(text), width):
        number = 0
        for character in text[at : at + width]:
            number = number * BASE + DIGIT[character]
        found.append(packed["offset"] + number)
    return found


def unpack_short(text: str) -> list[int | None]:
    found, at = [], 0
    while at < len(text):
        first = max(start for start in map_numbers.SHORT if start <= DIGIT[text[at]])
        start, _, width = map_numbers.SHORT[first]
        number = DIGIT[text[at]] - first
        for character in text[at + 1 : at + 1 + width]:
            number = number * BASE + DIGIT[character]
        folded = start + number - 1
        found.append(None if folded < 0 else folded // 2 if folded % 2 == 0 else -(folded + 1) // 2)
        at += 1 + width
    return found


def test_the_alphabet_survives_json_and_html():
    assert BASE == 87
    assert not set(map_numbers.ALPHABET) & set("\"&'<>\\ \n")


@given(st.lists(st.integers(-(10**7), 10**7) | st.none(), min_size=1, max_size=50))
def test_short_numbers_come_back_as_they_were(whole):
    packed = map_numbers.pack_short(np.array(whole, dtype=float))
    assert unpack_short(packed) == whole


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=50), st.integers(-1000, 0))
def test_fixed_numbers_come_back_as_they_were(whole, offset):
    packed = map_numbers.pack(np.array(whole, dtype=float), offset=offset)
    assert unpack(packed) == whole


def test_a_number_too_large_is_refused():
    with pytest.raises(ValueError, match="too large"):
        map_numbers.pack_short(np.array([1e12]))


def test_value_grade_and_reasons_share_one_number():
    rows = table(
        [1.2, None, 3.0, None],
        statuses=["reported", "suppressed", "unreliable", "not published"],
        grades=["solid", None, "too shaky to compare", None],
    )
    packed = map_numbers.packed(map_numbers.shown(rows, 1), Classes("quantiles", (1.2,), 1), rows)
    # 12 tenths * 4 + solid; the first reason; 30 tenths * 4 + shaky; the fourth reason.
    assert unpack(packed["values"]) == [48, 44, 122, 47]
    assert packed["breaks"] == [12]
    assert packed["below"] is None


def test_margins_are_sent_for_counties_with_a_value_only():
    rows = table(
        [10.0, None, 20.0],
        [9.0, None, 19.5],
        [12.0, None, 20.5],
        ["reported", "suppressed", "reported"],
    )
    packed = map_numbers.packed(map_numbers.shown(rows, 1), Classes("quantiles", (), 1), rows)
    assert unpack_short(packed["below"]) == [10, 5]
    assert unpack_short(packed["skew"]) == [10, 0]


@given(st.floats(0.001, 99), st.floats(0, 10), st.integers(0, 2))
def test_interval_ends_still_round_to_what_is_shown(value, margin, decimals):
    low = value - margin
    steps = map_numbers.end_steps(np.array([low]), decimals, decimals + 1)
    assert steps[0] % 10 != 5
    again = np.round(steps / 10.0 ** (decimals + 1), decimals)
    assert again[0] == pytest.approx(np.round(low, decimals), abs=1e-9)


def test_counties_whose_difference_may_be_chance_are_tied():
    rows = table([10.0, 10.8, 12.0, 20.0], [9.0, 9.8, 11.0, 19.0], [11.0, 11.8, 13.0, 21.0])
    shown = map_numbers.shown(rows, 1)
    # Standard errors 0.51: 10.0 and 10.8 differ by 0.8 < 1.96 * 0.72; 12.0 differs from 10.0 by
    # 2.0 > 1.41, although their intervals touch.
    assert map_numbers.rank(shown, 0) == map_numbers.Rank(place=4, tied=1, ranked=4)
    assert map_numbers.rank(shown, 1) == map_numbers.Rank(place=3, tied=2, ranked=4)
    assert map_numbers.rank(shown, 3) == map_numbers.Rank(place=1, tied=0, ranked=4)


def test_ninety_percent_margins_give_larger_standard_errors():
    rows = table([10.0, 11.5], [9.0, 10.5], [11.0, 12.5], level=0.9)
    assert map_numbers.standard_errors(map_numbers.shown(rows, 1))[0] == pytest.approx(
        1 / 1.645, abs=1e-3
    )


def test_without_margins_only_equal_shown_values_are_tied():
    shown = map_numbers.shown(table([5.04, 5.01, 5.2, None]), 1)
    assert map_numbers.rank(shown, 0) == map_numbers.Rank(place=2, tied=1, ranked=3)
    assert map_numbers.rank(shown, 3) is None
