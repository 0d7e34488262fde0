"""Numbers are written as a careful author writes them."""

from datetime import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity import words


@pytest.mark.parametrize(
    ("value", "decimals", "prefix", "suffix", "text"),
    [
        (14.94, 1, "", "%", "14.9%"),
        (41200.4, 0, "$", "", "$41,200"),
        (-3.25, 1, "", "", "−3.2"),
        (-0.04, 1, "", "", "0.0"),
        (0, 0, "", "", "0"),
        (10039107, 0, "", "", "10,039,107"),
        (-1200, 0, "$", "", "−$1,200"),
    ],
)
def test_number_is_written_with_its_unit(value, decimals, prefix, suffix, text):
    assert words.number(value, decimals=decimals, prefix=prefix, suffix=suffix) == text


@given(st.floats(-1e12, 1e12), st.integers(0, 4))
def test_a_number_reads_back_and_is_never_minus_zero(value, decimals):
    text = words.number(value, decimals=decimals)
    read = float(text.replace(",", "").replace("−", "-"))
    assert abs(read - value) <= 0.5 * 10**-decimals + abs(value) * 1e-12
    assert not (text.startswith("−") and read == 0)


@pytest.mark.parametrize(
    ("count", "noun", "text"),
    [
        (0, "county", "no counties"),
        (1, "county", "one county"),
        (2, "census area", "two census areas"),
        (14, "measure", "14 measures"),
        (3142, "county", "3,142 counties"),
        (3, "parish", "three parishes"),
    ],
)
def test_small_counts_are_words(count, noun, text):
    assert words.counted(count, noun) == text


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_list_in_a_sentence(items, text):
    assert words.listed(items) == text


def test_day_and_capital():
    assert words.day(datetime(2025, 5, 3)) == "3 May 2025"
    assert words.capital("state of DC") == "State of DC"


def test_numbers_are_rounded_as_they_are_written():
    values = np.array([13.35, 0.125, 2.675, -0.05, 1e6 + 0.25, np.nan])
    for decimals in (0, 1, 2):
        rounded = words.as_printed(values, decimals)
        assert np.isnan(rounded[-1])
        for value, shown in zip(values[:-1], rounded[:-1], strict=True):
            assert f"{value:.{decimals}f}" == f"{shown:.{decimals}f}"
