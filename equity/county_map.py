"""One measure in every county: the numbers of a map, its classes and what it says."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity import downloads, map_classes, map_numbers, misuse
from equity.errors import Problem
from equity.map_classes import Classes, Method
from equity.map_numbers import Rank, Shown
from equity.view import Ask, View
from equity.words import amount

PUERTO_RICO = "72"
# What each kind of missing number is called and why it is missing; see map_numbers.MISSING.
MISSING_WORDS = {
    "suppressed": ("Withheld", "This number is held back to protect privacy."),
    "unreliable": (
        "Too few to be reliable",
        "The publisher says too few events stand behind this number, and gives none.",
    ),
    "not collected": ("Not collected", "The publisher covers this county but did not ask here."),
    "not published": ("No data", "The publisher gives no number for this county."),
}
PATTERNS = {
    "suppressed": "dots",
    "unreliable": "backslashes",
    "not collected": "crosses",
    "not published": "bars",
}
FEWEST_FOR_HALVES = 4
# A period opens by itself, and a heading speaks of "counties", when this share of counties has a number.
COVERED = 0.5
NO_RANK = "No rank: numbers like these must not be ranked."
NO_SORT = "By name, not by value: numbers like these must not be ranked."


@dataclass(frozen=True)
class Asked:
    """A map's answer: `table` has one row a county, `words` the measure's and period's words."""

    table: pd.DataFrame
    words: pd.Series
    reference: np.ndarray
    reference_words: str

    @property
    def shown(self) -> Shown:
        """The numbers as they are shown."""
        return map_numbers.shown(self.table, int(self.words["decimals"]))

    @property
    def us_value(self) -> float | None:
        """The US value of the same period and group, where it may be set beside counties."""
        value = self.words["us_value"]
        return None if pd.isna(value) or not self.words["may_rank"] else float(value)


def counties(ask: Ask, *, measure: str, period: str, group: str) -> Asked:
    """Every county's number of a measure in a period for a people group.

    Raises Problem, in a sentence, when the data hold no county number for what was asked.
    """
    chosen = {"measure": measure, "period": period, "group": group}
    words = ask("map_words", **chosen)
    if words.empty:
        raise Problem(
            f"These data hold no measure {measure!r} for {period!r} and {group!r}. Choose another."
        )
    table = ask("map_counties", **chosen)
    reference = ask("map_reference", **chosen)
    if table["value"].isna().all():
        title = words["title"].iloc[0]
        raise Problem(f"{title}: no county has a number for {period}. Choose another period.")
    kept = reference.iloc[0]
    said = words.iloc[0].copy()
    said["may_rank"] = misuse.may_order(said)
    return Asked(
        table=table,
        words=said,
        reference=reference["value"].to_numpy(float),
        reference_words=f"{period_text(kept['period'])}, {group_text(kept['people_group'])}",
    )


def of_view(view: View, ask: Ask) -> Asked:
    """Give every county's number of a view's measure; where it names no period or people, the ones to show first.

    Raises Problem where counties have no number of it.
    """
    if len(view.measures) != 1 or len(view.groups) > 1:
        raise Problem("A map shows one measure of one group of people. Choose one of each.")
    period, group = view.period, next(iter(view.groups), "")
    if not (period and group):
        there = ask("map_choices")
        there = there[there["measure_id"].eq(view.measures[0])]
        for name, chosen in (("period", period), ("people_group", group)):
            there = there[there[name].eq(chosen)] if chosen else there
        if there.empty:
            raise Problem("No county has a number of this measure to map. Choose another measure.")
        period, group = opening(there)
    return counties(ask, measure=view.measures[0], period=period, group=group)


def group_text(group: str) -> str:
    """How the group that fixes the breaks is called in the legend."""
    return "everyone" if group == "everyone" else "the same group"


def period_text(period: str) -> str:
    """A period as it is printed: 2015\u20132019, with a dash that is not a minus."""
    return period.replace("..", " to ").replace("-", "\u2013")


def opening(choices: pd.DataFrame) -> tuple[str, str]:
    """The period and people group to show first: the newest of everyone that most counties have.

    choices has the rows of queries/map_choices.sql of one measure, newest first. A period counts
    when at least half as many counties have a number as in the fullest one, so that one state's
    newer file does not hide the whole country. Without everyone, the first group that qualifies.
    """
    whole = choices[choices["people_group"].eq("everyone")]
    rows = choices if whole.empty else whole
    well = rows[rows["counties"].ge(COVERED * rows["counties"].max())]
    return well["period"].iloc[0], well["people_group"].iloc[0]


def classes_of(asked: Asked, *, method: Method, count: int) -> Classes:
    """Classes for the map; without a US value, classes around it become quantiles."""
    around = method == "around the US value"
    return map_classes.classify(
        asked.reference,
        method="quantiles" if around and asked.us_value is None else method,
        count=count,
        decimals=int(asked.words["decimals"]),
        benchmark=asked.us_value if around else None,
    )


def text(measure: pd.Series, value: float) -> str:
    """A value as it is printed, with what stands before and after it."""
    return amount(value, measure)


def labels(asked: Asked, classes: Classes) -> list[str]:
    """The printed bounds of each class."""
    printed = []
    for low, high in map_classes.bounds_of(classes):
        if low is None and high is None:
            printed.append("All counties")
        elif low is None:
            printed.append(f"{text(asked.words, high)} or less")
        elif high is None:
            printed.append(f"{text(asked.words, low)} or more")
        elif low == high:
            printed.append(text(asked.words, low))
        else:
            printed.append(f"{text(asked.words, low)} to {text(asked.words, high)}")
    return printed


def title(asked: Asked) -> str:
    """What the map shows: measure, period, group."""
    words = asked.words
    group = "" if words["people_group"] == "everyone" else f", {words['group_title']}"
    return f"{words['title']}, {period_text(words['period'])}{group}"


def finding(asked: Asked, *, state: str | None = None) -> str:
    """The map's heading: where the middle half of the counties lies."""
    rows = asked.table[asked.table["state_id"].eq(state)] if state else asked.table
    values = rows["value"].dropna()
    few = len(values) < COVERED * len(rows)
    start = f"In {state_name(rows)}, the middle half" if state else "The middle half"
    start += f" of the {len(values):,} counties with a number" if few else " of counties"
    if len(values) < FEWEST_FOR_HALVES:
        return title(asked)
    low, high = (text(asked.words, end) for end in np.percentile(values, [25, 75]))
    if low == high:
        return f"{start} all have {low}"
    return f"{start}: {low} to {high}"


def state_name(rows: pd.DataFrame) -> str:
    """The name of the state that all rows lie in."""
    return rows["title"].iloc[0].split(", ")[-1]


def read(asked: Asked, *, place: str | None = None, state: str | None = None) -> list[str]:
    """Sentences that read the map, true to its numbers; the chosen county and state where given."""
    sentences = [coverage(asked), spread(asked.words, asked.table, where="Counties")]
    if state:
        inside = asked.table[asked.table["state_id"].eq(state)]
        where = f"In {state_name(inside)}, counties"
        sentences.append(spread(asked.words, inside, where=where))
    if asked.us_value is not None:
        us_value = text(asked.words, asked.us_value)
        added = ", added up from the counties," if summed(asked) else ""
        sentences.append(f"The value for the whole country{added} is {us_value}.")
    sentences += [sureness(asked), county(asked, place) if place else ""]
    sentences.append("Numbers about counties do not tell us about each person who lives there.")
    return [sentence for sentence in sentences if sentence]


def summed(asked: Asked) -> bool:
    """Say whether the US value is our sum of the counties, not the publisher's own figure."""
    return bool(asked.words["us_origin"] == "summed from counties")


def coverage(asked: Asked) -> str:
    """How many counties have a number, and why the others have none."""
    table = asked.table
    puerto_rico = table["state_id"].eq(PUERTO_RICO)
    covered = table[puerto_rico]["status"].ne("not published").any()
    counted = table if covered else table[~puerto_rico]
    known = counted["value"].notna()
    what = "counties and Puerto Rico's municipios" if covered else "counties"
    parts = [f"{known.sum():,} of {len(counted):,} {what} have a number"]
    for status, count in counted[~known]["status"].value_counts().items():
        parts.append(f"{MISSING_WORDS[status][0].lower()} for {count:,}")
    left_out = "" if covered else " Puerto Rico is not in this source."
    return "; ".join(parts) + "." + left_out


def spread(words: pd.Series, rows: pd.DataFrame, *, where: str) -> str:
    """From where to where values run, and the middle one; no ends where they must not be ranked."""
    values = rows["value"].dropna()
    if values.empty:
        return f"{where} have no number here."
    if len(values) == 1:
        return f"{where} have one number here: {text(words, values.iloc[0])}."
    if not words["may_rank"] and len(values) < FEWEST_FOR_HALVES:
        return f"{where} have {len(values)} numbers here."
    if not words["may_rank"]:
        low, high = (text(words, end) for end in np.percentile(values, [25, 75]))
        return f"{where}: the middle half have {low} to {high}."
    low, middle, high = (
        text(words, value) for value in (values.min(), values.median(), values.max())
    )
    return f"{where} run from {low} to {high}; half are at or below {middle}."


def sureness(asked: Asked) -> str:
    """How many numbers are shaky, or that nobody can say because margins are not published."""
    grades = asked.table["grade"].dropna()
    shaky = int(grades.eq("too shaky to compare").sum())
    if grades.eq("margin not published").all():
        return "No margins are published with these numbers, so close values may differ by chance."
    if shaky:
        return f"{shaky:,} numbers are too shaky to compare and are hatched on the map."
    return ""


def county(asked: Asked, place: str) -> str:
    """Where the chosen county stands, with its interval, its grade and its ties."""
    at = asked.table.index[asked.table["place_id"].eq(place)]
    if not len(at):
        return ""
    row = asked.table.loc[at[0]]
    if pd.isna(row["value"]):
        label, why = MISSING_WORDS[row["status"]]
        return f"{row['title']}: {label.lower()}. {why}"
    return f"{row['title']}: {text(asked.words, row['value'])} ({certainty(asked, row)}). {rank_text(asked, at[0])}"


def certainty(asked: Asked, row: pd.Series) -> str:
    """A county's interval and grade in words."""
    if pd.isna(row["low"]):
        return row["grade"]
    level = round(row["interval_level"] * 100)
    low, high = text(asked.words, row["low"]), text(asked.words, row["high"])
    return f"{level}% interval {low} to {high}; {row['grade']}"


def rank_text(asked: Asked, position: int) -> str:
    """A county's rank with its ties, or why it has none."""
    if not asked.words["may_rank"]:
        return NO_RANK
    found: Rank | None = map_numbers.rank(asked.shown, position)
    if found is None:
        return ""
    others = "1 other" if found.tied == 1 else f"{found.tied:,} others"
    ties = f", tied with {others}" if found.tied else ""
    return f"Rank {found.place:,} of {found.ranked:,} from the highest{ties}."


def alt(asked: Asked, classes: Classes) -> str:
    """The map in words for somebody who does not see it."""
    middle = spread(asked.words, asked.table, where="Counties")
    return f"Map of US counties. {title(asked)}. {middle} Colours: {classes.count} classes."


def draw(asked: Asked, classes: Classes) -> dict[str, object]:
    """The map's numbers as static/county_map.js takes them, without what somebody has chosen."""
    words, shown = asked.words, asked.shown
    return map_numbers.packed(shown, classes, asked.table) | {
        "title": title(asked),
        "legendTitle": words["unit"][:1].upper() + words["unit"][1:],
        "legendNote": legend_note(asked, classes),
        "labels": labels(asked, classes),
        "palette": {ground: map_classes.palette(classes, ground) for ground in ("light", "dark")},
        "format": {
            "decimals": shown.decimals,
            "marginDecimals": shown.margin_decimals,
            "before": words["prefix"],
            "after": words["suffix"],
            "z": shown.z,
            "level": round(shown.level * 100),
        },
        "grades": [grade.capitalize() for grade in map_numbers.GRADES],
        "missing": missing_words(),
        "mayRank": bool(words["may_rank"]),
        "whyNoRank": NO_RANK,
        "whyNoSort": NO_SORT,
    }


def missing_words() -> list[dict[str, str]]:
    """What the legend and the card say of each kind of missing number, and its pattern."""
    return [
        {"label": MISSING_WORDS[kind][0], "why": MISSING_WORDS[kind][1], "pattern": PATTERNS[kind]}
        for kind in map_numbers.MISSING
    ]


def legend_note(asked: Asked, classes: Classes) -> str:
    """How the classes were made."""
    benchmark = classes.benchmark
    us = "" if benchmark is None else f" The US value is {text(asked.words, benchmark)}."
    return f"{map_classes.METHODS[classes.method]}.{us} Breaks fixed on {asked.reference_words}."


def to_csv(asked: Asked) -> str:
    """The map's numbers as CSV, with the source and data version in each row."""
    words = asked.words
    columns = ["place_id", "title", "value", "low", "high", "interval_level", "status", "grade"]
    rows = asked.table[columns].rename(columns={"title": "county"})
    rows = rows.assign(
        measure=words["title"],
        unit=words["unit"],
        period=words["period"],
        people=words["group_title"],
        source=words["citation"],
        data_version=words["data_version"],
    )
    safe = rows.apply(lambda column: column.map(downloads.no_formula))
    return safe.to_csv(index=False, lineterminator="\r\n")
