"""Where places lie among all counties: how the numbers are spread, the middle half, and the chosen ones."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity import among, misuse, placed, words
from equity.among import Among
from equity.answers import Column, Reading, Table
from equity.charts import Axis, Chart, Mark, Reference
from equity.comparability import Act
from equity.view import Ask, View
from equity.views.compare import AREAS, dots, row_names

ACTS: frozenset[Act] = frozenset({"sets places side by side"})
BARS, FEWEST_BARS = 30, 8
# The first and last bar hold all that lies further out, so that a few far places do not hide the rest.
EDGES = (0.005, 0.995)
# With more places than this between the quarters, as they are shown, "half" would be wrong.
MORE_THAN_HALF = 0.55


@dataclass(frozen=True, eq=False)
class Found:
    """All places, the quarters they fall into, and the bars that count them (edges: one more than counts)."""

    all: Among
    quarters: tuple[float, float, float]
    edges: tuple[float, ...]
    counts: tuple[int, ...]

    @property
    def may_say_order(self) -> bool:
        """Whether it may be said how many places are lower: not of labels, nor of what may not be ranked."""
        return misuse.may_order(self.all.chosen.measure)


def ask(view: View, ask: Ask) -> Found:
    """Give how all places of the chosen ones' level lie."""
    found = among.among(view, ask)
    values = found.values.to_numpy(float)
    quarters = tuple(float(edge) for edge in np.quantile(values, (0.25, 0.5, 0.75)))
    edges = bar_edges(values, found)
    counts = np.histogram(np.clip(values, edges[0], edges[-1]), bins=edges)[0]
    return Found(found, quarters, tuple(map(float, edges)), tuple(map(int, counts)))


def bar_edges(values: np.ndarray, found: Among) -> np.ndarray:
    """Give the edges of bars of one width, from the lowest to the highest that are shown; a chosen place is."""
    low, high = np.quantile(values, EDGES)
    shown = found.chosen.known["value"].to_numpy(float)
    low, high = min([low, *shown]), max([high, *shown])
    if low == high:
        low, high = low - 0.5, high + 0.5
    least = 10.0 ** -int(found.chosen.measure["decimals"])
    most = min(BARS, max(FEWEST_BARS, len(values) // 4))
    bars = int(np.clip((high - low) / least, 1, most))
    return np.linspace(low, high, bars + 1)


def read(found: Found) -> Reading:
    """Put into words how the places lie and where the chosen ones are."""
    low, middle, high = (found.all.chosen.amount(edge) for edge in found.quarters)
    nouns, count = found.all.nouns, len(found.all.values)
    half = (
        f"{words.capital(how_many(found))} of the {count:,} {nouns} with a number lie between {low} and {high}; "
        f"the middle one has {middle}."
    )
    places = [lies(found, row) for row in found.all.chosen.known.itertuples()]
    said = [
        half,
        *places,
        *placed.gaps(found.all.chosen),
        among.without_number(found.all),
        beyond(found),
        AREAS,
    ]
    return Reading(
        title=finding(found),
        subtitle=f"{found.all.chosen.what}, all {nouns}",
        sentences=tuple(filter(None, said)),
        alt=f"Bars that count {nouns} by their number, and the chosen places on the same scale. {half}",
    )


def how_many(found: Found) -> str:
    """Give "half"; "at least half" where many places show the very numbers at which the quarters end."""
    decimals = int(found.all.chosen.measure["decimals"])
    low, _, high = (round(edge, decimals) for edge in found.quarters)
    inside = found.all.values.round(decimals).between(low, high).mean()
    return "half" if inside <= MORE_THAN_HALF else "at least half"


def finding(found: Found) -> str:
    """Say the middle half, and the first chosen place's number."""
    low, _, high = (found.all.chosen.amount(edge) for edge in found.quarters)
    known = found.all.chosen.known
    first = (
        ""
        if known.empty
        else (f"; {known['name'].iloc[0]} has {found.all.chosen.amount(known['value'].iloc[0])}")
    )
    title = found.all.chosen.measure["title"]
    return f"{title}: {how_many(found)} of {found.all.nouns} lie between {low} and {high}{first}"


def lies(found: Found, row: object) -> str:
    """Say where one place lies: against the middle half, and of 100 places how many are lower."""
    value = found.all.chosen.amount(row.value)
    name = words.capital(row.name)
    where = f"{name} ({value}) lies {against_half(found, row.value)}"
    if not found.may_say_order:
        return f"{where}."
    lower = of_hundred(among.share_lower(found.all, row.value))
    said = f"{where}: {lower} of 100 {found.all.nouns} have a lower number"
    ends = [among.share_lower(found.all, end) for end in (row.low, row.high)]
    if None in ends or of_hundred(ends[0]) == of_hundred(ends[1]):
        return f"{said}."
    return f"{said} ({of_hundred(ends[0])} to {of_hundred(ends[1])} at the ends of its interval)."


def of_hundred(share: float | None) -> str:
    """Write how many of 100 places; "" where it is not known, and "no" or "all" only where it is so."""
    if share is None:
        return ""
    if 0 < share < 1:
        return "fewer than 1"
    return "more than 99" if 99 < share < 100 else str(round(share))


def against_half(found: Found, value: float) -> str:
    """Say whether a value lies below, inside or above the middle half, as shown."""
    decimals = int(found.all.chosen.measure["decimals"])
    low, _, high = (round(edge, decimals) for edge in found.quarters)
    shown = round(value, decimals)
    if shown < low:
        return "below the middle half"
    return "above the middle half" if shown > high else "inside the middle half"


def beyond(found: Found) -> str:
    """Say what the first and last bar hold besides their own."""
    values = found.all.values
    if values.min() >= found.edges[0] and values.max() <= found.edges[-1]:
        return ""
    amount = found.all.chosen.amount
    low, high = amount(found.edges[1]), amount(found.edges[-2])
    return (
        f"The first bar holds all {found.all.nouns} up to {low}, the last bar all from {high} on."
    )


def tabulate(found: Found) -> Table:
    """Give the chosen places, the quarters, and the bars with how many places each counts."""
    chosen, nouns = found.all.chosen, found.all.nouns
    rows = chosen.rows
    places = pd.DataFrame(
        {
            "what": rows["place_title"],
            "value": rows["value"],
            "low": rows["low"],
            "high": rows["high"],
            "trust": placed.trust(rows),
        }
    )
    if found.may_say_order:
        for name in ("value", "low", "high"):
            places[f"lower_{name}"] = [
                of_hundred(among.share_lower(found.all, end)) for end in rows[name]
            ]
    quarters = pd.DataFrame(
        {
            "what": [
                f"A quarter of {nouns} lie below",
                f"Middle of {nouns}",
                f"A quarter of {nouns} lie above",
            ],
            "value": found.quarters,
        }
    )
    bars = pd.DataFrame(
        {
            "what": [f"Bar {number + 1}: how many {nouns}" for number in range(len(found.counts))],
            "low": found.edges[:-1],
            "high": found.edges[1:],
            "places": found.counts,
        }
    )
    order = (
        Column("lower_value", f"{words.capital(nouns)} that are lower, of 100"),
        Column("lower_low", "The same at its low end"),
        Column("lower_high", "The same at its high end"),
    )
    columns = (
        Column("what", "What"),
        *placed.value_columns(chosen.measure),
        *(order if found.may_say_order else ()),
        Column("places", f"How many {nouns}", decimals=0),
    )
    return Table(
        pd.concat([places, quarters, among.counted(found.all), bars], ignore_index=True), columns
    )


def draw(found: Found) -> tuple[Chart, ...]:
    """Draw the bars with the middle half, and under them the chosen places on the same scale."""
    chosen, nouns = found.all.chosen, found.all.nouns
    room = 0.02 * (found.edges[-1] - found.edges[0])
    known = chosen.known
    low, high = min(found.edges[0], known["low"].min()), max(found.edges[-1], known["high"].max())
    span = (low - room, high + room)
    axis = placed.axis_of(chosen.measure, span=span)
    charts = [Chart((half(found), bars(found)), x=axis, y=Axis(), title=f"All {nouns}")]
    if len(chosen.known):
        charts.append(
            Chart(
                (dots(chosen),),
                x=axis,
                y=Axis(categories=row_names(chosen)),
                references=(Reference("x", found.quarters[1], f"middle of {nouns}"),),
                title="The chosen places on the same scale",
            )
        )
    return tuple(charts)


def half(found: Found) -> Mark:
    """Give the middle half as a field behind the bars."""
    low, _, high = found.quarters
    top = float(max(found.counts))
    return Mark(
        "band",
        x=(low, high),
        y=(),
        low=(0.0, 0.0),
        high=(top, top),
        tone="contrast",
        name=f"Middle half of {found.all.nouns}",
    )


def bars(found: Found) -> Mark:
    """Give a bar for each step of the scale."""
    amount, nouns = found.all.chosen.amount, found.all.nouns
    steps = list(zip(found.edges[:-1], found.edges[1:], strict=True))
    return Mark(
        "bars",
        x=tuple((low + high) / 2 for low, high in steps),
        y=found.counts,
        name=f"How many {nouns}",
        tone="quiet",
        hover=tuple(
            f"{amount(low)} to {amount(high)}: {count:,} {nouns}"
            for (low, high), count in zip(steps, found.counts, strict=True)
        ),
    )
