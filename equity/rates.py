"""Intervals of counts and rates (METHODS.md section 2)."""

import numpy as np
import pandas as pd
from scipy.special import gammaincinv


def poisson_interval(events: pd.Series, *, level: float = 0.95) -> tuple[pd.Series, pd.Series]:
    """Give the exact (Garwood) limits of counts of events.

    Definition: the Poisson means for which the count or fewer, or the count or more, has
    probability (1 - level) / 2. Applies to: counts of independent events; unit: events. 0 events
    have the lower limit 0. Reference: Garwood 1936; METHODS.md section 2.
    """
    tail = (1 - level) / 2
    counts = events.astype(float)
    low = np.where(counts > 0, gammaincinv(counts.where(counts > 0, 1), tail), 0.0)
    high = gammaincinv(counts + 1, 1 - tail)
    return pd.Series(low, index=events.index).where(events.notna()), pd.Series(
        high, index=events.index
    )
