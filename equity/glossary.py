"""The glossary: plain words for every term on screen, and a search that forgives."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz

WORDS = Path(__file__).parent / "glossary.toml"
# Of 100: below it a misspelt word is taken for another word.
CLOSE_ENOUGH = 78


@dataclass(frozen=True)
class Entry:
    """One term, other words for it, and what it means."""

    term: str
    also: tuple[str, ...]
    meaning: str

    def closeness(self, asked: str) -> float:
        """Give how well a search fits, 0 to 100: names count more than words of the meaning."""
        names = [name.casefold() for name in (self.term, *self.also)]
        if any(name.startswith(asked) for name in names):
            return 100
        if any(asked in name for name in names):
            return 95
        if asked in self.meaning.casefold():
            return 90
        return max(fuzz.ratio(asked, name) for name in names)


@cache
def entries() -> tuple[Entry, ...]:
    """Give every entry in alphabetical order."""
    read = tomllib.loads(WORDS.read_text("utf-8"))
    found = [Entry(term, tuple(words["also"]), words["meaning"]) for term, words in read.items()]
    return tuple(sorted(found, key=lambda entry: entry.term.casefold()))


def search(asked: str) -> list[Entry]:
    """Give the entries that fit a search, best first; all of them when nothing is asked."""
    wanted = asked.strip().casefold()
    if not wanted:
        return list(entries())
    fitting = [entry for entry in entries() if entry.closeness(wanted) >= CLOSE_ENOUGH]
    return sorted(fitting, key=lambda entry: -entry.closeness(wanted))
