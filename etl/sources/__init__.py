"""Every data source: a module that transforms its files, beside a .toml that describes it.

A module gives `transform(folder) -> observations`; where its download is more than the [[file]]
tables of its .toml, also `extract(folder, download)`; where the measures depend on what a person
asked the publisher for, also `measures_found(folder)`. See docs/adding.md.
"""

import importlib
import pkgutil
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import ModuleType

import pandas as pd

from equity.errors import Problem

SOURCE_IDS = sorted(module.name for module in pkgutil.iter_modules(__path__))

SOURCE_WORDS = ("title", "publisher", "url", "licence", "citation", "terms", "about", "get_it")

# What a [[measure]] says when it says nothing; every other column of the table must be given.
MEASURE_DEFAULTS = {
    "prefix": "",
    "suffix": "",
    "decimals": 1,
    "scale": None,
    "minimum": None,
    "maximum": None,
    "adjustment": "not applicable",
    "periods_note": "",
    "terms": "",
    "may_rank": True,
    "model_inputs": [],
    "topics": [],
    "one_level": False,
}
MEASURE_WORDS = (
    "measure_id",
    "concept",
    "title",
    "short_title",
    "meaning",
    "unit",
    "better",
    "domain",
    "population",
    "made",
    "periods",
    "caution",
    "grade_rule",
    *MEASURE_DEFAULTS,
)


def module_of(source_id: str) -> ModuleType:
    """Import a source's module."""
    return importlib.import_module(f"{__name__}.{source_id}")


@cache
def describe(source_id: str) -> dict:
    """Give what a source's .toml says of it, its files and its measures; nobody may change it."""
    return tomllib.loads((Path(__file__).parent / f"{source_id}.toml").read_text("utf-8"))


def source_row(source_id: str) -> dict:
    """Give the row of the table `source`."""
    words = describe(source_id)
    return {"source_id": source_id} | {word: words[word] for word in SOURCE_WORDS}


def measure_table(source_id: str, folders: Iterable[Path] = ()) -> pd.DataFrame:
    """Give the rows of the table `measure` that a source's .toml describes.

    With the source's folders also those its module finds in the files there; of two with one
    measure_id the later counts.
    """
    words = describe(source_id)
    described = [*words["measure"], *measures_in(source_id, folders)]
    rows = [
        measure_row(source_id, measure, terms=words["terms"])
        for measure in {measure["measure_id"]: measure for measure in described}.values()
    ]
    return pd.DataFrame(rows)


def measures_in(source_id: str, folders: Iterable[Path]) -> list[dict]:
    """Give the measures that a source's module finds in its files, where it has a say in them."""
    return [
        measure
        for folder in folders
        if (find := getattr(module_of(source_id), "measures_found", None))
        for measure in find(folder)
    ]


def measure_row(source_id: str, measure: dict, *, terms: str) -> dict:
    """Give one row of the table `measure` with its defaults; raise Problem for a wrong key."""
    row = MEASURE_DEFAULTS | {"concept": measure["measure_id"]} | measure
    if unknown := set(row) ^ set(MEASURE_WORDS):
        raise Problem(f"{source_id}.toml, {row['measure_id']}: check the keys {sorted(unknown)}.")
    return row | {"source_id": source_id, "terms": row["terms"] or terms}
