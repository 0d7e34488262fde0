"""Every kind of view keeps the contract: an example of each is answered, read and tabled on the starter's data."""

import re
from functools import partial

import pytest

from benchmarks import random_views
from equity import answers, database
from equity.view import View

FREMONT, DEATHS, POVERTY = "46102", "pep_death_rate", "acs_poverty"
EXAMPLES = {
    "bivariate": View("bivariate", (DEATHS, POVERTY)),
    # The starter has no counts by group: the answer says so and holds no number.
    "burden": View("burden", ("nci_cancer_deaths",), ("42101",), groups=("sex",)),
    "clusters": View("clusters", (POVERTY,), (FREMONT,)),
    "compare": View("compare", (POVERTY,), (FREMONT, "46", "US")),
    "distribution": View("distribution", (POVERTY,), (FREMONT,)),
    "extremes": View("extremes", (DEATHS,), (FREMONT,)),
    "funnel": View("funnel", (DEATHS,), (FREMONT,)),
    "gap": View("gap", ("nchs_life_expectancy",), ("US",), groups=("black", "white")),
    "gradient": View("gradient", (DEATHS, POVERTY)),
    "groups": View("groups", ("nchs_life_expectancy",), ("US",), groups=("race_ethnicity",)),
    "inequality": View(
        "inequality", ("nchs_life_expectancy",), ("US",), groups=("race_ethnicity",)
    ),
    "map": View("map", (POVERTY,), (FREMONT,), period="2015-2019"),
    "profile": View("profile", places=(FREMONT,)),
    "ranking": View("ranking", ("nci_cancer_deaths",), ("42101", "06037"), groups=("female",)),
    "region": View("region", (DEATHS,), (FREMONT, "46007", "46071")),
    "relationship": View("relationship", (DEATHS, POVERTY)),
    "small_multiples": View("small_multiples", ("nci_cancer_deaths",), groups=("sex",)),
    "smoothed": View("smoothed", (DEATHS,), (FREMONT,)),
    "trend": View("trend", (DEATHS,), (FREMONT, "US")),
}


@pytest.fixture(scope="module")
def ask(starter):
    return partial(database.ask, starter)


@pytest.mark.parametrize("kind", answers.kinds())
def test_a_kind_answers_its_example(ask, kind):
    found = answers.answer(EXAMPLES[kind], ask)
    assert len(found.reading.alt) > 30
    assert found.shown == (kind != "burden")
    if found.shown:
        assert len(found.table.printed()) == len(found.table.frame) > 0
        assert found.sources
        assert all(found.sources)
    words = [found.reading.title, found.reading.subtitle, *found.reading.sentences]
    said = " ".join(filter(None, words))
    assert not re.search(r"\bnan\b|\bNone\b|  |-0\b|[a-z]_[a-z]", said)


def test_random_views_are_of_every_kind_and_no_other():
    assert set(random_views.KINDS) == set(answers.kinds())
