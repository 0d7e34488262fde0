"""The blocks of a part: prose, views, exercises and notes, each with its own text and line."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from equity.errors import Problem
from equity.view import View, from_words
from teaching import placeholders
from teaching.faults import Fault, Faults

HTML = re.compile(r"<(?:[a-zA-Z/!?])")
NAME = re.compile(rf"^{placeholders.NAME}$")
TYPES = ("number", "choice", "several", "verdict", "order", "pick", "predict", "claim", "open")
# What an exercise of each type must have besides id, type and ask.
NEEDS = {
    "number": ("key",),
    "choice": ("options",),
    "several": ("options",),
    "verdict": ("key",),
    "order": ("key",),
    "pick": ("key",),
    "predict": ("key",),
    "claim": ("rubric",),
    "open": ("model_answer",),
}
EXERCISE_WORDS = (
    "id", "type", "ask", "key", "view", "options", "unit", "hints", "points", "tolerance", "rubric",
    "model_answer", "feedback", "errors", "minutes",
)  # fmt: skip
ERROR_WORDS = ("error", "key", "feedback")
OPTION_WORDS = ("text", "right", "error", "feedback", "key")
VIEW_WORDS = ("id", "caption", "reveal", "predict", "address")
ERRORS = (
    "ecological fallacy",
    "overlapping intervals",
    "suppressed read as zero",
    "count read as rate",
    "crude against age-adjusted",
    "relative without absolute",
    "denominators that differ",
    "modelled read as observed",
    "trend across a break",
    "small-county extremes",
    "map area read as people",
    "correlation read as cause",
    "overlapping groups summed",
    "wrong reference group",
)


@dataclass(frozen=True)
class Block:
    """A piece of a part, its text as it stands in the file."""

    text: str
    line: int
    said: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text in it that may hold placeholders."""
        return (self.text,)


class Prose(Block):
    """Markdown for everyone."""


class Notes(Block):
    """Markdown for the facilitator only."""

    @property
    def words(self) -> str:
        """The notes without their fence."""
        return "".join(self.text.splitlines(keepends=True)[1:-1])


class Shown(Block):
    """A view: `said` has its id, caption, reveal steps and whether to predict first."""

    @property
    def texts(self) -> tuple[str, ...]:
        """Its caption; the rest is the view's own words."""
        return (str(self.said.get("caption", "")),)

    @property
    def view(self) -> View:
        """The question it asks; its community may be {place}."""
        return view_of(self.said, self.line)


class Exercise(Block):
    """An exercise: `said` has its id, type, what it asks, its key and its feedback."""

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text of its TOML, whose tables may have braces of their own."""
        return tuple(texts_in(self.said))

    @property
    def calls(self) -> tuple[str, ...]:
        """Its key, and the keys of the wrong answers it names."""
        found = [self.said.get("key"), *(wrong["key"] for wrong in self.said.get("errors", []))]
        return tuple(str(one) for one in found if one)

    @property
    def conditions(self) -> tuple[str, ...]:
        """The conditions on which its options are right."""
        found = [option.get("right") for option in self.said.get("options", [])]
        return tuple(one for one in found if isinstance(one, str))


def texts_in(value: object) -> Iterator[str]:
    """Give every text in a table, list or text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)


def block_of(kind: str, text: str, line: int) -> Block:
    """Give a block of a kind, checked; raise Faults with the line."""
    return MAKERS[kind](text, line)


def prose(text: str, line: int) -> Prose:
    """Give Markdown without raw HTML."""
    no_html(text, line)
    return Prose(text, line)


def notes(text: str, line: int) -> Notes:
    """Give the facilitator's notes, without raw HTML."""
    no_html(text, line)
    return Notes(text, line)


def no_html(text: str, line: int) -> None:
    """Raise Faults where Markdown holds a raw HTML tag."""
    for at, words in enumerate(text.split("\n"), line):
        if found := HTML.search(words):
            why = f"Raw HTML is not allowed here ({words[found.start() : found.start() + 20]!r})."
            raise Faults([Fault(at, why)])


def shown(text: str, line: int) -> Shown:
    """Give a view block."""
    said = placeholders.toml_of(text, line)
    required(said, ("id", "kind"), "view", line)
    view_of(said, line)
    return Shown(text, line, said)


def view_of(said: Mapping[str, object], line: int) -> View:
    """Give the view that a block describes: lists of texts, texts, and the kind's own options."""
    words = {}
    for name, value in said.items():
        if name in VIEW_WORDS:
            continue
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            words[name] = ",".join(value)
        elif isinstance(value, str):
            words[name] = value
        else:
            raise Faults([Fault(line, f"{name} of a view is a text or a list of texts.")])
    try:
        return from_words(words)
    except Problem as problem:
        raise Faults([Fault(line, str(problem))]) from problem


def exercise(text: str, line: int) -> Exercise:
    """Give an exercise block, its words checked."""
    said = placeholders.toml_of(text, line)
    required(said, ("id", "type", "ask"), "exercise", line)
    if said["type"] not in TYPES:
        raise Faults([Fault(line, f"An exercise is one of {', '.join(TYPES)}.")])
    required(said, NEEDS[said["type"]], f"exercise of type {said['type']}", line)
    if unknown := set(said) - set(EXERCISE_WORDS):
        raise Faults([Fault(line, f"An exercise has no {sorted(unknown)[0]!r}.")])
    for name in ("ask", "model_answer"):
        no_html(str(said.get(name, "")), line)
    if "key" in said:
        placeholders.call(str(said["key"]), line)
    for option in listed(said, "options", line):
        option_fits(option, line)
    for wrong in listed(said, "errors", line):
        error_fits(wrong, line)
    if said["type"] == "choice":
        one_right(said["options"], line)
    return Exercise(text, line, said)


def required(said: Mapping[str, object], names: tuple[str, ...], what: str, line: int) -> None:
    """Raise Faults where a block lacks a word or its id is no name."""
    for name in names:
        if not said.get(name):
            raise Faults([Fault(line, f"This {what} has no {name}.")])
    if "id" in said and not (isinstance(said["id"], str) and NAME.match(said["id"])):
        raise Faults([Fault(line, "An id has small letters, digits and _ only.")])


def listed(said: Mapping[str, object], name: str, line: int) -> list:
    """Give a list of an exercise; raise Faults where it is none."""
    found = said.get(name, [])
    if not isinstance(found, list):
        raise Faults([Fault(line, f"{name} is a list ([[{name}]]).")])
    return found


def error_fits(wrong: object, line: int) -> None:
    """Raise Faults where a wrong answer that an exercise names has not its error and its key."""
    if not isinstance(wrong, dict) or not {"error", "key"} <= set(wrong) <= set(ERROR_WORDS):
        why = "Each of errors has an error and a key; it may have a feedback, and no more."
        raise Faults([Fault(line, why)])
    if wrong["error"] not in ERRORS:
        raise Faults([Fault(line, f"{wrong['error']!r} is no reasoning error we name.")])
    placeholders.call(str(wrong["key"]), line)


def option_fits(option: object, line: int) -> None:
    """Raise Faults where an option of a choice is not as it should be."""
    if not isinstance(option, dict) or "text" not in option:
        raise Faults([Fault(line, "Each of options has a text.")])
    if unknown := set(option) - set(OPTION_WORDS):
        raise Faults([Fault(line, f"An option has no {sorted(unknown)[0]!r}.")])
    if "error" in option and option["error"] not in ERRORS:
        raise Faults([Fault(line, f"{option['error']!r} is no reasoning error we name.")])
    if "right" in option and isinstance(option["right"], str):
        placeholders.condition(option["right"], line)
    no_html(str(option["text"]), line)


def one_right(options: list[dict], line: int) -> None:
    """Raise Faults where a choice cannot have one right option."""
    fixed = [option.get("right") is True for option in options]
    if not any(option.get("right") for option in options) or sum(fixed) > 1:
        raise Faults([Fault(line, "A choice has one right option (right = true, or a condition).")])


MAKERS: dict[str, Callable[[str, int], Block]] = {
    "prose": prose,
    "notes": notes,
    "view": shown,
    "exercise": exercise,
}
