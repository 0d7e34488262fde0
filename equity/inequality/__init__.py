"""Inequality between groups of people: the measures of WHO's toolkit and of Healthy People 2030, with intervals.

`measure` gives one, `table` all that apply, `healthy_people` that programme's set, `many` all of every place.
Groups are rows with the columns `group`, `estimate`, `se` and `population` (either may be missing) and, where
groups have an order, `order`: from the least to the most advantaged. Nothing is rounded.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity.errors import Refused
from equity.inequality import compute, intervals
from equity.inequality.caution import interval_caution
from equity.inequality.compute import Computed
from equity.inequality.estimate import Estimate, compared, note
from equity.inequality.groups import Groups, of_places
from equity.inequality.measures import (
    CODES,
    HEALTHY_PEOPLE_CODES,
    Measure,
    broken,
    found,
)
from equity.inequality.rules import TWO_GROUPS

__all__ = [
    "CODES",
    "HEALTHY_PEOPLE_CODES",
    "Estimate",
    "Table",
    "healthy_people",
    "interval_caution",
    "many",
    "measure",
    "rate_ratios",
    "table",
]

LEVEL = 0.95
DRAWS = 2000
SEED = 20240101


@dataclass(frozen=True)
class Table:
    """All measures that apply, by code, and why each of the others does not."""

    estimates: dict[str, Estimate]
    refused: dict[str, Refused]


def measure(
    code: str,
    groups: pd.DataFrame,
    *,
    favourable: bool,
    scale: float | None,
    ordered: bool = False,
    reference: str | None = None,
    average: float | None = None,
    level: float = LEVEL,
    draws: int = DRAWS,
    seed: int = SEED,
    drop_missing: bool = False,
) -> Estimate:
    """Give one measure of inequality between the groups of one place.

    `favourable`: higher is better. `scale`: 100 for a percentage, 1 for a fraction, 100000 for a rate, None for
    unbounded; declared by the measure. `average`: the setting's own. Raises Refused where the number
    would mislead, Problem for an unknown code or impossible input. Reference: METHODS.md section 1.
    """
    one = one_place(
        groups,
        favourable=favourable,
        scale=scale,
        ordered=ordered,
        reference=reference,
        average=average,
        drop_missing=drop_missing,
    )
    computed = compute.all_of(one, [code], level=level, draws=draws, seed=seed)
    answer = estimate_or_refusal(one, code, computed[code], level=level, draws=draws, seed=seed)
    if isinstance(answer, Refused):
        raise answer
    return answer


def table(
    groups: pd.DataFrame,
    *,
    favourable: bool,
    scale: float | None,
    ordered: bool = False,
    reference: str | None = None,
    average: float | None = None,
    codes: Sequence[str] = CODES,
    level: float = LEVEL,
    draws: int = DRAWS,
    seed: int = SEED,
    drop_missing: bool = False,
) -> Table:
    """Give all measures that apply to the groups of one place, and why the others do not.

    Settings and what is raised as in `measure`; with no groups at all it raises Refused.
    """
    one = one_place(
        groups,
        favourable=favourable,
        scale=scale,
        ordered=ordered,
        reference=reference,
        average=average,
        drop_missing=drop_missing,
    )
    computed = compute.all_of(one, codes, level=level, draws=draws, seed=seed)
    answers = {
        code: estimate_or_refusal(one, code, computed[code], level=level, draws=draws, seed=seed)
        for code in codes
    }
    return Table(
        {code: answer for code, answer in answers.items() if isinstance(answer, Estimate)},
        {code: answer for code, answer in answers.items() if isinstance(answer, Refused)},
    )


def healthy_people(
    groups: pd.DataFrame,
    *,
    favourable: bool,
    scale: float | None,
    level: float = LEVEL,
    drop_missing: bool = False,
) -> Table:
    """Give Healthy People 2030's rmax, rmin, mrd, mrr and srr; see `rate_ratios` for its rate ratios.

    Applies to: groups that do not overlap; the order of ordered groups is not used.
    """
    return table(
        groups,
        favourable=favourable,
        scale=scale,
        codes=HEALTHY_PEOPLE_CODES,
        level=level,
        drop_missing=drop_missing,
    )


def rate_ratios(
    groups: pd.DataFrame,
    *,
    favourable: bool,
    scale: float | None,
    reference: str | None = None,
    level: float = LEVEL,
    drop_missing: bool = False,
) -> dict[str, Estimate | Refused]:
    """Give Healthy People 2030's rate ratio of each group against the best, or against a reference.

    Definition: the higher of the two rates over the lower, so that it is 1 or more; interval on the log
    scale. Interpretation: how many times as high. `compared` names the higher first; groups dropped for want
    of a number have no entry. Applies to: groups that do not overlap, the lower rate above 0. Caution: the
    best may be best by chance. Reference: Healthy People 2030, About Disparities Data.
    """
    settings = {"favourable": favourable, "scale": scale, "level": level}
    best = healthy_people(groups, **settings, drop_missing=drop_missing).estimates
    if not best:
        measure("rmax", groups, **settings, drop_missing=drop_missing)
    base = reference or best["rmax" if favourable else "rmin"].compared[0]
    groups = groups.assign(group=groups["group"].astype(str))
    if drop_missing:
        groups = groups[groups["estimate"].notna()]
    if base not in set(groups["group"]):
        raise Refused(
            rule="no reference group",
            why=f"The reference group {base} has no number here.",
            instead="Choose another reference group.",
        )
    answers: dict[str, Estimate | Refused] = {}
    for name in groups.loc[groups["group"].ne(base), "group"]:
        two = table(groups[groups["group"].isin([name, base])], **settings, codes=("mrr",))
        answers[name] = two.estimates.get("mrr") or two.refused["mrr"]
    return answers


def many(
    frame: pd.DataFrame,
    *,
    by: str,
    favourable: bool,
    scale: float | None,
    ordered: bool = False,
    reference: str | None = None,
    averages: pd.Series | None = None,
    codes: Sequence[str] = CODES,
    level: float = LEVEL,
    draws: int = 0,
    seed: int = SEED,
    drop_missing: bool = False,
) -> pd.DataFrame:
    """Give the measures of every place at once: one row a place and code.

    `frame` has the columns of `groups` and the place in `by`; `averages` is a Series by place. Columns: place,
    `code`, `value`, `low`, `high`, `se`, `expected_if_equal`, `a` and `b` (the two groups compared) and `refused`
    (the rule in the way, missing where there is none). Without draws (the default) simulated intervals are nan.
    The numbers are those that `measure` gives for each place alone. No rows in, no rows out.
    """
    groups, places = of_places(
        frame,
        frame[by],
        favourable=favourable,
        scale=scale,
        ordered=ordered,
        reference=reference,
        average=averages,
        drop_missing=drop_missing,
    )
    computed = compute.all_of(groups, codes, level=level, draws=draws, seed=seed)
    return pd.concat(
        [columns(groups, places.rename(by), code, computed[code]) for code in codes],
        ignore_index=True,
    )


def columns(groups: Groups, places: pd.Index, code: str, computed: Computed) -> pd.DataFrame:
    """Give one measure of every place as rows."""
    one = found(code)
    _, needed = broken(groups, one)
    names = np.array([rule.name for rule in needed] + [None], dtype=object)
    interval = computed.interval
    rows = pd.DataFrame(
        {
            places.name: places,
            "code": code,
            "value": computed.value,
            "low": interval.low,
            "high": interval.high,
            "se": interval.error,
            "expected_if_equal": interval.if_equal,
            "a": None,
            "b": None,
            "refused": names[computed.refused],
        }
    )
    if one.pair is not None:
        titles = np.array(groups.names, dtype=object)
        for column, at in zip("ab", one.pair(groups, groups.estimate), strict=True):
            rows[column] = np.where(computed.refused < 0, titles[at], None)
    return rows


def one_place(
    groups: pd.DataFrame,
    *,
    favourable: bool,
    scale: float | None,
    ordered: bool,
    reference: str | None,
    average: float | None,
    drop_missing: bool,
) -> Groups:
    """Give the groups of a single place; raises Refused where there is none."""
    if groups.empty:
        raise Refused(rule=TWO_GROUPS.name, why=TWO_GROUPS.why, instead=TWO_GROUPS.instead)
    found_groups, _ = of_places(
        groups,
        pd.Series("here", index=groups.index),
        favourable=favourable,
        scale=scale,
        ordered=ordered,
        reference=reference,
        average=None if average is None else pd.Series({"here": average}),
        drop_missing=drop_missing,
    )
    return found_groups


def estimate_or_refusal(
    groups: Groups, code: str, computed: Computed, *, level: float, draws: int, seed: int
) -> Estimate | Refused:
    """Give the estimate of the only place, or why there is none."""
    one: Measure = found(code)
    if computed.refused[0] >= 0:
        _, needed = broken(groups, one)
        return needed[computed.refused[0]].refusal(groups)
    interval = computed.interval
    method = method_of(one, known(interval.low))
    simulated = known(interval.if_equal) is not None or method == intervals.SIMULATED
    return Estimate(
        code=code,
        value=float(computed.value[0]),
        low=known(interval.low),
        high=known(interval.high),
        se=known(interval.error),
        level=level,
        method=method,
        compared=compared(groups, one),
        dropped=tuple(np.array(groups.names, dtype=object)[groups.dropped[0]]),
        note=note(groups, code, one, method),
        expected_if_equal=known(interval.if_equal),
        draws=draws if simulated else None,
        seed=seed if simulated else None,
    )


def method_of(one: Measure, low: float | None) -> str:
    """Name the method of an interval."""
    if low is None:
        return intervals.NONE
    if one.slope is None:
        return intervals.SIMULATED
    return intervals.LOG_DELTA if one.on_log else intervals.DELTA


def known(column: np.ndarray) -> float | None:
    """Give the only entry of a column, None where it is not known."""
    return None if np.isnan(column[0]) else float(column[0])
