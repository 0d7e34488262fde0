"""Numbers as a careful author writes them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
import pandas as pd

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
MINUS = "\N{MINUS SIGN}"


def number(value: float, *, decimals: int, prefix: str = "", suffix: str = "") -> str:
    """Write a number with its unit: "$41,200", "14.9%", a true minus sign, never "-0"."""
    text = f"{abs(value):,.{decimals}f}"
    negative = value < 0 and float(text.replace(",", "")) != 0
    return f"{MINUS if negative else ''}{prefix}{text}{suffix}"


def as_printed(values: np.ndarray, decimals: int) -> np.ndarray:
    """Give numbers rounded as `number` writes them; missing ones stay missing.

    numpy multiplies before it rounds: its 13.35 becomes 13.4, where every text says 13.3.
    """
    return np.array(
        [round(value, decimals) for value in values.astype(float).tolist()], dtype=float
    )


def counted(count: int, noun: str) -> str:
    """Write how many there are of a thing: "one county", "14 counties", "3,142 counties"."""
    amount = SMALL[count] if count <= 10 else f"{count:,}"
    return f"{amount} {noun if count == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """Give the plural of a noun: counties, measures, census areas."""
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "ch", "sh", "x")) else f"{noun}s"


def listed(items: Sequence[str]) -> str:
    """Write a list in a sentence: "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def capital(sentence: str) -> str:
    """Give a sentence with a capital letter first, the rest untouched."""
    return sentence[:1].upper() + sentence[1:]


def quoted(name: str) -> str:
    """Write a name in quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{name}\N{RIGHT DOUBLE QUOTATION MARK}"


def day(when: datetime) -> str:
    """Write a day: "3 May 2025"."""
    return f"{when.day} {when:%B %Y}"


def counted_people(count: float) -> str:
    """Write a number of people: "one person", "10,039,107 people"."""
    return "one person" if round(count) == 1 else f"{count:,.0f} people"


def amount(value: float, measure: Mapping[str, object]) -> str:
    """Write a value of a measure (a row of the table `measure`) with its unit."""
    return number(
        value,
        decimals=int(measure["decimals"]),
        prefix=measure["prefix"],
        suffix=measure["suffix"],
    )


def period(text: str) -> str:
    """Write a period: "2015–2019", "February 2024 to January 2025", "2025, 4th quarter"."""
    if "-Q" in text:
        year, quarter = text.split("-Q")
        return f"{year}, {('1st', '2nd', '3rd', '4th')[int(quarter) - 1]} quarter"
    if ".." in text:
        first, last = (pd.Timestamp(month) for month in text.split(".."))
        return f"{first:%B %Y} to {last:%B %Y}"
    return text.replace("-", "\N{EN DASH}")
