"""Clusters of like neighbors: Moran's I and its local form with false-discovery control (METHODS.md section 5).

Plain numpy. esda gives the same indices (a test holds its digits), but its newest version for Python
3.11 warns at each call, gives one-sided p values chosen after looking, and needs 1.7 s to be imported.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity.errors import Refused

HIGH_HIGH = "high, with high neighbors"
LOW_LOW = "low, with low neighbors"
HIGH_LOW = "high, with low neighbors"
LOW_HIGH = "low, with high neighbors"
CHANCE = "could be chance"
ISLAND = "no neighbor with a number"
NO_VALUE = "no number"

FEWEST_PLACES = 30
FALSE_DISCOVERY = 0.05
SEED = 20240101
# Local p values must reach far below 0.05, because thousands are looked at together: with 999 draws
# none is under 0.002, and nothing could be found unless 126 of 3,142 counties got there.
GLOBAL_DRAWS = 999
LOCAL_DRAWS = 9_999


@dataclass(frozen=True)
class Clusters:
    """Which places cluster, and whether places cluster at all.

    places has one row a place of the map, index place_id: value, neighbors (their mean), local (Moran's
    I of the place), p, q (p after Benjamini-Hochberg), kind. islands have a value but no neighbor with one.
    """

    places: pd.DataFrame
    index: float
    expected: float
    p: float
    islands: tuple[str, ...]
    without_value: int
    draws: int
    local_draws: int
    seed: int

    @property
    def used(self) -> int:
        """How many places were compared."""
        return int(self.places["p"].notna().sum())


@dataclass(frozen=True)
class Graph:
    """Who borders whom among n places: for each place its neighbors' positions, one after another."""

    positions: np.ndarray
    starts: np.ndarray
    degree: np.ndarray

    def sums(self, numbers: np.ndarray) -> np.ndarray:
        """Give each place's sum over its neighbors."""
        return np.add.reduceat(numbers[self.positions], self.starts)


def find(values: pd.Series, neighbours: pd.DataFrame, *, seed: int = SEED) -> Clusters:
    """Give the places that are like their neighbors more than chance would make them.

    Definition: z = value - mean; I = sum z_i (mean of z over neighbors of i) / sum z^2; local I_i = (n - 1) z_i
    (mean of z over neighbors) / sum z^2. p: twice the smaller share of seeded random maps (999 for I; 9,999
    for each place, which stays while the others are shuffled) at least as far out; q: Benjamini-Hochberg over
    places. Clusters are the places with q <= 0.05. Interpretation: I is 1 where neighbors are all alike, near
    -1 / (n - 1) where values lie at random. Applies to: values indexed by place_id (missing allowed, left out
    and counted) and neighbours with place_id, neighbour_id both ways, of one county map. Caution: values of few
    people or events jump and hide clusters; smoothed or modelled values cluster by design; no cause is shown.
    Raises Refused with fewer than 30 places or one value everywhere. Reference: Moran 1950; Anselin 1995;
    Benjamini and Hochberg 1995.
    """
    known = values.dropna().sort_index()
    edges = neighbours[
        neighbours["place_id"].isin(known.index) & neighbours["neighbour_id"].isin(known.index)
    ]
    joined = known[known.index.isin(edges["place_id"])]
    refuse_unfit(joined)
    graph = graph_of(joined.index, edges)
    z = joined.to_numpy(float) - joined.mean()
    means = graph.sums(z) / graph.degree
    rng = np.random.default_rng(seed)
    total = z @ z
    index, p = global_test(z, graph, rng)
    local_p = local_test(z, graph, rng)
    found = pd.DataFrame(
        {
            "value": joined,
            "neighbors": means + joined.mean(),
            "local": (len(z) - 1) * z * means / total,
            "p": local_p,
            "q": false_discovery(local_p),
        }
    )
    found["kind"] = kinds(z, means, found["q"].to_numpy())
    islands = tuple(known.index.difference(joined.index))
    return Clusters(
        places=on_the_map(found, values, islands),
        index=float(index),
        expected=-1 / (len(z) - 1),
        p=p,
        islands=islands,
        without_value=int(values.isna().sum()),
        draws=GLOBAL_DRAWS,
        local_draws=LOCAL_DRAWS,
        seed=seed,
    )


def refuse_unfit(joined: pd.Series) -> None:
    """Raise Refused where there is nothing to look for clusters in."""
    if len(joined) < FEWEST_PLACES:
        raise Refused(
            rule="too few places",
            why=f"Clusters need at least {FEWEST_PLACES} neighboring places with a number; "
            f"here are {len(joined)}.",
            instead="Look at the map of values.",
        )
    if joined.min() == joined.max():
        raise Refused(
            rule="no spread",
            why="Every place has the same number, so none stands out.",
            instead="Choose another measure.",
        )


def graph_of(places: pd.Index, edges: pd.DataFrame) -> Graph:
    """Give the neighbors of places as positions; each place has at least one."""
    one = places.get_indexer(edges["place_id"])
    other = places.get_indexer(edges["neighbour_id"])
    order = np.lexsort((other, one))
    degree = np.bincount(one, minlength=len(places))
    starts = np.concatenate([[0], np.cumsum(degree)[:-1]])
    return Graph(other[order], starts, degree)


def global_test(z: np.ndarray, graph: Graph, rng: np.random.Generator) -> tuple[float, float]:
    """Give Moran's I and its two-sided p over shuffled maps."""
    total = z @ z
    index = z @ (graph.sums(z) / graph.degree) / total
    shuffled = np.empty(GLOBAL_DRAWS)
    for draw in range(GLOBAL_DRAWS):
        moved = rng.permutation(z)
        shuffled[draw] = moved @ (graph.sums(moved) / graph.degree) / total
    above, below = (shuffled >= index).sum(), (shuffled <= index).sum()
    return index, two_sided(np.array(min(above, below)), GLOBAL_DRAWS).item()


def two_sided(beyond: np.ndarray, draws: int) -> np.ndarray:
    """Give twice the share of draws beyond the observed, which counts as one of them; at most 1."""
    return np.minimum(1.0, 2 * (beyond + 1) / (draws + 1))


def local_test(z: np.ndarray, graph: Graph, rng: np.random.Generator) -> np.ndarray:
    """Give each place's two-sided p: its neighbors' sum against sums over other places drawn at random.

    One set of draws of places serves all. A place's own draws must not hold the place itself; where they
    do, it is replaced by the draw's next place, which keeps every choice of others equally likely.
    """
    drawn = drawn_places(len(z), int(graph.degree.max()) + 1, rng)
    sums = z[drawn].cumsum(axis=1)
    observed = graph.sums(z)
    # Sums in another order differ in the last digits; such sums are ties.
    slack = 1e-9 * np.abs(z).max()
    above, below = np.empty(len(z)), np.empty(len(z))
    for degree in np.unique(graph.degree):
        members = graph.degree == degree
        ordered = np.sort(sums[:, degree - 1])
        above[members] = LOCAL_DRAWS - np.searchsorted(ordered, observed[members] - slack, "left")
        below[members] = np.searchsorted(ordered, observed[members] + slack, "right")
    row, place = own_draws(drawn, graph.degree)
    degree = graph.degree[place]
    wrong = sums[row, degree - 1]
    right = wrong - z[place] + z[drawn[row, degree]]
    far, near = observed[place] - slack, observed[place] + slack
    np.add.at(above, place, (right >= far).astype(int) - (wrong >= far))
    np.add.at(below, place, (right <= near).astype(int) - (wrong <= near))
    return two_sided(np.minimum(above, below), LOCAL_DRAWS)


def drawn_places(places: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """Give draws of `count` different places, one draw a row, every order equally likely."""
    drawn = np.empty((LOCAL_DRAWS, count), dtype=np.int64)
    for column in range(count):
        new = rng.integers(0, places - column, size=LOCAL_DRAWS)
        # The new number counts only places not drawn yet: step over those that are.
        for earlier in np.sort(drawn[:, :column], axis=1).T:
            new += new >= earlier
        drawn[:, column] = new
    return drawn


def own_draws(drawn: np.ndarray, degree: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the draws (rows) in which a place stands among as many places as it has neighbors."""
    row, column = np.nonzero(np.arange(drawn.shape[1]) < degree[drawn])
    return row, drawn[row, column]


def false_discovery(p: np.ndarray) -> np.ndarray:
    """Give p values after Benjamini and Hochberg: the share of false finds at which each is let in."""
    order = np.argsort(p)
    raised = p[order] * len(p) / np.arange(1, len(p) + 1)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(raised[::-1])[::-1])
    return adjusted


def kinds(z: np.ndarray, means: np.ndarray, q: np.ndarray) -> np.ndarray:
    """Name each place's kind of cluster, or chance."""
    named = np.select(
        [(z > 0) & (means > 0), (z <= 0) & (means <= 0), z > 0],
        [HIGH_HIGH, LOW_LOW, HIGH_LOW],
        LOW_HIGH,
    )
    return np.where(q <= FALSE_DISCOVERY, named, CHANCE)


def on_the_map(found: pd.DataFrame, values: pd.Series, islands: tuple[str, ...]) -> pd.DataFrame:
    """Give the found places among all of the map; islands and places without a value say so."""
    places = found.reindex(values.index)
    places["value"] = values
    places.loc[values.isna(), "kind"] = NO_VALUE
    places.loc[list(islands), "kind"] = ISLAND
    return places
