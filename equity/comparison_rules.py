"""The comparisons that are refused or need care, one function a rule (METHODS.md section 6).

Each gives the rule's name, why in one sentence, and the nearest comparison that may be made.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

import pandas as pd

from equity import misuse, regions, vintages, words
from equity.comparability import Breach, Facts, Verdict
from equity.view import View

# What a model uses, beside what is all but the same: poor counties are counties of low income.
CLOSE_TO = {"poverty": "income"}
INCOME_OF_POVERTY = "income, which goes closely with the poverty that the model uses"
Rule = Callable[[View, Facts], Iterator[Breach]]


def may_compare(view: View, known: Facts) -> Verdict:
    """Give the verdict of all rules on a view, what forbids first."""
    found = [breach for rule in RULES for breach in rule(view, known)]
    return Verdict(tuple(sorted(found, key=lambda breach: breach.weight != "refused")))


def ranking(view: View, known: Facts) -> Iterator[Breach]:
    """Rules 1 and 3: no ranking of what a model made, nor of labels and of what may not be ranked."""
    if "ranks places" not in known.acts:
        return
    for measure in known.measures.to_dict("records"):
        if misuse.may_order(measure):
            continue
        made = {
            "modelled": "it comes from a model, and a model cannot tell close places apart",
            "classified": "it is a label or an index made by a rule, not an amount",
        }.get(measure["made"], "its numbers do not cover every place in the same way")
        if measure["made"] == "survey" and pd.isna(measure["scale"]):
            made = "it is a number of people or homes, which grows with the place"
        yield Breach(
            "ranking",
            "refused",
            f"Places must not be ranked by {title(measure)}: {made}.",
            "See where places lie, without an order, on the map.",
            replace(view, kind="map", places=(), options=()),
        )


def years(view: View, known: Facts) -> Iterator[Breach]:
    """Rules 1 and 2: no comparing of years whose definition changed, or that share years."""
    if "sets years side by side" not in known.acts:
        return
    for measure in known.measures.to_dict("records"):
        alternative = replace(view, kind="distribution", options=())
        instead = "Look at the newest years alone."
        kind, held = measure["periods"], periods_of(known.periods, measure["measure_id"])
        if len(held) < 2:
            why = (
                f"These data hold one period of {title(measure)}, so nothing can be said of change."
            )
            yield Breach("one period", "refused", why, instead, alternative, lesson=False)
        elif kind == "not comparable":
            why = f"Years of {title(measure)} must not be compared. {measure['periods_note']}"
            yield Breach("years not comparable", "refused", why.strip(), instead, alternative)
        elif kind == "overlapping" and not apart(held):
            why = (
                f"The periods of {title(measure)} in these data share years, so most of the same answers "
                "stand in both; a line between them is no trend."
            )
            yield Breach("overlapping periods", "refused", why, instead, alternative)


def apart(held: pd.DataFrame) -> bool:
    """Say whether two of a measure's periods share no day."""
    pairs = combinations(held.itertuples(), 2)
    return any(one.ends <= other.starts or other.ends <= one.starts for one, other in pairs)


def periods_of(periods: pd.DataFrame, measure_id: str) -> pd.DataFrame:
    """Give a measure's periods."""
    return periods[periods["measure_id"].eq(measure_id)]


def levels(view: View, known: Facts) -> Iterator[Breach]:
    """Rule 1: what a model made for counties is not set beside a state or the nation."""
    if "sets places side by side" not in known.acts or known.places["level"].nunique() < 2:
        return
    for measure in known.measures[known.measures["one_level"].astype(bool)].to_dict("records"):
        level = known.places["level"].iloc[0]
        same = tuple(known.places[known.places["level"].eq(level)]["place_id"])
        yield Breach(
            "levels of geography",
            "refused",
            f"{title(measure)} is modelled for each kind of place apart: a county's number and a "
            "state's or the nation's come from different steps and must not be set side by side.",
            f"Compare {words.plural(level)} with {words.plural(level)} only.",
            replace(view, places=same) if len(same) > 1 else None,
        )


def model_inputs(view: View, known: Facts) -> Iterator[Breach]:
    """Rule 1: a modelled measure goes together by design with what its model is built on."""
    if "relates measures" not in known.acts:
        return
    rows = known.measures.to_dict("records")
    for one in rows:
        for other in rows:
            if one is not other:
                yield from one_built_on(one, other)


def one_built_on(one: dict, other: dict) -> Iterator[Breach]:
    """Give the breach where one measure's model uses what the other measures."""
    inputs = set(one["model_inputs"])
    shared = inputs & {other["measure_id"], *other["topics"]}
    if shared:
        used = words.listed([misuse.INPUTS.get(name, name) for name in sorted(shared)])
        yield Breach(
            "model built on it",
            "refused",
            f"{title(one)} comes from a model that uses {used}, which {title(other)} measures. The "
            "two go together because the model makes them, not because we saw it in people.",
            "Relate two measures that were counted, or asked, apart from each other.",
        )
    elif any(CLOSE_TO.get(name) in other["topics"] for name in inputs):
        yield Breach(
            "model close to it",
            "caution",
            f"{title(one)} comes from a model that uses poverty; {title(other)} measures "
            f"{INCOME_OF_POVERTY}. Part of what you see is made by the model.",
            "Prefer an outcome that was counted.",
        )


def same_source(view: View, known: Facts) -> Iterator[Breach]:
    """Rule 1: two measures of one model share its inputs, so they too go together by design."""
    if "relates measures" not in known.acts:
        return
    for one, other in combinations(known.measures.to_dict("records"), 2):
        inputs = set(one["model_inputs"]) & set(other["model_inputs"])
        if inputs and "modelled" in (one["made"], other["made"]):
            used = words.listed([misuse.INPUTS.get(name, name) for name in sorted(inputs)])
            yield Breach(
                "two of one model",
                "refused",
                f"{title(one)} and {title(other)} come from models that both use {used}; they go "
                "together by design.",
                "Relate one of them to a measure that was counted, or asked, apart from it.",
            )


def overlapping_groups(view: View, known: Facts) -> Iterator[Breach]:
    """Rule 4: groups that share people are not set side by side, nor are their shares added."""
    acts = {"sets groups side by side", "adds shares of groups"} & known.acts
    named = known.groups[known.groups["people_group"].isin(view.groups)]
    if not acts or len(named) < 2:
        return
    for one, other in combinations(named.itertuples(), 2):
        if other.people_group in list(one.overlapping):
            dimension = named["dimension"].iloc[0]
            yield Breach(
                "overlapping groups",
                "refused",
                f"The groups {one.title} and {other.title} share people, so a gap between them, or a sum of their "
                "shares, would count some people twice.",
                "Use groups that share nobody.",
                replace(view, groups=(dimension,)),
            )
            return


def one_axis(view: View, known: Facts) -> Iterator[Breach]:
    """Rule 5: different units, adjustments or populations do not stand on one axis."""
    if "shares one axis" not in known.acts:
        return
    for one, other in combinations(known.measures.to_dict("records"), 2):
        differs = [
            name
            for name, column in (
                ("the unit", "unit"),
                ("the age adjustment", "adjustment"),
                ("who counts", "population"),
            )
            if one[column] != other[column]
        ]
        if differs:
            yield Breach(
                "one axis",
                "refused",
                f"{title(one)} and {title(other)} do not belong on one axis: "
                f"{words.listed(differs)} {'differs' if len(differs) == 1 else 'differ'}.",
                "Show each on an axis of its own.",
                replace(view, measures=view.measures[:1]),
            )


def adjustment(view: View, known: Facts) -> Iterator[Breach]:
    """Rule 5: a crude rate of health beside an age-adjusted one needs a word about age."""
    if "relates measures" not in known.acts:
        return
    kinds = set(known.measures["adjustment"])
    crude = known.measures[
        known.measures["adjustment"].eq("crude") & known.measures["domain"].eq("health outcomes")
    ]
    for measure in crude.to_dict("records"):
        more = " The other measure is age-adjusted." if "age-adjusted" in kinds else ""
        yield Breach(
            "crude rate",
            "caution",
            f"{title(measure)} is not adjusted for age: counties with older people look worse.{more}",
            "Where there is one, use the age-adjusted measure.",
        )


def crude_groups(view: View, known: Facts) -> Iterator[Breach]:
    """Rule 5: groups of people of different ages, compared by rates that are not age-adjusted, need a word about it."""
    by_age = known.groups["dimension"].eq("age").any() or "age_" in view.option("among")
    if "sets groups side by side" not in known.acts or by_age:
        return
    # A rate of births has no age to adjust for.
    crude = known.measures["adjustment"].eq("crude") & known.measures["unit"].str.contains("people")
    for measure in known.measures[crude].to_dict("records"):
        yield Breach(
            "crude rate",
            "caution",
            f"{title(measure)} is not adjusted for age: a group with more older people has a higher number for "
            "that alone.",
            "Where there is one, use the age-adjusted measure.",
        )


def county_maps(view: View, known: Facts) -> Iterator[Breach]:
    """Rule 6: measures or years of different maps of counties are joined only with a word about it."""
    acts = {"relates measures", "sets years side by side", "sets places side by side"} & known.acts
    changed = [place for place in known.places["place_id"] if vintages.note(place)]
    if acts and changed:
        yield Breach(
            "county borders changed",
            "caution",
            " ".join(dict.fromkeys(vintages.note(place) for place in changed)),
            "Compare years and measures of the same borders only.",
        )


def clusters(view: View, known: Facts) -> Iterator[Breach]:
    """Rule 1: no clusters of what a model made alike, of labels, nor of numbers that grow with the place."""
    if "looks for clusters" not in known.acts:
        return
    for measure in known.measures.to_dict("records"):
        why = no_clusters(measure)
        if why:
            yield Breach(
                "clusters by design",
                "refused",
                why,
                "See where numbers lie on the map.",
                replace(view, kind="map", options=()),
            )


def no_clusters(measure: dict) -> str:
    """Say why clusters of a measure would mislead; "" where they may be looked for."""
    if measure["made"] == "modelled":
        return (
            f"{title(measure)} comes from a model that borrows strength from places that are alike, so neighbors "
            "look alike because the model makes them so, not because we saw it."
        )
    if measure["made"] == "classified" and measure["unit"].startswith("code"):
        return (
            f"{title(measure)} is a label made by a rule that looks at the places around, so neighbors are alike "
            "by design."
        )
    if pd.isna(measure["scale"]) and measure["unit"] in regions.COUNTED:
        return f"{title(measure)} grows with the place, so it shows where many people live."
    return ""


def title(measure: dict) -> str:
    """Give a measure's title inside a sentence, in quotation marks, so that it reads as a name."""
    return words.quoted(measure["title"])


RULES: tuple[Rule, ...] = (
    ranking,
    years,
    levels,
    model_inputs,
    same_source,
    overlapping_groups,
    one_axis,
    adjustment,
    crude_groups,
    county_maps,
    clusters,
)
