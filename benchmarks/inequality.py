"""How long all measures of inequality take for every county."""

import time

import numpy as np
import pandas as pd

from benchmarks import coverage
from benchmarks.ground import Ground
from benchmarks.table import Line
from equity import database, inequality

SIMULATED_COUNTIES = 50


def measure(ground: Ground) -> list[Line]:
    """Give milliseconds of processor time a county and measure, for five groups of people in order."""
    connection = database.connect(ground.starter[0])
    fifths = next(one for one in coverage.designs(connection) if one.ordered)
    printed = fifths.publish(fifths.truth, np.random.default_rng(coverage.SEED))
    some = printed["place_id"].unique()[:SIMULATED_COUNTIES]
    return [
        Line(
            "21 measures of inequality, all counties, a county-measure",
            milliseconds(printed, draws=0),
            "ms",
            goal="under 1 ms",
        ),
        Line(
            "the same with 2,000 draws",
            milliseconds(printed[printed["place_id"].isin(some)], draws=inequality.DRAWS),
            "ms",
        ),
    ]


def milliseconds(frame: pd.DataFrame, *, draws: int) -> float:
    """Give the processor time a place and measure takes."""
    began = time.process_time()
    found = inequality.many(
        frame,
        by="place_id",
        favourable=False,
        scale=100,
        ordered=True,
        reference="fifth 1",
        draws=draws,
    )
    return 1000 * (time.process_time() - began) / len(found)
