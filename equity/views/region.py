"""Several counties added together: one number for all of them, with its margin, or the reason why there is none."""

from dataclasses import dataclass

import pandas as pd

from equity import differences, placed, profile_words, regions, words
from equity.answers import Column, Reading, Table
from equity.charts import Axis, Chart, Mark
from equity.comparability import Act
from equity.differences import NO_MARGIN, SAME, Difference, Measured
from equity.errors import Problem
from equity.regions import Region
from equity.reliability import SHAKY
from equity.view import Ask, View
from equity.views.compare import AREAS

ACTS: frozenset[Act] = frozenset({"sets places side by side"})
FEWEST, MOST = 2, 20
NAME = "name"
LONGEST_NAME = 60
TOGETHER, PART, AROUND = "together", "part", "around"


@dataclass(frozen=True, eq=False)
class Found:
    """The number of all counties together, and a row each for it, its counties, their state and the nation.

    tests: the verdict of the whole against the state and the nation, by place_id.
    """

    measure: pd.Series
    period: str
    group_title: str
    name: str
    region: Region
    rows: pd.DataFrame
    tests: dict[str, Difference]

    def amount(self, value: float) -> str:
        """Write a value with its unit."""
        return words.amount(value, self.measure)


def ask(view: View, ask: Ask) -> Found:
    """Give the counties' number together; refused where it does not follow from theirs."""
    if len(view.measures) != 1:
        raise Problem("Choose one measure to add counties together.")
    refuse_unfit(ask("places_named", places=view.places))
    code = view.measures[0]
    measure = ask("measures").set_index("measure_id", drop=False).loc[code]
    there = ask("periods_held", measure=code, places=view.places)
    group = view.groups[0] if view.groups else placed.first_group(there)
    best = placed.held(there, measure, group=group, period=view.period)
    chosen = {"measure": code, "period": best["period"], "group": group}
    parts = ask("values", places=view.places, **chosen).set_index("place_id", drop=False)
    region = regions.combine(parts, measure)
    around = ask("values", places=around_of(view.places, measure), **chosen)
    name = plain(view.option(NAME)) or "These counties together"
    rows = pd.concat([row_of(region, name), parts.assign(what=PART), around.assign(what=AROUND)])
    rows = rows.reset_index(drop=True)
    return Found(
        measure,
        best["period"],
        best["group_title"],
        name,
        region,
        rows.assign(missing=[profile_words.STATUSES.get(one, "") for one in rows["status"]]),
        {
            row.place_id: tested(region, row, measure)
            for row in around.itertuples()
            if pd.notna(row.value)
        },
    )


def plain(name: str) -> str:
    """Give a name that somebody chose without marks that a chart or a page could take for more than a name."""
    return "".join(mark for mark in name if mark.isalnum() or mark in " ,.-'()")[
        :LONGEST_NAME
    ].strip()


def refuse_unfit(places: pd.DataFrame) -> None:
    """Raise Problem where there are too few or too many counties, or a place that is none."""
    if not FEWEST <= len(places) <= MOST:
        raise Problem(f"Choose from {words.SMALL[FEWEST]} to {MOST} counties to add together.")
    other = places[places["level"].ne("county")]
    if not other.empty:
        raise Problem(f"Only counties are added together; {other['title'].iloc[0]} is none.")


def around_of(places: tuple[str, ...], measure: pd.Series) -> tuple[str, ...]:
    """Give the state that all counties lie in and the nation.

    Nothing for what is modelled for counties apart, nor for numbers that grow with the place.
    """
    if measure["one_level"] or (pd.isna(measure["scale"]) and measure["unit"] in regions.COUNTED):
        return ()
    states = {code[:2] for code in places}
    return (*states, "US") if len(states) == 1 else ("US",)


def row_of(region: Region, name: str) -> pd.DataFrame:
    """Give the region as a row like those of places."""
    numbers = {"value": region.value, "low": region.low, "high": region.high}
    row = {"place_id": "", "place_title": name, "level": region.level, "grade": region.grade}
    return pd.DataFrame([row | numbers | {"status": "reported", "what": TOGETHER}]).astype(
        dict.fromkeys(numbers, float)
    )


def tested(region: Region, row: object, measure: pd.Series) -> Difference:
    """Give the test of the whole against another place."""
    here = Measured(region.value, region.se, region.grade)
    there = differences.measured(row, measure)
    return differences.compare(here, there, decimals=int(measure["decimals"]))


def read(found: Found) -> Reading:
    """Say the number of all together, how it was made, how its counties spread, and how it compares."""
    region, parts = found.region, found.rows[found.rows["what"].eq(PART)]
    low, high = (parts.loc[at] for at in (parts["value"].idxmin(), parts["value"].idxmax()))
    count = words.counted(region.places, "county")
    sentences = (
        f"{words.capital(count)} together: {found.amount(region.value)}{interval(found)}.",
        f"How it was made: {region.how}. {region.note}".strip(),
        f"Alone they run from {found.amount(low['value'])} ({low['place_title']}) to "
        f"{found.amount(high['value'])} ({high['place_title']}); one number hides this.",
        *(compared(found, row) for row in found.rows[found.rows["what"].eq(AROUND)].itertuples()),
        levels(found),
        AREAS,
    )
    title = f"{found.name}: {found.measure['title']} {found.amount(region.value)}"
    when = words.period(found.period)
    return Reading(
        title=title,
        subtitle=f"{found.measure['title']}, {when}, {found.group_title.lower()}: "
        f"{words.listed(parts['place_title'].str.partition(', ')[0].tolist())} as one",
        sentences=tuple(filter(None, sentences)),
        alt=f"Dots, one row a place: {'; '.join(said_of(found, row) for row in found.rows.itertuples())}.",
    )


def interval(found: Found) -> str:
    """Write the interval of the whole and how far to trust it; where there is none, that it has none."""
    region = found.region
    if region.low is None or region.high is None:
        full = found.measure["grade_rule"] == "full count"
        return ", a full count" if full else ", with no margin, because one is not published"
    ends = f"{found.amount(region.low)} to {found.amount(region.high)}"
    return f" ({region.level:.0%} interval {ends}; {region.grade})"


def said_of(found: Found, row: object) -> str:
    """Say a place and its number."""
    return f"{row.place_title} {row.missing if pd.isna(row.value) else found.amount(row.value)}"


def compared(found: Found, row: object) -> str:
    """Say the verdict of the whole against the state or the nation."""
    test = found.tests.get(row.place_id)
    if test is None:
        return f"{words.capital(name_of(row))}: no number ({row.missing})."
    there = f"{name_of(row)} ({found.amount(row.value)})"
    if test.verdict == SAME:
        return f"Together they have the same number as {there}."
    if test.real:
        return f"Together they are {test.verdict} than {there}: {test.test}."
    why = "no margin is published" if test.verdict == NO_MARGIN else test.test
    return f"We can't tell if they differ from {there}: {why}."


def name_of(row: object) -> str:
    """Give the name of a state or the nation in a sentence."""
    return f"the {row.place_title}" if row.place_id == "US" else row.place_title


def levels(found: Found) -> str:
    """Say where intervals drawn side by side are of two levels."""
    drawn = found.rows[found.rows["low"].notna()]["level"].dropna().unique()
    if len(drawn) < 2:
        return ""
    said = words.listed([f"{level:.0%}" for level in sorted(drawn)])
    return f"The intervals are of different levels ({said}), so their widths must not be compared."


def tabulate(found: Found) -> Table:
    """Give a row each for the whole, its counties, the state and the nation."""
    trust = found.rows["grade"].where(found.rows["value"].notna(), found.rows["missing"])
    said = [
        found.tests[code].verdict if code in found.tests else "" for code in found.rows["place_id"]
    ]
    rows = found.rows.assign(
        trust=trust,
        verdict=said,
        percent=100 * found.rows["level"].where(found.rows["low"].notna()),
    )
    columns = (
        Column("place_title", "Place"),
        *placed.value_columns(found.measure),
        Column("percent", "Level of the interval", 0, suffix="%"),
        Column("verdict", "Together they are"),
    )
    return Table(rows, columns)


def draw(found: Found) -> tuple[Chart, ...]:
    """Draw a dot with its interval a place; the whole stands out."""
    tones = ((TOGETHER, "Together", "contrast"), (PART, "Its counties", "mark"))
    marks = []
    for what, name, tone in (*tones, (AROUND, "State and nation", "quiet")):
        rows = found.rows[found.rows["what"].eq(what) & found.rows["value"].notna()]
        if not rows.empty:
            marks.append(dots(found, rows, name, tone))
    return (
        Chart(
            tuple(marks),
            x=placed.axis_of(found.measure),
            y=Axis(categories=tuple(found.rows["place_title"])),
        ),
    )


def dots(found: Found, rows: pd.DataFrame, name: str, tone: str) -> Mark:
    """Give the dots of some rows with their intervals."""
    labels = tuple(found.amount(value) for value in rows["value"])
    return Mark(
        "dots",
        x=placed.ends(rows, "value"),
        y=tuple(rows["place_title"]),
        low=placed.ends(rows, "low"),
        high=placed.ends(rows, "high"),
        name=name,
        tone=tone,
        labels=labels,
        hollow=tuple(rows["grade"].eq(SHAKY)),
    )
