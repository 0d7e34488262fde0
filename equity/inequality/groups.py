"""Groups of people side by side, checked: what every measure of inequality is computed from."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from equity.errors import Problem

NUMBERS = ("estimate", "se", "population", "order")


@dataclass(frozen=True)
class Groups:
    """Groups of one or more places: arrays of shape (places, groups).

    Where a place lacks a group, `present` is false and estimate, error and people are 0. An
    estimate, error, number of people or order that is not known is nan. `order` goes from the least
    to the most advantaged group. `average` is the setting's, nan where not given. `draw` is the
    column of random numbers a group uses: its rank by name, so that the order of rows changes nothing.
    """

    names: tuple[str, ...]
    present: np.ndarray
    estimate: np.ndarray
    error: np.ndarray
    people: np.ndarray
    order: np.ndarray
    average: np.ndarray
    dropped: np.ndarray
    draw: np.ndarray
    favourable: bool
    scale: float | None
    ordered: bool
    reference: str | None

    def rows(self, which: np.ndarray | slice) -> "Groups":
        """Give the groups of some of the places."""
        arrays = ("present", "estimate", "error", "people", "order", "average", "dropped", "draw")
        return replace(self, **{name: getattr(self, name)[which] for name in arrays})

    @cached_property
    def share(self) -> np.ndarray:
        """Give each group's share of the people; nan where a place's people are not all known."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return self.people / self.people.sum(axis=-1, keepdims=True)

    @cached_property
    def count(self) -> np.ndarray:
        """Give how many groups each place has."""
        return self.present.sum(axis=-1)

    @cached_property
    def is_largest(self) -> np.ndarray:
        """Give where each place's group with the most people stands, the first listed of equals."""
        people = np.where(self.present & ~np.isnan(self.people), self.people, -1)
        return np.arange(len(self.names)) == people.argmax(axis=-1)[..., None]

    @cached_property
    def rank(self) -> np.ndarray:
        """Give each group's middle rank, 0 to 1 from least to most advantaged; tied orders share one."""
        mine, other = self.order[..., :, None], self.order[..., None, :]
        share = self.share[..., None, :]
        return (
            np.where(other < mine, share, 0).sum(-1) + np.where(other == mine, share, 0).sum(-1) / 2
        )

    @cached_property
    def is_reference(self) -> np.ndarray:
        """Give where the reference group stands; nowhere when none was chosen."""
        return (np.asarray(self.names, dtype=object) == self.reference) & self.present


def checked(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the rows with text names and float columns, or say what is wrong with them."""
    if "group" not in frame or "estimate" not in frame:
        raise Problem("Groups need the columns `group` and `estimate`.")
    if frame["group"].isna().any():
        raise Problem("Every row needs the name of its group.")
    rows = frame.reindex(columns=["group", *NUMBERS])
    rows["group"] = rows["group"].astype(str)
    for column in NUMBERS:
        rows[column] = pd.to_numeric(rows[column]).astype(float)
    if np.isinf(rows[list(NUMBERS)].to_numpy()).any():
        raise Problem("An estimate, error, population or order is infinite.")
    for column, what in (("se", "standard error"), ("population", "population")):
        if below := rows.loc[rows[column] < 0, "group"].tolist():
            raise Problem(f"The {what} of {below[0]} is below 0.")
    return rows


def of_places(
    rows: pd.DataFrame,
    place: pd.Series,
    *,
    favourable: bool,
    scale: float | None,
    ordered: bool,
    reference: str | None,
    average: pd.Series | None,
    drop_missing: bool,
) -> tuple[Groups, pd.Index]:
    """Give the groups of each place, and the places, in the order in which they come."""
    if scale is not None and not scale > 0:
        raise Problem(f"The scale must be above 0 or None for unbounded, not {scale}.")
    rows = checked(rows)
    at, places, names = placed(rows["group"], place)
    present = np.zeros((len(places), len(names)), dtype=bool)
    present[at] = True
    wide = {column: np.full(present.shape, np.nan) for column in NUMBERS}
    for column in NUMBERS:
        wide[column][at] = rows[column].to_numpy()
    dropped = present & np.isnan(wide["estimate"]) if drop_missing else np.zeros_like(present)
    present &= ~dropped
    for column in NUMBERS:
        wide[column][~present] = np.nan if column == "order" else 0.0
    by_name = np.argsort(np.argsort(np.asarray(names, dtype=str), kind="stable"), kind="stable")
    groups = Groups(
        names=tuple(names),
        present=present,
        estimate=wide["estimate"],
        error=wide["se"],
        people=wide["population"],
        order=wide["order"],
        average=averages(average, places),
        dropped=dropped,
        draw=ranks_among(present, by_name),
        favourable=favourable,
        scale=scale,
        ordered=ordered,
        reference=reference,
    )
    return groups, places


def placed(
    group: pd.Series, place: pd.Series
) -> tuple[tuple[np.ndarray, np.ndarray], pd.Index, pd.Index]:
    """Give each row's cell in (places, groups), the places and the groups, in the order in which they come."""
    at_place, places = pd.factorize(place, use_na_sentinel=True)
    at_group, names = pd.factorize(group)
    if (at_place < 0).any():
        raise Problem("Every row needs its place.")
    if pd.Index(at_place * len(names) + at_group).has_duplicates:
        raise Problem("A group stands twice in the same place.")
    # Without any row: one group that no place has, as no array may lack columns.
    return (at_place, at_group), pd.Index(places), pd.Index(names if len(names) else ["none"])


def averages(given: pd.Series | None, places: pd.Index) -> np.ndarray:
    """Give the setting average of each place, nan where there is none."""
    if given is None:
        return np.full(len(places), np.nan)
    return given.reindex(places).to_numpy(dtype=float)


def ranks_among(present: np.ndarray, by_name: np.ndarray) -> np.ndarray:
    """Give each group's rank by name among those that its place has."""
    names_in_order = np.argsort(by_name)
    ranks = np.cumsum(present[:, names_in_order], axis=1) - 1
    return np.maximum(ranks, 0)[:, by_name]
