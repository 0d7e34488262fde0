"""Which measures of inequality fit: all that apply with intervals, by other references, with weights and without."""

from dataclasses import dataclass

import pandas as pd

from equity import differences, group_gaps, inequality, people_counts, splits, words
from equity.answers import Column, Reading, Table
from equity.charts import Axis, Chart, Mark, Reference
from equity.comparability import Act
from equity.errors import Refused
from equity.group_gaps import BEST, REFERENCE, Gap
from equity.inequality import Estimate
from equity.inequality.cards import cards
from equity.inequality.caution import interval_caution
from equity.people_counts import People
from equity.splits import EVERYONE, Split, name
from equity.view import Ask, View

ACTS: frozenset[Act] = frozenset({"sets groups side by side", "adds shares of groups"})
# Groups that run from the least to the most advantaged; ages and others do not.
ORDERED = ("income",)
BEST_FIT, APPLIES, NOT_HERE = "best", "applies", "does not apply"
TIMES = ("r", "rii", "mrr", "srr")
PERCENT = ("cov", "idisu", "idisw", "paf")
BARE = ("ti", "mld", "rci")
# Measures that count each group by its people, beside the same that count each group once.
WEIGHTED_AND_NOT = (("mdmw", "mdmu"), ("mdbw", "mdbu"))


@dataclass(frozen=True, eq=False)
class Found:
    """The groups, what each measure gives or why it gives nothing, and the widest gap by each reference."""

    split: Split
    people: People | None
    estimates: dict[str, Estimate]
    refused: dict[str, Refused]
    fitting: tuple[str, ...]
    gaps: tuple[tuple[str, Gap], ...]


def ask(view: View, ask: Ask) -> Found:
    """Give all measures of inequality between the groups of a measure in a place, and why some do not apply."""
    split = splits.split(view, ask)
    people = people_counts.people(split, ask)
    table = measured(split, people, view.option(REFERENCE, BEST))
    healthy = inequality.healthy_people(
        groups_of(split, None), **group_gaps.settings(split.measure)
    )
    estimates = table.estimates | healthy.estimates
    return Found(
        split=split,
        people=people,
        estimates=estimates,
        refused=table.refused | healthy.refused,
        fitting=fitting(split, estimates),
        gaps=by_reference(split),
    )


def measured(split: Split, people: People | None, asked: str) -> inequality.Table:
    """Give WHO's measures of the groups that may be compared."""
    titles = split.firm.set_index("group")["title"].map(name)
    return inequality.table(
        groups_of(split, people),
        ordered=ordered(split),
        reference=titles.get(asked),
        average=None if split.everyone is None else float(split.everyone["value"]),
        **group_gaps.settings(split.measure),
    )


def groups_of(split: Split, people: People | None) -> pd.DataFrame:
    """Give the groups as equity.inequality takes them, named as they stand in a sentence."""
    rows = split.firm
    groups = group_gaps.frame(rows, split.measure, None if people is None else people.counted)
    groups["group"] = groups["group"].map(name)
    if ordered(split):
        groups["order"] = rows["group_position"].to_numpy(dtype=float)
    return groups


def ordered(split: Split) -> bool:
    """Say whether the groups run from the least to the most advantaged."""
    return split.dimension in ORDERED


def fitting(split: Split, estimates: dict[str, Estimate]) -> tuple[str, ...]:
    """Give the codes of the measures that fit best: always a difference and a ratio, then one of all groups."""
    wanted = ["d", "r"]
    if ordered(split):
        wanted += ["sii", "rii"]
    elif len(split.firm) > 2:
        pairs = (("mdmw", "mdmu", "mdbu"), ("idisw", "idisu", "srr"))
        wanted += [next((code for code in pair if code in estimates), "") for pair in pairs]
    return tuple(code for code in wanted if code in estimates)


def by_reference(split: Split) -> tuple[tuple[str, Gap], ...]:
    """Give the widest gap by each reference there is: the best-off group, everyone, each other group."""
    best = group_gaps.reference_row(split, BEST)
    choices = [(f"{best['title']} (best off)", BEST)]
    if split.everyone is not None:
        choices.append((split.everyone["title"], EVERYONE))
    choices += [
        (row.title, row.group) for row in split.firm.itertuples() if row.group != best["group"]
    ]
    return tuple((title, group_gaps.widest_against(split, code)) for title, code in choices)


def read(found: Found) -> Reading:
    """Say which measures fit and why, what weights and references change, and what does not apply."""
    return Reading(
        title=finding(found),
        subtitle=found.split.what,
        sentences=tuple(
            " ".join(part)
            for part in (
                [why_they_fit(found)],
                weights(found),
                [*by_chance(found), *references(found)],
                cautions(found),
                not_given(found),
            )
            if part
        ),
        alt=(
            "Dots with intervals where published: the widest gap by what groups are set against. "
            + "; ".join(f"against {name(title)} {said(gap, found)}" for title, gap in found.gaps)
            + "."
        ),
    )


def finding(found: Found) -> str:
    """Say which measures fit, with their numbers."""
    told = [f"the {named(code).lower()} ({written(found, code)})" for code in found.fitting[:2]]
    return f"What fits here: {words.listed(told)}"


def named(code: str) -> str:
    """Give the name of a measure of inequality."""
    return cards()[code].name


def written(found: Found, code: str) -> str:
    """Write the value of a measure of inequality with its unit."""
    value = found.estimates[code].value
    side = " better" if code == "d" and value < 0 else ""
    return in_unit(value, code, found.split.measure) + side


def in_unit(value: float, code: str, measure: pd.Series) -> str:
    """Write a value of a measure of inequality with its unit."""
    if code in TIMES:
        return group_gaps.ratio_amount(value)
    if code in BARE:
        return words.number(value, decimals=2)
    if code in PERCENT:
        return words.number(value, decimals=1, suffix="%")
    return group_gaps.gap_amount(value, measure)


def unit(code: str, measure: pd.Series) -> str:
    """Give the unit of a measure of inequality."""
    if code == "bgv":
        return "squared units"
    if code in TIMES:
        return "times"
    if code in PERCENT:
        return "% of the average"
    if code in BARE:
        return "no unit"
    if code in ("rmax", "rmin"):
        return measure["unit"]
    return "percentage points" if measure["suffix"] == "%" else splits.short_unit(measure)


def why_they_fit(found: Found) -> str:
    """Say why these measures fit."""
    count = len(found.split.firm)
    if count == 2:
        return "There are two groups, so the difference and the ratio say all there is; show both."
    groups = words.counted(count, "group")
    if ordered(found.split):
        return (
            f"The {groups} have an order from least to most advantaged, so a slope through all of them fits. "
            "The difference and the ratio show the two ends."
        )
    others = words.listed([f"“{named(code)}”" for code in found.fitting[2:]])
    more = f" {others} look at all groups." if others else ""
    return (
        f"There are {groups} without an order from worse to better off. The difference and the ratio show the two "
        f"ends only.{more}"
    )


def weights(found: Found) -> list[str]:
    """Say what changes when each group counts by its people, and whose count that is."""
    if found.people is None:
        return ["How many people each group has is not known here, so no measure counts people."]
    told = []
    for heavy, plain in WEIGHTED_AND_NOT:
        if heavy in found.estimates and plain in found.estimates and len(found.split.firm) > 2:
            start = "the average" if heavy == "mdmw" else "the best-off group"
            told.append(
                f"Counting each group by its people, groups lie {written(found, heavy)} from {start}; counting "
                f"each group once, {written(found, plain)}."
            )
    if not found.people.own:
        told.append(
            f"How many people each group has is taken from {words.quoted(found.people.source)}; in "
            f"{words.period(found.split.period)} the mix may have been another."
        )
    return told


def by_chance(found: Found) -> list[str]:
    """Say what chance alone would give if all groups were equal."""
    for code in found.fitting[2:]:
        estimate = found.estimates[code]
        if estimate.expected_if_equal is not None:
            alone = in_unit(estimate.expected_if_equal, code, found.split.measure)
            return [
                f"“{named(code)}” is {written(found, code)} here; if all groups were equal, chance alone "
                f"would still make it about {alone}."
            ]
    return []


def cautions(found: Found) -> list[str]:
    """Say, each once, why intervals of the measures that fit best are not to be taken at their word."""
    told: dict[str, list[str]] = {}
    for code in found.fitting:
        if caution := caution_of(found, code):
            told.setdefault(caution, []).append(f"“{named(code)}”")
    return [f"Interval of {words.listed(codes)}: {why}" for why, codes in told.items()]


def caution_of(found: Found, code: str) -> str:
    """Give why the interval of a measure is not to be taken at its word; empty where it is."""
    groups = groups_of(found.split, found.people)
    caution = interval_caution(found.estimates[code], groups, ordered=ordered(found.split))
    return caution or ""


def references(found: Found) -> list[str]:
    """Say how far the answer moves with what groups are set against."""
    if len(found.split.firm) < 3:
        return []
    gaps = [gap for _, gap in found.gaps]
    least = min(gaps, key=lambda gap: abs(gap.difference.value))
    most = max(gaps, key=lambda gap: abs(gap.difference.value))
    return [
        "The answer changes with the reference. "
        f"Set against {name(most.reference)}, the number for {name(most.group)} is {size(most, found)}; "
        f"set against {name(least.reference)}, the number for {name(least.group)} is {size(least, found)}. "
        f"{group_gaps.verdict_said(gaps[0])}"
    ]


def size(gap: Gap, found: Found) -> str:
    """Write how much worse or better a group's number is; of what prints as nothing neither."""
    if round(gap.difference.value, int(found.split.measure["decimals"])) == 0:
        return "the same"
    amount = group_gaps.gap_amount(gap.difference.value, found.split.measure)
    return f"{amount} {'better' if gap.difference.value < 0 else 'worse'}"


def said(gap: Gap, found: Found) -> str:
    """Write a gap and whose it is, for those who do not see the chart."""
    return f"{size(gap, found)} ({gap.group})"


def not_given(found: Found) -> list[str]:
    """Say that some measures do not apply."""
    return ["Other measures do not apply here; a table below says why."] if found.refused else []


def tabulate(found: Found) -> Table:
    """Give every measure, those that fit best first, and why the last do not apply."""
    order = [*found.fitting, *(code for code in found.estimates if code not in found.fitting)]
    rows = pd.DataFrame(
        [row_of(code, found) for code in order]
        + [
            {"code": code, "name": named(code), "fits": NOT_HERE, "note": str(refused)}
            for code, refused in found.refused.items()
        ]
    )
    columns = (
        Column("name", "Measure"),
        Column("fits", "Fits"),
        Column("value", "Value", decimals=2),
        Column("unit", "Unit"),
        Column("low", "Low (95%)", decimals=2),
        Column("high", "High (95%)", decimals=2),
        Column("if_equal", "If all groups were equal", decimals=2),
        Column("groups", "Groups compared"),
        Column("note", "Note"),
    )
    kept = [one for one in columns if rows[one.name].notna().any() and rows[one.name].ne("").any()]
    return Table(rows, tuple(kept))


def more(found: Found) -> tuple[Table, ...]:
    """Give the measures that fit best, and why others do not apply, to be read in the open."""
    fitting = pd.DataFrame(
        [
            {
                "name": named(code),
                "written": written(found, code),
                "interval": interval_of(found, code),
                "plain": cards()[code].plain,
            }
            for code in found.fitting
        ]
    )
    columns = (
        Column("name", "Measure"),
        Column("written", "Here"),
        Column("interval", "95% interval"),
        Column("plain", "In plain words"),
    )
    kept = tuple(one for one in columns if fitting[one.name].ne("").any())
    best = Table(fitting, kept, "Measures that fit best")
    return (best, not_applying(found)) if found.refused else (best,)


def interval_of(found: Found, code: str) -> str:
    """Write the interval of a measure of inequality; empty where there is none."""
    estimate, measure = found.estimates[code], found.split.measure
    if estimate.low is None:
        return ""
    decimals = 2 if code in TIMES or code in BARE else int(measure["decimals"])
    ends = [words.number(end, decimals=decimals) for end in (estimate.low, estimate.high)]
    return " to ".join(ends)


def not_applying(found: Found) -> Table:
    """Give the measures that do not apply by their reason."""
    reasons: dict[str, list[str]] = {}
    for code, refused in found.refused.items():
        reasons.setdefault(str(refused), []).append(named(code))
    rows = pd.DataFrame([{"why": why, "names": "; ".join(names)} for why, names in reasons.items()])
    columns = (Column("names", "Measure"), Column("why", "Why not"))
    return Table(rows, columns, "Measures that do not apply here, and why")


def row_of(code: str, found: Found) -> dict[str, object]:
    """Give one measure as a row of the table."""
    estimate = found.estimates[code]
    return {
        "code": code,
        "name": named(code),
        "fits": BEST_FIT if code in found.fitting else APPLIES,
        "value": estimate.value,
        "unit": unit(code, found.split.measure),
        "low": estimate.low,
        "high": estimate.high,
        "if_equal": estimate.expected_if_equal,
        "groups": " / ".join(estimate.compared) if len(estimate.compared) == 2 else "all",
        "note": f"{estimate.note} {caution_of(found, code)}".strip(),
        "seed": estimate.seed,
    }


def draw(found: Found) -> tuple[Chart, ...]:
    """Draw the widest gap by what groups are set against, with its interval; below 0 is better."""
    measure = found.split.measure
    worst = found.gaps[0][1].group
    titles = tuple(against_title(title, gap, worst) for title, gap in found.gaps)
    values = [gap.difference for _, gap in found.gaps]
    plain = {"decimals": int(measure["decimals"]), "prefix": measure["prefix"]}
    dots = Mark(
        "dots",
        x=tuple(one.value for one in values),
        y=titles,
        low=tuple(one.low for one in values),
        high=tuple(one.high for one in values),
        labels=tuple(words.number(one.value, **plain) for one in values),
        hollow=tuple(gap.verdict == differences.CANT_TELL for _, gap in found.gaps),
    )
    across = Axis(title=f"{unit('d', measure)} worse than the reference", zero=True, **plain)
    return (
        Chart(
            (dots,),
            x=across,
            y=Axis(categories=titles),
            references=(Reference("x", 0, "no gap"),),
            title=f"How much worse the number for {name(worst)} is, by what it is set against",
        ),
    )


def against_title(title: str, gap: Gap, worst: str) -> str:
    """Name a reference on the chart; where the gap is another group's, that group too."""
    return f"Against {title}" + ("" if gap.group == worst else f": {gap.group}")
