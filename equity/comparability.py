"""Whether a comparison may be made: the verdict of all rules on a view (docs/methods.md, Refusals).

The rules are in equity/comparison_rules.py; what they look at are the words of measures, places,
people groups and periods in the database.
"""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from equity.errors import Problem
from equity.view import Ask, View

# What a kind of view does with its numbers; each module of equity/views says its own in ACTS.
Act = Literal[
    "sets places side by side",
    "ranks places",
    "sets groups side by side",
    "adds shares of groups",
    "sets years side by side",
    "relates measures",
    "shares one axis",
    "looks for clusters",
]
Weight = Literal["refused", "caution"]


@dataclass(frozen=True)
class Breach:
    """One rule that a view breaks: why, in one sentence, and the nearest comparison that may be made."""

    rule: str
    weight: Weight
    why: str
    instead: str
    alternative: View | None = None
    lesson: bool = True


@dataclass(frozen=True)
class Verdict:
    """Whether a view may be shown: fine, with care, or refused; with the rules that say so."""

    breaches: tuple[Breach, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether any rule forbids the view."""
        return any(breach.weight == "refused" for breach in self.breaches)

    @property
    def state(self) -> Literal["fine", "caution", "refused"]:
        """The verdict in one word."""
        if self.refused:
            return "refused"
        return "caution" if self.breaches else "fine"

    @property
    def may_be_lesson(self) -> bool:
        """Whether the view has numbers that may be shown under a warning: not where none would be honest."""
        forbidding = [breach for breach in self.breaches if breach.weight == "refused"]
        return bool(forbidding) and all(breach.lesson for breach in forbidding)

    @property
    def warning(self) -> str:
        """What is burned into a picture of a view that is only shown as a lesson."""
        forbidding = [breach.why for breach in self.breaches if breach.weight == "refused"]
        return f"What not to do. {forbidding[0]}" if forbidding else ""


@dataclass(frozen=True, eq=False)
class Facts:
    """What the rules look at: the rows of the measures, places, groups and periods that a view names."""

    acts: frozenset[Act]
    measures: pd.DataFrame
    places: pd.DataFrame
    groups: pd.DataFrame
    periods: pd.DataFrame


def facts(view: View, acts: frozenset[Act], ask: Ask) -> Facts:
    """Give what the rules look at; raise Problem for a measure, place or group these data do not hold."""
    measures = ask("measures").set_index("measure_id", drop=False)
    unknown = [code for code in view.measures if code not in measures.index]
    if unknown:
        raise Problem(f"These data hold no measure {unknown[0][:60]!r}. Choose another.")
    places = ask("places_named", places=view.places).set_index("place_id", drop=False)
    unknown = [code for code in view.places if code not in places.index]
    if unknown:
        raise Problem(f"No place here has the code {unknown[0][:60]!r}. Find one by name or ZIP.")
    groups = ask("groups_named", groups=view.groups)
    known = {*groups["people_group"], *groups["dimension"]}
    unknown = [code for code in view.groups if code not in known]
    if unknown:
        raise Problem(f"These data hold no people group {unknown[0][:60]!r}. Choose another.")
    return Facts(
        acts=acts,
        measures=measures.loc[list(view.measures)],
        places=places.loc[list(view.places)],
        groups=groups,
        periods=ask("periods", measures=view.measures),
    )
