"""One answer's words with names put aside, and the numbers that its tables hold."""

# A form of words stands on one line, however long.
# ruff: noqa: E501

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from equity import words
from equity.answers import Answer
from equity.view import Ask

NUMBER = r"−?\$?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?"
DIRECTIONS = re.compile(
    r"\b(higher|lower|more|fewer|less|least|above|below|rose|fell|rises|falls|smaller|larger|widened|narrowed|"
    r"worse|better|highest|lowest|largest|smallest|best|worst|inside|outside|tied|farthest|high|low|differs?|"
    r"the same|got|hardly)\b",
    re.IGNORECASE,
)
TOKEN = re.compile(r"⟦[^⟧]*⟧")
# What a sentence never holds, whatever it is about.
NEVER = {
    "no number": re.compile(r"\b(nan|None|NaN|inf|NaT|<NA>)\b"),
    "minus nothing": re.compile(r"[-−]\$?0(\.0+)?(?![\d.,])"),
    "two spaces": re.compile(r"  "),
    "an empty bracket": re.compile(r"\(\s*\)"),
    "a point too many": re.compile(r"(?<!\.)\.\.(?!\.)|\s[.,;]"),
    "one of many": re.compile(
        r"(?<![\d,.])1 (counties|places|others|pairs|groups|years)\b|\bone (counties|places|pairs|measures)\b"
    ),
    "times nothing": re.compile(r"\b0\.0 times\b"),
}


@dataclass(frozen=True)
class Claim:
    """A form of words that says something of numbers, and whether it holds."""

    pattern: re.Pattern
    holds: Callable[["Said", re.Match], bool]


@dataclass(eq=False)
class Said:
    """An answer, how to ask more, and what is wrong with its words so far."""

    answer: Answer
    ask: Ask
    names: dict[str, str]
    wrong: list[str] = field(default_factory=list)
    numbers: int = 0
    directions: int = 0

    @property
    def table(self) -> pd.DataFrame:
        """The numbers that are drawn."""
        return self.answer.table.frame

    @property
    def measure(self) -> pd.Series:
        """The first measure's row."""
        measures = self.ask("measures").set_index("measure_id", drop=False)
        return measures.loc[self.answer.view.measures[0]]

    def texts(self) -> list[tuple[str, str]]:
        """Give each text of the reading with the part of it that it is."""
        reading = self.answer.reading
        parts = [("title", reading.title), ("subtitle", reading.subtitle), ("alt", reading.alt)]
        parts += [("sentence", sentence) for sentence in reading.sentences]
        return [*parts, ("banner", reading.banner)] if reading.banner else parts


def number(text: str) -> float:
    """Give the number that a text writes."""
    return float(text.replace("−", "-").replace(",", "").replace("$", "").strip("% "))


def writes(text: str, value: float) -> bool:
    """Say whether a text writes a value, rounded to the decimals it shows."""
    decimals = len(text.strip("%").partition(".")[2])
    return abs(number(text) - value) <= 0.5000001 * 10**-decimals + 1e-9


def counted(text: str) -> int:
    """Give the number that a count in words or figures writes."""
    if text.lower() in words.SMALL:
        return words.SMALL.index(text.lower())
    return int(number(text))


def put_aside(text: str, names: dict[str, str]) -> str:
    """Give a text with every known name replaced by a token, the longest names first."""
    for name in sorted(names, key=len, reverse=True):
        if name in text or words.capital(name) in text:
            first = (
                f"[{re.escape(name[0])}{re.escape(name[0].upper())}]"
                if name[0].isalpha()
                else re.escape(name[0])
            )
            text = re.sub(
                rf"(?<![\w⟦]){first}{re.escape(name[1:])}(?!\w)(?![^⟦]*⟧)", f"⟦{names[name]}⟧", text
            )
    return text


def cells(answer: Answer) -> set[float]:
    """Give every number that the tables print, and its size."""
    found: set[float] = set()
    for table in (answer.table, *answer.more):
        text = " ".join(table.printed().astype(str).to_numpy().ravel())
        found |= {number(one) for one in re.findall(NUMBER, text)}
    return found | {abs(one) for one in found}


def check(said: Said, claims: tuple[Claim, ...], silent: tuple[str, ...]) -> None:
    """Hold every text of an answer against the claims; note what is wrong.

    silent: forms of words that say how something is done, not what was found.
    """
    check_clean(said)
    held = cells(said.answer)
    for part, text in said.texts():
        rest = put_aside(text, said.names)
        rest = claimed(said, rest, claims, part)
        for phrase in silent:
            rest = re.sub(phrase, " ", rest)
        unmatched(said, TOKEN.sub(" ", rest), held, f"{part}: {text}")


def check_clean(said: Said) -> None:
    """Note what no text may hold: no number, a bare code, two spaces, nothing at all."""
    for part, text in said.texts():
        for why, never in NEVER.items():
            if never.search(text):
                said.wrong.append(f"{part}: {why}: {text}")
        if not text.strip() and part != "subtitle":
            said.wrong.append(f"{part}: nothing is said")
        if codes := bare_codes(said, text):
            said.wrong.append(f"{part}: a bare code {codes}: {text}")


def bare_codes(said: Said, text: str) -> list[str]:
    """Give codes of measures, places and groups that stand in a text."""
    view = said.answer.view
    places = [place for place in view.places if place.isdigit() and len(place) == 5]
    codes = [*said.ask("measures")["measure_id"], *places]
    found = set(re.findall(r"[\w+]+", text))
    return [code for code in codes if code in found] + re.findall(r"\b[a-z]+_nh\b", text)


def claimed(said: Said, text: str, claims: tuple[Claim, ...], part: str) -> str:
    """Give a text without what the claims cover; note those that do not hold."""
    for claim in claims:
        for match in list(claim.pattern.finditer(text)):
            said.numbers += len(re.findall(NUMBER, TOKEN.sub(" ", match[0])))
            said.directions += len(DIRECTIONS.findall(TOKEN.sub(" ", match[0])))
            try:
                holds = claim.holds(said, match)
            except (KeyError, IndexError, ValueError) as error:
                said.wrong.append(f"{part}: cannot be looked up ({error!r}): {match[0]}")
                continue
            if not holds:
                said.wrong.append(f"{part}: does not hold: {match[0]}")
        text = claim.pattern.sub(" ", text)
    return text


def unmatched(said: Said, rest: str, held: set[float], where: str) -> None:
    """Note the numbers that stand in no table and the directions that no claim covers."""
    for one in re.findall(NUMBER, rest):
        said.numbers += 1
        if number(one) not in held and not in_small_table(said, one):
            said.wrong.append(f"the number {one} stands in no table: {where}")
    for word in DIRECTIONS.findall(rest):
        said.wrong.append(f"nothing covers the word {word!r}: {where}")


def in_small_table(said: Said, text: str) -> bool:
    """Say whether a number is one of a small table's, rounded further; in a large one nearly any number would be."""
    frame = said.table.select_dtypes("number")
    return len(frame) <= 60 and any(
        writes(text, value) for value in frame.to_numpy().ravel() if value == value
    )
