"""Fill the placeholders of a case for one community, and say which conditions hold."""

import re
from collections.abc import Callable
from dataclasses import replace

from equity import differences, profile_words, words
from equity.differences import Difference
from equity.errors import Problem
from equity.profiles import Cell, Line
from teaching import keys, placeholders
from teaching.community import WHERE, WHERE_WORDS, Community
from teaching.placeholders import Condition, Placeholder

# Said in place of a number that is not there, so that nothing is faked and nothing vanishes.
ABSENT = "[no number here]"
VERDICTS = {
    differences.HIGHER: "higher than",
    differences.LOWER: "lower than",
    differences.SAME: "the same as",
    differences.CANT_TELL: "not clearly different from",
}
# Said after the words for the other place, where no test was made.
UNTESTED = {
    differences.NO_MARGIN: "with no margin published to test the difference",
    differences.NO_VALUE: "with nothing here to compare",
}


def text(markdown: str, community: Community, *, safe: Callable[[str], str]) -> str:
    """Give Markdown with its placeholders filled; what is put in is made safe for where it goes."""
    return placeholders.HOLE.sub(
        lambda hole: safe(value(placeholders.placeholder(hole[1], 1), community)), markdown
    )


def value(asked: Placeholder, community: Community) -> str:
    """Give the words of one placeholder; ABSENT where the community has no such number."""
    if asked.name in placeholders.ALWAYS:
        return about(asked.name, community)
    if asked.name not in community.lines:
        return ABSENT
    line = community.lines[asked.name]
    if asked.what == "verdict":
        return verdict(line, asked.against)
    if asked.what in placeholders.BESIDE:
        return beside(asked, community)
    if asked.what == "sentence":
        return sentence(line, community.where(asked.name))
    return WHATS[asked.what](line, community)


def about(name: str, community: Community) -> str:
    """Give a word about the community itself."""
    if name == "place":
        return community.name
    if name == "place_short":
        return profile_words.name_of(community.profile)
    if name == "state":
        return community.profile.state_name or "the United States"
    if name == "peers":
        # Each title has a comma of its own: "Todd County, South Dakota".
        return "; ".join(peer.title for peer in community.profile.peers.peers) or ABSENT
    if name == "population":
        people = profile_words.population(community.profile)
        return ABSENT if people is None else f"{people:,.0f}"
    return community.place_id


def here(line: Line) -> str:
    """Give the value here."""
    return words.amount(line.here.value, line.measure)


def elsewhere(where: str) -> Callable[[Line, Community], str]:
    """Give the function that says the value of the state, the nation or the peers."""

    def said(line: Line, community: Community) -> str:
        cell = line.others.get(WHERE[where], Cell(None))
        return ABSENT if cell.value is None else words.amount(cell.value, line.measure)

    return said


def end(name: str) -> Callable[[Line, Community], str]:
    """Give the function that says an end of the interval."""

    def said(line: Line, community: Community) -> str:
        found = getattr(line.here, name)
        return ABSENT if found is None else words.amount(found, line.measure)

    return said


def rank(line: Line, community: Community) -> str:
    """Say where the value stands among all places."""
    if line.standing is None:
        return ABSENT
    nouns = profile_words.places_like(community.profile.place)
    return profile_words.among(line.standing, nouns)


def verdict(line: Line, against: str) -> str:
    """Say what the test against the state, nation or peers gave: "higher than the nation"."""
    found, where = test_of(line, against).verdict, WHERE_WORDS[against]
    if found in UNTESTED:
        return f"not tested against {where}, {UNTESTED[found]}"
    return f"{VERDICTS[found]} {where}"


def beside(asked: Placeholder, community: Community) -> str:
    """Say how far apart two values are: "10.9 percentage points above the nation", "1.8 times the nation's"."""
    compute = keys.difference if asked.what == "difference" else keys.ratio
    try:
        found = compute(community, [asked.name, asked.against])
    except Problem:
        return ABSENT
    where = WHERE_WORDS[asked.against]
    if asked.what == "ratio":
        ending = "'" if where.endswith("s") else "'s"
        return f"{found.text} times {where}{ending}"
    way = "above" if found.value > 0 else "below"
    return (
        f"{replace(found, value=abs(found.value)).text} {way} {where}"
        if found.value
        else f"as in {where}"
    )


def counted(compute: Callable[[Line], keys.Number]) -> Callable[[Line, Community], str]:
    """Give the function that says a whole number that a key computes of a line's own cell."""

    def said(line: Line, community: Community) -> str:
        try:
            return f"{compute(line).value:,.0f}"
        except Problem:
            return ABSENT

    return said


def test_of(line: Line, against: str) -> Difference:
    """Give the test of a line against the state, the nation or the peers."""
    none = Difference(differences.NO_VALUE, "one of the two has no number")
    return line.verdicts.get(WHERE[against], none)


def sentence(line: Line, where: str) -> str:
    """Give one sentence: the measure, where and when, its value, interval and grade, and the nation."""
    interval = profile_words.interval(line.here, line.measure)
    sure = ", ".join(filter(None, (here(line), interval, line.here.grade)))
    said = f"{line.title}, {where}, {words.period(line.period)}: {sure}{nation(line)}"
    return f"{said}."


def nation(line: Line) -> str:
    """Say the nation's value and how the test against it came out; empty where there is none."""
    other = line.others.get(WHERE["us"], Cell(None))
    if other.value is None:
        return ""
    value = words.amount(other.value, line.measure)
    test = test_of(line, "us").verdict
    if test in UNTESTED:
        return f"; {value} in the nation, {UNTESTED[test]}"
    return f"; {verdict(line, 'us')} ({value})"


WHATS: dict[str, Callable[[Line, Community], str]] = {
    "": lambda line, community: here(line),
    "us": elsewhere("us"),
    "state": elsewhere("state"),
    "peers": elsewhere("peers"),
    "low": end("low"),
    "high": end("high"),
    "rank": rank,
    "period": lambda line, community: words.period(line.period),
    "grade": lambda line, community: line.here.grade,
    "title": lambda line, community: line.title,
    "source": lambda line, community: line.measure["publisher"],
    "count": counted(keys.events_of),
    "of": counted(keys.below_the_line),
}


def holds(asked: Condition, community: Community) -> bool:
    """Say whether a condition holds in a community; what has no number there has no verdict."""
    if asked.wanted in ("published", "missing"):
        found = (asked.name in community.lines) == (asked.wanted == "published")
    else:
        line = community.lines.get(asked.name)
        found = line is not None and test_of(line, asked.against).verdict == asked.wanted
    return found != asked.negated


def missing_in(markdown: str, community: Community) -> list[str]:
    """Give why placeholders of a text have no number in a community, each reason once."""
    reasons = []
    for hole in placeholders.HOLE.finditer(markdown):
        asked = placeholders.placeholder(hole[1], 1)
        if asked.name in placeholders.ALWAYS or value(asked, community) != ABSENT:
            continue
        reasons.append(why(asked, community))
    return list(dict.fromkeys(reasons))


def why(asked: Placeholder, community: Community) -> str:
    """Say why a placeholder has no number."""
    try:
        line = community.line(asked.name)
    except Problem as problem:
        return str(problem)
    what = {"us": "for the nation", "state": "for the state", "peers": "for the peers"}
    said = what.get(asked.what, f"for its {asked.what}")
    return f"{line.title}: no number {said}."


def plain(markdown: str) -> str:
    """Give a filled word that no renderer of Markdown may take for markup."""
    return re.sub(r"([\\`*_{}\[\]<>#$~|])", r"\\\1", markdown)
