"""One measure over time in up to six places, in periods that share no day, each change tested."""

from dataclasses import dataclass

import pandas as pd

from equity import placed, vintages, words
from equity.answers import Column, Reading, Table
from equity.changes import Change, apart, changes_of
from equity.charts import SERIES, Axis, Chart, Mark, Tone
from equity.comparability import Act
from equity.differences import CANT_TELL, NO_MARGIN, SAME, Difference
from equity.errors import Problem
from equity.profile_words import STATUSES
from equity.reliability import SHAKY
from equity.view import Ask, View
from equity.views.compare import AREAS

ACTS: frozenset[Act] = frozenset({"sets years side by side", "sets places side by side"})
# Places so many times as large as others are drawn in percent of their first number, or all but one would lie flat.
UNLIKE = 20
# With more lines than this their bands and end labels would hide each other.
FEW_LINES = 2


@dataclass(frozen=True, eq=False)
class Found:
    """The rows of all places, oldest first, the periods drawn and those left out, and each place's change."""

    measure: pd.Series
    group_title: str
    rows: pd.DataFrame
    periods: tuple[str, ...]
    left_out: tuple[str, ...]
    changes: tuple[Change, ...]
    without: tuple[str, ...]

    def amount(self, value: float) -> str:
        """Write a value with its unit."""
        return words.amount(value, self.measure)


def ask(view: View, ask: Ask) -> Found:
    """Give the values of each place in periods that share no day; in a lesson, in all periods."""
    placed.chosen_places(view, fewest=1)
    if len(view.measures) != 1:
        raise Problem("Choose one measure to see over time.")
    code = view.measures[0]
    measure = ask("measures").set_index("measure_id", drop=False).loc[code]
    there = ask("periods_held", measure=code, places=view.places)
    group = view.groups[0] if view.groups else placed.first_group(there)
    rows = ask("values_over_time", measure=code, places=view.places, group=group)
    held = rows[rows["value"].notna()].drop_duplicates("period")
    kept = set(held["period"]) if view.is_lesson else set(apart(held))
    if len(kept) < 2:
        raise Problem(
            f"{measure['title']}: these places have numbers in fewer than two periods that may be compared. "
            "Choose another measure, other places or people."
        )
    named = ask("places_named", places=view.places).set_index("place_id", drop=False)
    named = named.loc[list(view.places)].rename(columns={"title": "place_title"})
    names = dict(zip(named["place_id"], placed.names(named), strict=True))
    shown = rows[rows["period"].isin(kept)].assign(name=rows["place_id"].map(names))
    shown = shown.sort_values(["ends", "starts"], kind="stable")
    changes, without = changes_of(shown, measure, names)
    return Found(
        measure=measure,
        group_title=there[there["people_group"].eq(group)]["group_title"].iloc[0],
        rows=shown,
        periods=tuple(dict.fromkeys(shown["period"])),
        left_out=tuple(period for period in dict.fromkeys(held["period"]) if period not in kept),
        changes=changes,
        without=without,
    )


def read(found: Found) -> Reading:
    """Put each place's change into words, with what to know about the periods."""
    said = [change_sentence(found, change) for change in found.changes]
    sentences = (*said, *unseen(found), *about_periods(found), how(found), AREAS)
    first, last = (words.period(found.periods[end]) for end in (0, -1))
    return Reading(
        title=finding(found),
        subtitle=f"{found.measure['title']}, {first} to {last}, {found.group_title.lower()}",
        sentences=tuple(filter(None, sentences)),
        alt=f"Lines from {first} to {last}, one a place. {' '.join(said)}",
    )


def finding(found: Found) -> str:
    """Say what changed: of one place its change, of several in how many it rose or fell."""
    title = found.measure["title"]
    if len(found.changes) == 1:
        return f"{title}: {change_sentence(found, found.changes[0]).rstrip('.')}"
    if all(one.test is None for one in found.changes):
        return f"{title}: too few years to call it a trend"
    tested = [one for one in found.changes if one.test]
    untested = {one.test.verdict for one in tested} == {NO_MARGIN}
    moved = [
        one for one in tested if found.amount(one.first["value"]) != found.amount(one.last["value"])
    ]
    told = [one for one in moved if one.test.real or untested]
    counts = {
        "rose": sum(one.amount > 0 for one in told),
        "fell": sum(one.amount < 0 for one in told),
    }
    short = sum(one.test is None for one in found.changes)
    rest = len(found.changes) - sum(counts.values()) - short
    said = [f"{went} in {words.counted(count, 'place')}" for went, count in counts.items() if count]
    if rest:
        said.append(f"no sure change in {words.counted(rest, 'place')}")
    if short:
        said.append(f"too few years in {words.counted(short, 'place')}")
    doubt = (
        "; no margin is published, so we can't say if these changes are real" if untested else ""
    )
    return f"{title}: {words.listed(said)}{doubt}"


def change_sentence(found: Found, change: Change) -> str:
    """Say how a place's number changed, absolute and relative, and whether it is more than chance."""
    then, now = (found.amount(row["value"]) for row in (change.first, change.last))
    since, until = (words.period(row["period"]) for row in (change.first, change.last))
    name = words.capital(change.name)
    if then == now:
        return f"{name} had {now} in {until}, as in {since}."
    if change.test is None:
        return f"{name} had {then} in {since} and {now} in {until}; that is too short a time to call it a trend."
    went = "rose" if change.amount > 0 else "fell"
    return (
        f"In {change.name} it {went} from {then} in {since} to {now} in {until}"
        f"{by(found, change)}: {sure(change.test)}."
    )


def by(found: Found, change: Change) -> str:
    """Say a change as a difference and in percent."""
    gap = words.number(abs(change.amount), **placed.gap_words(found.measure))
    nothing = change.percent is not None and round(abs(change.percent), 1) == 0
    if change.percent is None or nothing or found.measure["suffix"] == "%":
        return f", by {gap}"
    return f", by {gap} or {words.number(abs(change.percent), decimals=1, suffix='%')}"


def sure(test: Difference) -> str:
    """Say whether a change is more than chance."""
    if test.verdict == NO_MARGIN:
        return "no margin is published, so we can't say if the change is real"
    if test.verdict == CANT_TELL:
        return "we can't tell if this is more than chance"
    return "a full count" if test.p is None else "more than chance"


def unseen(found: Found) -> list[str]:
    """Say which places have too few values, and where borders changed."""
    said = []
    if found.without:
        names = words.capital(words.listed(list(found.without)))
        have = "has" if len(found.without) == 1 else "have"
        said.append(f"{names} {have} fewer than two numbers in these periods.")
    shaky = sorted(set(found.rows[found.rows["grade"].eq(SHAKY)]["name"]))
    if shaky:
        said.append(f"Hollow dots are too shaky to compare ({words.listed(shaky)}).")
    return said


def about_periods(found: Found) -> list[str]:
    """Say which periods were left out and what the publisher says of comparing them."""
    said = []
    if found.left_out:
        periods = words.listed([words.period(period) for period in found.left_out])
        said.append(
            f"Not drawn, because they share time with others or start from another census: {periods}."
        )
    if found.rows["county_vintage"].nunique() > 1 and any(
        vintages.note(code) for code in set(found.rows["place_id"])
    ):
        said.append("The map of counties changed within these periods.")
    if found.measure["prefix"] == "$":
        said.append("In the dollars of each year: prices changed too.")
    if any("-Q" in period for period in found.periods):
        said.append(
            "Quarters differ by season; compare a quarter with the same quarter of another year."
        )
    return [*said, found.measure["periods_note"]]


def how(found: Found) -> str:
    """Name the test of the changes."""
    tests = sum(one.test is not None and one.test.p is not None for one in found.changes)
    if not tests:
        return ""
    many = (
        f" With {words.counted(tests, 'place')} tested at once, each must pass a stricter test (Bonferroni)."
        if tests > 1
        else ""
    )
    return f"The first and last number of each place are compared (z-test of the difference, 95% level).{many}"


def tabulate(found: Found) -> Table:
    """Give every value with its interval and grade, place by place."""
    rows = found.rows.assign(
        when=[words.period(period) for period in found.rows["period"]],
        missing=[STATUSES.get(status, "") for status in found.rows["status"]],
    )
    rows = rows.assign(trust=placed.trust(rows))
    order = {title: number for number, title in enumerate(one.title for one in found.changes)}
    rows = rows.sort_values("place_title", key=lambda names: names.map(order), kind="stable")
    columns = (Column("place_title", "Place"), Column("when", "Years"))
    return Table(rows, columns + tuple(placed.value_columns(found.measure)))


def more(found: Found) -> tuple[Table, ...]:
    """Give each place's change, absolute and relative, with its verdict."""
    if not found.changes:
        return ()
    frame = pd.DataFrame(
        {
            "place": [one.title for one in found.changes],
            "change": [one.amount for one in found.changes],
            "percent": [one.percent for one in found.changes],
            "verdict": [verdict(one) for one in found.changes],
        }
    ).astype({"percent": float})
    columns = (
        Column("place", "Place"),
        Column("change", "Change", **placed.gap_words(found.measure)),
        Column("percent", "In percent", decimals=1, suffix="%"),
        Column("verdict", "Verdict"),
    )
    return (Table(frame, columns, title=f"Change of each place: {found.measure['title']}"),)


def verdict(change: Change) -> str:
    """Say a change's verdict in a word or two."""
    if change.test is None:
        return "too short a time"
    if change.test.real:
        return "different"
    return "the same number" if change.test.verdict == SAME else change.test.verdict


def draw(found: Found) -> tuple[Chart, ...]:
    """Draw a line a place, with its band where few lines leave room for it."""
    places = list(dict.fromkeys(one.title for one in found.changes))
    indexed = far_apart(found)
    marks: list[Mark] = []
    for tone, title in zip(SERIES, places, strict=False):
        rows = by_period(found, found.rows[found.rows["place_title"].eq(title)])
        drawn = in_percent(rows) if indexed else rows
        if len(places) <= FEW_LINES and drawn["low"].notna().any():
            ends = {name: placed.ends(drawn, name) for name in ("low", "high")}
            marks.append(Mark("band", x=across(found), y=(), tone=tone, **ends))
        marks.append(line(found, rows, placed.ends(drawn, "value"), title, tone))
    years = Axis(years=True) if plain_years(found.periods) else Axis(categories=across(found))
    title = "Each place in percent of its first number" if indexed else ""
    return (Chart(tuple(marks), x=years, y=upward(found, indexed=indexed), title=title),)


def upward(found: Found, *, indexed: bool) -> Axis:
    """Give the axis of values; far apart they are shown from 0, close together that would hide the change."""
    if indexed:
        return Axis(f"{words.capital(found.measure['unit'])}, % of the first", suffix="%")
    values = found.rows["value"].dropna()
    zero = placed.from_zero(found.measure) and values.min() < values.max() / 2
    up = placed.axis_of(found.measure)
    return Axis(up.title, up.prefix, up.suffix, up.decimals, zero=zero)


def far_apart(found: Found) -> bool:
    """Say whether some place's numbers are so large that the others would lie flat."""
    largest = found.rows.groupby("place_id")["value"].max().dropna()
    return bool(largest.min() > 0 and largest.max() > UNLIKE * largest.min())


def in_percent(rows: pd.DataFrame) -> pd.DataFrame:
    """Give a place's numbers and intervals in percent of its first number."""
    first = rows["value"].dropna().iloc[0]
    return rows[["value", "low", "high"]].astype(float) * 100 / first


def line(found: Found, rows: pd.DataFrame, drawn: tuple, title: str, tone: Tone) -> Mark:
    """Give a place's line; a lone one is labelled at both ends, of two each at its last."""
    known = [at for at, value in enumerate(rows["value"]) if pd.notna(value)]
    labelled = {1: {known[0], known[-1]}, 2: {known[-1]}}
    ends = labelled.get(len(found.changes), set())
    return Mark(
        "line",
        x=across(found),
        y=drawn,
        name=title,
        tone=tone,
        labels=tuple(
            found.amount(rows["value"].iloc[at]) if at in ends else "" for at in range(len(rows))
        ),
        hover=tuple(
            f"{title}\n{words.period(period)}: {found.amount(value) if pd.notna(value) else 'no number'}"
            for period, value in zip(rows.index, rows["value"], strict=True)
        ),
        hollow=tuple(rows["grade"].eq(SHAKY)),
    )


def by_period(found: Found, rows: pd.DataFrame) -> pd.DataFrame:
    """Give a place's rows with one for each period that is drawn, so that a gap is a gap."""
    return rows.set_index("period").reindex(list(found.periods))


def across(found: Found) -> tuple:
    """Give where each period stands: its year, or its words where periods are no years."""
    if plain_years(found.periods):
        return tuple(float(period) for period in found.periods)
    return tuple(words.period(period) for period in found.periods)


def plain_years(periods: tuple[str, ...]) -> bool:
    """Say whether all periods are single years, so that a missing year leaves its room."""
    return all(period.isdigit() for period in periods)
