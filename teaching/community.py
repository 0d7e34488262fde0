"""What a case knows of one community: the measure behind each short name, here and elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from equity import profile_words, profiles
from equity.errors import Problem
from equity.profiles import NATION, PEERS, STATE, Line, Profile
from equity.view import Ask

EVERYONE = "everyone"
# The ending of a code that is about the nation, wherever the case is.
IN_NATION = "@US"

WHERE = {"us": NATION, "state": STATE, "peers": PEERS}
WHERE_WORDS = {"us": "the nation", "state": "the state", "peers": "its peers"}


@dataclass(frozen=True, eq=False)
class Community:
    """A community: `lines` by short name, and `absent`: why a short name has no number there.

    in_nation: the short names that are about the nation wherever the case is.
    """

    profile: Profile
    lines: Mapping[str, Line]
    absent: Mapping[str, str]
    in_nation: frozenset[str] = frozenset()

    @property
    def place_id(self) -> str:
        """The code of the place."""
        return self.profile.place["place_id"]

    @property
    def name(self) -> str:
        """The place's full name with its state."""
        return self.profile.place["title"]

    def where(self, name: str) -> str:
        """Give the name of the place that a short name is about."""
        return "the United States" if name in self.in_nation else self.profile.place["full_name"]

    def line(self, name: str) -> Line:
        """Give the line of a short name; raise Problem, saying why, where it has no number here."""
        if name in self.lines:
            return self.lines[name]
        raise Problem(self.absent.get(name, f"This case knows no measure {name!r}."))


def of(needs: Mapping[str, str | Sequence[str]], place_id: str, ask: Ask) -> Community:
    """Give a community with the first measure of each short name that has a number there.

    Raises Problem for a place these data do not know.
    """
    found = ask("place", place=place_id)
    if found.empty:
        raise Problem(f"No place here has the code {place_id[:20]!r}.")
    known = profiles.of_place(found.iloc[0], ask)
    by_measure = {code_of(line.measure.name, line.group): line for line in known.lines}
    by_measure |= lines_of_groups(known, codes_of(needs) - set(by_measure), ask)
    lines, absent, in_nation = {}, {}, set()
    for name, measures in needs.items():
        tried = [measures] if isinstance(measures, str) else list(measures)
        held = [code for code in tried if code in by_measure]
        there = [code for code in held if by_measure[code].here.value is not None]
        if there:
            lines[name] = by_measure[there[0]]
            in_nation |= {name} if there[0].endswith(IN_NATION) else set()
        else:
            absent[name] = why_absent(known, tried, [by_measure[code] for code in held])
    return Community(known, lines, absent, frozenset(in_nation))


def code_of(measure: str, group: str) -> str:
    """Give the code that [needs] has for a measure, or for one people group of it."""
    return measure if group == EVERYONE else f"{measure}/{group}"


def codes_of(needs: Mapping[str, str | Sequence[str]]) -> set[str]:
    """Give every code that [needs] names."""
    return {
        code
        for measures in needs.values()
        for code in ([measures] if isinstance(measures, str) else measures)
    }


def lines_of_groups(known: Profile, codes: set[str], ask: Ask) -> dict[str, Line]:
    """Give the lines that a case needs and a profile does not draw: people groups, here and in the nation.

    They hold one number and nothing beside it: a profile asks for the groups of its own place only.
    """
    found = lone_lines(known.groups, known, codes, ending="")
    if any(code.endswith(IN_NATION) for code in codes):
        rows = ask("profile_values", place="US", places=("US",))
        found |= lone_lines(rows, known, codes, ending=IN_NATION)
    return found


def lone_lines(
    rows: pd.DataFrame, known: Profile, codes: set[str], *, ending: str
) -> dict[str, Line]:
    """Give the lines of those rows that a case needs, each without anything beside it."""
    found = {}
    for row in rows.itertuples():
        code = code_of(row.measure_id, row.people_group) + ending
        if code in codes:
            measure = known.measures[row.measure_id]
            here = profiles.cell(row, measure)
            found[code] = Line(
                measure, row.people_group, row.group_title, row.period, here, {}, {}, None
            )
    return found


def why_absent(known: Profile, tried: list[str], held: list[Line]) -> str:
    """Say why none of the measures tried has a number here."""
    where = known.place["title"]
    if held:
        status = profile_words.STATUSES[held[0].here.status]
        return f"{held[0].title} is {status} for {where}."
    bare = [code.removesuffix(IN_NATION) for code in tried]
    loaded = [code for code in bare if code.split("/")[0] in known.measures]
    if loaded:
        measure, _, group = loaded[0].partition("/")
        of_group = f" for the group {group!r}" if group else ""
        return f"{known.measures[measure]['title']} is not published{of_group} for {where}."
    return f"These data do not hold {tried[0]}. Sources and methods says which download brings it."
