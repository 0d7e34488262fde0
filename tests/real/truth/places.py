"""What views of chosen places claim: compare, distribution, ranking, trend."""

# A form of words stands on one line, however long.
# ruff: noqa: E501

import re

import numpy as np
import pandas as pd

from equity import words
from tests.real.truth.said import NUMBER, Claim, Said, counted, number, writes

N = rf"({NUMBER})"
P = r"(⟦P[^⟧]+⟧)"
COUNT = r"(no|one|two|three|four|five|six|seven|eight|nine|ten|\d+(?:,\d{3})*)"
SILENT = (
    r"A place is a part of its state and of the nation, so a gap between a part and the whole is smaller than the gap to the rest\.",
    r"\(?z-test of the difference, 95% level\)?",
    r"A difference counts when chance alone would seldom give it",
    r"each must pass a stricter test, so that not even one false difference is likely \(Bonferroni\)",
    r"tested at once, each must pass a stricter test \(Bonferroni\)",
    r"one test alone would say they differ, but not one of so many",
    r"chance alone could give such a difference",
    r"no difference can be tested",
    r"Rank 1 is the highest number, which need not be the worst",
    r"with their numbers on the same scale|and the chosen places on the same scale",
    r"places are tied where they show the same number",
    r"a place is tied with all others that .* cannot tell apart from it",
    r"compare a quarter with the same quarter of another year",
    r"Quarters differ by season;",
    r"more than chance",
    r"\([^()]*too shaky to compare[^()]*\)|is too shaky to compare|are too shaky to compare",
    r"in Alaska split|share time with others or start from another census",
)


def rows_of(said: Said, token: str) -> pd.DataFrame:
    """Give the rows of a place in the table."""
    code = token.strip("⟦⟧")[1:]
    frame = said.table
    return (
        frame[frame["place_id"].eq(code)]
        if "place_id" in frame
        else frame[frame["what"].eq(title_of(said, code))]
    )


def title_of(said: Said, code: str) -> str:
    """Give a place's title."""
    return said.ask("places_named", places=said.answer.view.places).set_index("place_id")["title"][
        code
    ]


def values_of(said: Said, token: str) -> list[float]:
    """Give the values of a place, one a measure."""
    columns = [name for name in said.table if re.fullmatch(r"value(_\d)?", name)]
    return rows_of(said, token)[columns].iloc[0].tolist()


def any_writes(said: Said, token: str, text: str) -> bool:
    """Say whether a text writes one of a place's values."""
    return any(writes(text, value) for value in values_of(said, token) if pd.notna(value))


def verdicts(said: Said) -> list[str]:
    """Give the verdicts of all pairs, of all measures."""
    return [verdict for table in said.answer.more for verdict in table.frame["verdict"]]


def per_measure(said: Said) -> list[list[str]]:
    """Give the verdicts of the pairs of each measure."""
    return [table.frame["verdict"].tolist() for table in said.answer.more]


def side(said: Said, match: re.Match) -> bool:
    """Hold "A (1) is higher than B (2)" against the values as printed and the table of pairs."""
    one, here, way, other, there = match.groups()
    true = number(here) > number(there) if way == "higher" else number(here) < number(there)
    real = any(verdict.endswith(f"is {way}") for verdict in verdicts(said))
    return true and real and any_writes(said, one, here) and any_writes(said, other, there)


def higher_than_all(said: Said, match: re.Match) -> bool:
    """Hold "A (1) is higher than B, C and D"."""
    here = [
        at
        for at, value in enumerate(values_of(said, match[1]))
        if pd.notna(value) and writes(match[2], value)
    ]
    others = re.findall(P, match[3])
    return any(
        all(values_of(said, match[1])[at] > values_of(said, other)[at] for other in others)
        for at in here
    )


def both_values(said: Said, match: re.Match) -> bool:
    """Hold that both values are those of the two places."""
    return any_writes(said, match[1], match[2]) and any_writes(said, match[3], match[4])


def same(said: Said, match: re.Match) -> bool:
    """Hold "A and B have the same number, 3"."""
    return any_writes(said, match[1], match[3]) and any_writes(said, match[2], match[3])


def pairs_that_differ(said: Said, match: re.Match) -> bool:
    """Hold "three of six pairs of places differ"."""
    want = (counted(match[1]), counted(match[2]))
    return any(
        (sum(v.startswith("different") for v in of), len(of)) == want for of in per_measure(said)
    )


def all_differ(said: Said, match: re.Match) -> bool:
    """Hold "every pair of places differs" and "the two places differ"."""
    return any(of and all(v.startswith("different") for v in of) for of in per_measure(said))


def none_differs(said: Said, match: re.Match) -> bool:
    """Hold "no pair of places can be told apart"."""
    return any(of and not any(v.startswith("different") for v in of) for of in per_measure(said))


def pairs_not_told(said: Said, match: re.Match) -> bool:
    """Hold "we can't tell apart five more pairs"."""
    return any(of.count("can't tell") == counted(match[1]) for of in per_measure(said))


def pairs_without_margin(said: Said, match: re.Match) -> bool:
    """Hold "no margin is published for three pairs"."""
    return any(of.count("margin not published") == counted(match[1]) for of in per_measure(said))


def tested_at_once(said: Said, match: re.Match) -> bool:
    """Hold that no more pairs were tested than there are."""
    return counted(match[1]) <= max(map(len, per_measure(said)))


def ends(said: Said, match: re.Match) -> bool:
    """Hold "from 3 to 5" of a measure against its lowest and highest value."""
    columns = [said.table[name] for name in said.table if re.fullmatch(r"value(_\d)?", name)]
    return number(match[1]) < number(match[2]) and any(
        writes(match[1], one.min()) and writes(match[2], one.max()) for one in columns
    )


def side_too_close(said: Said, match: re.Match) -> bool:
    """Hold that two values differ though they print alike."""
    return any_writes(said, match[1], match[4]) and any_writes(said, match[3], match[4])


COMPARE = (
    Claim(
        re.compile(rf"{P} is (higher|lower) than {P}, by less than is shown: both print as {N}"),
        side_too_close,
    ),
    Claim(
        re.compile(rf"all {N}, but no margin"),
        lambda said, match: any(writes(match[1], one) for one in said.table["value"]),
    ),
    Claim(re.compile(rf"{P} \({N}\) is (higher|lower) than {P} \({N}\)"), side),
    Claim(re.compile(rf"{P} \({N}\) is higher than ((?:{P}(?:, | and )?)+)"), higher_than_all),
    Claim(re.compile(rf"[Ww]e can't tell if {P} \({N}\) and {P} \({N}\) differ"), both_values),
    Claim(re.compile(rf"{P} and {P} have the same number, {N}"), same),
    Claim(re.compile(rf"{COUNT} of {COUNT} pairs of places differs?"), pairs_that_differ),
    Claim(re.compile(r"every pair of places differs|the two places differ"), all_differ),
    Claim(re.compile(r"no pair of places can be told apart"), none_differs),
    Claim(re.compile(rf"We can't tell apart {COUNT} (?:more )?pairs?"), pairs_not_told),
    Claim(re.compile(rf"No margin is published for {COUNT} pairs?"), pairs_without_margin),
    Claim(re.compile(rf"With {COUNT} pairs tested at once"), tested_at_once),
    Claim(re.compile(rf"from {N} to {N}, but no margin"), ends),
)


def everywhere(said: Said) -> pd.Series:
    """Give the numbers of all places of the level."""
    return every_row(said)["value"]


def every_row(said: Said) -> pd.DataFrame:
    """Give the rows of all places of the level, asked of the database anew."""
    view, ask = said.answer.view, said.ask
    level = "state" if all(len(code) == 2 and code != "US" for code in view.places) else "county"
    there = ask("periods_covered", measure=view.measures[0], level=level)
    subtitle = said.answer.reading.subtitle.removeprefix(said.measure["title"])
    for row in there.itertuples():
        if subtitle.startswith(f", {words.period(row.period)}, {row.group_title.lower()}"):
            asked = {"measure": view.measures[0], "period": row.period, "group": row.people_group}
            return ask("values_of_level", level=level, **asked).set_index("place_id")
    raise KeyError(subtitle)


def half(said: Said, match: re.Match) -> bool:
    """Hold "half of the 3,142 counties lie between 3 and 5; the middle one has 4"."""
    values = everywhere(said).dropna().round(int(said.measure["decimals"]))
    share = values.between(number(match["low"]), number(match["high"])).mean()
    exact = 0.45 < share <= 0.56
    enough = share >= 0.45 if match["least"].strip().lower() == "at least half" else exact
    of = match["count"] is None or counted(match["count"].strip()) == len(values)
    return (
        enough
        and of
        and (
            match["middle"] is None
            or writes(match["middle"], float(np.median(everywhere(said).dropna())))
        )
    )


def lies(said: Said, match: re.Match) -> bool:
    """Hold where a place lies against the middle half and how many of 100 are lower."""
    values = everywhere(said).dropna()
    value = values_of(said, match["place"])[0]
    decimals = int(said.measure["decimals"])
    low, high = (round(float(end), decimals) for end in np.quantile(values, (0.25, 0.75)))
    shown = round(value, decimals)
    where = "below" if shown < low else "above" if shown > high else "inside"
    return where == match["where"] and writes(match["value"], value)


def lower(said: Said, match: re.Match) -> bool:
    """Hold "62 of 100 counties have a lower number", and those at the ends of the interval."""
    values = everywhere(said).dropna()
    row = rows_of(said, match["place"]).iloc[0]
    pairs = [(match["share"], row["value"])] if match["share"] else []
    if match["from"]:
        pairs += [(match["from"], row["low"]), (match["to"], row["high"])]
    return lies(said, match) and all(
        share_said(text, float((values < value).mean())) for text, value in pairs
    )


def share_said(text: str, share: float) -> bool:
    """Say whether words for a share of 100 places fit it."""
    if text == "none":
        return share == 0
    if text.startswith("fewer than 1"):
        return 0 < share < 0.01
    if text.startswith("more than 99"):
        return 0.99 < share < 1
    return abs(counted(text) - 100 * share) <= 0.51


def without(said: Said, match: re.Match) -> bool:
    """Hold "78 counties have no number"."""
    return int(everywhere(said).isna().sum()) == counted(match[1])


STATUSES = {
    "withheld to protect privacy": "suppressed",
    "withheld as unreliable": "unreliable",
    "not collected here": "not collected",
    "not published": "not published",
}


def of_status(said: Said, match: re.Match) -> bool:
    """Hold how many places have no number for one reason."""
    rows = every_row(said)
    return int((rows["value"].isna() & rows["status"].eq(STATUSES[match[2]])).sum()) == counted(
        match[1]
    )


def without_margin(said: Said, match: re.Match) -> bool:
    """Hold for how many places no margin is published."""
    rows = every_row(said)
    unknown = rows["standard_error"].isna() & rows["low"].isna()
    if said.measure["grade_rule"] == "full count":
        unknown &= rows["status"].ne("reported")
    return int((rows["value"].notna() & unknown).sum()) == counted(match[1])


def rank(said: Said, match: re.Match) -> bool:
    """Hold a rank: how many show a higher number, of how many, and what the table holds of its doubt."""
    values = everywhere(said).dropna().round(int(said.measure["decimals"]))
    row = rows_of(said, match["place"]).iloc[0]
    higher = int((values > round(row["value"], int(said.measure["decimals"]))).sum())
    if (counted(match["rank"]), counted(match["of"])) != (higher + 1, len(values)):
        return False
    told = {"low": row["rank_low"], "high": row["rank_high"], "tied": row["rank_tied"]}
    held = all(match[name] is None or counted(match[name]) == told[name] for name in told)
    alone = match["alone"] is None or row["rank_tied"] == 0
    return held and alone and writes(match["value"], row["value"])


def at_the_top(said: Said, match: re.Match) -> bool:
    """Hold how many are tied with the highest number, and that there are some."""
    top = said.table[said.table["what"].str.startswith("Tied with the highest")]["rank_tied"].iloc[
        0
    ]
    return top > 0 and counted(match[1]) == top


HUNDRED = r"(?:(?:fewer|more) than )?\d+|none"
LIES = rf"(?P<place>⟦P[^⟧]+⟧) \((?P<value>{NUMBER})\) lies (?P<where>above|below|inside) the middle half"
DISTRIBUTION = (
    Claim(
        re.compile(
            rf"{LIES}(?:: (?P<share>{HUNDRED}) of 100 \w+ have a "
            rf"lower number(?: \((?P<from>{HUNDRED}) to (?P<to>{HUNDRED}) at the ends of its interval\))?)?"
        ),
        lower,
    ),
    Claim(
        re.compile(
            rf"(?P<least>(?:at least |At least )?[Hh]alf) of (?:the (?P<count>\d+(?:,\d{{3}})* ))?\w+(?: with a number)? lie "
            rf"between (?P<low>{NUMBER}) and (?P<high>{NUMBER})(?:; the middle one has (?P<middle>{NUMBER}))?"
        ),
        half,
    ),
    Claim(re.compile(rf"{P} has {N}"), lambda said, match: any_writes(said, match[1], match[2])),
    Claim(
        re.compile(rf"{COUNT} (?:county|counties|states?) (?:has|have) no number", re.IGNORECASE),
        without,
    ),
)
OF_STATUS = Claim(
    re.compile(rf"(\d+(?:,\d{{3}})*) ({'|'.join(STATUSES)})"),
    of_status,
)
RANKING = (
    OF_STATUS,
    Claim(
        re.compile(r"No margin is published for (\w+|\d+(?:,\d{3})*) (?:county|counties|states?)"),
        without_margin,
    ),
    Claim(
        re.compile(
            rf"(?P<place>⟦P[^⟧]+⟧) \((?P<value>{NUMBER})\) has rank (?P<rank>\d+(?:,\d{{3}})*) of (?P<of>\d+(?:,\d{{3}})*) \w+"
            r"(?:, by its margin anywhere from (?P<low>\d+(?:,\d{3})*) to (?P<high>\d+(?:,\d{3})*))?"
            r"(?:, tied with (?P<tied>\d+(?:,\d{3})*) others?)?(?P<alone>, apart from all others)?"
        ),
        rank,
    ),
    Claim(
        re.compile(
            r"No (?:county|state) stands alone at the top: (\d+(?:,\d{3})*) others? cannot be told apart from the highest number"
        ),
        at_the_top,
    ),
    DISTRIBUTION[-1],
)


def change(said: Said, match: re.Match) -> bool:
    """Hold a change over time against both values, the direction and the table of changes."""
    rows = rows_of(said, match["place"]).set_index("when")["value"]
    then, now = (number(match[name]) for name in ("then", "now"))
    if not (
        writes(match["then"], rows[match["since"]]) and writes(match["now"], rows[match["until"]])
    ):
        return False
    real = (now > then) if match["way"] == "rose" else (now < then)
    gap = rows[match["until"]] - rows[match["since"]]
    percent = match["percent"] is None or writes(
        match["percent"], abs(100 * gap / rows[match["since"]])
    )
    return real and writes(match["gap"], abs(gap)) and percent


def no_change(said: Said, match: re.Match) -> bool:
    """Hold "A had 3 in 2020, as in 2010"."""
    rows = rows_of(said, match[1]).set_index("when")["value"]
    return writes(match[2], rows[match[3]]) and writes(match[2], rows[match[4]])


def two_values(said: Said, match: re.Match) -> bool:
    """Hold "A had 3 in 2010 and 4 in 2011"."""
    rows = rows_of(said, match[1]).set_index("when")["value"]
    return writes(match[2], rows[match[3]]) and writes(match[4], rows[match[5]])


def in_places(said: Said, match: re.Match) -> bool:
    """Hold "rose in two places"."""
    changes = said.answer.more[0].frame
    tested = changes["verdict"].ne("too short a time")
    untested = changes["verdict"][tested].eq("margin not published").all()
    real = changes["verdict"].eq("different") | (tested & untested)
    decimals = int(said.measure["decimals"])
    values = said.table.dropna(subset="value").groupby("place_title")["value"]
    alike = values.first().round(decimals).eq(values.last().round(decimals))
    changes = changes.assign(change=changes["change"].mask(changes["place"].map(alike), 0.0))
    way = {"rose": real & changes["change"].gt(0), "fell": real & changes["change"].lt(0)}
    moved = way["rose"] | way["fell"]
    return int(way.get(match[1], tested & ~moved).sum()) == counted(match[2])


YEAR = r"⟦Y([^⟧]+)⟧"
TREND = (
    Claim(
        re.compile(
            rf"In (?P<place>⟦P[^⟧]+⟧) it (?P<way>rose|fell) from (?P<then>{NUMBER}) in ⟦Y(?P<since>[^⟧]+)⟧ to "
            rf"(?P<now>{NUMBER}) in ⟦Y(?P<until>[^⟧]+)⟧, by (?P<gap>{NUMBER})(?: points)?(?: or (?P<percent>{NUMBER}))?"
        ),
        change,
    ),
    Claim(re.compile(rf"{P} had {N} in {YEAR}, as in {YEAR}"), no_change),
    Claim(re.compile(rf"{P} had {N} in {YEAR} and {N} in {YEAR}"), two_values),
    Claim(re.compile(rf"(rose|fell|no sure change) in {COUNT} places?"), in_places),
    Claim(
        re.compile(rf"With {COUNT} places tested at once"),
        lambda said, match: counted(match[1]) <= len(said.answer.more[0].frame),
    ),
    Claim(re.compile(r"fewer than two numbers in these periods"), lambda said, match: True),
)
CLAIMS = {
    "compare": COMPARE,
    "distribution": (*DISTRIBUTION, OF_STATUS),
    "ranking": RANKING,
    "trend": TREND,
}
