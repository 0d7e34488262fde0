"""Several places as one: sums, shares and rates with their margins, or a refusal (METHODS.md section 5)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtri

from equity import acs, reliability, words
from equity.errors import Problem, Refused
from equity.rates import age_standardised, poisson_interval

LEVEL = 0.95
# Units of things that add up when places do not overlap.
COUNTED = ("people", "households", "jobs", "workplaces", "births", "deaths")
# How the units of what does not add up begin, and why it does not.
NOT_ADDED = {
    "dollars a year per person": "Its mean of several places needs the people behind each mean, "
    "which are not published with it.",
    "dollars a year": "It is a median, and the middle of several places is not the mean of their middles.",
    "years": "It is a median or an expectation of life, which cannot be added or averaged over places.",
    "index": "An index of the whole is not the mean of the indices of its parts.",
    "% of neighbors": "An index of the whole is not the mean of the indices of its parts.",
    "% of days": "Days belong to the monitors of one place and cannot be added over places.",
    "days": "Days belong to the monitors of one place and cannot be added over places.",
    "points": "It is a middle value of days, which cannot be averaged over places.",
    "rank": "It is a place's rank among places, and ranks cannot be averaged.",
    "code": "It is a class, and classes cannot be averaged.",
}
INSTEAD = "Set the places side by side instead."


@dataclass(frozen=True)
class Region:
    """One number for several places: value in the measure's unit, its interval and what it rests on.

    se, low and high are None where a place's margin is not published; a full count has se 0 and no interval.
    numerator and denominator are None for plain sums. how says how it was made, note what to know.
    """

    value: float
    se: float | None
    low: float | None
    high: float | None
    level: float
    numerator: float | None
    denominator: float | None
    grade: str
    places: int
    how: str
    note: str


def combine(parts: pd.DataFrame, measure: Mapping[str, object]) -> Region:
    """Give one number for several places, or say why there is none.

    Definition: counts are summed; shares and rates are the sum of numerators over the sum of denominators.
    Margins: events by Garwood's exact limits of their sum; surveys by the Census Bureau's rule for sums (of
    estimates of zero only the largest margin), with denominators taken as exact. A denominator that is not
    published follows from numerator and share; then the value is right to the rounding of the shares.
    Applies to: parts indexed by place_id, one row a place, with value, standard_error, numerator, denominator,
    status; places that do not overlap, one period and group. measure is a row of the table `measure`. Unit: that of
    the measure. Caution: errors of modelled values go together, which no margin here knows. Raises Refused for
    age-adjusted rates (see of_ages), medians, indices, ranks and classes, where a place has no number, and
    where the pieces are not published; Problem for fewer than two places or one given twice. Reference: Census
    Bureau, Understanding and Using ACS Data, chapter 8; Garwood 1936.
    """
    if len(parts) < 2 or parts.index.has_duplicates:
        raise Problem("A region is made of two or more different places.")
    refuse_what_does_not_add(measure)
    refuse_missing(parts)
    if pd.isna(measure["scale"]) and measure["unit"] in COUNTED:
        return summed(parts, measure)
    return divided(parts, measure)


def refuse_what_does_not_add(measure: Mapping[str, object]) -> None:
    """Raise Refused for measures of which the whole does not follow from the parts."""
    if measure["adjustment"] == "age-adjusted":
        raise Refused(
            rule="age-adjusted rates do not add",
            why="An age-adjusted rate of several places needs the counts of each age, "
            "which are not published with it.",
            instead="Use the crude rate, or set the places side by side.",
        )
    for beginning, why in NOT_ADDED.items():
        if str(measure["unit"]).startswith(beginning):
            raise Refused(rule="cannot be added", why=why, instead=INSTEAD)


def refuse_missing(parts: pd.DataFrame) -> None:
    """Raise Refused where a place has no number: a sum without it would be of other places."""
    missing = parts[parts["value"].isna()]
    if missing.empty:
        return
    reasons = words.listed(
        [f"{count} {why}" for why, count in missing["status"].value_counts().items()]
    )
    count = words.capital(words.counted(len(missing), "place"))
    verb = "has" if len(missing) == 1 else "have"
    raise Refused(
        rule="a part is not known",
        why=f"{count} of {len(parts)} {verb} no number ({reasons}).",
        instead="Leave such places out and say so, or choose another measure.",
    )


def summed(parts: pd.DataFrame, measure: Mapping[str, object]) -> Region:
    """Give the sum of counts with the margin of a sum."""
    counts = parts["value"].astype(float)
    total = float(counts.sum())
    if measure["grade_rule"] == "events":
        return of_events(total, 1.0, parts, measure, "sum of counts")
    se = sum_error(counts, parts["standard_error"], measure)
    return with_error(total, se, (None, None), parts, measure, "sum of counts")


def divided(parts: pd.DataFrame, measure: Mapping[str, object]) -> Region:
    """Give the sum of numerators over the sum of denominators, times the scale."""
    scale = 1.0 if pd.isna(measure["scale"]) else float(measure["scale"])
    above, below, implied = pieces(parts, measure, scale)
    numerator, denominator = float(above.sum()), float(below.sum())
    how = "sum of numerators over sum of denominators"
    if implied:
        how += ", these worked out from the published shares"
    if measure["grade_rule"] == "events":
        return of_events(numerator, denominator / scale, parts, measure, how)
    errors = parts["standard_error"] * below / scale
    se = sum_error(above, errors, measure)
    value = scale * numerator / denominator
    error = None if se is None else scale * se / denominator
    return with_error(value, error, (numerator, denominator), parts, measure, how)


def pieces(
    parts: pd.DataFrame, measure: Mapping[str, object], scale: float
) -> tuple[pd.Series, pd.Series, bool]:
    """Give numerators and denominators, and whether some denominator follows from the published share.

    Raises Refused where they are not published or do not make up the published value: an index may
    come with the number of people of its group, which is no numerator.
    """
    above = parts["numerator"].astype(float)
    given = parts["denominator"].astype(float)
    value = parts["value"].astype(float)
    below = given.fillna(scale * above / value.where(value > 0))
    rounding = 0.51 * 10.0 ** -int(measure["decimals"])
    if above.isna().any() or below.isna().any() or not (below > 0).all():
        raise Refused(
            rule="its pieces are not published",
            why="The number of people behind each place's figure is not published with it.",
            instead=INSTEAD,
        )
    if ((scale * above / below - value).abs() > rounding).any():
        raise Refused(
            rule="its pieces do not make it up",
            why="The published counts are not what this figure is made of.",
            instead=INSTEAD,
        )
    return above, below, bool(given.isna().any())


def sum_error(
    estimates: pd.Series, errors: pd.Series, measure: Mapping[str, object]
) -> float | None:
    """Give the standard error of a sum: 0 for full counts, None where a margin is not published."""
    if measure["grade_rule"] == "full count":
        return 0.0
    if errors.isna().any():
        return None
    # A standard error is a margin over 1.645, so the rule for margins holds for it as well.
    return float(acs.sum_margin(estimates.to_numpy(float), errors.to_numpy(float)))


def of_events(
    events: float, people: float, parts: pd.DataFrame, measure: Mapping[str, object], how: str
) -> Region:
    """Give a count or rate of events with exact limits; people are in units of the scale, 1 for a count."""
    low, high = (
        float(end[0]) / people for end in poisson_interval(pd.Series([events]), level=LEVEL)
    )
    value = events / people
    row = [pd.Series([number]) for number in (value, events, low, high)]
    is_rate = not pd.isna(measure["scale"])
    return Region(
        value=value,
        se=float(np.sqrt(events)) / people,
        low=low,
        high=high,
        level=LEVEL,
        numerator=events if is_rate else None,
        denominator=people * float(measure["scale"]) if is_rate else None,
        grade=graded(reliability.by_events(*row), parts),
        places=len(parts),
        how=how,
        note=note(measure),
    )


def with_error(
    value: float,
    se: float | None,
    made_of: tuple[float | None, float | None],
    parts: pd.DataFrame,
    measure: Mapping[str, object],
    how: str,
) -> Region:
    """Give an estimate with the interval its standard error makes."""
    reach = None if not se else float(ndtri((1 + LEVEL) / 2)) * se
    one = pd.Series([value])
    if measure["grade_rule"] == "full count":
        grades = reliability.full_count(one)
    else:
        grades = reliability.by_margin(one, pd.Series([se], dtype=float))
    return Region(
        value=value,
        se=se,
        low=None if reach is None else value - reach,
        high=None if reach is None else value + reach,
        level=LEVEL,
        numerator=made_of[0],
        denominator=made_of[1],
        grade=graded(grades, parts),
        places=len(parts),
        how=how,
        note=note(measure),
    )


def graded(grades: pd.Series, parts: pd.DataFrame) -> str:
    """Give the grade, no better than use with care where a part was published with a warning."""
    doubted = pd.Series([bool(parts["status"].eq("unreliable").any())])
    return str(reliability.no_better_than_care(grades, doubted)[0])


def note(measure: Mapping[str, object]) -> str:
    """Say what the margin leaves out."""
    if measure["made"] == "modelled":
        return "Errors of a model go together in places near each other; the margin does not know that."
    if measure["made"] == "survey":
        return (
            "The margin takes the places' samples as independent and the number of people as exact."
        )
    return ""


def of_ages(
    ages: pd.DataFrame, standard: Mapping[str, float], *, scale: float, level: float = LEVEL
) -> pd.Series:
    """Give the age-adjusted rate of several places together: value, low, high, se.

    Definition: events and people of each age group are summed over places, then standardised directly.
    Interpretation: the rate if the places together had the standard's ages; it counts nobody.
    Applies to: ages with place_id, age_group, events, population, one row a place and age group of the standard.
    Unit: events per scale people. Caution: a withheld count of any age leaves the rate missing. Raises ValueError
    where an age group is missing. Reference: Fay and Feuer 1997; equity.rates.age_standardised.
    """
    pooled = ages.groupby("age_group", as_index=False)[["events", "population"]].sum(skipna=False)
    together = pooled.assign(place="region")
    return age_standardised(together, standard, by="place", scale=scale, level=level).loc["region"]
