"""What a case knows of one community: the measure behind each short name, here and elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from equity import profile_words, profiles
from equity.errors import Problem
from equity.profiles import NATION, PEERS, STATE, Line, Profile
from equity.view import Ask

WHERE = {"us": NATION, "state": STATE, "peers": PEERS}
WHERE_WORDS = {"us": "the nation", "state": "the state", "peers": "its peers"}


@dataclass(frozen=True, eq=False)
class Community:
    """A community: `lines` by short name, and `absent`: why a short name has no number there."""

    profile: Profile
    lines: Mapping[str, Line]
    absent: Mapping[str, str]

    @property
    def place_id(self) -> str:
        """The code of the place."""
        return self.profile.place["place_id"]

    @property
    def name(self) -> str:
        """The place's full name with its state."""
        return self.profile.place["title"]

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
    by_measure = {line.measure.name: line for line in known.lines if line.group == "everyone"}
    lines, absent = {}, {}
    for name, measures in needs.items():
        tried = [measures] if isinstance(measures, str) else list(measures)
        held = [by_measure[code] for code in tried if code in by_measure]
        there = [line for line in held if line.here.value is not None]
        if there:
            lines[name] = there[0]
        else:
            absent[name] = why_absent(known, tried, held)
    return Community(known, lines, absent)


def why_absent(known: Profile, tried: list[str], held: list[Line]) -> str:
    """Say why none of the measures tried has a number here."""
    where = known.place["title"]
    if held:
        status = profile_words.STATUSES[held[0].here.status]
        return f"{held[0].title} is {status} for {where}."
    loaded = [code for code in tried if code in known.measures]
    if loaded:
        return f"{known.measures[loaded[0]]['title']} is not published for {where}."
    return f"These data do not hold {tried[0]}. Sources and methods says which download brings it."
