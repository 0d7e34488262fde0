"""Every data source: a module that transforms its files, beside a .toml that describes it.

A module gives `transform(folder) -> observations`; where its download is more than the [[file]]
tables of its .toml, also `extract(folder, download)`. See docs/adding.md.
"""

import importlib
import pkgutil
import tomllib
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


def describe(source_id: str) -> dict:
    """Read what a source's .toml says of it, its files and its measures."""
    return tomllib.loads((Path(__file__).parent / f"{source_id}.toml").read_text("utf-8"))


def source_row(source_id: str) -> dict:
    """Give the row of the table `source`."""
    words = describe(source_id)
    return {"source_id": source_id} | {word: words[word] for word in SOURCE_WORDS}


def measure_table(source_id: str) -> pd.DataFrame:
    """Give the rows of the table `measure` that a source's .toml describes."""
    words = describe(source_id)
    rows = []
    for measure in words["measure"]:
        row = MEASURE_DEFAULTS | {"concept": measure["measure_id"]} | measure
        if unknown := set(row) ^ set(MEASURE_WORDS):
            raise Problem(
                f"{source_id}.toml, {row['measure_id']}: check the keys {sorted(unknown)}."
            )
        rows.append(row | {"source_id": source_id, "terms": row["terms"] or words["terms"]})
    return pd.DataFrame(rows)
