"""Keys computed from the data by a fixed set of functions, with the tolerance the data's own margins give."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from equity import differences, words
from equity.differences import Measured
from equity.errors import Problem
from equity.profiles import Cell, Line
from teaching.community import WHERE, Community
from teaching.placeholders import Call

# A value read off a chart or rounded by hand may be this many of its last shown digits away.
READING_STEPS = 1.0
# Two numbers may be subtracted or divided where these are alike.
UNIT = ("prefix", "suffix")


@dataclass(frozen=True)
class Number:
    """A key that is a number: what an answer may differ by, how it is printed, what it rests on.

    tolerance is the larger of the margin of error (1.96 standard errors, at most a tenth of the value)
    and the precision to which the value is shown.
    """

    value: float
    tolerance: float
    decimals: int
    prefix: str
    suffix: str
    rests_on: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        """The key as it is printed."""
        return words.number(
            self.value, decimals=self.decimals, prefix=self.prefix, suffix=self.suffix
        )


@dataclass(frozen=True)
class Verdict:
    """A key that is a verdict: higher, lower, same, can't tell, with the test that gave it."""

    verdict: str
    test: str
    p: float | None
    rests_on: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Order:
    """A key that is an order, highest first: names in tiers; those of one tier cannot be told apart."""

    tiers: tuple[tuple[str, ...], ...]
    rests_on: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Members:
    """A key that any one of a set of places fulfils."""

    place_ids: frozenset[str]
    rests_on: tuple[Line, ...] = ()


Key = Number | Verdict | Order | Members
Function = Callable[[Community, list], Key]


def key(call: Call, community: Community) -> Key:
    """Compute a key for a community.

    Raises Problem, in a sentence, for an unknown function, a wrong number of words, or a number that is
    not there: such an exercise is flagged, never faked.
    """
    if call.function not in FUNCTIONS:
        raise Problem(f"There is no key {call.function}(); there are {', '.join(FUNCTIONS)}.")
    fewest, most, function = FUNCTIONS[call.function]
    if not fewest <= len(call.given) <= most:
        raise Problem(f"{call.function}() takes from {fewest} to {most} words.")
    return function(community, list(call.given))


def cell_of(community: Community, name: object, where: object = "") -> tuple[Line, Cell]:
    """Give a short name's line and its cell here or elsewhere; raise Problem where there is no number."""
    line = community.line(str(name))
    if not where:
        return line, line.here
    if where not in WHERE:
        raise Problem(f"A key knows us, state and peers, not {str(where)[:40]!r}.")
    cell = line.others.get(WHERE[str(where)], Cell(None))
    if cell.value is None:
        raise Problem(f"{line.title} has no number for {where} to compare with.")
    return line, cell


def shown(value: float, line: Line) -> float:
    """Give a value as it is shown: a student works with what is on the screen."""
    return round(value, int(line.measure["decimals"]))


def margin(cell: Cell) -> float:
    """Give 1.96 standard errors, at most a tenth of the value; 0 where no margin is published."""
    error = cell.measured.standard_error
    return 0.0 if error is None else min(1.96 * error, abs(cell.value) / 10)


def number(value: float, line: Line, tolerance: float, **printed: object) -> Number:
    """Give a key in a measure's unit; a step of the last digit is always allowed."""
    style = {
        "decimals": int(line.measure["decimals"]),
        "prefix": line.measure["prefix"],
        "suffix": line.measure["suffix"],
    } | printed
    step = READING_STEPS * 10.0 ** -int(style["decimals"])
    return Number(value, max(tolerance, step), rests_on=(line,), **style)


def value_of(community: Community, given: list) -> Number:
    """value(name) or value(name, us): the number itself."""
    line, cell = cell_of(community, *given)
    return number(shown(cell.value, line), line, margin(cell))


def sides(community: Community, given: list) -> tuple[Line, Cell, Line, Cell]:
    """Give both sides of a difference: a short name here, and there (us) or another short name (a group).

    Raises Problem for two numbers that are not in one unit.
    """
    line, one = cell_of(community, given[0])
    if str(given[1]) not in community.lines:
        return line, one, *cell_of(community, *given)
    other, there = cell_of(community, given[1])
    units = [tuple(each.measure[word] for word in UNIT) for each in (line, other)]
    if units[0] != units[1]:
        raise Problem(f"{line.title} and {other.title} are not in one unit.")
    return line, one, other, there


def difference(community: Community, given: list) -> Number:
    """difference(name, us): here minus there, in the measure's unit (points for a percentage)."""
    line, one, _, other = sides(community, given)
    tolerance = min(margin(one) + margin(other), abs(one.value - other.value) / 4)
    gap = shown(one.value, line) - shown(other.value, line)
    points = {"suffix": " percentage points"} if line.measure["suffix"] == "%" else {}
    return number(gap, line, tolerance, **points)


def ratio(community: Community, given: list) -> Number:
    """ratio(name, us) or ratio(name, other name): the first divided by the second, as both are shown."""
    line, one, below, other = sides(community, given)
    if not shown(other.value, below):
        raise Problem(f"{below.title}: a ratio to 0 is not a number.")
    found = shown(one.value, line) / shown(other.value, below)
    spread = math.hypot(margin(one) / one.value, margin(other) / other.value) if one.value else 0
    return number(found, line, abs(found) * min(spread, 0.1), decimals=2, prefix="", suffix="")


def share_of_people(community: Community, given: list) -> Number:
    """share_of_people(name): how many people a percentage means here, of those it was asked of."""
    line, _ = cell_of(community, given[0])
    if line.measure["scale"] != 100:
        raise Problem(f"{line.title} is no percentage. For a rate, the key is events(...).")
    return replace(events_of(line), suffix=" people")


def events(community: Community, given: list) -> Number:
    """events(name): how many people, births or deaths a percentage or a rate means here."""
    line, _ = cell_of(community, given[0])
    return events_of(line)


def events_of(line: Line) -> Number:
    """Give how many people or events lie behind a line's value here: value x denominator / scale."""
    scale, people = scale_and_people(line)
    found = line.here.value * people / scale
    step = 0.5 * 10.0 ** -int(line.measure["decimals"]) * people / scale
    tolerance = max(margin(line.here) * people / scale, step, 0.02 * abs(found))
    return number(found, line, tolerance, decimals=0, prefix="", suffix="")


def below_the_line(line: Line) -> Number:
    """Give of how many people (or households) a line's value is a share or a rate."""
    _, people = scale_and_people(line)
    return number(people, line, 0.02 * people, decimals=0, prefix="", suffix="")


def scale_and_people(line: Line) -> tuple[float, float]:
    """Give per how many a value is said, and of how many; raise Problem where the source does not say."""
    scale, people = line.measure["scale"], line.here.denominator
    if line.here.value is None or scale is None or scale != scale or not people:
        raise Problem(f"{line.title} does not say of how many people it is a share.")
    return float(scale), people


def one_more(community: Community, given: list) -> Number:
    """one_more(name): the rate here had there been one event more; shows what one person does to it."""
    line, cell = cell_of(community, given[0])
    scale, people = scale_and_people(line)
    return number(shown(cell.value + scale / people, line), line, 0.0)


def times(community: Community, given: list) -> Number:
    """times(name, 52): the number here so many times, as a year of weekly pay."""
    line, cell = cell_of(community, given[0])
    if not isinstance(given[1], float):
        raise Problem("times() takes a short name and a number, such as times(wage, 52).")
    found = shown(cell.value, line) * given[1]
    return number(found, line, max(margin(cell) * given[1], 0.01 * abs(found)))


def rank(community: Community, given: list) -> Number:
    """rank(name): in how many of 100 places of its level the number is lower."""
    line, _ = cell_of(community, given[0])
    if line.standing is None:
        raise Problem(f"{line.title} must not be ranked, or there is too little to rank it among.")
    share = 100 * line.standing.lower / max(line.standing.places - 1, 1)
    # As a profile says it: never 0 or 100 of 100, because the place itself is one of them.
    found = min(max(share, 1), 99)
    return number(found, line, 5, decimals=0, prefix="", suffix=" of 100")


def verdict(community: Community, given: list) -> Verdict:
    """verdict(name, us): what the test of the difference says."""
    line, cell = cell_of(community, given[0])
    _, other = cell_of(community, *given)
    test = differences.compare(
        cell.measured, other.measured, decimals=int(line.measure["decimals"])
    )
    if test.verdict in (differences.NO_MARGIN, differences.NO_VALUE):
        raise Problem(f"{line.title}: {test.test}.")
    return Verdict(test.verdict, test.test, test.p, (line,))


def order(community: Community, given: list) -> Order:
    """order(name): here, state, nation and peers from the highest; those a test cannot tell apart share a tier."""
    line, cell = cell_of(community, given[0])
    found = {community.profile.place["full_name"]: cell.measured}
    names = {"state": community.profile.state_name, "us": "United States", "peers": "Mean of peers"}
    for where, name in names.items():
        other = line.others.get(WHERE[where], Cell(None))
        if other.value is not None:
            found[name] = other.measured
    if len(found) < 2:
        raise Problem(f"{line.title} has nothing here to be put in order with.")
    return Order(tiers(found, int(line.measure["decimals"])), (line,))


def tiers(found: dict[str, Measured], decimals: int) -> tuple[tuple[str, ...], ...]:
    """Give names from the highest value; one that cannot be told from the first of a tier joins it."""
    ranked = sorted(found, key=lambda name: -found[name].value)
    tiers: list[list[str]] = []
    for name in ranked:
        first = found[tiers[-1][0]] if tiers else None
        if first and not differences.compare(found[name], first, decimals=decimals).real:
            tiers[-1].append(name)
        else:
            tiers.append([name])
    return tuple(map(tuple, tiers))


# How many words each takes at least and at most, and what computes it.
FUNCTIONS: dict[str, tuple[int, int, Function]] = {
    "value": (1, 2, value_of),
    "difference": (2, 2, difference),
    "ratio": (2, 2, ratio),
    "share_of_people": (1, 1, share_of_people),
    "events": (1, 1, events),
    "one_more": (1, 1, one_more),
    "times": (2, 2, times),
    "rank": (1, 1, rank),
    "verdict": (2, 2, verdict),
    "order": (1, 1, order),
}
