"""Every case that comes with the dashboard is finished, right for its county, and moves to any other."""

import re
from collections import Counter

import pytest

from equity import database
from teaching import case, fill, keys, localise, marking, pins, placeholders
from teaching.blocks import Block, Exercise, Prose, Shown
from teaching.community import of
from tests.conftest import HOUSE

FILES = sorted((HOUSE / "cases").glob("*.md"))
CASES = {file.stem: case.read(file.read_text("utf-8")) for file in FILES}
HEAD = (
    "professions", "domains", "contact_with_community", "harm_notes", "strengths", "debrief", "rubric",
    "before", "after", "references", "competencies", "materials", "prerequisites", "group_size",
)  # fmt: skip
PLACES = {
    "06037": "the largest county",
    "36061": "urban",
    "31005": "a few hundred people",
    "46102": "tribal land",
    "48301": "a hundred people",
    "11001": "a county and a state at once",
    "09110": "new borders in Connecticut",
    "02063": "new borders in Alaska",
    "72001": "Puerto Rico",
    "28055": "rural, groups held back",
}
# What a number that went wrong looks like; "nan" and "inf" as words of their own.
WRONG = re.compile(r"\b(?:nan|inf|None)\b|\[no number here\]")


@pytest.fixture(scope="module")
def ask(starter):
    """Ask the starter database; the same question is answered once, since all cases ask much alike."""
    answered = {}

    def ask(name, **given):
        asked = (name, *sorted(given.items()))
        if asked not in answered:
            answered[asked] = database.ask(starter, name, **given)
        return answered[asked]

    return ask


@pytest.fixture(params=CASES.values(), ids=CASES.keys(), scope="module")
def shipped(request):
    return request.param


def test_there_are_cases_and_no_two_have_one_id():
    assert len(FILES) >= 6
    assert len({one.head["id"] for one in CASES.values()}) == len(FILES)


def test_a_case_is_named_after_its_file_and_the_same_to_the_byte():
    for stem, one in CASES.items():
        assert one.head["id"] == stem
        assert one.text == (HOUSE / "cases" / f"{stem}.md").read_text("utf-8")


def test_cases_differ_in_place_region_profession_and_domain():
    heads = [one.head for one in CASES.values()]
    assert len({head["place"] for head in heads}) == len(heads)
    assert len({word for head in heads for word in head["professions"]}) >= 5
    assert len({word for head in heads for word in head["domains"]}) >= 5


def test_a_case_has_all_that_another_teacher_needs(shipped):
    missing = [name for name in HEAD if not shipped.head.get(name)]
    assert missing == []
    assert len(shipped.head["strengths"]) >= 100
    for_all = [part for part in shipped.parts if part.audience == "all"]
    assert 3 <= len(for_all) <= 7
    guide = [part for part in shipped.parts if part.audience == "facilitator"]
    said = "".join(block.text for part in guide for block in part.blocks)
    for words in ("Likely answers", "Pitfalls", "Debrief", "Without a computer"):
        assert words in said, words


def test_a_case_asks_in_many_ways(shipped):
    kinds = Counter(exercise.said["type"] for exercise in shipped.exercises.values())
    assert sum(kinds.values()) >= 5
    assert len(kinds) >= 4
    assert {"predict", "verdict", "claim"} <= set(kinds)


def test_students_see_every_exercise_and_view(shipped):
    hidden = [
        block.said["id"]
        for part in shipped.parts
        if part.audience == "facilitator"
        for block in part.blocks
        if isinstance(block, Exercise | Shown)
    ]
    assert hidden == []


def test_it_says_that_the_story_is_made_up_and_has_a_sheet_to_fill_in(shipped):
    assert "This story is made up." in shipped.text
    assert re.search(r"^\| (?:Look for|Ask) \|", shipped.text, re.M)


def test_no_number_of_the_county_is_typed_by_hand(shipped, ask):
    """Any number with a decimal, a percent sign or a comma comes from the data, not from a typist."""
    community = of(shipped.head["needs"], shipped.head["place"], ask)
    here = {
        form
        for name in community.lines
        for what in ("", "|us", "|state", "|peers", "|low", "|high")
        for form in [fill.text(f"{{{name}{what}}}", community, safe=str)]
        if re.search(r"\d[.,]\d|\$", form)
    }
    typed = [
        number
        for number in here
        if re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d])", shipped.text)
    ]
    assert typed == []


def test_it_works_whole_in_its_own_county(shipped, ask):
    community = of(shipped.head["needs"], shipped.head["place"], ask)
    assert list(localise.flags(shipped, community, ask)) == []
    keys = {name: localise.keyed(one, community) for name, one in shipped.exercises.items()}
    asked = {
        name for name, one in shipped.exercises.items() if one.said["type"] not in ("open", "claim")
    }
    assert {name for name in asked if not keys[name]} == set()
    assert not [key for key in keys.values() if WRONG.search(key)]


def test_pinned_and_read_again_nothing_has_moved(shipped, ask):
    community = of(shipped.head["needs"], shipped.head["place"], ask)
    assert pins.moved(pins.pinned(shipped, community, ask), community) == []


@pytest.mark.parametrize("place", PLACES, ids=PLACES.values())
def test_it_moves_to_any_county_without_a_hole_that_nobody_flags(shipped, place, ask):
    moved = localise.localise(shipped, place, ask)
    community = of(shipped.head["needs"], place, ask)
    flagged = {flag.line for flag in moved.flags}
    # A part whose condition does not hold is flagged whole, at its heading.
    closed = {block for part in shipped.parts if part.line in flagged for block in part.blocks}
    for block in moved.case.of(Block):
        said = fill.text("\n".join(block.texts), community, safe=str)
        if WRONG.search(said):
            assert block.line in flagged or block in closed, said
    assert all(flag.why.endswith(".") for flag in moved.flags)
    local = [f"Part {part.title}" for part in shipped.parts if part.local]
    assert local
    assert set(local) <= set(moved.to_read)


def test_right_options_stand_anywhere():
    """A case whose right option always stands first is answered without reading."""
    found = {
        [bool(option.get("right")) for option in exercise.said["options"]].index(True)
        for one in CASES.values()
        for exercise in one.exercises.values()
        if exercise.said["type"] == "choice"
    }
    assert found >= {0, 1, 2}


def test_nothing_gives_an_answer_away_before_it_is_asked(shipped, ask):
    community = of(shipped.head["needs"], shipped.head["place"], ask)
    seen = [*shipped.opening]
    for part in shipped.parts:
        students = [block for block in part.blocks if isinstance(block, Prose | Exercise)]
        # A part may be on one screen, so its own prose counts as read.
        seen += [block for block in students if part.audience == "all" and isinstance(block, Prose)]
        read = fill.text("\n".join(block.text for block in seen), community, safe=str)
        for block in students:
            if isinstance(block, Exercise) and block.said["type"] in ("number", "predict"):
                key = localise.keyed(block, community)
                # A key of one digit stands in any text.
                if len(key) > 2:
                    assert not re.search(rf"(?<![\d.,]){re.escape(key)}(?![\d])", read), block.said[
                        "id"
                    ]


def test_answers_typed_as_people_type_them_are_right_and_named_errors_are_named(shipped, ask):
    community = of(shipped.head["needs"], shipped.head["place"], ask)
    for exercise in shipped.exercises.values():
        said = exercise.said
        if said["type"] == "number":
            key = localise.keyed(exercise, community)
            assert marking.mark(exercise, f"about {key}", community).right is True, said["id"]
        for wrong in said.get("errors", []):
            typed = keys.key(placeholders.call(wrong["key"], exercise.line), community).text
            marked = marking.mark(exercise, typed, community)
            assert (marked.right, marked.error) == (False, wrong["error"]), said["id"]
        for at, option in enumerate(said.get("options", [])):
            if not option.get("right"):
                marked = marking.mark(exercise, at, community)
                assert (marked.right, marked.error) == (False, option["error"]), said["id"]
                assert len(marked.feedback) > len("Not yet. Look again."), said["id"]
