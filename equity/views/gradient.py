"""An outcome by fifths of people, in order of a condition of their counties: dots, slope, concentration curve."""

import numpy as np
import pandas as pd

from equity import county_pairs, fifths, gradient, inequality, words
from equity.answers import Column, Reading, Table
from equity.charts import Chart
from equity.comparability import Act
from equity.county_pairs import Side
from equity.fifths import Found, scale_of, span
from equity.view import Ask, View

ACTS: frozenset[Act] = frozenset({"relates measures"})
# A handful of counties in each fifth.
FEWEST_COUNTIES = 30
CODES = ("d", "r", "sii", "rii", "aci", "rci")
TITLES = {
    "d": "Difference between the ends",
    "r": "Ratio of the ends",
    "sii": "Slope index of inequality",
    "rii": "Relative index of inequality",
    "aci": "Absolute concentration index",
    "rci": "Relative concentration index",
}
IN_UNITS = ("d", "sii", "aci")
ABOUT_COUNTIES = (
    "Counties are put in order here, not people: all kinds of people live in each of them. This does not tell "
    "why the outcome differs."
)


def ask(view: View, ask: Ask) -> Found:
    """Give the outcome in each fifth and the measures; raise Refused where the condition makes no order."""
    pair = county_pairs.ask(view, ask, by_residents=True, fewest=FEWEST_COUNTIES)
    used = pair.used
    counties = pd.DataFrame(
        {
            "condition": used["condition"],
            "estimate": used["outcome"],
            "se": used["se"],
            "population": used["residents"],
        }
    )
    better = "higher" if pair.condition.measure["better"] == "higher" else "lower"
    ordered = gradient.fifths(counties, better_condition=better)
    table = inequality.table(
        ordered.groups,
        favourable=pair.outcome.measure["better"] == "higher",
        scale=scale_of(pair.outcome),
        ordered=True,
        codes=CODES,
    )
    return Found(pair, ordered, table.estimates, table.refused)


def read(found: Found) -> Reading:
    """Put the gradient into words."""
    pair = found.pair
    subtitle = f"{pair.outcome.said}, by fifths of people; their counties in order of {pair.condition.said}."
    ends = ends_of(found)
    return Reading(
        title=finding(found),
        subtitle=subtitle,
        sentences=(
            f"{how_cut(found)} {ends}",
            *chosen(found),
            *slopes(found),
            *concentrations(found),
            *without_interval(found),
            *refusals(found),
            " ".join([*county_pairs.left_out(pair), *county_pairs.pairing(pair)]),
            ABOUT_COUNTIES,
        ),
        alt=f"Dots with intervals, one a fifth of people, and the fitted slope. {subtitle} {ends}",
    )


def how_cut(found: Found) -> str:
    """Say how counties are put in order and cut."""
    pair, count = found.pair, len(found.groups)
    start = f"Counties stand in order of {pair.condition.name} and are cut into {words.SMALL[count]} parts"
    if found.gradient.empty:
        return f"{start}, uneven because many counties share one value ({pair.residents_said})."
    return f"{start} with about a fifth of all people each ({pair.residents_said})."


def without_interval(found: Found) -> list[str]:
    """Say why there is no interval where counties lack a margin."""
    lacking = found.gradient.without_margin
    if not lacking:
        return []
    return [
        f"No margin is published for {words.counted(lacking, 'county')}, so some intervals cannot be given."
    ]


def finding(found: Found) -> str:
    """Say which way the outcome goes along the condition, if it can be told."""
    outcome, condition = found.pair.outcome, found.pair.condition
    first, last = found.groups.iloc[0], found.groups.iloc[-1]
    slope = found.estimates.get("sii")
    low, high = (outcome.amount(row["estimate"]) for row in (first, last))
    unclear = slope is not None and slope.low is not None and slope.low <= 0 <= slope.high
    gap = last["estimate"] - first["estimate"]
    against = slope is not None and slope.value * gap < 0
    if unclear or against or low == high:
        return f"{outcome.name} shows no clear slope by {condition.name} of counties"
    way = "rises" if gap > 0 else "falls"
    return (
        f"{outcome.name} {way} from {low} where {condition.name} is {first['name']} "
        f"to {high} where it is {last['name']}"
    )


def ends_of(found: Found) -> str:
    """Say the outcome at both ends, how far apart they are, and whether all steps go one way."""
    outcome, condition = found.pair.outcome, found.pair.condition
    first, last = found.groups.iloc[0], found.groups.iloc[-1]
    apart = f", {gap_said(found)} apart" if "d" in found.estimates else ""
    ratio = f" (ratio {bare(found, 'r')})" if "r" in found.estimates else ""
    return (
        f"{outcome.name} is {outcome.amount(first['estimate'])} in the counties with the {first['name']} "
        f"{condition.name} ({span(found, first)}) and {outcome.amount(last['estimate'])} in those with the "
        f"{last['name']} ({span(found, last)}){apart}{ratio}; {steps(found)}."
    )


def gap_said(found: Found) -> str:
    """Write the difference of the ends without its sign."""
    return found.pair.outcome.apart(found.estimates["d"].value)


def bare(found: Found, code: str) -> str:
    """Write a measure's value."""
    points = code in IN_UNITS and found.pair.outcome.measure["suffix"] == "%"
    return f"{plain(found, code, found.estimates[code].value)}{' points' if points else ''}"


def plain(found: Found, code: str, value: float) -> str:
    """Write a value of a measure; concentration indices are small and have a decimal more."""
    outcome = found.pair.outcome.measure
    fine = code in ("aci", "rci")
    decimals = int(outcome["decimals"]) if code in IN_UNITS else 2
    prefix = outcome["prefix"] if code in IN_UNITS else ""
    return words.number(value, decimals=decimals + fine, prefix=prefix)


def with_interval(found: Found, code: str) -> str:
    """Write a measure with its interval."""
    one = found.estimates[code]
    if one.low is None:
        return bare(found, code)
    low, high = (plain(found, code, end) for end in (one.low, one.high))
    return f"{bare(found, code)} (95% interval {low} to {high})"


def steps(found: Found) -> str:
    """Say whether the outcome goes one way at each step."""
    moves = np.sign(np.diff(found.groups["estimate"]))
    if (moves > 0).all() or (moves < 0).all():
        return "each step between goes the same way"
    return "the steps between do not all go the same way"


def slopes(found: Found) -> list[str]:
    """Say the slope indices."""
    if "sii" not in found.estimates:
        return []
    relative = (
        f" The relative index of inequality, the ratio of the two ends, is {with_interval(found, 'rii')}."
        if "rii" in found.estimates
        else ""
    )
    return [
        f"The slope index of inequality, the gap along the fitted line from one end to the other, is "
        f"{with_interval(found, 'sii')}.{relative}"
    ]


def concentrations(found: Found) -> list[str]:
    """Say the concentration indices and where the outcome gathers."""
    if not {"aci", "rci"} <= found.estimates.keys():
        return []
    first, last = found.groups["name"].iloc[[0, -1]]
    one = found.estimates["aci"]
    start = (
        f"The absolute concentration index is {with_interval(found, 'aci')} and the relative one "
        f"{with_interval(found, 'rci')}"
    )
    if one.low is not None and one.low <= 0 <= one.high:
        return [f"{start}: we can't tell that it gathers at either end."]
    more = first if one.value < 0 else last
    return [
        f"{start}: more of it than an even share lies toward the {more} {found.pair.condition.name}."
    ]


def refusals(found: Found) -> list[str]:
    """Say which measures cannot be given, and why; each reason once."""
    return [f"Not given: {titles}. {why}" for titles, why in not_given(found)]


def not_given(found: Found) -> list[tuple[str, str]]:
    """Give the measures that cannot be given, each reason once."""
    reasons: dict[str, list[str]] = {}
    for code, refused in found.refused.items():
        reasons.setdefault(refused.why, []).append(TITLES[code].lower())
    return [(words.listed(titles), why) for why, titles in reasons.items()]


def chosen(found: Found) -> list[str]:
    """Say in which fifth the chosen county lies."""
    place = found.pair.place
    if not place:
        return []
    row = found.pair.everywhere.loc[place]
    if row["why"]:
        return [f"{row['title']} is left out: {row['why']}."]
    fifth = int(found.gradient.counties.loc[place, "fifth"])
    name = found.groups.set_index("order").loc[fifth, "name"]
    outcome, condition = found.pair.outcome, found.pair.condition
    return [
        f"{row['title']} ({condition.name} {condition.amount(row['condition'])}, {outcome.name} "
        f"{outcome.amount(row['outcome'])}) is in the part with the {name} {condition.name}."
    ]


def tabulate(found: Found) -> Table:
    """Give the fifths, then the measures and the counts."""
    groups = found.groups.assign(title=found.groups["name"].map(words.capital), figure="")
    rest = pd.DataFrame(figures(found), columns=["title", "figure"])
    outcome, condition = found.pair.outcome, found.pair.condition
    columns = (
        Column("title", f"Fifth by {condition.measure['short_title']}, or figure"),
        Column("figure", "Figure"),
        number("estimate", outcome, title=outcome.measure["short_title"]),
        number("low", outcome, title="Low"),
        number("high", outcome, title="High"),
        number("lowest", condition, title=f"{condition.measure['short_title']} from"),
        number("highest", condition, title="to"),
        Column("counties", "Counties", decimals=0),
        Column("population", f"People ({found.pair.residents_said})", decimals=0),
    )
    return Table(pd.concat([groups, rest], ignore_index=True), columns)


def number(name: str, side: Side, *, title: str) -> Column:
    """Give a column of a measure's numbers."""
    measure = side.measure
    return Column(name, title, int(measure["decimals"]), measure["prefix"], measure["suffix"])


def figures(found: Found) -> list[tuple[str, str]]:
    """Give the measures, the chosen county and the counts as rows."""
    rows = [(TITLES[code], with_interval(found, code)) for code in found.estimates]
    if "d" in found.estimates:
        rows.append(("Ends apart", gap_said(found)))
    rows += [(f"Not given: {titles}", why) for titles, why in not_given(found)]
    if found.gradient.without_margin:
        rows.append(("Counties without a published margin", f"{found.gradient.without_margin:,}"))
    place = found.pair.place
    if place and not found.pair.everywhere.loc[place, "why"]:
        row = found.pair.everywhere.loc[place]
        outcome, condition = found.pair.outcome, found.pair.condition
        numbers = f"{condition.amount(row['condition'])}; {outcome.amount(row['outcome'])}"
        rows.append((row["title"], numbers))
    return [*rows, *county_pairs.figures(found.pair)]


def draw(found: Found) -> tuple[Chart, ...]:
    """Draw the fifths with the fitted slope, and the concentration curve where there are shares."""
    return (fifths.fifths_chart(found), *fifths.concentration_chart(found))
