"""Every refusal of METHODS.md section 6, on the words that the sources themselves say of their measures."""

import re

import pandas as pd
import pytest

from equity.comparability import Facts
from equity.comparison_rules import may_compare
from equity.view import View
from etl import staging
from etl.sources import measure_table

PLACES = pd.DataFrame(
    {
        "place_id": ["06037", "42101", "09110", "06", "US"],
        "level": ["county"] * 3 + ["state", "nation"],
    }
).set_index("place_id", drop=False)


def known(
    acts: set, measures: tuple, *, places: tuple = (), groups: tuple = (), periods: tuple = ()
) -> Facts:
    """Give what the rules look at, from the sources' own words."""
    rows = pd.concat([measure_table(source) for source in SOURCES]).set_index(
        "measure_id", drop=False
    )
    named = GROUPS[GROUPS["people_group"].isin(groups)]
    held = [
        {
            "measure_id": code,
            "period": period,
            "starts": pd.Timestamp(f"{period[:4]}-01-01"),
            "ends": pd.Timestamp(f"{int(period[-4:]) + 1}-01-01"),
            "county_vintage": 2019,
        }
        for code in measures
        for period in periods
    ]
    return Facts(
        acts=frozenset(acts),
        measures=rows.loc[list(measures)],
        places=PLACES.loc[list(places)],
        groups=named,
        periods=pd.DataFrame(
            held, columns=["measure_id", "period", "starts", "ends", "county_vintage"]
        ),
    )


SOURCES = (
    "cdc_places",
    "census_acs",
    "census_pep",
    "census_saipe",
    "cdc_svi",
    "cms_medicare_disparities",
    "cdc_injury_mapping",
    "usda_rucc",
    "nchs_life_tables",
)
GROUPS = staging.people_group_table()
RANKS, YEARS, SIDE = {"ranks places"}, {"sets years side by side"}, {"sets places side by side"}
RELATES, GROUPED, AXIS = {"relates measures"}, {"sets groups side by side"}, {"shares one axis"}
CLUSTERS = {"looks for clusters"}
SHARES, SHARED_YEARS = {"adds shares of groups"}, ("2014-2018", "2015-2019")
DIABETES, POVERTY = "places_diabetes_crude", "acs_poverty"
LIFE = "nchs_life_expectancy"

REFUSED = {
    "a ranking by a modelled measure": ("ranking", RANKS, (DIABETES,), {}),
    "a ranking by an index": ("ranking", RANKS, ("svi_overall_rank",), {}),
    "years of a modelled measure": (
        "years not comparable",
        YEARS,
        (DIABETES,),
        {"periods": ("2020", "2021")},
    ),
    "years of the vulnerability index": (
        "years not comparable",
        YEARS,
        ("svi_poverty",),
        {"periods": ("2014-2018", "2018-2022")},
    ),
    "five-year periods that share years": (
        "overlapping periods",
        YEARS,
        (POVERTY,),
        {"periods": ("2014-2018", "2015-2019")},
    ),
    "one period alone": ("one period", YEARS, (POVERTY,), {"periods": ("2015-2019",)}),
    "one year alone": ("one period", YEARS, ("pep_population",), {"periods": ("2019",)}),
    "a modelled county beside its state": (
        "levels of geography",
        SIDE,
        (DIABETES,),
        {"places": ("06037", "06")},
    ),
    "a model and its input, poverty": ("model built on it", RELATES, (DIABETES, POVERTY), {}),
    "a model and its input, education": (
        "model built on it",
        RELATES,
        ("acs_bachelors_degree", DIABETES),
        {},
    ),
    "a model and its input, age": ("model built on it", RELATES, (DIABETES, "pep_65_and_over"), {}),
    "a model and its input, race": (
        "model built on it",
        RELATES,
        (DIABETES, "svi_racial_ethnic_minority"),
        {},
    ),
    "a model and its input, sex": ("model built on it", RELATES, (DIABETES, "pep_female"), {}),
    "two outcomes of one model": (
        "two of one model",
        RELATES,
        (DIABETES, "places_obesity_crude"),
        {},
    ),
    "modelled poverty and the survey it uses": (
        "model built on it",
        RELATES,
        ("saipe_poverty", POVERTY),
        {},
    ),
    "groups that share people": (
        "overlapping groups",
        GROUPED,
        (LIFE,),
        {"groups": ("white", "hispanic")},
    ),
    "shares of groups that share people": (
        "overlapping groups",
        {"adds shares of groups"},
        (POVERTY,),
        {"groups": ("black", "hispanic")},
    ),
    "dollars and percent on one axis": (
        "one axis",
        AXIS,
        (POVERTY, "acs_median_household_income"),
        {},
    ),
    "crude and age-adjusted on one axis": (
        "one axis",
        AXIS,
        (DIABETES, "places_diabetes_adjusted"),
        {},
    ),
    "clusters of a modelled measure": ("clusters by design", CLUSTERS, (DIABETES,), {}),
    "clusters of modelled poverty": ("clusters by design", CLUSTERS, ("saipe_poverty",), {}),
    "clusters of codes that look at neighbors": (
        "clusters by design",
        CLUSTERS,
        ("rucc_code",),
        {},
    ),
    "clusters of what grows with the place": (
        "clusters by design",
        CLUSTERS,
        ("pep_population",),
        {},
    ),
    "different people on one axis": ("one axis", AXIS, (POVERTY, "acs_child_poverty"), {}),
}
FINE = {
    "a ranking by a survey": (RANKS, (POVERTY,), {}),
    "years of a count": (YEARS, ("pep_population",), {"periods": ("2018", "2019")}),
    "periods that share no year": (YEARS, (POVERTY,), {"periods": ("2010-2014", "2015-2019")}),
    "modelled counties": (SIDE, (DIABETES,), {"places": ("06037", "42101")}),
    "a survey's county beside its state": (SIDE, (POVERTY,), {"places": ("06037", "06")}),
    "a count and a survey": (RELATES, ("cms_preventable_stays", POVERTY), {}),
    "groups that share nobody": (
        GROUPED,
        (LIFE,),
        {"groups": ("white_nh", "black_nh", "hispanic")},
    ),
    "clusters of a survey": (CLUSTERS, (POVERTY,), {}),
    "clusters of a counted rate": (CLUSTERS, ("pep_death_rate",), {}),
    "one measure on one axis": (AXIS, (POVERTY,), {}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refuses_and_says_why_and_what_instead(case):
    rule, acts, measures, more = REFUSED[case]
    verdict = may_compare(
        View("any", measures, more.get("places", ()), groups=more.get("groups", ())),
        known(acts, measures, **more),
    )
    assert verdict.refused
    assert verdict.state == "refused"
    first = verdict.breaches[0]
    assert first.rule == rule
    assert first.why.endswith(".")
    assert first.instead.endswith(".")
    assert not re.search(r"nan|None|  |[a-z]_[a-z]", f"{first.why} {first.instead}")


@pytest.mark.parametrize("case", FINE)
def test_lets_pass_what_may_be_compared(case):
    acts, measures, more = FINE[case]
    verdict = may_compare(
        View("any", measures, groups=more.get("groups", ())), known(acts, measures, **more)
    )
    assert verdict.state == "fine"


@pytest.mark.parametrize("case", REFUSED)
def test_a_rule_looks_only_at_what_a_view_does(case):
    _, _, measures, more = REFUSED[case]
    assert may_compare(View("any", measures), known(set(), measures, **more)).state == "fine"


def test_income_beside_a_model_that_uses_poverty_needs_care():
    measures = ("places_diabetes_adjusted", "acs_median_household_income")
    verdict = may_compare(View("any", measures), known(RELATES, measures))
    assert [breach.rule for breach in verdict.breaches] == ["model close to it"]
    assert verdict.state == "caution"


def test_a_crude_rate_of_health_needs_care_beside_a_condition():
    measures = ("cdc_injury_overdoses", POVERTY)
    verdict = may_compare(View("any", measures), known(RELATES, measures))
    assert "crude rate" in [breach.rule for breach in verdict.breaches]


def test_new_county_borders_are_said():
    verdict = may_compare(
        View("any", (POVERTY,)), known(SIDE, (POVERTY,), places=("09110", "06037"))
    )
    assert verdict.state == "caution"
    assert "Connecticut replaced its counties" in verdict.breaches[0].why


def test_the_way_out_of_shared_people_is_the_dimension():
    view = View("groups", (LIFE,), ("US",), groups=("white", "hispanic"))
    verdict = may_compare(view, known(GROUPED, (LIFE,), groups=view.groups))
    assert verdict.breaches[0].alternative.groups == ("race_ethnicity",)


def test_every_rule_is_tested():
    broken = {rule for rule, *_ in REFUSED.values()}
    assert broken == {
        "ranking",
        "years not comparable",
        "overlapping periods",
        "one period",
        "levels of geography",
        "model built on it",
        "two of one model",
        "overlapping groups",
        "one axis",
        "clusters by design",
    }
