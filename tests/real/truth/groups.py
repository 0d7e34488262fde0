"""What views of groups of people claim: groups, gap, burden, inequality."""

# A form of words stands on one line, however long.
# ruff: noqa: E501

import re

import pandas as pd

from equity.inequality.cards import cards
from tests.real.truth.said import NUMBER, Claim, Said, counted, number, writes

G = r"“?⟦G([^⟧]+)⟧”?"
N = rf"({NUMBER})"
UNITS = r"(?: percentage points| ⟦U⟧| years| days)?"
SILENT = (
    r"Each group is a part of everyone, so its gap to everyone is smaller than its gap to the rest\.",
    r"a group with more older people has a higher rate for that alone",
    r"Too shaky to compare, so shown but not compared",
    r"95% interval",
    r"so we can't test whether the gap (?:changed|is more than chance)",
    r"chance alone could make such a (?:gap|change)",
    r"(?:We|we) can't tell if the (?:two|groups) differ",
    r"they were picked for lying far apart among \S+ pairs, so the test is stricter than the interval shown",
    r"Groups differ in age, and these numbers are not adjusted for it",
    r"from least to most advantaged|between least and most advantaged",
    r"The two ways to state the gap disagree\.|Neither is wrong; say both\.",
    r"Where it may not have changed, chance alone could make such a change\.",
    r"Each group is a part of the whole, so its gap to the whole is smaller than its gap to the rest\.",
    r"This gap is larger than chance alone would make it\.(?= ⟦I)",
    r"set against|from the best-off group|against best-off group,",
    r"if all groups were equal, chance alone would still make it about",
    r"Other measures do not apply here; a table below says why",
    r"\(best off\)",
    r"an order from worse to better off",
)


def rows(said: Said) -> pd.DataFrame:
    """Give the groups of the table by title."""
    return said.table.set_index("title")


def widest(said: Said) -> pd.Series:
    """Give the row of the group that is worst off."""
    return said.table.loc[said.table["difference"].astype(float).idxmax()]


def value(said: Said, match: re.Match) -> bool:
    """Hold "Female: 12.3" and "Female 12.3"."""
    return writes(match[2], float(rows(said).loc[match[1], "value"]))


def gap_of(said: Said, match: re.Match) -> bool:
    """Hold the widest gap, whose it is, and its size."""
    row = widest(said)
    return (
        match[2] == row["title"]
        and writes(match[1], abs(row["difference"]))
        and number(match[1]) > 0
    )


def difference(said: Said, match: re.Match) -> bool:
    """Hold the difference and the ends of its interval."""
    row = widest(said)
    ends = match[2] is None or (
        writes(match[2], row["difference_low"]) and writes(match[3], row["difference_high"])
    )
    return ends and writes(match[1], abs(row["difference"]))


def ratio(said: Said, match: re.Match) -> bool:
    """Hold the ratio and the ends of its interval."""
    row = widest(said)
    ends = match[2] is None or (
        writes(match[2], row["ratio_low"]) and writes(match[3], row["ratio_high"])
    )
    return ends and writes(match[1], row["ratio"])


def best_off(said: Said, *titles: str) -> bool:
    """Hold which groups have the best number, ties included."""
    firm = said.table[
        said.table["trust"].ne("too shaky to compare") & said.table["title"].ne("Everyone")
    ]
    if "verdict" in firm:
        firm = firm[
            firm["verdict"].notna() | firm["title"].isin(titles) | firm["difference"].notna()
        ]
    shown = firm["value"].astype(float).round(int(said.measure["decimals"]))
    best = shown.max() if said.measure["better"] == "higher" else shown.min()
    return sorted(firm["title"][shown.eq(best)]) == sorted(titles)


def real(said: Said, match: re.Match) -> bool:
    """Hold "this gap is larger than chance alone would make it" against the verdict of the table."""
    return widest(said)["verdict"] == "different"


def worst(said: Said, match: re.Match) -> bool:
    """Hold which group is worst off, alone."""
    gaps = said.table["difference"].astype(float)
    shown = gaps.round(int(said.measure["decimals"]))
    return widest(said)["title"] == match[1] and int(shown.eq(shown.max()).sum()) == 1


GROUPS = (
    Claim(re.compile(rf"a gap of {N}{UNITS} between {G} and {G}"), gap_of),
    Claim(
        re.compile(rf"The difference is {N}{UNITS}(?: \(95% interval {N} to {N}\))?"), difference
    ),
    Claim(re.compile(rf"The ratio is {N}(?: \(95% interval {N} to {N}\))?"), ratio),
    Claim(re.compile(r"This gap is larger than chance alone would make it"), real),
    Claim(re.compile(rf"{G}:? {N}"), value),
    Claim(re.compile(rf"{G} is the best-off group here"), lambda s, m: best_off(s, m[1])),
    Claim(
        re.compile(rf"{G} and {G} are the best-off groups here"),
        lambda s, m: best_off(s, m[1], m[2]),
    ),
    Claim(re.compile(rf"{G} is among the worst off of the groups"), lambda s, m: not worst(s, m)),
    Claim(
        re.compile(r"no gap that these numbers can show"),
        lambda s, m: round(widest(s)["difference"], int(s.measure["decimals"])) == 0,
    ),
    Claim(
        re.compile(rf"{G} is one of the best-off groups here"), lambda s, m: not best_off(s, m[1])
    ),
    Claim(
        re.compile(rf"Every other group is better off than {G}"),
        lambda s, m: s.table["difference"].astype(float).max() < 0,
    ),
    Claim(re.compile(rf"{G} is the worst off of the groups"), worst),
    Claim(re.compile(r"The two numbers are the same"), lambda s, m: widest(s)["verdict"] == "same"),
)


def first_and_last(said: Said, match: re.Match) -> bool:
    """Hold a group's first and last number."""
    frame = said.table
    column = {one.title: one.name for one in said.answer.table.columns}[match[1]]
    return writes(match[2], frame[column].iloc[0]) and writes(match[4], frame[column].iloc[-1])


def changed(said: Said, match: re.Match) -> bool:
    """Hold how the difference or the ratio changed, from what to what."""
    column = "difference" if match[1] == "difference" else "ratio"
    first, last = (float(said.table[column].iloc[at]) for at in (0, -1))
    none = 0 if column == "difference" else 1
    before, after = abs(number(match[3]) - none), abs(number(match[4]) - none)
    if column == "ratio":
        before, after = (max(one, 1 / one) for one in (first, last))
    way = {"got smaller": after < before, "got larger": after > before}.get(match[2], True)
    return way and writes(match[3], first) and writes(match[4], last)


def ways(said: Said) -> dict[str, str]:
    """Give the directions that the sentences say of difference and ratio."""
    text = " ".join(said.answer.reading.sentences)
    return dict(
        re.findall(
            r"The (difference|ratio) (got smaller|got larger|hardly changed|may not have changed)",
            text,
        )
    )


WAY = r"(got smaller|got larger|hardly changed|may not have changed)"


def between(said: Said, match: re.Match) -> bool:
    """Hold when the difference was smallest or largest."""
    frame = said.table.set_index("when")["difference"].astype(float)
    end = frame.min() if match[1] == "smallest" else frame.max()
    return frame[match[2]] == end and writes(match[3], frame[match[2]])


GAP = (
    Claim(re.compile(rf"{G}: {N} in ⟦Y([^⟧]+)⟧, {N} in ⟦Y([^⟧]+)⟧"), first_and_last),
    Claim(re.compile(rf"The (difference|ratio) {WAY}: from {N} to {N}"), changed),
    Claim(
        re.compile(rf"the gap {WAY}, as a difference and as a ratio"),
        lambda s, m: set(ways(s).values()) == {m[1]},
    ),
    Claim(
        re.compile(rf"[Tt]he difference {WAY}(?:,| while) the ratio {WAY}"),
        lambda s, m: ways(s) == {"difference": m[1], "ratio": m[2]},
    ),
    Claim(re.compile(rf"(smallest|largest) in ⟦Y([^⟧]+)⟧ \({N}{UNITS}\)"), between),
    Claim(re.compile(r"Lines over (\w+) periods"), lambda s, m: counted(m[1]) == len(s.table)),
    Claim(
        re.compile(r"the worst-off group in ⟦Y[^⟧]+⟧"),
        lambda s, m: float(s.table["difference"].iloc[-1]) >= 0,
    ),
)


def shares(said: Said, match: re.Match) -> bool:
    """Hold both shares of a group, recomputed from the counts in the table."""
    frame = rows(said)
    row = frame.loc[match[1]]
    people, outcome = (100 * row[name] / frame[name].sum() for name in ("people", "outcome"))
    return writes(match[2], people) and writes(match[3], outcome)


def bears_most(said: Said, match: re.Match) -> bool:
    """Hold that the group named bears more than its share, by the low end of the interval where there is one."""
    row = rows(said).loc[match[1]]
    low = row["outcome_low"] if said.measure["made"] == "counted" else row["outcome_share"]
    return shares(said, match) and low > row["people_share"] and number(match[3]) > number(match[2])


def nobody_bears_more(said: Said, match: re.Match) -> bool:
    """Hold that no group's interval lies above its share of the people."""
    return not (said.table["outcome_low"] > said.table["people_share"]).any()


BURDEN = (
    Claim(re.compile(rf"(?<=: ){G} has {N} of the people and {N} of the"), bears_most),
    Claim(re.compile(rf"{G}: {N} of the people, {N} of the"), shares),
    Claim(re.compile(rf"{G} {N} and {N}"), shares),
    Claim(re.compile(r"we can't tell if any group bears more than its share"), nobody_bears_more),
    Claim(
        re.compile(r"no group bears more than its share"),
        lambda s, m: s.table["outcome_share"].round(1).eq(s.table["people_share"].round(1)).all(),
    ),
)


def of_code(said: Said, code: str) -> float:
    """Give the value of a measure of inequality."""
    return float(said.table.set_index("code").loc[code, "value"])


def fits(said: Said, match: re.Match) -> bool:
    """Hold the difference and the ratio of the title."""
    side = (of_code(said, "d") < 0) == bool(match[2])
    return (
        side and writes(match[1], abs(of_code(said, "d"))) and writes(match[3], of_code(said, "r"))
    )


def by_people(said: Said, match: re.Match) -> bool:
    """Hold how far groups lie from the average or the best-off group, weighted and not."""
    heavy, plain = ("mdmw", "mdmu") if match[2] == "the average" else ("mdbw", "mdbu")
    return writes(match[1], of_code(said, heavy)) and writes(match[3], of_code(said, plain))


def number_refused(said: Said, match: re.Match) -> bool:
    """Hold how many measures do not apply."""
    return counted(match[1]) == said.table["fits"].eq("does not apply").sum()


def worse_or_better(said: Said, match: re.Match) -> bool:
    """Hold that a gap said to be worse or better off is more than nothing as printed, and is drawn."""
    drawn = [abs(value) for value in said.answer.charts[0].marks[0].x]
    signed = [value for value in said.answer.charts[0].marks[0].x if writes(match[1], abs(value))]
    way = any(value > 0 if match[2] == "worse" else value < 0 for value in signed)
    return number(match[1]) > 0 and way and any(writes(match[1], value) for value in drawn)


INEQUALITY = (
    Claim(
        re.compile(r"This gap is larger than chance alone would make it"),
        lambda s, m: not s.answer.charts[0].marks[0].hollow[0],
    ),
    Claim(re.compile(rf"the difference \({N}{UNITS}( better)?\) and the ratio \({N}\)"), fits),
    Claim(
        re.compile(
            rf"Counting each group by its people, groups lie {N}{UNITS} from (the average|the best-off group); counting each group once, {N}"
        ),
        by_people,
    ),
    Claim(re.compile(r"\b(?!Other)(\w+) measures? do(?:es)? not apply"), number_refused),
    Claim(re.compile(rf"{N}{UNITS} (worse|better)"), worse_or_better),
    Claim(re.compile(r"There are (\w+) groups?"), lambda s, m: counted(m[1]) > 1),
)
CLAIMS = {"groups": GROUPS, "gap": GAP, "burden": BURDEN, "inequality": INEQUALITY}
NAMES_OF_MEASURES = tuple(card.name for card in cards().values())
