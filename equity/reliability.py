"""How far to trust a number, in four words (METHODS.md section 3)."""

import numpy as np
import pandas as pd

from equity.rates import poisson_interval

SOLID = "solid"
CARE = "use with care"
SHAKY = "too shaky to compare"
NO_MARGIN = "margin not published"

# Coefficients of variation up to which the American Community Survey's guidance calls an
# estimate reliable, and usable with care.
SOLID_CV = 0.12
CARE_CV = 0.30
FEWEST_EVENTS = 10
WIDEST_RELATIVE_INTERVAL = 1.60


def by_margin(value: pd.Series, standard_error: pd.Series) -> pd.Series:
    """Grade estimates by their coefficient of variation.

    Definition: standard error / abs(value); up to 0.12 solid, up to 0.30 use with care, above too
    shaky to compare. Applies to: survey and modelled estimates with a margin, in any unit.
    Caution: a value of 0 has no coefficient of variation; it is graded use with care when its
    margin is known. Reference: Census Bureau, ACS handbook; METHODS.md section 3.
    Gives a Series of words, missing where value is missing.
    """
    cv = standard_error / value.abs().replace(0, np.nan)
    words = pd.Series(NO_MARGIN, index=value.index, dtype=object)
    words[standard_error.notna()] = SHAKY
    words[cv.le(CARE_CV) | (value.eq(0) & standard_error.notna())] = CARE
    words[cv.le(SOLID_CV) | standard_error.eq(0)] = SOLID
    return words.where(value.notna(), None)


def by_events(value: pd.Series, events: pd.Series, low: pd.Series, high: pd.Series) -> pd.Series:
    """Grade rates and counts of events by the NCHS rule.

    Definition: show only with at least 10 events and an interval no wider than 160 % of the value;
    20 events or more and an interval within 60 % of the value is solid. Applies to: counts of
    births, deaths, cases and rates made of them; events may be missing when only the interval is
    published; where only events are, the interval is their exact Poisson one. Reference: NCHS data
    presentation standards for rates and counts (2023).
    Gives a Series of words, missing where value is missing.
    """
    width = (high - low) / value.abs().replace(0, np.nan)
    alone = events.where(width.isna() & events.gt(0))
    fewest, most = poisson_interval(alone)
    width = width.fillna((most - fewest) / alone)
    known = events.notna() | width.notna()
    words = pd.Series(NO_MARGIN, index=value.index, dtype=object)
    words[known] = CARE
    words[(events.ge(20) | events.isna()) & (width.le(0.60) | width.isna()) & known] = SOLID
    words[events.lt(FEWEST_EVENTS) | width.gt(WIDEST_RELATIVE_INTERVAL)] = SHAKY
    return words.where(value.notna(), None)


def no_better_than_care(grades: pd.Series, doubted: pd.Series) -> pd.Series:
    """Lower solid to use with care where doubted is true.

    For values that their publisher warns of, and for models whose interval leaves out the doubt in
    the model itself. Missing grades stay missing.
    """
    return grades.mask(grades.eq(SOLID) & doubted, CARE)


def full_count(value: pd.Series) -> pd.Series:
    """Grade full counts and classifications, which have no sampling error: solid."""
    return pd.Series(SOLID, index=value.index, dtype=object).where(value.notna(), None)
