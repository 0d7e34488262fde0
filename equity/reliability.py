"""How far to trust a number, in four words (METHODS.md section 3)."""

import numpy as np
import pandas as pd

from equity.rates import clopper_pearson_interval, poisson_interval

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
# The rule of the National Center for Health Statistics for proportions (Parker and others 2017).
SHOW, REVIEW, SUPPRESS = "show", "review", "suppress"
FEWEST_PEOPLE = 30
WIDEST_PROPORTION_INTERVAL = 0.30
NARROW_PROPORTION_INTERVAL = 0.05
WIDEST_RELATIVE_PROPORTION_INTERVAL = 1.30
FEWEST_DEGREES_OF_FREEDOM = 8


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


def by_proportion_rule(
    proportion: pd.Series, effective_people: pd.Series, degrees_of_freedom: pd.Series
) -> pd.DataFrame:
    """Say by the NCHS rule which survey proportions may be shown, with the reason: rule, why.

    Definition: suppress under 30 effective people, or where the exact interval is 0.30 wide or wider, or wider
    than 1.3 times the proportion unless at most 0.05 wide; review under 8 degrees of freedom (missing: not
    known, not reviewed) or where the proportion is 0 or 1; else show. Interpretation: "review" asks a
    person to look. Applies to: proportions as fractions of survey samples; effective_people = n / design effect.
    Missing proportions have a missing rule. Caution: it judges one proportion, not a difference.
    Reference: Parker and others 2017, NCHS Vital and Health Statistics 2(175).
    """
    low, high = clopper_pearson_interval(proportion * effective_people, effective_people)
    width = high - low
    too_wide = width.gt(WIDEST_RELATIVE_PROPORTION_INTERVAL * proportion)
    rules = [
        (effective_people.lt(FEWEST_PEOPLE), SUPPRESS, "fewer than 30 people asked, in effect"),
        (width.ge(WIDEST_PROPORTION_INTERVAL), SUPPRESS, "the interval is 30 points wide or wider"),
        (
            too_wide & width.gt(NARROW_PROPORTION_INTERVAL) & proportion.gt(0),
            SUPPRESS,
            "the interval is wider than 1.3 times the value",
        ),
        (degrees_of_freedom.lt(FEWEST_DEGREES_OF_FREEDOM), REVIEW, "too few places were sampled"),
        (proportion.isin([0, 1]), REVIEW, "nobody or everybody in the sample"),
    ]
    verdict = pd.DataFrame({"rule": SHOW, "why": ""}, index=proportion.index, dtype=object)
    # From the mildest to the strictest, so that the first rule above has the last word.
    for broken, rule, why in reversed(rules):
        verdict.loc[broken, ["rule", "why"]] = [rule, why]
    return verdict.where(proportion.notna(), None)
