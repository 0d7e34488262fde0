"""What views of all counties claim: relationship, gradient, bivariate, funnel, extremes, smoothed, map."""

# A form of words stands on one line, however long.
# ruff: noqa: E501

import re

import numpy as np
import pandas as pd

from tests.real.truth.said import NUMBER, Claim, Said, counted, number, writes

COUNT = r"(no|one|two|three|four|five|six|seven|eight|nine|ten|\d+(?:,\d{3})*)"
M = r"“?⟦M[^⟧]*⟧”?"
WAYS = {"higher": 1, "lower": -1, "rises": 1, "falls": -1}
SILENT = (
    r"Not given: .*",
    r"[Bb]oth maps use the same classes|with the same classes",
    r"\d\d% interval",
    r"95% interval|95% limits|95% level",
    r"the nearer to zero, the less they go together in a line",
    r"large counties then say most",
    r"counties differ in many other ways too",
    r"The slope index of inequality, the gap along the fitted line from one end to the other",
    r"The fewer people a county has, the further chance alone moves its rate: between the inner lines, 95 of 100 counties would lie if all had this one rate\.",
    r"More lie outside than chance puts there: counties do differ, in the ages of their people and in much else\.",
    r"The lines tell chance from the rest; they do not tell why\.",
    r"rates spread widely where few people live and narrowly where many do",
    r"the fewer people, the more|It is a better guess of what a small county would show over many years",
    r"Where few people live, one or two events more or less send a rate far up or down\.",
    r"This does not tell why the outcome differs\.",
    r"two things that are high in one county need not be high for the same people",
    r"In \S+ count(?:y|ies) a number is too shaky to compare",
    r"One of its numbers is too shaky to compare|Its number is too shaky to compare",
    r"numbers are too shaky to compare and are hatched on the map",
    r"too shaky to compare",
    r"The years differ",
    r"The two sources use different maps of counties\. Only counties with the same borders in both are used",
    r"so close values may differ by chance",
    r"numbers like these must not be ranked",
    r"the dots do not follow a straight line, or a few lie far out",
    r"Connecticut replaced its counties by planning regions in 2022\.|Alaska split Valdez-Cordova into Chugach and Copper River in 2019\.",
    r"about a fifth of all people each",
    r"A list of the “worst” and the “best” counties is then largely a list of the smallest\.",
    r"Smoothing can also hide a small county that truly stands out",
)


def points(said: Said) -> pd.DataFrame:
    """Give the rows of counties in the table, without the figures above them."""
    return said.table[said.table["place_id"].notna()]


def figure(said: Said, start: str) -> str:
    """Give the figure of the table whose title begins so."""
    rows = said.table[said.table["title"].astype(str).str.startswith(start)]
    return rows["figure"].iloc[0]


def weights(said: Said, *, by_residents: bool) -> pd.Series:
    """Give what each county counts."""
    rows = points(said)
    return rows["residents"] if by_residents else rows["residents"] * 0 + 1


def correlation(said: Said, *, by_residents: bool) -> float:
    """Give Pearson's correlation, worked out from the table alone."""
    rows, w = points(said), weights(said, by_residents=by_residents)
    found = np.cov(rows["condition"].astype(float), rows["outcome"].astype(float), aweights=w)
    return float(found[0, 1] / np.sqrt(found[0, 0] * found[1, 1]))


def slope(said: Said) -> float:
    """Give the slope of the line, worked out from the table alone."""
    rows, w = points(said), weights(said, by_residents=weighted(said))
    found = np.cov(rows["condition"].astype(float), rows["outcome"].astype(float), aweights=w)
    return float(found[0, 1] / found[0, 0])


def weighted(said: Said) -> bool:
    """Say whether the view counts each county by its residents."""
    return said.answer.view.option("weight") == "residents"


def how_close(said: Said, match: re.Match) -> bool:
    """Hold the correlation, its counties and its interval, which must hold it."""
    inside = match["low"] is None or number(match["low"]) <= number(match["r"]) <= number(
        match["high"]
    )
    every = int(match["n"].replace(",", "")) == len(points(said))
    by = match["how"].startswith("counted by")
    return (
        every
        and inside
        and by == weighted(said)
        and writes(match["r"], correlation(said, by_residents=by))
    )


def other_way(said: Said, match: re.Match) -> bool:
    """Hold the correlation with counties counted the other way."""
    return writes(match["r"], correlation(said, by_residents=not weighted(said)))


def by_rank(said: Said, match: re.Match) -> bool:
    """Hold the correlation by rank."""
    rows = points(said)
    ranks = rows[["condition", "outcome"]].astype(float).rank()
    return writes(match["r"], float(np.corrcoef(ranks["condition"], ranks["outcome"])[0, 1]))


def tends(said: Said, match: re.Match) -> bool:
    """Hold "where A is higher, B tends to be clearly lower"."""
    r = correlation(said, by_residents=weighted(said))
    how = {"a little ": 0.1 <= abs(r) < 0.3, "": 0.3 <= abs(r) < 0.6, "clearly ": abs(r) >= 0.6}
    return how[match[1] or ""] and r * WAYS[match[2]] > 0


def hardly(said: Said, match: re.Match) -> bool:
    """Hold "hardly go together"."""
    return abs(correlation(said, by_residents=weighted(said))) < 0.1


def along(said: Said, match: re.Match) -> bool:
    """Hold how far the outcome moves along the line for a step of the condition."""
    move = slope(said) * number(match["step"])
    return (
        writes(match["move"], abs(move))
        and move * WAYS[match["way"]] > 0
        and number(match["move"]) > 0
    )


def flat(said: Said, match: re.Match) -> bool:
    """Hold that the outcome hardly moves along the line: less than is shown."""
    move = abs(slope(said) * number(match["step"]))
    outcome = said.ask("measures").set_index("measure_id").loc[said.answer.view.measures[0]]
    return round(move, int(outcome["decimals"])) == 0


def off_the_line(said: Said, match: re.Match) -> bool:
    """Hold how far the chosen county lies off the line, and on which side."""
    row = points(said).set_index("place_id").loc[said.answer.view.places[0]]
    off = row["outcome"] - row["fitted"]
    if match["off"] is None:
        return writes(match["out"], row["outcome"]) and writes(match["cond"], row["condition"])
    side = off > 0 if match["side"] == "above" else off < 0
    both = writes(match["out"], row["outcome"]) and writes(match["cond"], row["condition"])
    return both and side and writes(match["off"], abs(off))


def farthest(said: Said, match: re.Match) -> bool:
    """Hold that no steady county lies farther off the line than the ones named."""
    rows = points(said)
    steady = rows[rows["note"].eq("")]
    named = [number(one) for one in re.findall(rf"\(({NUMBER})\)", match[1])]
    far = steady.reindex(steady["residual"].abs().sort_values(ascending=False).index).head(
        len(named)
    )
    return all(
        any(writes(one, value) for value in far["outcome"])
        for one in re.findall(rf"\(({NUMBER})\)", match[1])
    )


R = rf"(?P<r>{NUMBER})(?: \(95% interval (?P<low>{NUMBER}) to (?P<high>{NUMBER})\))?"
RELATIONSHIP = (
    Claim(
        re.compile(
            rf"correlation is {R} over (?P<n>\d+(?:,\d{{3}})*) counties, each (?P<how>counted [a-z ]+)"
        ),
        how_close,
    ),
    Claim(
        re.compile(rf"With each county counted (?:once|by its residents \([^;]*?\)), it is {R}"),
        other_way,
    ),
    Claim(re.compile(rf"By rank it is {R}"), by_rank),
    Claim(
        re.compile(rf"Where {M} is higher, {M} tends to be (a little |clearly )?(higher|lower)"),
        tends,
    ),
    Claim(re.compile(rf"{M} and {M} hardly go together"), hardly),
    Claim(
        re.compile(
            rf"Along the line, counties (?P<step>{NUMBER})(?: points)? higher on {M} are (?P<move>{NUMBER})(?: points)? "
            rf"(?P<way>higher|lower) on {M}"
        ),
        along,
    ),
    Claim(
        re.compile(
            rf"Along the line, counties (?P<step>{NUMBER})(?: points)? higher on {M} are hardly any higher or lower on {M}"
        ),
        flat,
    ),
    Claim(
        re.compile(
            rf"⟦P[^⟧]+⟧: {M} (?P<out>{NUMBER}) and {M} (?P<cond>{NUMBER}), (?:(?P<off>{NUMBER})(?: points)? "
            r"(?P<side>above|below) the line|on the line)"
        ),
        off_the_line,
    ),
    Claim(re.compile(r"hardly any higher or lower"), lambda s, m: False),
    Claim(re.compile(r"Farthest off the line: (.+?\))\.(?= |$)"), farthest),
    Claim(
        re.compile(rf"{COUNT} more count(?:y|ies) with shaky", re.IGNORECASE),
        lambda s, m: counted(m[1]) == counted(figure(s, "Far off the line")),
    ),
    Claim(
        re.compile(rf"(?:[Ii]n )?{COUNT} count(?:y|ies) a number is too shaky to compare"),
        lambda s, m: counted(m[1]) == counted(figure(s, "Counties with a shaky")),
    ),
)


def fifths(said: Said) -> pd.DataFrame:
    """Give the rows of the fifths, the least advantaged first."""
    return said.table[said.table["estimate"].notna()]


def along_the_fifths(said: Said, match: re.Match) -> bool:
    """Hold "A falls from 6 where B is highest to 4 where it is lowest"."""
    first, last = fifths(said).iloc[0], fifths(said).iloc[-1]
    both = writes(match["a"], first["estimate"]) and writes(match["b"], last["estimate"])
    way = (number(match["b"]) - number(match["a"])) * WAYS[match["way"]] > 0
    return both and way and first["name"] == match["first"] and last["name"] == match["last"]


def ends(said: Said, match: re.Match) -> bool:
    """Hold the outcome at both ends of the condition, the gap, and whether the steps go one way."""
    rows = fifths(said)
    first, last = rows.iloc[0], rows.iloc[-1]
    both = writes(match["a"], first["estimate"]) and writes(match["b"], last["estimate"])
    named = (first["name"], last["name"]) == (match["first"], match["last"])
    order = (
        first["lowest"] > last["highest"]
        if match["first"] == "highest"
        else first["highest"] < last["lowest"]
    )
    gap = match["gap"] is None or writes(match["gap"], abs(first["estimate"] - last["estimate"]))
    moves = np.sign(np.diff(rows["estimate"].astype(float)))
    one_way = abs(moves.sum()) == len(moves)
    return both and named and order and gap and one_way == match["steps"].startswith("each")


def gathers(said: Said, match: re.Match) -> bool:
    """Hold at which end the outcome gathers: a negative index is the first, the least advantaged."""
    rows = fifths(said)
    index = number(figure(said, "Relative concentration").split(" (")[0])
    absolute = number(figure(said, "Absolute concentration").split(" (")[0].removesuffix(" points"))
    end = rows["name"].iloc[0 if min(index, absolute) < 0 else -1]
    return end == match[1] or index == absolute == 0


GRADIENT = (
    Claim(
        re.compile(
            rf"{M} (?P<way>rises|falls) from (?P<a>{NUMBER}) where {M} is (?P<first>highest|lowest) to (?P<b>{NUMBER}) "
            r"where it is (?P<last>highest|lowest)"
        ),
        along_the_fifths,
    ),
    Claim(
        re.compile(
            rf"{M} is (?P<a>{NUMBER}) in the counties with the (?P<first>highest|lowest) {M} \([^()]*\) and (?P<b>{NUMBER}) "
            rf"in those with the (?P<last>highest|lowest) \([^()]*\)(?:, (?P<gap>{NUMBER})(?: points)? apart)?[^;]*; "
            r"(?P<steps>each step between goes the same way|the steps between do not all go the same way|there is no step between)"
        ),
        ends,
    ),
    Claim(
        re.compile(rf"more of it than an even share lies toward the (highest|lowest) {M}"), gathers
    ),
    Claim(
        re.compile(rf"is in the part with the ((?:second )?(?:highest|lowest)|middle) {M}"),
        lambda said, match: match[1] in set(fifths(said)["name"]),
    ),
    RELATIONSHIP[-1],
)


def corners(said: Said, match: re.Match) -> bool:
    """Hold the four corners against the counties of the table."""
    rows = points(said)
    kinds = rows.groupby(["first", "second"]).size()
    want = [
        kinds.get(corner, 0)
        for corner in (("high", "high"), ("low", "low"), ("high", "low"), ("low", "high"))
    ]
    return [counted(match[at]) for at in (1, 2, 3, 4, 5)] == [len(rows), *want]


def chance(said: Said, match: re.Match) -> bool:
    """Hold how many would be high on both if the two had nothing to do with each other."""
    rows = points(said)
    expected = rows["first"].eq("high").sum() * rows["second"].eq("high").sum() / len(rows)
    return writes(match[1], expected)


def against_the_odds(said: Said, match: re.Match) -> bool:
    """Hold how many counties do well where the condition is hard."""
    rows = points(said)
    return counted(match[1]) == (rows["first"].eq(match[2]) & rows["second"].eq(match[3])).sum() > 0


def kind_of_county(said: Said, match: re.Match) -> bool:
    """Hold in which kind of county the chosen one is."""
    row = points(said).set_index("place_id").loc[said.answer.view.places[0]]
    return (
        (row["first"], row["second"]) == (match[1], match[3])
        and writes(match[2], row["outcome"])
        and writes(match[4], row["condition"])
    )


def cut(said: Said, match: re.Match) -> bool:
    """Hold where the classes are cut: no county of a class lies outside its bounds."""
    rows = points(said)
    for name, kind in (("outcome", "first"), ("condition", "second")):
        shown = rows.groupby(kind)[name].agg(["min", "max"])
        high = re.search(rf"high is ({NUMBER})(?: or more)?", match[0])
        low = re.search(rf"low is ({NUMBER})(?: or less)?", match[0])
        decimals = len(high[1].strip("%").partition(".")[2]) if high else 0
        if high and low and {"low", "high"} <= set(shown.index):
            fits = round(shown.loc["high", "min"], decimals) >= number(high[1]) and round(
                shown.loc["low", "max"], decimals
            ) <= number(low[1])
            if fits:
                return True
    return not re.search("high is", match[0])


C = r"(no|one|two|three|four|five|six|seven|eight|nine|ten|\d+(?:,\d{3})*)"
BIVARIATE = (
    Claim(
        re.compile(
            rf"Of (\d+(?:,\d{{3}})*) counties with both numbers, {C} count(?:y|ies) stands? high on both and {C} count(?:y|ies) low on both; in (\d+(?:,\d{{3}})*) {M} is high but {M} low, in (\d+(?:,\d{{3}})*) the other way round"
        ),
        corners,
    ),
    Claim(
        re.compile(rf"(High|Low) {M} and (high|low) {M} meet in {C} count"),
        lambda s, m: (
            counted(m[3])
            == (points(s)["first"].eq(m[1].lower()) & points(s)["second"].eq(m[2])).sum()
        ),
    ),
    Claim(re.compile(r"about (\d+(?:,\d{3})*) would be high on both"), chance),
    Claim(
        re.compile(
            rf"{C} count(?:y|ies) (?:has|have) (high|low) {M} though {M} is (high|low)",
            re.IGNORECASE,
        ),
        against_the_odds,
    ),
    Claim(
        re.compile(
            rf": (high|middle|low) {M} \(({NUMBER})\) and (high|middle|low) {M} \(({NUMBER})\)"
        ),
        kind_of_county,
    ),
    Claim(re.compile(rf"For {M}, low is [^;]+?(?=\. For|\.$)"), cut),
    Claim(
        re.compile(rf"(?:[Ii]n )?{COUNT} count(?:y|ies) a number is too shaky to compare"),
        lambda s, m: counted(m[1]) == points(s)["note"].ne("").sum(),
    ),
)


def outside(said: Said, level: str) -> int:
    """Count the counties outside a pair of limits."""
    rows = said.table
    return int(
        (
            rows["value"].lt(rows[f"low_{level}"] - 1e-9)
            | rows["value"].gt(rows[f"high_{level}"] + 1e-9)
        ).sum()
    )


def inside_and_out(said: Said, match: re.Match) -> bool:
    """Hold how many counties lie inside the inner lines and how many outside."""
    out = outside(said, "95")
    return (counted(match[1]), counted(match[2])) == (len(said.table) - out, out) and counted(
        match[3]
    ) > 0


def side_of(said: Said, match: re.Match) -> bool:
    """Hold on which side of the inner line the chosen county lies."""
    row = said.table.set_index("place_id").loc[said.answer.view.places[0]]
    side = (
        "above"
        if row["value"] > row["high_95"] + 1e-9
        else "below"
        if row["value"] < row["low_95"] - 1e-9
        else "inside"
    )
    return side == match[2] and writes(match[1], row["value"])


FUNNEL = (
    Claim(
        re.compile(
            r"(\d+(?:,\d{3})*) counties lie inside the inner lines and (\d+(?:,\d{3})*) outside; chance alone would put about (\d+(?:,\d{3})*) outside"
        ),
        inside_and_out,
    ),
    Claim(
        re.compile(
            r"Outside the outer lines lie (\d+(?:,\d{3})*); chance alone would put about (\d+(?:,\d{3})*) there"
        ),
        lambda s, m: counted(m[1]) == outside(s, "998"),
    ),
    Claim(
        re.compile(r"Chance alone could explain the rate of (\d+(?:,\d{3})*) of (\d+(?:,\d{3})*)"),
        lambda s, m: (
            (counted(m[1]), counted(m[2])) == (len(s.table) - outside(s, "95"), len(s.table))
        ),
    ),
    Claim(
        re.compile(r"(\d+(?:,\d{3})*) lie inside the 95% limits"),
        lambda s, m: counted(m[1]) == len(s.table) - outside(s, "95"),
    ),
    Claim(
        re.compile(
            r"A funnel of (\d+(?:,\d{3})*) points|the (\d+(?:,\d{3})*) counties with a count"
        ),
        lambda s, m: counted(m[1] or m[2]) == len(s.table),
    ),
    Claim(
        re.compile(rf"(?<=around )({NUMBER})|(?<=with a count have )({NUMBER})"),
        lambda s, m: writes(
            m[1] or m[2],
            float(s.measure["scale"]) * s.table["events"].sum() / s.table["population"].sum(),
        ),
    ),
    Claim(re.compile(rf"has ({NUMBER}), (inside|above|below) the inner lines?"), side_of),
    Claim(
        re.compile(
            r"(\d+(?:,\d{3})*) places have no count here(?:; for (\d+(?:,\d{3})*) of them a small count is withheld)?"
        ),
        lambda s, m: counted(m[2] or "0") <= counted(m[1]),
    ),
)


def small_at(said: Said, end: str) -> int:
    """Count the very small counties at one end."""
    rows = said.table
    return int((rows["end"].eq(end) & rows["size"].eq("smallest tenth")).sum())


EXTREMES = (
    Claim(
        re.compile(r"(\d+) of the (\d+) counties at both ends are among the smallest tenth"),
        lambda s, m: (
            (int(m[1]), int(m[2]))
            == (small_at(s, "highest rates") + small_at(s, "lowest rates"), len(s.table))
        ),
    ),
    Claim(
        re.compile(r"list: (\d+) of (\d+) are very small"),
        lambda s, m: (
            (int(m[1]), int(m[2]))
            == (small_at(s, "highest rates") + small_at(s, "lowest rates"), len(s.table))
        ),
    ),
    Claim(
        re.compile(r"(\d+) of the 10 highest rates and (\d+) of the 10 lowest"),
        lambda s, m: (
            (int(m[1]), int(m[2])) == (small_at(s, "highest rates"), small_at(s, "lowest rates"))
        ),
    ),
    Claim(re.compile(r"about 1 at each end"), lambda s, m: True),
    Claim(
        re.compile(r"the 10 highest and 10 lowest rates"),
        lambda s, m: s.table["end"].value_counts().eq(10).all(),
    ),
    Claim(
        re.compile(r"The smallest tenth of counties have at most (\d+(?:,\d{3})*) people"),
        lambda s, m: (
            s.table[s.table["size"].eq("smallest tenth")]["population"].max()
            <= counted(m[1])
            <= s.table[s.table["size"].eq("larger")]["population"].min()
        ),
    ),
    Claim(
        re.compile(r"Here, larger counties stand at the ends too, so more than chance is at work"),
        lambda s, m: s.table["size"].eq("larger").sum() > 10,
    ),
)


def spread(said: Said, match: re.Match) -> bool:
    """Hold from where to where the raw and the smoothed rates run."""
    rows = said.table
    return (
        writes(match["a"], rows["value"].min())
        and writes(match["b"], rows["value"].max())
        and writes(match["c"], rows["smooth"].min())
        and writes(match["d"], rows["smooth"].max())
    )


N4 = {name: rf"(?P<{name}>{NUMBER})" for name in "abcd"}
SMOOTHED = (
    Claim(
        re.compile(
            rf"As counted, rates run from {N4['a']} to {N4['b']}; smoothed, from {N4['c']} to {N4['d']}"
        ),
        spread,
    ),
    Claim(
        re.compile(rf"rates run from {N4['c']} to {N4['d']} instead of {N4['a']} to {N4['b']}"),
        spread,
    ),
    Claim(
        re.compile(rf"As counted: {N4['a']} to {N4['b']}\. Smoothed: {N4['c']} to {N4['d']}"),
        spread,
    ),
)


def numbers_of(said: Said, where: str) -> pd.Series:
    """Give the numbers of all counties, or of the chosen state's."""
    rows = said.table
    state = said.answer.view.places[0][:2] if said.answer.view.places else ""
    inside = (
        rows["state_id"].eq(state) if where.startswith(("In ", "in ")) else rows["state_id"].notna()
    )
    return rows[inside]["value"].dropna()


def middle_half(said: Said, match: re.Match) -> bool:
    """Hold where the middle half of counties lies."""
    low, high = np.percentile(numbers_of(said, match[1] or ""), [25, 75])
    return writes(match["low"], low) and writes(match["high"] or match["low"], high)


def runs(said: Said, match: re.Match) -> bool:
    """Hold the lowest, the highest and the middle number."""
    values = numbers_of(said, match[1])
    return (
        writes(match[2], values.min())
        and writes(match[3], values.max())
        and writes(match[4], values.median())
    )


def map_rank(said: Said, match: re.Match) -> bool:
    """Hold a county's rank and ties by the numbers as shown."""
    decimals = int(said.measure["decimals"])
    values = said.table.set_index("place_id")["value"].dropna().round(decimals)
    mine = values[said.answer.view.places[0]]
    tied = 0 if match[3] is None else counted(match[3])
    # Ties are those whose margins leave the order open, so at least those that print alike.
    first = (counted(match[1]), counted(match[2])) == (int((values > mine).sum()) + 1, len(values))
    return first and tied >= int((values == mine).sum()) - 1


def whole_country(said: Said, match: re.Match) -> bool:
    """Hold the value of the whole country against the nation's, or the sum of the counties."""
    view = said.answer.view
    rows = said.ask("values_over_time", measure=view.measures[0], places=("US",), group="everyone")
    return any(writes(match[1], value) for value in rows["value"].dropna())


MAP = (
    Claim(
        re.compile(
            rf"The value for the whole country(?:, added up from the counties,)? is ({NUMBER})"
        ),
        whole_country,
    ),
    Claim(
        re.compile(
            rf"(In [^:]*?, c|C)?(?:ounties: )?[Tt]he middle half (?:of (?:the \d+(?:,\d{{3}})* )?counties(?: with a number)?)?(?: ?: | have | all have )(?P<low>{NUMBER})(?: to (?P<high>{NUMBER}))?"
        ),
        middle_half,
    ),
    Claim(
        re.compile(
            rf"(In .*?, counties|Counties) run from ({NUMBER}) to ({NUMBER}); half are at or below ({NUMBER})"
        ),
        runs,
    ),
    Claim(
        re.compile(
            r"(?:Rank|⟦[^⟧]*⟧) (\d+(?:,\d{3})*) of (\d+(?:,\d{3})*) from the highest(?:, tied with (\d+(?:,\d{3})*) others?)?"
        ),
        map_rank,
    ),
    Claim(
        re.compile(
            r"(\d+(?:,\d{3})*) of (\d+(?:,\d{3})*) counties(?: and Puerto Rico's municipios)? have a number"
        ),
        lambda s, m: (
            counted(m[1]) == s.table["value"].notna().sum() and counted(m[2]) <= len(s.table)
        ),
    ),
    Claim(
        re.compile(
            r"(?:no data|withheld|not collected|unreliable|not published|[a-z ]+) for (\d+(?:,\d{3})*)(?=[;.])"
        ),
        lambda s, m: counted(m[1]) <= s.table["value"].isna().sum(),
    ),
    Claim(
        re.compile(r"(\d+(?:,\d{3})*) numbers are too shaky"),
        lambda s, m: counted(m[1]) == s.table["grade"].eq("too shaky to compare").sum(),
    ),
    Claim(re.compile(r"Colours: (\d) classes"), lambda s, m: True),
)
CLAIMS = {
    "relationship": RELATIONSHIP,
    "gradient": GRADIENT,
    "bivariate": BIVARIATE,
    "funnel": FUNNEL,
    "extremes": EXTREMES,
    "smoothed": SMOOTHED,
    "map": MAP,
}
