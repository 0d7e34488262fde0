"""What each measure of inequality is, in plain words, for its card on a page."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Card:
    """A measure in words: what it is, its formula, when it applies, its caution, who defined it."""

    name: str
    plain: str
    formula: str
    applies: str
    caution: str
    reference: str


@cache
def cards() -> dict[str, Card]:
    """Give the cards by code: WHO's measures, then Healthy People's and `rr`, its rate ratio."""
    text = Path(__file__).with_suffix(".toml").read_text("utf-8")
    return {code: Card(**entry) for code, entry in tomllib.loads(text).items()}
