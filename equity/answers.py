"""Answer a view: ask, judge whether it may be shown, read and draw it. The folder views/ is the list of kinds."""

import importlib
import pkgutil
from dataclasses import dataclass, field, replace
from functools import cache
from types import ModuleType

import pandas as pd

from equity import comparability, comparison_rules, views, words
from equity.charts import Chart, CountyMap
from equity.comparability import Breach, Verdict
from equity.errors import Problem, Refused
from equity.view import Ask, View


@dataclass(frozen=True)
class Column:
    """How a column of numbers is printed; without decimals it holds words."""

    name: str
    title: str
    decimals: int | None = None
    prefix: str = ""
    suffix: str = ""

    def text(self, value: object) -> str:
        """Write one cell; empty where there is no number."""
        if self.decimals is None:
            return "" if value is None or value != value else str(value)
        if pd.isna(value):
            return ""
        return words.number(
            float(value), decimals=self.decimals, prefix=self.prefix, suffix=self.suffix
        )


@dataclass(frozen=True, eq=False)
class Table:
    """The numbers of an answer, unrounded, and how each column is printed."""

    frame: pd.DataFrame
    columns: tuple[Column, ...]
    title: str = ""

    def printed(self) -> pd.DataFrame:
        """Give the table as it is shown: text in every cell, titles as headings."""
        return pd.DataFrame(
            {one.title: [one.text(value) for value in self.frame[one.name]] for one in self.columns}
        )


@dataclass(frozen=True)
class Reading:
    """An answer in words. title says the finding, subtitle what is shown; banner what must not be missed."""

    title: str
    subtitle: str
    sentences: tuple[str, ...]
    alt: str
    banner: str = ""


@dataclass(frozen=True, eq=False)
class Answer:
    """What a view gives, the same on a page, a slide and a sheet of paper.

    table holds the numbers that are drawn; more are tables to be read in the open, each with its title.
    """

    view: View
    verdict: Verdict
    reading: Reading
    table: Table | None = None
    charts: tuple[Chart | CountyMap, ...] = ()
    sources: tuple[str, ...] = field(default=())
    more: tuple[Table, ...] = ()

    @property
    def shown(self) -> bool:
        """Whether there are numbers to show."""
        return self.table is not None


@cache
def kinds() -> tuple[str, ...]:
    """Give the kinds of view: the modules of equity/views."""
    return tuple(module.name for module in pkgutil.iter_modules(views.__path__))


def kind_of(view: View) -> ModuleType:
    """Give the module of a view's kind: ACTS, ask, read, tabulate, draw; raise Problem for an unknown one."""
    if view.kind not in kinds():
        raise Problem(f"There is no view of the kind {view.kind[:60]!r}.")
    return importlib.import_module(f"equity.views.{view.kind}")


def answer(view: View, ask: Ask) -> Answer:
    """Answer a view; one that may not be shown carries its verdict and no number.

    Raises Problem, in a sentence, for what the data do not hold. A refused view that is opened as a lesson
    is answered with the warning in its words and burned into its charts.
    """
    kind = kind_of(view)
    known = comparability.facts(view, kind.ACTS, ask)
    verdict = comparison_rules.may_compare(view, known)
    if verdict.refused and not view.is_lesson:
        return refused(view, verdict)
    try:
        found = kind.ask(view, ask)
    except Refused as error:
        breach = Breach(error.rule, "refused", error.why, error.instead, lesson=False)
        return refused(view, Verdict((breach, *verdict.breaches)))
    return Answer(
        view=view,
        verdict=verdict,
        reading=warned(kind.read(found), verdict),
        table=kind.tabulate(found),
        charts=tuple(replace(chart, warning=verdict.warning) for chart in kind.draw(found)),
        sources=kind.sources(found)
        if hasattr(kind, "sources")
        else tuple(dict.fromkeys(known.measures["citation"])),
        more=kind.more(found) if hasattr(kind, "more") else (),
    )


def refused(view: View, verdict: Verdict) -> Answer:
    """Give the answer to a view that may not be shown."""
    said = tuple(f"{one.why} {one.instead}" for one in verdict.breaches if one.weight == "refused")
    reading = Reading("This comparison is not valid", "", said, " ".join(said))
    return Answer(view=view, verdict=verdict, reading=reading)


def warned(reading: Reading, verdict: Verdict) -> Reading:
    """Give a reading with the warning of a lesson before all else; without one, as it is."""
    if not verdict.warning:
        return reading
    return replace(
        reading,
        title=f"What not to do: {reading.title}",
        alt=f"{verdict.warning} {reading.alt}",
        banner=f"{verdict.warning} {reading.banner}".strip(),
    )
