"""Answers typed the way people type them, and the errors that wrong ones look like."""

import pytest

from equity.errors import Problem
from teaching import blocks
from teaching.keys import Number, Order, Verdict
from teaching.marking import (
    ERRORS_SAID,
    Marked,
    mark_number,
    mark_order,
    mark_verdict,
    typed_number,
)

KEY = Number(12.4, 0.5, 1, "", "%")
PLAIN = blocks.Exercise("", 1, {"id": "a", "type": "number", "ask": "?"})


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12.4", 12.4), ("12.4%", 12.4), (" 12,4 % ", 12.4), ("$41,200", 41200), ("41200 dollars", 41200),
     ("about 1.6 times", 1.6), ("-4.1", -4.1), ("\N{MINUS SIGN}4.1 points", -4.1), ("1,234,567.5", 1234567.5),
     (12.4, 12.4), ("+3", 3)],
)  # fmt: skip
def test_reads_a_number_as_people_type_it(typed, number):
    assert typed_number(typed) == number


@pytest.mark.parametrize("typed", ["", "many", "%", "12.4.5.6", None, True])
def test_what_is_no_number_is_asked_for_again(typed):
    with pytest.raises(Problem, match="number"):
        typed_number(typed)


@pytest.mark.parametrize("typed", ["12.4", "12", "12.9%", "11.9"])
def test_within_the_margin_is_right(typed):
    assert mark_number(KEY, typed, PLAIN, None).right is True


@pytest.mark.parametrize("typed", ["13", "11.8", "0"])
def test_beyond_the_margin_is_not(typed):
    assert mark_number(KEY, typed, PLAIN, None).right is False


def test_the_other_way_round_names_the_reference_group():
    assert mark_number(KEY, "-12.4", PLAIN, None).error == "wrong reference group"


@pytest.mark.parametrize(
    ("verdict", "answer", "right", "error"),
    [("higher", "higher", True, ""),
     ("higher", "can't tell", False, "overlapping intervals"),
     ("higher", "lower", False, "wrong reference group"),
     ("can't tell", "higher", False, "small-county extremes"),
     ("can't tell", "can't tell", True, "")],
)  # fmt: skip
def test_a_verdict_names_the_test_and_the_error(verdict, answer, right, error):
    marked = mark_verdict(Verdict(verdict, "more than chance", 0.0004), answer, PLAIN, None)
    assert (marked.right, marked.error) == (right, error)
    assert "p below 0.001" in marked.feedback


@pytest.mark.parametrize(
    ("answer", "right"),
    [(["a", "b", "c"], True), (["b", "a", "c"], True), (["a", "c", "b"], False)],
)
def test_an_order_is_right_where_a_tie_allows_it(answer, right):
    assert mark_order(Order((("a", "b"), ("c",))), answer, PLAIN, None).right is right


def test_an_order_that_leaves_one_out_is_asked_for_again():
    with pytest.raises(Problem, match="each once"):
        mark_order(Order((("a", "b"), ("c",))), ["a", "a", "c"], PLAIN, None)


def test_every_named_error_has_its_feedback():
    assert set(ERRORS_SAID) == set(blocks.ERRORS)
    assert Marked(None, "").error == ""
