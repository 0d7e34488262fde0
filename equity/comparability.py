"""Which comparisons are refused, why, and what may be done instead (METHODS.md section 6)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from equity import misuse, words
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


Rule = Callable[[View, Facts], Iterator[Breach]]


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


def may_compare(view: View, known: Facts) -> Verdict:
    """Give the verdict of all rules on a view, what forbids first."""
    found = [breach for rule in RULES for breach in rule(view, known)]
    return Verdict(tuple(sorted(found, key=lambda breach: breach.weight != "refused")))


def must_not_rank(view: View, known: Facts) -> Iterator[Breach]:
    """Rule 1 and 3: no ranking of what a model made or what cannot be told apart."""
    if "ranks places" not in known.acts:
        return
    for measure in known.measures[~known.measures["may_rank"].astype(bool)].itertuples():
        yield Breach(
            "must not rank",
            "refused",
            f"{measure.title} must not be used to rank places: {measure.caution}",
            "See where the numbers lie, without an order, on the map.",
            replace(view, kind="map", places=(), options=()),
        )


def built_on_the_other(view: View, known: Facts) -> Iterator[Breach]:
    """Rule 1: a modelled measure goes together by design with what its model is built on."""
    if "relates measures" not in known.acts:
        return
    for one in known.measures.to_dict("records"):
        others = set(view.measures) - {one["measure_id"]}
        if shared := others & set(one["model_inputs"]):
            names = words.listed([misuse.INPUTS.get(name, name) for name in sorted(shared)])
            yield Breach(
                "model built on it",
                "refused",
                f"{one['title']} comes from a model that is built on {names}, so the two go together by design.",
                "Relate measures that were counted or asked apart from each other.",
            )


RULES: tuple[Rule, ...] = (must_not_rank, built_on_the_other)
