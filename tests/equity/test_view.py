"""A view and its address say the same; an address that is none is a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity.errors import Problem
from equity.view import LESSON, LONGEST_ADDRESS, View, from_address, from_words

CODE = st.from_regex(r"[A-Za-z0-9_+.]{1,12}", fullmatch=True)
CODES = st.lists(CODE, max_size=6).map(tuple)
NAMES = CODE.filter(lambda name: name not in {"kind", "measures", "places", "groups", "period"})
TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20)
VIEWS = st.builds(
    View,
    kind=st.from_regex(r"[a-z_]{1,12}", fullmatch=True),
    measures=CODES,
    places=CODES,
    period=st.sampled_from(["", "2019", "2015-2019", "2025-Q1", "2024-02..2025-01"]),
    groups=CODES,
    options=st.dictionaries(NAMES, TEXT, max_size=3).map(lambda said: tuple(sorted(said.items()))),
)


@given(VIEWS)
def test_an_address_opens_the_same_view(view):
    assert from_address(view.address()) == view


@given(VIEWS)
def test_equal_questions_have_one_address(view):
    assert View(**vars(view)).address() == view.address()
    assert hash(from_address(view.address())) == hash(view)


@given(st.text(max_size=60).filter(lambda text: "kind" not in text))
def test_a_text_that_names_no_kind_is_a_sentence(text):
    with pytest.raises(Problem, match="no kind"):
        from_address(text)


def test_lists_stand_with_commas_that_a_person_can_read():
    view = View("compare", ("acs_poverty",), ("06037", "06", "US"), period="2015-2019")
    assert view.address() == "kind=compare&measures=acs_poverty&places=06037,06,US&period=2015-2019"


def test_an_endless_address_is_refused():
    with pytest.raises(Problem, match="longer than 4,000"):
        from_address("kind=compare&places=" + "06037," * (LONGEST_ADDRESS // 6))


@pytest.mark.parametrize("said", [{}, {"kind": ""}, {"kind": "../map"}, {"kind": "a b"}])
def test_a_view_without_a_kind_is_a_sentence(said):
    with pytest.raises(Problem, match="no kind"):
        from_words(said)


def test_an_option_is_added_and_taken_away():
    view = View("compare").having(**{LESSON: "what not to do"})
    assert view.is_lesson
    assert view.having(**{LESSON: ""}) == View("compare")
