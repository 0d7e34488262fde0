"""The profile of one community: every measure beside its state and the nation, with what differs."""

from collections.abc import Callable

import pandas as pd

from equity import profile_words, profiles, standing_out, words
from equity.answers import Column, Reading, Table
from equity.charts import Chart
from equity.comparability import Act
from equity.errors import Problem
from equity.profiles import NATION, STATE, Line, Profile
from equity.view import Ask, View

ACTS: frozenset[Act] = frozenset({"sets places side by side"})
AREAS = "Numbers about places do not tell us about each person there."


def ask(view: View, ask: Ask) -> Profile:
    """Give the profile of a view's one place; raise Problem where these data hold no number for it."""
    if len(view.places) != 1:
        raise Problem("Choose one place to see its profile.")
    place = ask("place", place=view.places[0]).iloc[0]
    found = profiles.of_place(place, ask)
    if not found.lines:
        raise Problem(f"These data hold no number for {place['title']}.")
    return found


def read(found: Profile) -> Reading:
    """Say who lives here, what stands out, how each domain compares with the nation, and what is missing."""
    strengths, concerns = standing_out.chosen(found)
    stands_out = [one.finding for one in (*strengths, *concerns)]
    sentences = (
        profile_words.lead(found),
        *stands_out,
        *domains(found),
        *profile_words.missing(found),
        AREAS,
    )
    summary = profile_words.stands_out(len(strengths), len(concerns))
    return Reading(
        title=f"{profile_words.name_of(found)}: {summary}",
        subtitle=f"{found.place['title']}: {words.counted(len(found.lines), 'number')} beside the state and the nation",
        sentences=tuple(sentences),
        alt=f"A table of {words.counted(len(found.lines), 'number')} of {found.place['title']}.",
    )


def domains(found: Profile) -> list[str]:
    """Say of each domain on how many measures the place differs from the nation."""
    if found.place["level"] == "nation":
        return []
    said = []
    for name in dict.fromkeys(line.measure["domain"] for line in found.lines):
        lines = [line for line in found.lines if line.measure["domain"] == name]
        finding = profile_words.domain_finding(lines, NATION, "the nation")
        if finding:
            said.append(f"{words.capital(name)}: {finding}.")
    return said


def tabulate(found: Profile) -> Table:
    """Give a row a measure: value, interval and grade here, the state's and the nation's, what differs."""
    cells: dict[str, Callable[[Line], object]] = {
        "title": lambda line: line.title,
        "years": lambda line: words.period(line.period),
        "shown": lambda line: profile_words.value_or_status(line.here, line.measure),
        "interval": lambda line: profile_words.interval(line.here, line.measure),
        "trust": lambda line: profile_words.grade(line.here),
        "state": lambda line: elsewhere(line, STATE),
        "against_state": lambda line: against(line, STATE),
        "nation": lambda line: elsewhere(line, NATION),
        "against_nation": lambda line: against(line, NATION),
        "measure_id": lambda line: line.measure.name,
        "value": lambda line: line.here.value,
        "low": lambda line: line.here.low,
        "high": lambda line: line.here.high,
    }
    frame = pd.DataFrame(
        {name: [give(line) for line in found.lines] for name, give in cells.items()}
    )
    columns = (
        Column("title", "Measure"),
        Column("years", "Years"),
        Column("shown", "Here"),
        Column("interval", "Interval"),
        Column("trust", "Trust"),
        Column("state", "State"),
        Column("against_state", "Against the state"),
        Column("nation", "Nation"),
        Column("against_nation", "Against the nation"),
    )
    return Table(frame, columns)


def elsewhere(line: Line, where: str) -> str:
    """Give another place's value with its unit; "" where it may not be compared or has none."""
    other = line.others.get(where)
    return "" if other is None or other.value is None else words.amount(other.value, line.measure)


def against(line: Line, where: str) -> str:
    """Give the verdict against another place, with better or worse where a direction is good."""
    return profile_words.verdict_and_side(line, where) if where in line.verdicts else ""


def sources(found: Profile) -> tuple[str, ...]:
    """Give who published the numbers, each once."""
    return tuple(dict.fromkeys(line.measure["citation"] for line in found.lines))


def draw(found: Profile) -> tuple[Chart, ...]:
    """Draw nothing: a profile is read as a table."""
    return ()
