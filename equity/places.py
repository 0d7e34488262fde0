"""Find a place by the name, town, ZIP code or FIPS code that a person types."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import duckdb
from rapidfuzz import process
from rapidfuzz.distance import OSA

from equity import database
from equity.vintages import FORMER_CODES, note

LONGEST_TEXT = 100
# The size of towns in areas whose residents are not counted, as the planning regions in 2019.
PEOPLE_A_ZIP = 8_000
# Fewer letters than this are too many names' beginning.
SHORTEST_BEGINNING = 3
# Share of letters that must agree for a name to count as misspelled.
ALIKE = 0.72
ROOM_FOR_TOWNS = 3

KINDS = (
    "city and borough",
    "consolidated government",
    "census area",
    "planning region",
    "municipality",
    "municipio",
    "county",
    "parish",
    "borough",
    "city",
    "co",
)
LEADING_KINDS = (
    "county of",
    "parish of",
    "municipio de",
    "city of",
    "town of",
    "village of",
    "the",
)
SPELLINGS = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft", "and": "&"}
NATION = ("us", "usa", "united states", "united states of america", "america")

# How well a text fits a name, best first.
FIPS, ZIP, PLACE, TOWN, BEGINNING, SPELLING = range(6)


@dataclass(frozen=True)
class Name:
    """A name of a place: `size` orders places of the same name, largest last."""

    place_id: str
    state: str
    kind: str  # a town, or what kind of county or state
    written: str
    size: tuple[bool, float]


@dataclass(frozen=True)
class Match:
    """A place that fits a text, why, and what to know about its borders."""

    place_id: str
    title: str
    why: str
    note: str
    fit: int
    size: tuple[bool, float]


@dataclass(frozen=True)
class Index:
    """Every name of every place, by its plain spelling; built once a database."""

    titles: dict[str, str]
    notes: dict[str, str]
    names: dict[str, list[Name]]
    padded: list[str]  # the spellings with a space before, to find words that begin with a text
    zips: dict[str, list[str]]
    states: dict[str, str]  # plain name or abbreviation -> abbreviation


@dataclass(frozen=True)
class Reading:
    """One way to read a text: a name, perhaps in a state, perhaps surely of a county."""

    name: str
    state: str | None
    county: bool


def index(connection: duckdb.DuckDBPyConnection) -> Index:
    """Give the index that `find` searches, from the tables `place` and `place_name`."""
    places = list(database.ask(connection, "places_to_find").itertuples())
    population = {place.place_id: float(place.population) for place in places}
    names: dict[str, list[Name]] = defaultdict(list)
    for place in places:
        size = (True, population[place.place_id])
        state = place.state_abbr if isinstance(place.state_abbr, str) else ""
        name = Name(place.place_id, state, place.kind, place.full_name, size)
        for spelling in spellings_of(place.name, place.full_name, place.kind, state):
            names[spelling].append(name)
    for town in database.ask(connection, "towns").itertuples():
        residents = town.zip_share * population[town.place_id] or town.zips * PEOPLE_A_ZIP
        size = (bool(town.own_zip), residents)
        name = Name(town.place_id, town.state_abbr, "town", town.name, size)
        for spelling in town_spellings(town.name):
            names[spelling].append(name)
    zips: dict[str, list[str]] = defaultdict(list)
    for row in database.ask(connection, "zips").itertuples():
        zips[row.zip].append(row.place_id)
    return Index(
        titles={place.place_id: place.title for place in places},
        notes={place.place_id: note(place.place_id) for place in places},
        names=dict(names),
        padded=[f" {spelling}" for spelling in names],
        zips=dict(zips),
        states=state_words(places),
    )


def spellings_of(name: str, full_name: str, kind: str, state: str) -> set[str]:
    """Give the plain spellings under which a county, a state or the nation is found."""
    if kind == "Nation":
        return set(NATION)
    spellings = {plain(name), plain(full_name)}
    if kind == "State" or full_name == "District of Columbia":
        spellings.add(plain(state))
    return spellings


def town_spellings(name: str) -> set[str]:
    """Give the plain spellings of a town: "San Buenaventura (Ventura)" is also Ventura."""
    outside, _, inside = name.partition("(")
    return {plain(part) for part in (name, outside, inside) if plain(part)}


def state_words(places: Iterable) -> dict[str, str]:
    """Give the abbreviation of each state by its plain name and by itself."""
    states = [place for place in places if place.level == "state"]
    return {plain(state.name): state.state_abbr for state in states} | {
        state.state_abbr.lower(): state.state_abbr for state in states
    }


def plain(text: str) -> str:
    """Give a text as it is compared: no accents, case, points or apostrophes; "Saint" is "st"."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = re.sub(r"[^a-z0-9&]+", " ", re.sub(r"[.'’`]", "", letters)).split()
    return " ".join(SPELLINGS.get(word, word) for word in words)


def find(index: Index, text: str, *, limit: int = 8) -> list[Match]:
    """Give the places that fit a text, best first, at most one entry a place.

    A text is a county, state or town (with its state or without), a ZIP code or a FIPS code. Exact
    codes come first, then counties and states of exactly that name, towns of that name (those with
    a ZIP code of their own and the larger first), names that begin so, and names spelled alike.
    """
    text = text[:LONGEST_TEXT]
    code = re.fullmatch(r"\s*(\d{2}|\d{4,5})(?:-\d{4})?\s*", text, re.ASCII)
    found = list(by_code(index, code[1])) if code else []
    if not found:
        found = by_name(index, text)
    return with_room_for_towns(best_of_each(found), limit)


def by_name(index: Index, text: str) -> list[Match]:
    """Give the places that a text names: as it stands, else without its "County", else misspelled.

    As it stands comes first, because "Kansas City" is not the state of Kansas.
    """
    said = list(in_states(index, text))
    bare = [shorter for reading in said for shorter in without_kind(reading)]
    found = all_matches(exact, index, said) or all_matches(exact, index, bare)
    found += all_matches(beginning, index, said + bare)
    of_state = [reading for reading in said + bare if reading.state]
    return (
        found
        or all_matches(alike, index, of_state)
        or all_matches(alike, index, [reading for reading in said + bare if not reading.state])
    )


def all_matches(way: Callable, index: Index, readings: list[Reading]) -> list[Match]:
    """Give the matches of several readings by one way of matching."""
    return [match for reading in readings for match in way(index, reading)]


def by_code(index: Index, digits: str) -> Iterator[Match]:
    """Give the places of a FIPS code or ZIP code; a lost leading zero is put back."""
    code = digits if len(digits) == 2 else digits.zfill(5)
    current, former = FORMER_CODES.get(code, (code, ""))
    if current in index.titles:
        why = f"FIPS code {code}" + (f", {former}" if former else "")
        yield matched(index, current, why, FIPS, (True, 0.0))
    for place_id in index.zips.get(code, []):
        yield matched(index, place_id, f"ZIP code {code}", ZIP, (True, 0.0))


def matched(index: Index, place_id: str, why: str, fit: int, size: tuple[bool, float]) -> Match:
    """Give a match of a place of the index."""
    return Match(place_id, index.titles[place_id], why, index.notes[place_id], fit, size)


def in_states(index: Index, text: str) -> Iterator[Reading]:
    """Give a text as a name alone and, where it ends so, as a name in a state."""
    words = plain(text).split()
    before, comma, after = text.rpartition(",")
    if comma and plain(before) and (state := state_alike(index, plain(after))):
        yield Reading(plain(before), state, county=False)
    if words:
        yield Reading(" ".join(words), None, county=False)
    for length in range(1, min(4, len(words))):
        if state := index.states.get(" ".join(words[-length:])):
            yield Reading(" ".join(words[:-length]), state, county=False)


def without_kind(reading: Reading) -> Iterator[Reading]:
    """Give a reading without "County", "city of" and their like, where it has them."""
    for kind in KINDS:
        if reading.name.endswith(f" {kind}"):
            name = reading.name.removesuffix(f" {kind}")
            yield Reading(name, reading.state, county=kind != "city")
    for kind in LEADING_KINDS:
        if reading.name.startswith(f"{kind} "):
            name = reading.name.removeprefix(f"{kind} ")
            yield Reading(name, reading.state, county=kind in LEADING_KINDS[:3])


def state_alike(index: Index, text: str) -> str | None:
    """Give the abbreviation of the state that a text names, also misspelled."""
    if text in index.states or len(text) < SHORTEST_BEGINNING:
        return index.states.get(text)
    found = process.extractOne(
        text, index.states.keys(), scorer=OSA.normalized_similarity, score_cutoff=ALIKE
    )
    return index.states[found[0]] if found else None


def exact(index: Index, reading: Reading) -> Iterator[Match]:
    """Give the places and towns of exactly this name."""
    for name in fitting(index, reading.name, reading):
        yield match_of(index, name, TOWN if name.kind == "town" else PLACE)


def beginning(index: Index, reading: Reading) -> Iterator[Match]:
    """Give the places and towns of which a word begins with this text."""
    if len(reading.name) < SHORTEST_BEGINNING:
        return
    words = f" {reading.name}"
    for spelling in index.padded:
        if words in spelling and spelling != words:
            for name in fitting(index, spelling[1:], reading):
                yield match_of(index, name, BEGINNING)


def alike(index: Index, reading: Reading) -> Iterator[Match]:
    """Give the places and towns whose names are spelled almost so."""
    if len(reading.name) < SHORTEST_BEGINNING:
        return
    near = process.extract(
        reading.name,
        index.names.keys(),
        scorer=OSA.normalized_similarity,
        score_cutoff=ALIKE,
        limit=None,
    )
    for spelling, likeness, _ in near:
        for name in fitting(index, spelling, reading):
            # Sorted by likeness first; then what is said of size holds within the same likeness.
            yield match_of(index, name, SPELLING, likeness=likeness)


def fitting(index: Index, spelling: str, reading: Reading) -> Iterator[Name]:
    """Give the names of a spelling that agree with a reading's state and kind."""
    for name in index.names.get(spelling, []):
        if reading.state not in (None, name.state):
            continue
        if reading.state and name.kind == "State":
            continue
        if not (reading.county and name.kind in ("town", "State", "Nation")):
            yield name


def match_of(index: Index, name: Name, fit: int, *, likeness: float = 1.0) -> Match:
    """Give the match of a name; fuzzy ones are ordered by likeness, counties a little ahead."""
    town = name.kind == "town"
    why = reason(name, fit)
    size = name.size
    if fit == BEGINNING:
        size = (not town, name.size[1])
    if fit == SPELLING:
        size = (True, round(likeness - 0.05 * town, 2) * 1e9 + name.size[1])
    return matched(index, name.place_id, why, fit, size)


def reason(name: Name, fit: int) -> str:
    """Say why a name fits: "Town of Pine Ridge", "Name of a county", "Spelled like Hidalgo"."""
    if name.kind == "town":
        return (
            f"Spelled like the town of {name.written}"
            if fit == SPELLING
            else f"Town of {name.written}"
        )
    if fit == SPELLING:
        return f"Spelled like {name.written}"
    kind = "county" if name.kind in ("County", "County equivalent") else name.kind.lower()
    return f"Name of {'the' if kind == 'nation' else 'a'} {kind}"


def best_of_each(found: Iterable[Match]) -> list[Match]:
    """Give the best match of each place, best first."""
    best: dict[str, Match] = {}
    for match in sorted(found, key=lambda match: (match.fit, [-part for part in match.size])):
        best.setdefault(match.place_id, match)
    return list(best.values())


def with_room_for_towns(matches: list[Match], limit: int) -> list[Match]:
    """Give the first matches; where 30 counties share a name, still the largest towns of that name."""
    towns = [match for match in matches if match.fit == TOWN][:ROOM_FOR_TOWNS]
    others = [match for match in matches if match not in towns]
    kept = {*others[: limit - len(towns)], *towns}
    return [match for match in matches if match in kept][:limit]


def clear(matches: list[Match]) -> Match | None:
    """Give the one place that was surely meant, or None when a person should choose.

    A FIPS code that is also a ZIP code is taken as the FIPS code; show the other beside it.
    """
    sure = [match for match in matches if match.fit <= TOWN]
    if sure and (len(sure) == 1 or sure[0].fit == FIPS):
        return sure[0]
    return None
