"""The fixed grammar of placeholders, conditions and keys: parsed, checked, never run as code."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from teaching.faults import Fault, Faults

# Words about the community itself.
ALWAYS = ("place", "place_short", "place_id", "state", "peers", "population")
# After the bar: what of a measure is said.
MODIFIERS = (
    "us",
    "state",
    "peers",
    "low",
    "high",
    "rank",
    "sentence",
    "period",
    "grade",
    "title",
    "source",
    "count",
    "of",
)
# After the bar, followed by us, state or peers.
BESIDE = ("verdict", "difference", "ratio")
AGAINST = ("us", "state", "peers")
VERDICTS = ("higher", "lower", "same", "can't tell")
NAME = r"[a-z][a-z0-9_]*"
HOLE = re.compile(r"\{([^{}\n]*)\}")
INSIDE = re.compile(rf"^(?P<name>{NAME})(?:\|(?P<what>{NAME})(?: (?P<against>{NAME}))?)?$")
CONDITION = re.compile(
    rf"^(?P<name>{NAME})(?: verdict (?P<against>{NAME}))? is (?P<not>not )?"
    r"(?P<wanted>higher|lower|same|can't tell|published|missing)$"
)
TOKEN = re.compile(
    rf"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>{NAME})|(?P<text>\"[^\"\n]*\")|(?P<mark>[(),]))"
)
DEEPEST = 8


@dataclass(frozen=True)
class Placeholder:
    """A hole in the text: the word or measure, what of it, and against whom."""

    name: str
    what: str = ""
    against: str = ""


@dataclass(frozen=True)
class Condition:
    """When a part or sentence holds: a measure is published or missing, or its verdict is so."""

    name: str
    against: str
    wanted: str
    negated: bool


@dataclass(frozen=True)
class Call:
    """One call of a key: a function and what it is given."""

    function: str
    given: tuple["Call | str | float", ...]


def placeholder(inside: str, line: int) -> Placeholder:
    """Give what stands between braces; raise Faults where it is none of ours."""
    found = INSIDE.match(inside)
    if not found:
        raise Faults(
            [Fault(line, f"{{{inside[:40]}}} is no placeholder. Example: {{poverty|us}}.")]
        )
    name, what, against = found["name"], found["what"] or "", found["against"] or ""
    if what in BESIDE:
        if against not in AGAINST:
            why = f"{{{inside[:40]}}}: a {what} is against us, state or peers."
            raise Faults([Fault(line, why)])
    elif against or (what and what not in MODIFIERS):
        why = (
            f"{{{inside[:40]}}}: after | stands one of {', '.join(MODIFIERS)}, "
            f"or {', '.join(BESIDE)} with us, state or peers."
        )
        raise Faults([Fault(line, why)])
    if what and name in ALWAYS:
        raise Faults([Fault(line, f"{{{name}}} takes nothing after it.")])
    return Placeholder(name, what, against)


def names_in(text: str, first_line: int) -> Iterator[tuple[int, str]]:
    """Give each placeholder's name with its line."""
    for line, words in enumerate(text.split("\n"), first_line):
        for hole in HOLE.finditer(words):
            yield line, placeholder(hole[1], line).name


def condition(text: str, line: int) -> Condition:
    """Give a condition, such as "poverty verdict us is higher"; raise Faults where it is none of ours."""
    found = CONDITION.match(text)
    if not found:
        why = f'{text[:60]!r} is no condition. Examples: "poverty verdict us is higher", "poverty is published".'
        raise Faults([Fault(line, why)])
    against, wanted = found["against"] or "", found["wanted"]
    if (wanted in VERDICTS) != bool(against) or (against and against not in AGAINST):
        why = f"{text[:60]!r}: higher, lower, same and can't tell need a verdict against us, state or peers."
        raise Faults([Fault(line, why)])
    return Condition(found["name"], against, wanted, bool(found["not"]))


def call(text: str, line: int) -> Call:
    """Give a key's calls, such as ratio(poverty, us); raise Faults where it is none of ours."""
    tokens = list(tokens_of(text, line))
    found, rest = parsed(tokens, line, depth=0)
    if rest or not isinstance(found, Call):
        raise Faults([Fault(line, f"{text[:60]!r} is no key. Example: difference(poverty, us).")])
    return found


def names_of(found: Call) -> Iterator[str]:
    """Give the short names that a key is about."""
    for one in found.given:
        if isinstance(one, Call):
            yield from names_of(one)
        elif isinstance(one, str) and one not in AGAINST:
            yield one


def tokens_of(text: str, line: int) -> Iterator[re.Match]:
    """Cut a key into names, numbers, quoted texts and marks."""
    at = 0
    while text[at:].strip():
        found = TOKEN.match(text, at)
        if not found:
            raise Faults([Fault(line, f"{text[at : at + 20]!r} has no place in a key.")])
        yield found
        at = found.end()


def parsed(
    tokens: list[re.Match], line: int, *, depth: int
) -> tuple[Call | str | float, list[re.Match]]:
    """Give the first call, name or number of the tokens, and the tokens after it."""
    if not tokens or depth > DEEPEST or tokens[0]["mark"]:
        raise Faults([Fault(line, "A key is one call, such as difference(poverty, us).")])
    first, rest = tokens[0], tokens[1:]
    if first["number"]:
        return float(first["number"]), rest
    if first["text"]:
        return first["text"][1:-1], rest
    if not rest or rest[0]["mark"] != "(":
        return first["name"], rest
    given: list[Call | str | float] = []
    mark = "("
    while mark in ("(", ","):
        one, rest = parsed(rest[1:], line, depth=depth + 1)
        given.append(one)
        mark = rest[0]["mark"] if rest else ""
    if mark != ")":
        raise Faults([Fault(line, f"The call {first['name']}( is never closed.")])
    return Call(first["name"], tuple(given)), rest[1:]


def toml_of(text: str, line: int) -> dict[str, object]:
    """Give what the TOML of a fenced block says; errors name the line of the file."""
    inside = "".join(text.splitlines(keepends=True)[1:-1])
    try:
        return tomllib.loads(inside)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        at = line + int(found[1]) if found else line
        raise Faults([Fault(at, f"This block is not TOML: {error}.")]) from error
    except RecursionError as error:
        raise Faults([Fault(line, "This block nests deeper than one ever needs.")]) from error
