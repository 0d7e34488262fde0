"""The glossary can be read, searched, and uses the words the app uses."""

import pytest

from equity import glossary, reliability


@pytest.mark.parametrize(
    ("asked", "term"),
    [
        ("suppressed", "Suppressed"),
        ("withheld", "Suppressed"),
        ("Margin of error", "Interval"),
        ("confidence intervall", "Interval"),
        ("supressed", "Suppressed"),
        ("fips", "FIPS code"),
        (" ACS ", "American Community Survey"),
    ],
)
def test_search_finds_a_term_by_its_name_other_names_and_misspelt(asked, term):
    assert glossary.search(asked)[0].term == term


def test_search_for_nothing_gives_everything_in_order():
    terms = [entry.term for entry in glossary.search("")]
    assert terms == sorted(terms, key=str.casefold)
    assert len(terms) == len(set(terms)) == len(glossary.entries())


def test_search_for_nonsense_gives_nothing():
    assert glossary.search("xyzzy quux") == []


def test_every_grade_and_every_status_that_is_no_plain_number_is_explained():
    named = {name for entry in glossary.entries() for name in (entry.term.lower(), *entry.also)}
    grades = {
        reliability.SOLID,
        reliability.CARE,
        reliability.SHAKY,
        reliability.NO_MARGIN,
    }
    assert grades | {"suppressed", "unreliable", "not collected", "not published"} <= named


def test_every_meaning_is_a_sentence():
    for entry in glossary.entries():
        assert entry.meaning.endswith(".")
        assert len(entry.meaning) > 40
