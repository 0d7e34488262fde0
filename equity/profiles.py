"""The profile of one community: its measures beside its state, the nation and its peers."""

from collections import defaultdict, namedtuple
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from equity import differences, misuse, peers
from equity.differences import Difference, Measured
from equity.peers import Peers
from equity.reliability import SHAKY

Ask = Callable[..., pd.DataFrame]

STATE, NATION, PEERS = "state", "nation", "peers"
FEWEST_PEERS = 3
SEXES = ("female", "male")
DISTRICT = "11"
BINS = 24
# Ends of a strip: the lowest and highest hundredth lie on its edge.
EDGES = (0.01, 0.99)


@dataclass(frozen=True, eq=False)
class Spread:
    """The values of all places of a level in rising order, and how a strip shows them."""

    rising: np.ndarray
    middle: float
    edges: tuple[float, float]
    bins: tuple[int, ...]


Spreads = dict[tuple[str, str], Spread]


@dataclass(frozen=True)
class Cell:
    """One published value with all that belongs to it."""

    value: float | None
    low: float | None = None
    high: float | None = None
    level: float | None = None
    measured: Measured = Measured(None)
    status: str = "not published"
    grade: str | None = None
    denominator: float | None = None
    origin: str = "published"
    file: str = ""
    line: int | None = None


@dataclass(frozen=True)
class Standing:
    """Where a value stands among all places of its level, and how these are spread."""

    lower: int
    higher: int
    places: int
    middle: float
    edges: tuple[float, float]
    bins: tuple[int, ...]

    @property
    def share_lower(self) -> float:
        """The share of the other places whose value is lower; ties count half."""
        tied = self.places - 1 - self.lower - self.higher
        return (self.lower + tied / 2) / max(self.places - 1, 1)


class Measure(dict[str, object]):
    """A row of queries/measures.sql; some hundred are read for each profile, too many for pandas."""

    @property
    def name(self) -> str:
        """The measure's code."""
        return self["measure_id"]


@dataclass(frozen=True, eq=False)
class Line:
    """One measure (of everyone, or of women or men): here, elsewhere, and what differs."""

    measure: Measure
    group: str
    group_title: str
    period: str
    here: Cell
    others: dict[str, Cell]  # empty where a comparison would mean nothing
    verdicts: dict[str, Difference]
    standing: Standing | None

    @property
    def title(self) -> str:
        """The measure's title, with the people group where it is not everyone."""
        title = self.measure["title"]
        if self.group == "everyone":
            return title
        # "female" is a word; the names of other groups keep their capitals.
        group = self.group_title.lower() if self.group in SEXES else self.group_title
        return f"{title}: {group}"


@dataclass(frozen=True, eq=False)
class Profile:
    """All that a profile tells, before it is put into words."""

    place: pd.Series
    lines: list[Line]
    groups: pd.DataFrame
    absent: pd.DataFrame
    trends: pd.DataFrame
    peers: Peers
    state_name: str
    measures: dict[str, Measure] = field(repr=False)


def measures_of(rows: pd.DataFrame) -> dict[str, Measure]:
    """Give the measures by their code from the rows of queries/measures.sql."""
    return {row["measure_id"]: Measure(row) for row in rows.to_dict("records")}


def put_together(
    ask: Ask,
    spreads: Callable[..., Spreads],
    place: pd.Series,
    alike: Peers,
    measures: dict[str, Measure],
) -> Profile:
    """Give the profile of a place.

    ask answers queries/<name>.sql; spreads(level, measures, periods) gives the rising values of all
    places of a level, by measure and people group. Every comparison is of one measure, period and
    people group, with the places of the same map of counties.
    """
    near = [peer.place_id for peer in alike.peers]
    # The District of Columbia is a county and a "state" of the same people: nothing to compare.
    inside = place["level"] == "county" and place["state_id"] != DISTRICT
    others = {STATE: [place["state_id"]] if inside else []}
    others |= {NATION: ["US"] if place["level"] != "nation" else [], PEERS: near}
    places = sorted({place["place_id"], *others[STATE], *others[NATION], *near})
    values = ask("profile_values", place=place["place_id"], places=tuple(places))
    newest = drawn_periods(values)
    spread = spreads(place["level"], tuple(newest["measure_id"]), tuple(newest["period"]))
    return Profile(
        place=place,
        lines=lines_of(values, measures, place["place_id"], others, spread),
        groups=values[
            values["place_id"].eq(place["place_id"]) & values["people_group"].ne("everyone")
        ],
        absent=absent_of(ask("profile_elsewhere", level=place["level"]), values, place["place_id"]),
        trends=ask("profile_trends", place=place["place_id"]),
        peers=alike,
        state_name=state_name(ask, place),
        measures=measures,
    )


def of_place(place: pd.Series, ask: Ask) -> Profile:
    """Give the profile of a place with its peers on all variables."""

    def spreads(level: str, measures: tuple[str, ...], periods: tuple[str, ...]) -> Spreads:
        rows = ask("profile_spread", level=level, measures=measures, periods=periods)
        return {
            (row.measure_id, row.people_group): spread_of(np.asarray(row.rising))
            for row in rows.itertuples()
        }

    return put_together(ask, spreads, place, peers_of(place, ask), measures_of(ask("measures")))


def peers_of(place: pd.Series, ask: Ask) -> Peers:
    """Give the peers of a county or state; the nation has none."""
    names = list(peers.TITLES)
    if place["level"] not in ("county", "state"):
        return Peers((), (), tuple(names))
    return peers.nearest(ask("peer_variables"), place["place_id"], variables=names)


def absent_of(elsewhere: pd.DataFrame, values: pd.DataFrame, place_id: str) -> pd.DataFrame:
    """Give the measures that other places of the level have and this one has not."""
    here = values[values["place_id"].eq(place_id)]["measure_id"].unique()
    return elsewhere[~elsewhere["measure_id"].isin(here)]


def drawn_periods(values: pd.DataFrame) -> pd.DataFrame:
    """Give a row a measure with the period of its line: that of everyone, else that of each sex."""
    drawn = values[values["dimension"].isin(["everyone", "sex"])]
    return drawn.sort_values("dimension", kind="stable").drop_duplicates("measure_id")


def state_name(ask: Ask, place: pd.Series) -> str:
    """Give the name of the state a place lies in; empty for the nation."""
    if not isinstance(place["state_id"], str):
        return ""
    return ask("place", place=place["state_id"])["name"].iloc[0]


def lines_of(
    values: pd.DataFrame,
    measures: dict[str, Measure],
    place_id: str,
    others: dict[str, list[str]],
    spreads: Spreads,
) -> list[Line]:
    """Give a line for each measure of everyone; where a source has none, one for each sex."""
    shown = values[values["dimension"].isin(["everyone", "sex"])]
    held: dict[str, dict[str, dict[str, object]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows_of(shown):
        held[row.measure_id][row.people_group][row.place_id] = row
    lines = []
    for measure_id, groups in held.items():
        here = [group for group, by_place in groups.items() if place_id in by_place]
        for group in ["everyone"] if "everyone" in here else here:
            spread = spreads.get((measure_id, group))
            measure = measures[measure_id]
            lines.append(line_of(measure, group, groups[group], place_id, others, spread))
    return lines


def rows_of(frame: pd.DataFrame) -> Iterator[tuple]:
    """Give the rows of a frame as named tuples, column by column: row by row takes ten times longer."""
    row = namedtuple("row", frame.columns)
    return map(row._make, zip(*(frame[name].tolist() for name in frame.columns), strict=True))


def line_of(
    measure: Measure,
    group: str,
    by_place: dict[str, object],
    place_id: str,
    others: dict[str, list[str]],
    spread: Spread | None,
) -> Line:
    """Give one measure's line: the value here, the others' and the verdict on each difference."""
    row = by_place[place_id]
    here = cell(row, measure)
    elsewhere = elsewhere_cells(measure, by_place, others) if may_compare(measure) else {}
    return Line(
        measure=measure,
        group=group,
        group_title=row.group_title,
        period=row.period,
        here=here,
        others=elsewhere,
        verdicts={
            name: differences.compare(
                here.measured, other.measured, decimals=int(measure["decimals"])
            )
            for name, other in elsewhere.items()
        },
        standing=standing(here.value, spread)
        if may_stand(measure) and here.grade != SHAKY
        else None,
    )


def may_compare(measure: Measure) -> bool:
    """Say whether places may be compared: not on labels, nor on totals that grow with the place.

    Nor on what may not be ranked: CDC PLACES is modelled, and its publisher warns against comparing
    counties with each other or with another level of geography.
    """
    whole = pd.isna(measure["scale"]) and measure["decimals"] == 0
    total = whole and measure["better"] == "neither"
    return may_stand(measure) and not total


def may_stand(measure: Measure) -> bool:
    """Say whether a value may be shown among all: not labels, nor what may not be ranked."""
    return misuse.may_order(measure)


def elsewhere_cells(
    measure: Measure, by_place: dict[str, object], others: dict[str, list[str]]
) -> dict[str, Cell]:
    """Give the values of the state and the nation, and the mean of the peers'."""
    cells = {
        name: cell(by_place.get(ids[0]), measure)
        for name, ids in others.items()
        if ids and name != PEERS
    }
    if others[PEERS]:
        cells[PEERS] = mean_cell([cell(by_place.get(near), measure) for near in others[PEERS]])
    return cells


def cell(row: object | None, measure: Measure) -> Cell:
    """Give a value with its margin; a place without a row has a cell that says "not published"."""
    if row is None:
        return Cell(None)
    measured = differences.measured(row, measure)
    return Cell(
        value=measured.value,
        low=differences.known(row.low),
        high=differences.known(row.high),
        level=differences.known(row.level),
        measured=measured,
        status=row.status,
        grade=measured.grade,
        denominator=differences.known(row.denominator),
        origin=row.origin,
        file=row.file,
        line=None if pd.isna(row.line) else int(row.line),
    )


def mean_cell(cells: list[Cell]) -> Cell:
    """Give the mean of the peers' values; none where fewer than three of them have one."""
    having = [cell for cell in cells if cell.value is not None]
    if len(having) < FEWEST_PEERS:
        return Cell(None)
    mean = differences.mean_of([cell.measured for cell in having])
    return Cell(mean.value, measured=mean, status="reported", origin="computed")


def spread_of(rising: np.ndarray) -> Spread:
    """Give the spread of values in rising order; no bins where hardly any differ."""
    low, high = (float(edge) for edge in np.quantile(rising, EDGES))
    counts = []
    if high > low:
        counts = np.histogram(np.clip(rising, low, high), bins=BINS, range=(low, high))[0]
    return Spread(
        rising, float(np.median(rising)), (low, high), tuple(int(count) for count in counts)
    )


def standing(value: float | None, spread: Spread | None) -> Standing | None:
    """Give where a value stands among all; None when there is nothing to stand among."""
    if value is None or spread is None or len(spread.rising) < 2:
        return None
    return Standing(
        lower=int(np.searchsorted(spread.rising, value, side="left")),
        higher=int(len(spread.rising) - np.searchsorted(spread.rising, value, side="right")),
        places=len(spread.rising),
        middle=spread.middle,
        edges=spread.edges,
        bins=spread.bins,
    )
