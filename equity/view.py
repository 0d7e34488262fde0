"""A view: a question with an address. The same view is a chart on a page, a step of a case, a slide."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

import pandas as pd

from equity.errors import Problem

# Answers queries/<name>.sql with bound values; see equity/database.py and ui/data.py.
Ask = Callable[..., pd.DataFrame]

LISTS = ("measures", "places", "groups")
LONGEST_ADDRESS = 4_000
# The option that opens a refused view as a lesson in what not to do.
LESSON = "lesson"


@dataclass(frozen=True)
class View:
    """A question: its kind (a module of equity/views), what it is about, and the kind's own options.

    measures, places: their codes, in the order asked. period: a period of the first measure, "" for
    the newest that fits. groups: codes of people groups, or one dimension ("race_ethnicity").
    options: what only this kind knows, sorted by name, so that equal questions are equal.
    """

    kind: str
    measures: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    period: str = ""
    groups: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()

    def option(self, name: str, default: str = "") -> str:
        """Give an option of the kind, or what stands where it was not chosen."""
        return dict(self.options).get(name, default)

    def having(self, **options: str) -> "View":
        """Give the same question with other options; an empty one is taken away."""
        kept = {**dict(self.options), **options}
        return replace(self, options=tuple(sorted((k, v) for k, v in kept.items() if v)))

    @property
    def is_lesson(self) -> bool:
        """Whether it is opened to show what not to do."""
        return self.option(LESSON) == "what not to do"

    def address(self) -> str:
        """Give the view as the query of an address: kind=groups&measures=acs_poverty&places=42101."""
        parts = {"kind": self.kind}
        parts |= {name: ",".join(getattr(self, name)) for name in LISTS}
        parts |= {"period": self.period}
        return urlencode([(k, v) for k, v in [*parts.items(), *self.options] if v], safe=",")


def from_address(query: str) -> View:
    """Give the view of an address; raise Problem where it is none. The inverse of View.address."""
    if len(query) > LONGEST_ADDRESS:
        raise Problem(f"This address of a view is longer than {LONGEST_ADDRESS:,} characters.")
    return from_words(dict(parse_qsl(query)))


def from_words(said: Mapping[str, str]) -> View:
    """Give the view of names and texts (lists joined by commas); raise Problem where one lacks its kind."""
    rest = dict(said)
    kind = rest.pop("kind", "")
    if not kind.isidentifier():
        raise Problem("This view has no kind. A view begins with kind=, such as kind=groups.")
    lists = {name: tuple(filter(None, rest.pop(name, "").split(","))) for name in LISTS}
    period = rest.pop("period", "")
    return View(kind, period=period, options=tuple(sorted(rest.items())), **lists)
