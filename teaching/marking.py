"""Mark an answer against its key: right within the data's own margin, or which reasoning error it looks like."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from equity import differences
from equity.errors import Problem
from teaching import keys, placeholders
from teaching.blocks import Exercise
from teaching.community import Community
from teaching.fill import holds
from teaching.keys import Key, Members, Number, Order, Verdict

LONGEST_ANSWER = 5_000
# A number as people type it: signs, thousands, a decimal point or comma, a unit before or after.
TYPED = re.compile(r"[-+\N{MINUS SIGN}\N{EN DASH}]?\s*\$?\s*(\d[\d,. ]*\d|\d)")
UNMARKED = ("predict", "claim", "open")
ERRORS_SAID = {
    "ecological fallacy": "This reads a number about a place as if it were about each person there.",
    "overlapping intervals": "Intervals that overlap do not show that two numbers are alike. Test the difference.",
    "suppressed read as zero": "A number that is held back is not zero. It is small, and we do not know it.",
    "count read as rate": "This is how many people, not how many of each 100. Look at the unit.",
    "crude against age-adjusted": "One of the two is adjusted for age and the other is not.",
    "relative without absolute": "This is how many times as high, not how many points higher. Look at both.",
    "denominators that differ": "The two numbers do not count the same people below the line.",
    "modelled read as observed": "This number comes from a model. Nobody was counted here.",
    "trend across a break": "What is measured changed in between, so the two years cannot be compared.",
    "small-county extremes": "Where few people live, chance alone moves a rate far up or down.",
    "map area read as people": "A large area on the map may hold few people.",
    "correlation read as cause": "Two things go together here. That does not show that one causes the other.",
    "overlapping groups summed": "These groups share people, so adding them counts some people twice.",
    "wrong reference group": "Look again at whom this is compared with, and in which direction.",
}  # fmt: skip


@dataclass(frozen=True)
class Marked:
    """What an answer got: right (None where nothing is marked), what to say, and the error it looks like."""

    right: bool | None
    feedback: str
    error: str = ""


def mark(exercise: Exercise, answer: object, community: Community) -> Marked:
    """Mark an answer: a text, a number, an option's position, or a list of them.

    Raises Problem where the answer cannot be read, or where the exercise has no key in this community.
    """
    said = exercise.said
    if isinstance(answer, str) and len(answer) > LONGEST_ANSWER:
        raise Problem(f"An answer has at most {LONGEST_ANSWER:,} characters.")
    if said["type"] in UNMARKED:
        return Marked(None, str(said.get("feedback", "")))
    if said["type"] in ("choice", "several"):
        return mark_options(exercise, answer, community)
    key = key_of(exercise, community)
    return MARKERS[type(key)](key, answer, exercise, community)


def key_of(exercise: Exercise, community: Community) -> Key:
    """Give an exercise's key in a community."""
    return keys.key(placeholders.call(str(exercise.said["key"]), exercise.line), community)


def typed_number(answer: object) -> float:
    """Give the number that somebody typed: "24.3%", "24,3", "$41,200", "about 1.6 times"; raise Problem for none."""
    if isinstance(answer, int | float) and not isinstance(answer, bool):
        return float(answer)
    found = TYPED.search(str(answer))
    if not found:
        raise Problem("Type a number, such as 12.5.")
    digits = found[1].replace(" ", "")
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", digits):
        digits = digits.replace(",", "")
    elif digits.count(",") == 1 and "." not in digits:
        digits = digits.replace(",", ".")
    try:
        number = float(digits.replace(",", ""))
    except ValueError:
        raise Problem("Type one number, such as 12.5.") from None
    sign = found[0].strip()[:1]
    return -number if sign in "-\N{MINUS SIGN}\N{EN DASH}" else number


def mark_number(key: Number, answer: object, exercise: Exercise, community: Community) -> Marked:
    """Mark a number: within the tolerance it is right; else the named wrong answers are looked through."""
    number = typed_number(answer)
    if fits(number, key):
        return Marked(True, f"Yes: {key.text}. {exercise.said.get('feedback', '')}".strip())
    wrong = named_error(number, exercise, community)
    error = str(wrong.get("error", ""))
    if not error and key.value and fits(-number, key):
        error = "wrong reference group"
    hint = wrong.get("feedback") or ERRORS_SAID.get(
        error, "Look again at the numbers, their unit and whom they are compared with."
    )
    return Marked(False, f"Not yet. {hint}", error)


def fits(number: float, key: Number) -> bool:
    """Say whether a number is within a key's tolerance; a hair more, for numbers at its very edge."""
    return abs(number - key.value) <= key.tolerance * (1 + 1e-9)


def named_error(number: float, exercise: Exercise, community: Community) -> Mapping[str, object]:
    """Give the one of an exercise's errors whose own key a wrong number fits; empty where none does."""
    for wrong in exercise.said.get("errors", []):
        try:
            key = keys.key(placeholders.call(wrong["key"], exercise.line), community)
        except Problem:
            continue  # what cannot be computed here cannot be what somebody computed
        if isinstance(key, Number) and fits(number, key):
            return wrong
    return {}


def mark_verdict(key: Verdict, answer: object, exercise: Exercise, community: Community) -> Marked:
    """Mark a verdict: higher, lower, same or can't tell; feedback names the test."""
    p = "" if key.p is None else f", p {'below 0.001' if key.p < 0.001 else f'= {key.p:.3f}'}"
    test = f"The test of the difference: {key.test}{p}."
    if answer == key.verdict:
        return Marked(True, f"Yes: {key.verdict}. {test}")
    if key.verdict == differences.CANT_TELL:
        why = "The two values differ, but the difference is within what chance can do."
        return Marked(False, f"Not yet. {why} {test}", "small-county extremes")
    if answer == differences.CANT_TELL:
        return Marked(
            False,
            f"Not yet. {ERRORS_SAID['overlapping intervals']} {test}",
            "overlapping intervals",
        )
    return Marked(
        False, f"Not yet. {ERRORS_SAID['wrong reference group']} {test}", "wrong reference group"
    )


def mark_order(key: Order, answer: object, exercise: Exercise, community: Community) -> Marked:
    """Mark an order, highest first: any order inside a tier is right."""
    if not isinstance(answer, Sequence) or sorted(answer) != sorted(sum(key.tiers, ())):
        raise Problem("Put all of them in order, each once.")
    left = list(answer)
    for tier in key.tiers:
        first, left = left[: len(tier)], left[len(tier) :]
        if set(first) != set(tier):
            return Marked(
                False, "Not yet. Look again at which value is higher.", "wrong reference group"
            )
    ties = [" and ".join(tier) for tier in key.tiers if len(tier) > 1]
    tied = (
        f" The data cannot tell {'; '.join(ties)} apart, so either order is right." if ties else ""
    )
    return Marked(True, f"Yes.{tied}")


def mark_member(key: Members, answer: object, exercise: Exercise, community: Community) -> Marked:
    """Mark a place picked on the map."""
    if answer in key.place_ids:
        return Marked(True, f"Yes. {len(key.place_ids):,} places fit; this is one.")
    return Marked(False, "Not yet. This place does not fit. Look at the legend and try another.")


MARKERS = {
    Number: mark_number,
    Verdict: mark_verdict,
    Order: mark_order,
    Members: mark_member,
}


def right_options(exercise: Exercise, community: Community) -> list[int]:
    """Give the positions of the right options: those said to be right, or whose condition holds here."""
    right = []
    for at, option in enumerate(exercise.said["options"]):
        said = option.get("right", False)
        if isinstance(said, str):
            said = holds(placeholders.condition(said, exercise.line), community)
        if said:
            right.append(at)
    if exercise.said["type"] == "choice" and len(right) != 1:
        raise Problem("This question has no single right answer for this community.")
    return right


def mark_options(exercise: Exercise, answer: object, community: Community) -> Marked:
    """Mark a choice of one or several options; a wrong one says its own feedback or its error's."""
    options: Sequence[Mapping[str, object]] = exercise.said["options"]
    chosen = (
        [answer] if isinstance(answer, int) else list(answer if isinstance(answer, list) else [])
    )
    if not chosen or any(type(at) is not int or not 0 <= at < len(options) for at in chosen):
        raise Problem("Choose one of the options.")
    right = right_options(exercise, community)
    if sorted(set(chosen)) == right:
        return Marked(
            True, f"Yes. {options[right[0]].get('feedback', '') if right else ''}".strip()
        )
    wrong = next((options[at] for at in chosen if at not in right), None)
    if wrong is None:
        return Marked(False, "Not yet. These are right; there is at least one more.")
    error = str(wrong.get("error", ""))
    hint = wrong.get("feedback") or ERRORS_SAID.get(error, "Look again.")
    return Marked(False, f"Not yet. {hint}", error)
