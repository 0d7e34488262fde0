"""Every source is complete: its words, its files, its golden rows and its tests."""

import re

import pytest

from etl import load
from etl.sources import (
    MEASURE_DEFAULTS,
    MEASURE_WORDS,
    SOURCE_IDS,
    SOURCE_WORDS,
    describe,
    measure_table,
    module_of,
)

SHORT = 28
TESTS = load.HOUSE / "tests"
MEASURES = [
    (source_id, measure) for source_id in SOURCE_IDS for measure in describe(source_id)["measure"]
]
each_source = pytest.mark.parametrize("source_id", SOURCE_IDS)
each_measure = pytest.mark.parametrize(
    ("source_id", "measure"), MEASURES, ids=[measure["measure_id"] for _, measure in MEASURES]
)
# What a nurse educator should not have to know; say it in words, or explain it in the same sentence.
JARGON = (
    "prevalence of",
    "FIPS",
    "BRFSS",
    "MRP",
    "RSE",
    "CV",
    "stratifier",
    "denominator",
    "numerator",
    "heteroskedastic",
    "imputed",
    "quantile",
    "ICE",
)


def of_both(named: str) -> list[str]:
    """Give every value of one word of all measures."""
    return [measure[named] for _, measure in MEASURES]


def test_no_two_measures_share_a_short_title():
    titles = [title.lower() for title in of_both("short_title")]
    assert sorted({title for title in titles if titles.count(title) > 1}) == []


def test_short_titles_are_written_out():
    cut = re.compile(r"\b(disab|dis|press|mgmt|pop|hh)\.")
    assert [title for title in of_both("short_title") if cut.search(title)] == []


@each_source
def test_source_has_every_word(source_id):
    words = describe(source_id)
    for word in SOURCE_WORDS:
        assert words[word].strip() == words[word] != "", word
    assert words["url"].startswith("https://")


@each_source
def test_source_has_a_transform(source_id):
    assert callable(module_of(source_id).transform)


@each_source
def test_file_has_an_address_or_steps_by_hand(source_id):
    names = []
    for file in describe(source_id).get("file", []):
        names.append(file["name"])
        assert file["url"].startswith("https://"), file["name"]
        assert not file.get("by_hand") or file["steps"].endswith("."), file["name"]
        assert set(file) <= {"name", "url", "by_hand", "steps", "expects"}, file["name"]
    assert len(names) == len(set(names))


@each_source
def test_source_that_cannot_be_fetched_says_how_to_get_it(source_id):
    words = describe(source_id)
    command = rf"python -m etl (--accept-terms \w+ )?{source_id}\b"
    fetched = [file for file in words.get("file", []) if not file.get("by_hand")]
    if fetched:
        assert re.search(command, words["get_it"])
    else:
        assert len(words["get_it"].split()) > 4


@each_source
def test_source_has_golden_rows_and_a_test(source_id):
    tests = (TESTS / "etl" / f"test_{source_id}.py").read_text("utf-8")
    golden = TESTS / "golden" / source_id
    # Parquet and Excel files cannot be read in a review: their rows stand in the test that writes them.
    written = "to_parquet" in tests or "openpyxl" in tests
    assert written or any(golden.iterdir())


@each_source
def test_every_key_of_a_measure_is_known(source_id):
    assert set(measure_table(source_id)) == {*MEASURE_WORDS, "source_id"}


@pytest.mark.parametrize("named", ["measure_id", "title"])
def test_names_are_unique_across_sources(named):
    names = of_both(named)
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


@each_measure
def test_measure_has_every_word(source_id, measure):
    required = set(MEASURE_WORDS) - set(MEASURE_DEFAULTS) - {"concept"}
    assert required <= set(measure)
    for word in required:
        assert str(measure[word]).strip() == measure[word] != "", word


@each_measure
def test_titles_are_short_and_in_sentence_case(source_id, measure):
    assert len(measure["short_title"]) <= SHORT
    for title in (measure["title"], measure["short_title"]):
        first, *others = re.findall(r"\w+", title)
        assert not first[0].islower(), title
        assert not measure["title"].endswith("."), title
        capitals = [word for word in others if word[0].isupper() and not word.isupper()]
        assert len(capitals) <= 3, title


@each_measure
def test_sentences_end_and_hold_no_jargon(source_id, measure):
    for word in ("meaning", "caution", "periods_note"):
        if sentence := measure.get(word, ""):
            assert sentence[0].isupper() or sentence[0].isdigit(), sentence
            assert sentence.rstrip('")').endswith((".", "?")), sentence
            found = [jargon for jargon in JARGON if re.search(rf"\b{jargon}\b", sentence)]
            assert found == [], sentence


@each_measure
def test_range_of_a_share_is_declared(source_id, measure):
    """Without a range a wrong unit (0.42 for 42 %) would pass every rule."""
    if measure.get("scale") == 100:
        assert measure.get("minimum") is not None
        assert measure.get("maximum") is not None


@each_measure
def test_note_says_why_years_cannot_be_compared(source_id, measure):
    if measure["periods"] in ("not comparable", "overlapping"):
        assert measure.get("periods_note"), measure["measure_id"]
