"""The case format: the same to the byte when written again, and every fault with its line."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teaching import case
from teaching.blocks import Notes
from teaching.faults import Faults
from tests.conftest import HOUSE

POVERTY = (HOUSE / "tests" / "golden" / "case" / "poverty.md").read_text("utf-8")
# What is wrong, how the file is changed to have it, the line, and words of the sentence.
FAULTS = {
    "unknown word of the head": ('licence = "', 'license = "', 6, "unknown word, 'license'"),
    "no title": ('title = "Poverty in one county"\n', "", 1, "The head has no title"),
    "head that is no TOML": ('version = 1\n', "version = \n", 7, "not TOML"),
    "licence we do not know": ("CC-BY-4.0", "All rights", 6, "licence is one of CC-BY-4.0"),
    "too few objectives": ('[[objectives]]\ntext = "Name one strength."\nbloom = "remember"\n', "", 19, "three"),
    "level of Bloom": ('bloom = "analyze"', 'bloom = "ponder"', 19, "remember, understand"),
    "place that is no code": ('place = "42101"', 'place = "Philadelphia"', 12, "place looks like"),
    "minutes that do not add up": ("minutes = 20", "minutes = 25", 8, "the parts add up to 20"),
    "minutes that are none": ("minutes = 12", "minutes = 0", 34, "from 1 to 600"),
    "part without minutes": ('```part\nminutes = 12\naudience = "all"\n```\n', "", 33, "no ```part block"),
    "audience": ('audience = "all"', 'audience = "nobody"', 34, "audience is"),
    "condition": ("verdict us is higher", "is terrible", 58, "is no condition"),
    "unknown placeholder": ("{poverty|us}", "{wealth|us}", 38, "{wealth} is not in the head"),
    "placeholder that is none": ("{poverty|us}", "{poverty|us.upper()}", 38, "is no placeholder"),
    "raw HTML": ("Nationally", "<img src=x onerror=alert(1)>", 38, "Raw HTML"),
    "missing view": ('view = "side"', 'view = "front"', 49, "no view 'front'"),
    "id that stands twice": ('id = "gap"', 'id = "side"', 49, "stands on line 40 already"),
    "key that is code": ("difference(poverty, us)", "__import__('os')", 49, "no place in a key"),
    "exercise of no type": ('type = "number"', 'type = "essay"', 49, "An exercise is one of"),
    "exercise without a key": ('key = "difference(poverty, us)"\n', "", 49, "has no key"),
    "unknown word of an exercise": ("key = ", "eval = 1\nkey = ", 49, "no 'eval'"),
    "block that is no TOML": ('id = "gap"', "id = gap", 50, "not TOML"),
    "block left open": ("Ask what {place} does well.\n```\n", "Ask.\n", 63, "never closed"),
    "view without a kind": ('kind = "compare"\n', "", 40, "has no kind"),
}  # fmt: skip


def test_is_the_same_to_the_byte_when_written_again():
    assert case.read(POVERTY).text == POVERTY


def test_windows_line_ends_are_kept():
    windows = POVERTY.replace("\n", "\r\n")
    assert case.read(windows).text == windows


def test_finds_parts_blocks_and_their_lines():
    found = case.read(POVERTY)
    assert [(part.title, part.minutes, part.audience) for part in found.parts] == [
        ("What is poverty here?", 12, "all"),
        ("For you", 8, "facilitator"),
    ]
    assert found.exercises["gap"].line == 49
    assert found.views["side"].view.places == ("{place}", "US")
    assert [notes.words for notes in found.of(Notes)] == ["Ask what {place} does well.\n"]


@pytest.mark.parametrize("what", FAULTS)
def test_says_the_line_and_what_is_wrong(what):
    old, new, line, why = FAULTS[what]
    assert old in POVERTY
    with pytest.raises(Faults) as found:
        case.read(POVERTY.replace(old, new, 1))
    assert (line, True) in [(fault.line, why in fault.why) for fault in found.value.faults]


@pytest.mark.parametrize(
    "hostile",
    ["x" * 1_000_000, "+++\na = " + "[" * 900_000 + "\n+++\n", "+++\n+++\n" + "{a|" * 300_000,
     "+++\na = " + "[" * 100_000 + "\n+++\n", "+++\n+++\n" + "```view\n" * 20_000],
    ids=["one long line", "nested head", "open braces", "nested head in the limit", "blocks in blocks"],
)  # fmt: skip
def test_a_hostile_file_is_refused_at_once(hostile):
    began = time.process_time()
    with pytest.raises(Faults):
        case.read(hostile)
    # Only to tell a loop that squares from one that does not.
    assert time.process_time() - began < 5


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_is_done_to_a_case_it_is_read_to_the_byte_or_refused(data):
    at = data.draw(st.integers(0, len(POVERTY)))
    cut = data.draw(st.integers(0, 40))
    put = data.draw(
        st.text(max_size=12) | st.sampled_from(["```", "+++\n", "## Part: x\n", "{", "}"])
    )
    changed = POVERTY[:at] + put + POVERTY[at + cut :]
    try:
        found = case.read(changed)
    except Faults:
        return
    assert found.text == changed
