"""An outcome against a condition, a dot a county: how closely they go together, and who lies far off."""

from dataclasses import dataclass

import pandas as pd

from equity import correlation, county_pairs, words
from equity.answers import Column, Reading, Table
from equity.charts import Axis, Chart, Mark
from equity.comparability import Act
from equity.correlation import Correlation, Relation
from equity.county_pairs import Pair, Side
from equity.view import Ask, View

ACTS: frozenset[Act] = frozenset({"relates measures"})
# The option that counts each county by its residents.
WEIGHT, BY_RESIDENTS = "weight", "residents"
NAMED = 4
ALMOST_NONE, WEAK, CLOSE = 0.1, 0.3, 0.6
# A difference between the two correlations from which on the dots do not follow a straight line.
NOT_STRAIGHT = 0.1
LARGEST_DOT, SMALLEST_DOT, NAMED_DOT = 46, 4, 11
# Characters of an axis title that fit beside a chart on a phone.
LONGEST_TITLE = 36
# Names of dots nearer than these shares of the axes would cover each other.
NEAR_ACROSS, NEAR_UP = 0.3, 0.07
NEIGHBORS = "Neighboring counties are alike, so the interval is rather too narrow."
ABOUT_COUNTIES = (
    "This is about counties, not people: the people behind one number need not be those behind the other. It "
    "does not tell why the two go together, or not; counties differ in many other ways too."
)


@dataclass(frozen=True, eq=False)
class Found:
    """The counties, how the two measures go together over them, and the same counted the other way."""

    pair: Pair
    relation: Relation
    other: Relation
    weighted: bool

    @property
    def points(self) -> pd.DataFrame:
        """The counties used with their numbers, the line's and how far off they lie."""
        return self.pair.table.loc[self.relation.points.index].join(
            self.relation.points[["fitted", "residual", "outlier"]]
        )

    @property
    def named(self) -> pd.DataFrame:
        """The counties farthest off the line whose numbers are not too shaky to say so."""
        points = self.points
        far = points[points["outlier"] & ~points["shaky"]]
        return far.sort_values("residual", key=abs, ascending=False, kind="stable").head(NAMED)


def ask(view: View, ask: Ask) -> Found:
    """Give the counties and their relation; raise Refused where too few have both numbers.

    Counted once and by residents, the counties are the same, so those without residents are left out of both.
    """
    weighted = view.option(WEIGHT) == BY_RESIDENTS
    pair = county_pairs.ask(view, ask, by_residents=True, fewest=correlation.FEWEST_PLACES)
    used = pair.used
    once, by_residents = (
        correlation.relate(used["condition"], used["outcome"], weight=weight)
        for weight in (None, used["residents"])
    )
    if weighted:
        return Found(pair, by_residents, once, weighted)
    return Found(pair, once, by_residents, weighted)


def read(found: Found) -> Reading:
    """Put the relation into words."""
    pair = found.pair
    subtitle = f"{pair.outcome.said}; against {pair.condition.said}. Each dot is a county."
    return Reading(
        title=finding(found),
        subtitle=subtitle,
        sentences=(
            " ".join([how_close(found), counted_otherwise(found), *by_rank(found), NEIGHBORS]),
            along_the_line(found),
            *chosen(found),
            *far_off(found),
            " ".join([*county_pairs.left_out(pair), *county_pairs.pairing(pair)]),
            ABOUT_COUNTIES,
        ),
        alt=f"Dots, one a county, with a line. {subtitle} {finding(found)}. {how_close(found)}",
    )


def finding(found: Found) -> str:
    """Say whether and how the two go together."""
    r, (outcome, condition) = found.relation.pearson, names(found.pair)
    if r.low is None or r.low <= 0 <= r.high:
        return f"We can't tell if {outcome} and {condition} go together in counties"
    if abs(r.value) < ALMOST_NONE:
        return f"{outcome} and {condition} hardly go together in counties"
    way = "higher" if r.value > 0 else "lower"
    how = "a little " if abs(r.value) < WEAK else "clearly " if abs(r.value) >= CLOSE else ""
    return f"Where {condition} is higher, {outcome} tends to be {how}{way}"


def names(pair: Pair) -> tuple[str, str]:
    """Give the short names of outcome and condition."""
    return pair.outcome.name, pair.condition.name


def how_close(found: Found) -> str:
    """Say the correlation with its interval and how many counties stand behind it."""
    how = "counted by its residents" if found.weighted else "counted once"
    return (
        f"The correlation is {coefficient(found.relation.pearson)} over {len(found.relation.points):,} "
        f"counties, each {how}; the nearer to zero, the less they go together in a line."
    )


def coefficient(r: Correlation) -> str:
    """Write a correlation with its interval."""
    value = words.number(r.value, decimals=2)
    if r.low is None:
        return value
    low, high = (words.number(end, decimals=2) for end in (r.low, r.high))
    return f"{value} (95% interval {low} to {high})"


def counted_otherwise(found: Found) -> str:
    """Say the correlation with counties counted the other way."""
    r = coefficient(found.other.pearson)
    if found.weighted:
        return f"With each county counted once, it is {r}."
    people = found.pair.residents_said
    return f"With each county counted by its residents ({people}), it is {r}: large counties then say most."


def by_rank(found: Found) -> list[str]:
    """Say the rank correlation where it tells another story than the line."""
    rank = found.relation.spearman
    if found.weighted or abs(rank.value - found.relation.pearson.value) < NOT_STRAIGHT:
        return []
    return [
        f"By rank it is {coefficient(rank)}: the dots do not follow a straight line, or a few lie far out."
    ]


def along_the_line(found: Found) -> str:
    """Say how much the outcome moves along the line for a step of the condition."""
    pair = found.pair
    return (
        f"Along the line, counties {step_said(found)} higher on {pair.condition.name} are "
        f"{move_said(found)} on {pair.outcome.name}, on average."
    )


def step_said(found: Found) -> str:
    """Write the step of the condition, without needless decimals."""
    step = step_of(found)
    decimals = 0 if step >= 1 else int(found.pair.condition.measure["decimals"])
    return found.pair.condition.apart(step, decimals=decimals)


def move_said(found: Found) -> str:
    """Write how far the outcome moves along the line for that step."""
    move = found.relation.slope * step_of(found)
    if round(move, int(found.pair.outcome.measure["decimals"])) == 0:
        return "hardly any higher or lower"
    return f"{found.pair.outcome.apart(move)} {'higher' if move >= 0 else 'lower'}"


def step_of(found: Found) -> float:
    """Give a round step of the condition, near the width of the middle half of the counties."""
    x = found.relation.points["x"]
    spread = float(x.quantile(0.75) - x.quantile(0.25)) or float(x.max() - x.min())
    power = 10.0 ** (len(f"{spread:.0f}") - 1) if spread >= 1 else 0.1
    while power > spread:
        power /= 10
    round_step = max(size * power for size in (1, 2, 5) if size * power <= spread)
    return max(round_step, 10.0 ** -int(found.pair.condition.measure["decimals"]))


def chosen(found: Found) -> list[str]:
    """Say where the chosen county lies."""
    place = found.pair.place
    if not place:
        return []
    row = found.pair.everywhere.loc[place]
    if row["why"]:
        return [f"{row['title']} is left out: {row['why']}."]
    row = found.points.loc[place]
    off = row["outcome"] - row["fitted"]
    way = "above" if off >= 0 else "below"
    where = f"{found.pair.outcome.apart(off)} {way} the line"
    if round(off, int(found.pair.outcome.measure["decimals"])) == 0:
        where = "on the line"
    shaky = " Its number is too shaky to compare." if row["shaky"] else ""
    return [f"{row['title']}: {both(found.pair, row)}, {where}.{shaky}"]


def both(pair: Pair, row: pd.Series) -> str:
    """Write both numbers of a county."""
    outcome, condition = pair.outcome, pair.condition
    return (
        f"{outcome.name} {outcome.amount(row['outcome'])} and "
        f"{condition.name} {condition.amount(row['condition'])}"
    )


def far_off(found: Found) -> list[str]:
    """Name the counties farthest off the line, and say how many shaky ones lie as far."""
    said, named = [], found.named
    if len(named):
        each = [
            f"{row.title} ({found.pair.outcome.amount(row.outcome)})" for row in named.itertuples()
        ]
        said.append(f"Farthest off the line: {words.listed(each)}.")
    if shaky := shaky_far_off(found):
        counties = words.counted(shaky, "more county" if len(named) else "county")
        lie = "lies" if shaky == 1 else "lie"
        said.append(
            f"{words.capital(counties)} with shaky numbers {lie} far off too, perhaps by chance alone."
        )
    return [" ".join(said)] if said else []


def shaky_far_off(found: Found) -> int:
    """Count the counties that lie far off and have a shaky number."""
    points = found.points
    return int((points["outlier"] & points["shaky"]).sum())


def tabulate(found: Found) -> Table:
    """Give the figures first, then each county with both numbers and the line's."""
    columns = ["title", "outcome", "condition", "fitted", "residual", "residents", "shaky"]
    counties = found.points[columns].assign(figure="")
    counties["note"] = counties.pop("shaky").map({True: "too shaky to compare", False: ""})
    top = pd.DataFrame(figures(found), columns=["title", "figure"])
    pair = found.pair
    shown = (
        Column("title", "County or figure"),
        Column("figure", "Figure"),
        column("outcome", pair.outcome),
        column("condition", pair.condition),
        column("fitted", pair.outcome, title="On the line"),
        Column("residents", f"Residents ({pair.residents_said})", decimals=0),
        Column("note", "Note"),
    )
    rows = pd.concat([top, counties.rename_axis("place_id").reset_index()], ignore_index=True)
    return Table(rows.assign(note=rows["note"].fillna("")), shown)


def column(name: str, side: Side, *, title: str = "") -> Column:
    """Give the column of a measure's numbers."""
    measure = side.measure
    return Column(
        name,
        title or measure["short_title"],
        decimals=int(measure["decimals"]),
        prefix=measure["prefix"],
        suffix=measure["suffix"],
    )


def figures(found: Found) -> list[tuple[str, str]]:
    """Give the figures of the sentences as rows of the table."""
    once, other = found.relation, found.other
    if found.weighted:
        once, other = other, once
    pair = found.pair
    return [
        ("Correlation, each county counted once", coefficient(once.pearson)),
        ("Correlation, counties counted by residents", coefficient(other.pearson)),
        ("Correlation by rank", coefficient(once.spearman)),
        (f"Along the line, for {step_said(found)} more of {pair.condition.name}", move_said(found)),
        *off_the_line(found),
        ("Far off the line with a shaky number", f"{shaky_far_off(found):,}"),
        *county_pairs.figures(pair),
    ]


def off_the_line(found: Found) -> list[tuple[str, str]]:
    """Give how far the chosen county lies off the line."""
    points, pair = found.points, found.pair
    if pair.place not in points.index:
        return []
    row = points.loc[pair.place]
    return [(f"Off the line: {row['title']}", pair.outcome.apart(row["outcome"] - row["fitted"]))]


def draw(found: Found) -> tuple[Chart, ...]:
    """Draw a dot a county, the line, the names of those far off and the chosen county."""
    points, pair = found.points, found.pair
    share = (points["residents"] / points["residents"].max()) ** 0.5
    points["size"] = (share * LARGEST_DOT).clip(lower=SMALLEST_DOT).round()
    here = points[points.index == pair.place]
    named = points.loc[[place for place in found.named.index if place != pair.place]]
    named["size"] = named["size"].clip(lower=NAMED_DOT)
    here, named = (
        here.assign(label=here["brief_title"]),
        named.assign(label=labels(named, here, points)),
    )
    rest = points.drop(index=[*named.index, *here.index])
    steady, shaky = rest[~rest["shaky"]], rest[rest["shaky"]]
    marks = [
        dots(steady, pair, name="Counties", tone="quiet", sized=found.weighted),
        dots(shaky, pair, name="Too shaky to compare", tone="quiet", sized=found.weighted),
        line(found),
        dots(named, pair, name="Far off the line", tone="contrast", sized=found.weighted),
        dots(here, pair, name="", tone="mark", sized=False),
    ]
    return (
        Chart(
            tuple(mark for mark in marks if mark.x),
            x=axis(pair.condition),
            y=axis(pair.outcome),
        ),
    )


def labels(named: pd.DataFrame, here: pd.DataFrame, points: pd.DataFrame) -> list[str]:
    """Give the names to print, the farthest first; none where it would cover one that is there."""
    spans = points[["condition", "outcome"]].max() - points[["condition", "outcome"]].min()
    taken = [tuple(row) for row in (here[["condition", "outcome"]] / spans).to_numpy()]
    printed = []
    for name, across, up in zip(
        named["brief_title"],
        named["condition"] / spans["condition"],
        named["outcome"] / spans["outcome"],
        strict=True,
    ):
        free = all(abs(across - x) > NEAR_ACROSS or abs(up - y) > NEAR_UP for x, y in taken)
        printed.append(name if free else "")
        if free:
            taken.append((across, up))
    return printed


def dots(rows: pd.DataFrame, pair: Pair, *, name: str, tone: str, sized: bool) -> Mark:
    """Give the dots of some counties; the named ones larger and with their names."""
    told = "label" in rows
    hollow = tuple(rows["shaky"]) if rows["shaky"].any() else ()
    return Mark(
        "dots" if told and not sized else "points",
        x=rounded(rows["condition"], pair.condition),
        y=rounded(rows["outcome"], pair.outcome),
        name=name or (rows["brief_title"].iloc[0] if len(rows) else ""),
        tone=tone,
        labels=tuple(rows["label"]) if told else (),
        hover=tuple(rows["brief_title"]),
        hover_numbers=True,
        sizes=tuple(rows["size"]) if sized else (),
        hollow=hollow,
    )


def line(found: Found) -> Mark:
    """Give the line, from the lowest to the highest condition."""
    x = found.relation.points["x"]
    ends = (float(x.min()), float(x.max()))
    fitted = tuple(found.relation.intercept + found.relation.slope * end for end in ends)
    return Mark("line", x=ends, y=fitted, name="Line through the counties", tone="mark", sizes=(0, 0))  # fmt: skip


def rounded(values: pd.Series, side: Side) -> tuple[float, ...]:
    """Give values with the decimals that are shown: thousands of dots are sent to the browser."""
    return tuple(values.round(int(side.measure["decimals"])).tolist())


def axis(side: Side) -> Axis:
    """Give the axis of a measure."""
    measure = side.measure
    title = f"{measure['short_title']} ({measure['unit']})"
    return Axis(
        title=title if len(title) <= LONGEST_TITLE else measure["short_title"],
        prefix=measure["prefix"],
        suffix=measure["suffix"],
        decimals=int(measure["decimals"]),
    )
