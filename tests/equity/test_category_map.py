"""Counties in categories, packed for the map."""

import numpy as np
import pandas as pd

from equity import category_map, map_numbers
from equity.category_map import Category, Fact, Side, Square

TWO = (
    Category("low poverty", "Low", "#cccccc", "#333333"),
    Category("high poverty", "High", "#0b5c8a", "#56b4e9"),
)


def counties(categories: list[float], statuses: list[str], grades: list[str | None]):
    return pd.DataFrame({"category": categories, "status": statuses, "grade": grades})


def unpacked(packed: dict) -> list[int]:
    """The numbers of a packed text, by the definition in map_numbers."""
    width, base = packed["width"], map_numbers.BASE
    digits = [map_numbers.ALPHABET.index(mark) for mark in packed["text"]]
    groups = [digits[at : at + width] for at in range(0, len(digits), width)]
    return [
        packed["offset"] + sum(digit * base**power for power, digit in enumerate(reversed(group)))
        for group in groups
    ]


def test_a_category_and_a_grade_share_a_number_and_below_them_stand_the_reasons():
    table = counties(
        [0, 1, 1, np.nan],
        ["reported", "reported", "reported", "suppressed"],
        ["solid", "solid", "too shaky to compare", None],
    )
    numbers = category_map.numbers(
        table, TWO, title="Poverty", legend_title="Class", legend_note=""
    )
    assert unpacked(numbers["values"]) == [0, 4, 6, -4]
    assert numbers["breaks"] == [0]
    assert numbers["categories"] == ["low poverty", "high poverty"]


def test_the_first_category_may_be_empty():
    table = counties([1, 1], ["reported"] * 2, ["solid"] * 2)
    numbers = category_map.numbers(
        table, TWO, title="Poverty", legend_title="Class", legend_note=""
    )
    assert unpacked(numbers["values"]) == [4, 4]
    assert numbers["values"]["offset"] == 0


def test_a_fact_without_a_number_is_one_step_below_the_lowest():
    fact = Fact("Net migration", np.array([-12.34, np.nan, 3.0]), decimals=1)
    packed = fact.packed()
    assert unpacked(packed["numbers"]) == [-123, -124, 30]
    assert packed["numbers"]["offset"] == -124


def test_a_square_names_both_measures():
    side = Side("Poverty", (("low", "up to 11%"), ("high", "over 11%")))
    square = Square(across=side, down=Side("Deaths", (("low", "up to 9"), ("high", "over 9"))))
    assert square.packed()["down"]["title"] == "Deaths"
    assert square.packed()["across"]["labels"][1] == ("high", "over 11%")
