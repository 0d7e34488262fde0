"""The profile in sentences: grade 9, people first, areas not people, and nothing the numbers do not say."""

from collections.abc import Mapping

import pandas as pd

from equity import differences, families, words
from equity.differences import CANT_TELL, HIGHER, LOWER, NO_MARGIN, NO_VALUE, SAME, Difference
from equity.profiles import Cell, Line, Measure, Profile, Standing, cell, rows_of
from equity.reliability import SHAKY
from equity.words import amount, period

POPULATIONS = ("pep_population", "acs_population", "census2010_population", "svi_population")
RURALITY = {
    1: "It is part of a metro area of 1 million people or more",
    2: "It is part of a metro area of 250,000 to 1 million people",
    3: "It is part of a metro area of fewer than 250,000 people",
    4: "It lies outside metro areas but next to one, and 20,000 people or more live in its towns",
    5: "It lies outside metro areas and not next to one, and 20,000 people or more live in its towns",
    6: "It lies outside metro areas but next to one, and fewer than 20,000 people live in its towns",
    7: "It lies outside metro areas and not next to one, and fewer than 20,000 people live in its towns",
    8: "It is rural, with small towns at most, and next to a metro area",
    9: "It is rural, with small towns at most, and not next to a metro area",
}
# Lists of measures in a sentence stop here.
MANY = 5
# Shares of groups that leave nobody out add up to this much, in percent, rounding aside.
WHOLE_MIX = 98
# A difference is called real when chance alone would give it less often than this.
CHANCE = 0.05
MADE = {
    "counted": "Counted from records",
    "survey": "A sample survey",
    "modelled": "Estimated with a statistical model",
    "classified": "A classification",
}
PUERTO_RICO = "72"
STATUSES = {
    "suppressed": "withheld to protect privacy",
    "unreliable": "withheld as unreliable",
    "not collected": "not collected here",
    "not published": "not published",
}


def value_or_status(cell: Cell, measure: pd.Series) -> str:
    """Write a value, or why there is none."""
    return STATUSES[cell.status] if cell.value is None else amount(cell.value, measure)


def interval(cell: Cell, measure: pd.Series) -> str:
    """Write an interval with its level; empty where there is none."""
    if cell.low is None or cell.high is None or cell.level is None:
        return ""
    return (
        f"{amount(cell.low, measure)} to {amount(cell.high, measure)} "
        f"({round(100 * cell.level)}% interval)"
    )


def grade(cell: Cell) -> str:
    """Say how far to trust a value; a value published with a warning says so first."""
    if cell.value is None:
        return ""
    warned = "published with a warning; " if cell.status == "unreliable" else ""
    return f"{warned}{cell.grade}"


def verdict(difference: Difference) -> str:
    """Say a verdict in two or three words, seen from here."""
    return {
        HIGHER: "higher here",
        LOWER: "lower here",
        SAME: "the same",
        CANT_TELL: CANT_TELL,
        NO_MARGIN: "no margin, can't test",
        NO_VALUE: "",
    }[difference.verdict]


def good_direction(measure: pd.Series) -> str:
    """Give which direction is good: "higher", "lower" or "neither".

    A crude death or illness rate says more about the age of the residents than about their health,
    so it has none between places.
    """
    crude = measure["adjustment"] == "crude" and measure["domain"] == "health outcomes"
    return "neither" if crude else measure["better"]


def side(difference: Difference, measure: pd.Series) -> str:
    """Give "better" or "worse" for a real difference of a measure with a good direction, else nothing."""
    good = good_direction(measure)
    if not difference.real or good == "neither":
        return ""
    return "better" if difference.verdict == good else "worse"


def places_like(place: pd.Series) -> str:
    """Name all places of a place's level: "counties", "states".

    The counties of Puerto Rico are municipios; there both words are said, because both are compared.
    """
    municipio = place["level"] == "county" and place["state_id"] == PUERTO_RICO
    return "counties and municipios" if municipio else words.plural(place["level"])


def verdict_and_side(line: Line, other: str) -> str:
    """Say the verdict on a line against another place: "higher here (worse)"."""
    said = verdict(line.verdicts[other])
    better = side(line.verdicts[other], line.measure)
    return f"{said} ({better})" if better else said


def among(standing: Standing, nouns: str) -> str:
    """Say where a value stands among all places of its level; nouns names them.

    Never "the highest" or "the lowest": values at the ends often cannot be told apart.
    """
    others = standing.places - 1
    if standing.lower >= standing.higher:
        return f"higher than in {out_of_hundred(standing.lower, others)} {nouns}"
    return f"lower than in {out_of_hundred(standing.higher, others)} {nouns}"


def out_of_hundred(part: int, whole: int) -> str:
    """Write a share as a count a reader can picture: "62 of 100", never 0 or 100 of 100."""
    share = 100 * part / whole
    if whole <= 100:
        return f"{part} of the {whole} other"
    return f"{min(max(round(share), 1), 99)} of 100"


def name_of(profile: Profile) -> str:
    """Give the name of the place as a sentence begins: "Los Angeles County", "The District of Columbia"."""
    name = profile.place["full_name"]
    return f"The {name}" if name in ("District of Columbia", "United States") else name


def lead(profile: Profile) -> str:
    """Say how many people live here and how urban it is."""
    by_measure = {line.measure.name: line for line in profile.lines}
    held = [by_measure[name] for name in POPULATIONS if name in by_measure]
    held = [line for line in held if line.here.value is not None]
    sentences = []
    if held:
        people = words.counted_people(held[0].here.value)
        sentences.append(f"{name_of(profile)} is home to {people} ({period(held[0].period)}).")
    else:
        sentences.append(f"These data hold no count of the people of {profile.place['title']}.")
    rural = by_measure.get("rucc_code")
    if rural is not None and rural.here.value is not None:
        sentences.append(f"{RURALITY[int(rural.here.value)]} ({rural.period} code).")
    return " ".join(sentences)


def population(profile: Profile) -> float | None:
    """Give the number of residents, None where no measure has it."""
    by_measure = {line.measure.name: line.here.value for line in profile.lines}
    held = [by_measure.get(name) for name in POPULATIONS]
    return next((value for value in held if value is not None), None)


def domain_finding(lines: list[Line], against: str, other: str) -> str:
    """Say the finding of a domain: how many measures differ from the nation for better or worse."""
    judged = [
        line
        for line in lines
        if good_direction(line.measure) != "neither" and against in line.verdicts
    ]
    sides = [side(line.verdicts[against], line.measure) for line in judged]
    better, worse = sides.count("better"), sides.count("worse")
    said = []
    if better:
        said.append(f"better than {other} on {words.counted(better, 'measure')}")
    if worse:
        than = "" if better else f" than {other}"
        said.append(f"worse{than} on {words.counted(worse, 'measure')}")
    if said:
        return words.listed(said)
    verdicts = [line.verdicts[against].verdict for line in judged]
    if CANT_TELL in verdicts:
        return f"no difference from {other} can be told"
    if verdicts and set(verdicts) == {NO_MARGIN}:
        return "no margins published, so no difference can be tested"
    return ""


def mix_finding(rows: pd.DataFrame, measure: pd.Series) -> str:
    """Say the largest group and its share; where groups are left out, what those that are named hold."""
    when, total = period(rows["period"].iloc[0]), rows["value"].sum()
    if total < WHOLE_MIX:
        return f"The groups named here hold {amount(total, measure)} of residents ({when})"
    top = rows.loc[rows["value"].idxmax()]
    return f"Largest group: {top['group_title']}, {amount(top['value'], measure)} of residents ({when})"


def mix_note(rows: pd.DataFrame, measure: pd.Series) -> str:
    """Say who counted whom, and how groups are named."""
    total = rows["denominator"].max()
    counted = "" if pd.isna(total) else f"Of {total:,.0f} people counted. "
    left_out = "" if rows["value"].sum() >= WHOLE_MIX else f"{measure['meaning']} "
    return (
        f"{counted}{left_out}{measure['publisher']}, {period(rows['period'].iloc[0])}. "
        "Groups are named as the source names them."
    )


def stands_out(strengths: int, concerns: int) -> str:
    """Say how many strengths and concerns were found; none found is not the same as none."""
    found = {"strength": strengths, "concern": concerns}
    some = [words.counted(count, noun) for noun, count in found.items() if count]
    none = [noun for noun, count in found.items() if not count]
    if not some:
        return "nothing that these numbers can show"
    more = f"; no {none[0]} that these numbers can show" if none else ""
    return f"{words.listed(some)}{more}"


def trends(rows: pd.DataFrame, measures: Mapping[str, Measure]) -> dict[str, str]:
    """Say how each measure changed; those of which no trend may be told are left out."""
    by_measure: dict[str, list[tuple]] = {}
    for row in rows_of(rows):
        by_measure.setdefault(row.measure_id, []).append(row)
    told = {name: trend_of(some, measures[name]) for name, some in by_measure.items()}
    return {name: sentence for name, sentence in told.items() if sentence}


def trend(rows: pd.DataFrame, measure: Measure) -> str | None:
    """Say how a measure changed from its first to its last period; None where no trend may be told."""
    return trend_of(list(rows_of(rows)), measure)


def trend_of(rows: list[tuple], measure: Measure) -> str | None:
    """Say how a measure changed from its first to its last period; None where no trend may be told.

    Needs four values over three years or more; the last quarter is compared with the same quarter.
    """
    told = [row for row in rows if not pd.isna(row.value)]
    if told and "-Q" in told[-1].period:
        told = [row for row in told if row.period[-2:] == told[-1].period[-2:]]
    if len(told) < 4 or (told[-1].ends - told[0].starts).days < 3 * 365:
        return None
    first, last = told[0], told[-1]
    change = differences.compare(
        of_row(last, measure), of_row(first, measure), decimals=int(measure["decimals"])
    )
    then, now = amount(first.value, measure), amount(last.value, measure)
    if then == now:
        return f"{measure['title']}: {now} in {period(last.period)}, as in {period(first.period)}."
    went = "rose" if last.value > first.value else "fell"
    prices = " In the dollars of each year: prices changed too." if measure["prefix"] == "$" else ""
    sure = {
        CANT_TELL: "We can't tell if this is more than chance",
        NO_MARGIN: "No margin is published, so we can't say if the change is real",
    }.get(change.verdict, words.capital(change.test))
    if change.test.startswith("full counts"):
        sure = "A full count, so no test is needed"
    return (
        f"{measure['title']}: {went} from {then} in {period(first.period)} "
        f"to {now} in {period(last.period)}. {sure}.{prices}"
    )


def of_row(row: pd.Series, measure: pd.Series) -> differences.Measured:
    """Give a value of a trend with its error."""
    return cell(row, measure).measured


def missing(profile: Profile) -> list[str]:
    """Say who and what is missing here: withheld, not collected, not published, other borders."""
    sentences = []
    for status, said in STATUSES.items():
        titles = [
            line.title
            for line in profile.lines
            if line.here.value is None and line.here.status == status
        ]
        if titles:
            sentences.append(f"{words.capital(said)}: {first_few(titles)}.")
    place, absent = profile.place, profile.absent
    outside = ~absent["county_vintage"].between(place["from_vintage"], place["to_vintage"])
    if place["level"] == "county" and outside.any():
        sentences.append(
            f"Published for other county borders only: {first_few(absent[outside]['title'].tolist())}."
        )
    rest = absent if place["level"] != "county" else absent[~outside]
    if len(rest):
        sentences.append(
            f"Published for other {places_like(place)} but not for this one: "
            f"{first_few(rest['title'].tolist())}."
        )
    return sentences + missing_groups(profile)


def first_few(titles: list[str]) -> str:
    """Write a list of measures, each family as one; of a long one the first, and how many more."""
    titles = families.folded(titles)
    if len(titles) <= MANY:
        return words.listed(titles)
    return words.listed([*titles[:MANY], f"{len(titles) - MANY:,} more"])


def missing_groups(profile: Profile) -> list[str]:
    """Say for which groups a measure has no number here."""
    gaps = profile.groups[profile.groups["value"].isna()]
    return [
        f"{profile.measures[measure_id]['title']}: no number for "
        f"{words.listed(rows['group_title'].tolist())} "
        f"({words.listed([STATUSES[status] for status in dict.fromkeys(rows['status'])])})."
        for measure_id, rows in gaps.groupby("measure_id", sort=False)
    ]


def group_finding(rows: pd.DataFrame, measure: pd.Series) -> str:
    """Say between which groups a measure differs most, and whether that was tested.

    The two groups are chosen for being far apart, so the level is shared among all pairs (Bonferroni);
    groups that share people are not set against each other, and no group is called highest or lowest
    by a number too shaky to compare.
    """
    rows = rows[rows["value"].notna() & rows["grade"].ne(SHAKY)]
    if len(rows) < 2:
        return f"{measure['title']}: too few groups with a number to compare"
    high = rows.loc[rows["value"].idxmax()]
    apart = rows[~rows["people_group"].isin([high["people_group"], *high["overlapping"]])]
    if apart.empty:
        return f"{measure['title']}: the groups share people, so they are not compared"
    low = apart.loc[apart["value"].idxmin()]
    ends = (
        f"{measure['title']}: highest for {high['group_title']} "
        f"({amount(high['value'], measure)}), lowest for {low['group_title']} "
        f"({amount(low['value'], measure)})"
    )
    return f"{ends}; {group_verdict(high, low, measure, pairs=len(rows) * (len(rows) - 1) // 2)}"


def group_verdict(high: pd.Series, low: pd.Series, measure: pd.Series, *, pairs: int) -> str:
    """Say whether two groups, chosen of many pairs, differ."""
    test = differences.compare(
        of_row(high, measure), of_row(low, measure), decimals=int(measure["decimals"])
    )
    if test.verdict == NO_MARGIN:
        return "no margin is published, so we can't say if the two differ"
    if test.real and (test.p is None or test.p * pairs < CHANCE):
        return "the two differ"
    return "we can't tell if the two differ"
