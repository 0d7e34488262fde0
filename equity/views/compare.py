"""Up to six places side by side: up to four measures, each on its own axis, a verdict for each pair."""

from dataclasses import dataclass

import pandas as pd

from equity import placed, words
from equity.answers import Column, Reading, Table
from equity.charts import Axis, Chart, Mark
from equity.comparability import Act
from equity.differences import CANT_TELL, HIGHER, LOWER, NO_MARGIN, SAME
from equity.errors import Problem
from equity.placed import Pair, Placed
from equity.reliability import SHAKY
from equity.view import Ask, View

# Each measure has an axis of its own, so different units may stand side by side.
ACTS: frozenset[Act] = frozenset({"sets places side by side"})
MOST_MEASURES = 4
# So many pairs are read one by one; of more, each place is read with all that it is higher than.
FEW_PAIRS = 3
AREAS = "Numbers about places do not tell us about each person there."


@dataclass(frozen=True, eq=False)
class Found:
    """Each measure in the same places, and whether some of them lie inside others."""

    parts: tuple[Placed, ...]
    nested: bool


def ask(view: View, ask: Ask) -> Found:
    """Give each place's numbers and the verdict of each pair; raise Problem where nothing can be compared."""
    places = placed.chosen_places(view, fewest=2)
    if not 1 <= len(view.measures) <= MOST_MEASURES:
        raise Problem(f"Choose from one to {words.SMALL[MOST_MEASURES]} measures.")
    parts = [
        placed.placed(view, code, ask, period=view.period if number == 0 else "")
        for number, code in enumerate(view.measures)
    ]
    states = {code[:2] for code in places if code.isdigit() and len(code) == 5}
    whole = {code for code in places if len(code) == 2}
    nested = bool(states & whole) or ("US" in whole and len(places) > 1)
    return Found(tuple(parts), nested)


def read(found: Found) -> Reading:
    """Put the comparison into words."""
    several = len(found.parts) > 1
    sentences = []
    for part in found.parts:
        said = [*verdicts(part), *placed.gaps(part)] or ["No place has a number."]
        sentences += [f"{part.measure['title']}. {said[0]}" if several else said[0], *said[1:]]
    if found.nested and any(part.pairs for part in found.parts):
        sentences.append(
            "A place is a part of its state and of the nation, so a gap between a part and the whole "
            "is smaller than the gap to the rest."
        )
    values = [f"{part.measure['title']}: {all_values(part)}" for part in found.parts]
    return Reading(
        title=finding(found),
        subtitle="; ".join(part.what for part in found.parts),
        sentences=tuple(filter(None, (*sentences, how_tested(found), AREAS))),
        alt=f"Dots with intervals, one row a place. {'. '.join(values)}.",
    )


def all_values(part: Placed) -> str:
    """Say every place's number, or why there is none."""
    return "; ".join(
        f"{row.name} {row.missing or part.amount(row.value)}"
        for row in part.rows.itertuples(index=False)
    )


def finding(found: Found) -> str:
    """Say what the comparison found: of one pair its verdict, of several how many differ."""
    part = found.parts[0]
    if len(found.parts) == 1:
        if not part.pairs:
            return f"{part.measure['title']}: fewer than two of these places have a number"
        if len(part.pairs) == 1:
            return f"{part.measure['title']}: {pair_sentence(part, part.pairs[0])}".rstrip(".")
        return f"{part.measure['title']}: {how_many(part)}"
    return "; ".join(f"{one.measure['short_title']}: {how_many(one)}" for one in found.parts)


def how_many(part: Placed) -> str:
    """Say how many pairs of places differ."""
    if not part.pairs:
        return "no pair of places to compare"
    verdicts = [pair.test.verdict for pair in part.pairs]
    if set(verdicts) == {NO_MARGIN}:
        low, high = (
            part.amount(end) for end in (part.known["value"].min(), part.known["value"].max())
        )
        run = f"from {low} to {high}" if low != high else f"all {low}"
        return f"{run}, but no margin is published, so no difference can be tested"
    real = sum(pair.test.real for pair in part.pairs)
    if real == len(verdicts):
        return "every pair of places differs" if real > 1 else "the two places differ"
    if not real:
        return "no pair of places can be told apart"
    of = words.counted(len(verdicts), "pair")
    return f"{words.SMALL[real] if real <= 10 else real} of {of} of places {verb(real)}"


def verb(count: int) -> str:
    """Give "differs" or "differ"."""
    return "differs" if count == 1 else "differ"


def verdicts(part: Placed) -> list[str]:
    """Say what the tests of a measure say: each of a few pairs, else place by place."""
    untested = all(pair.test.verdict == NO_MARGIN for pair in part.pairs)
    if len(part.pairs) <= FEW_PAIRS and not (untested and len(part.pairs) > 1):
        return [pair_sentence(part, pair) for pair in part.pairs]
    said = [
        f"{words.capital(row.name)} ({part.amount(row.value)}) is higher than {words.listed(lower)}."
        for row in part.known.itertuples()
        if (lower := lower_than(part, row.name))
    ]
    return said + not_told(part)


def lower_than(part: Placed, name: str) -> list[str]:
    """Give the places that are lower than one, by their tests."""
    below = [p.other for p in part.pairs if p.one == name and p.test.verdict == HIGHER]
    return below + [p.one for p in part.pairs if p.other == name and p.test.verdict == LOWER]


def not_told(part: Placed) -> list[str]:
    """Say which pairs cannot be told apart: by name where they are few."""
    said = []
    unknown = [pair for pair in part.pairs if pair.test.verdict == CANT_TELL]
    if 0 < len(unknown) <= FEW_PAIRS:
        named = [f"{pair.one} from {pair.other}" for pair in unknown]
        said.append(f"We can't tell {words.listed(named)}.")
    elif unknown:
        said.append(f"We can't tell apart {words.counted(len(unknown), 'more pair')}.")
    untested = sum(pair.test.verdict == NO_MARGIN for pair in part.pairs)
    if untested and untested == len(part.pairs):
        said.append("No margin is published for these numbers, so no difference can be tested.")
    elif untested:
        which = words.counted(untested, "pair")
        said.append(f"No margin is published for {which}, so no difference can be tested there.")
    same = [pair for pair in part.pairs if pair.test.verdict == SAME]
    return said + [pair_sentence(part, pair) for pair in same[:FEW_PAIRS]]


def pair_sentence(part: Placed, pair: Pair) -> str:
    """Say what a pair's test says, with both numbers."""
    here, there = (part.amount(value) for value in pair.values)
    one, other = words.capital(pair.one), pair.other
    if pair.test.verdict == SAME:
        return f"{one} and {other} have the same number, {here}."
    if pair.test.real and here == there:
        return f"{one} is {pair.test.verdict} than {other}, by less than is shown: both print as {here}."
    if pair.test.real:
        return f"{one} ({here}) is {pair.test.verdict} than {other} ({there})."
    why = "no margin is published" if pair.test.verdict == NO_MARGIN else pair.test.test
    return f"We can't tell if {pair.one} ({here}) and {other} ({there}) differ: {why}."


def how_tested(found: Found) -> str:
    """Name the test, and say how the number of pairs was allowed for."""
    tests = [sum(pair.test.p is not None for pair in part.pairs) for part in found.parts]
    if not any(tests):
        return "Full counts need no test." if every_full_count(found) else ""
    most = max(tests)
    if most == 1:
        return "A difference counts when chance alone would seldom give it (z-test of the difference, 95% level)."
    return (
        "A difference counts when chance alone would seldom give it (z-test of the difference, 95% level). "
        f"With {words.counted(most, 'pair')} tested at once, each must pass a stricter test, so that not even "
        "one false difference is likely (Bonferroni)."
    )


def every_full_count(found: Found) -> bool:
    """Say whether all pairs are of full counts."""
    pairs = [pair for part in found.parts for pair in part.pairs]
    return bool(pairs) and all(pair.test.test.startswith("full counts") for pair in pairs)


def tabulate(found: Found) -> Table:
    """Give a row a place: its numbers with intervals and grades, measure by measure."""
    frame = found.parts[0].rows[["place_id", "place_title"]].copy()
    columns = [Column("place_title", "Place")]
    for number, part in enumerate(found.parts):
        ending = f"_{number + 1}" if number else ""
        for name in ("value", "low", "high"):
            frame[f"{name}{ending}"] = part.rows[name].astype(float)
        frame[f"trust{ending}"] = placed.trust(part.rows)
        title = "Value" if len(found.parts) == 1 else f"{part.measure['title']}, {part.when}"
        columns += placed.value_columns(part.measure, ending=ending, title=title)
    return Table(frame, unlike(columns))


def unlike(columns: list[Column]) -> tuple[Column, ...]:
    """Give columns whose titles are not alike: the second "Low" says of what."""
    seen: dict[str, int] = {}
    told = []
    for column in columns:
        seen[column.title] = seen.get(column.title, 0) + 1
        more = f" ({seen[column.title]})" if seen[column.title] > 1 else ""
        told.append(
            Column(
                column.name, f"{column.title}{more}", column.decimals, column.prefix, column.suffix
            )
        )
    return tuple(told)


def more(found: Found) -> tuple[Table, ...]:
    """Give the verdict for each pair, a table a measure: gap and ratio, the first of the two against the other."""
    return tuple(pair_table(part) for part in found.parts if len(part.pairs))


def pair_table(part: Placed) -> Table:
    """Give a measure's pairs with their verdicts."""
    frame = pd.DataFrame(
        {
            "pair": [f"{words.capital(pair.one)} and {pair.other}" for pair in part.pairs],
            "verdict": [pair_verdict(pair) for pair in part.pairs],
            "gap": [pair.values[0] - pair.values[1] for pair in part.pairs],
            "ratio": [pair.ratio for pair in part.pairs],
        }
    ).astype({"ratio": float})
    columns = (Column("pair", "Pair"), Column("verdict", "Verdict"))
    if part.measure["made"] != "classified":  # labels have no distance
        columns += (Column("gap", "Gap", **placed.gap_words(part.measure)),)
        columns += (Column("ratio", "Ratio", decimals=2),)
    return Table(frame, columns, title=f"Verdict for each pair: {part.measure['title']}")


def pair_verdict(pair: Pair) -> str:
    """Say a verdict so that nobody has to ask which of the two is meant."""
    if pair.test.real:
        return f"different: {pair.one} is {pair.test.verdict}"
    return "the same number" if pair.test.verdict == SAME else pair.test.verdict


def draw(found: Found) -> tuple[Chart, ...]:
    """Draw a dot a place with its interval, a chart a measure; one scale where unit and adjustment agree."""
    several = len(found.parts) > 1
    return tuple(
        Chart(
            (dots(part),),
            x=placed.axis_of(part.measure, span=span(part, found.parts)),
            y=Axis(categories=row_names(part)),
            title=part.what if several else "",
        )
        for part in found.parts
    )


def row_names(part: Placed) -> tuple[str, ...]:
    """Give the name of each row; without a number it says why."""
    return tuple(
        f"{row.place_title}\n({row.missing})" if row.missing else row.place_title
        for row in part.rows.itertuples()
    )


def dots(part: Placed) -> Mark:
    """Give a dot a place; hollow where it is too shaky to compare."""
    rows = part.rows
    return Mark(
        "dots",
        x=placed.ends(rows, "value"),
        y=row_names(part),
        low=placed.ends(rows, "low"),
        high=placed.ends(rows, "high"),
        labels=tuple("" if pd.isna(value) else part.amount(value) for value in rows["value"]),
        hover=placed.hovers(part),
        hollow=tuple(rows["grade"].eq(SHAKY)),
    )


def span(part: Placed, parts: tuple[Placed, ...]) -> tuple[float, float] | None:
    """Give the scale that measures of one unit and adjustment share; None where a measure stands alone."""
    alike = [one for one in parts if scale_of(one) == scale_of(part)]
    if len(alike) < 2:
        return None
    numbers = pd.concat([one.rows[name] for one in alike for name in ("value", "low", "high")])
    low, high = float(numbers.min()), float(numbers.max())
    room = 0.06 * ((high - low) or abs(high) or 1)
    return (0.0 if placed.from_zero(part.measure) else low - room, high + room)


def scale_of(part: Placed) -> tuple[str, str, str]:
    """Give what two measures must share to stand on one scale."""
    return (part.measure["unit"], part.measure["adjustment"], part.measure["prefix"])
