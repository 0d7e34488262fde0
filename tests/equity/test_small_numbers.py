"""The three views about small numbers, against plain Python on the starter's real counts."""

from functools import partial
from math import exp

import pytest

from equity import answers, database
from equity.view import View

DEATHS = "pep_death_rate"


@pytest.fixture(scope="module")
def ask(starter):
    return partial(database.ask, starter)


@pytest.fixture(scope="module")
def counted(starter):
    """Deaths and people of 2019 by county, read without any of our code."""
    rows = starter.execute(
        """
        SELECT place_id, numerator, denominator
        FROM house.observation JOIN house.place USING (place_id)
        WHERE measure_id = 'pep_death_rate' AND period = '2019' AND people_group = 'everyone'
            AND place.level = 'county'
        """
    ).fetchall()
    return {place: (deaths, people) for place, deaths, people in rows}


def smallest_tail(deaths: float, expected: float) -> float:
    """Give the smaller of P(at most deaths) and P(at least deaths) under Poisson, by adding up terms."""
    terms = [exp(-expected)]
    for k in range(1, int(deaths) + 1):
        terms.append(terms[-1] * expected / k)
    return min(sum(terms), 1 - sum(terms[:-1]))


def test_funnel_counts_the_counties_that_chance_could_explain(ask, counted):
    found = answers.answer(View("funnel", (DEATHS,), period="2019"), ask)
    rate = sum(d for d, _ in counted.values()) / sum(n for _, n in counted.values())
    # Terms of exp(-E) stay above the smallest number a float holds up to some 700 expected deaths.
    small = {place: (d, n) for place, (d, n) in counted.items() if n * rate < 600}
    outside = {p for p, (d, n) in small.items() if smallest_tail(d, n * rate) < 0.025}
    rows = found.table.frame.set_index("place_id")
    assert set(rows.index[rows["outside_95"].ne("within")]) & set(small) == outside
    inside = int(rows["outside_95"].eq("within").sum())
    assert (
        found.reading.title
        == f"Chance alone could explain the rate of {inside:,} of {len(counted):,} counties"
    )


def test_funnel_says_where_the_chosen_county_lies(ask, counted):
    found = answers.answer(View("funnel", (DEATHS,), ("31005",), period="2019"), ask)
    deaths, people = counted["31005"]
    told = " ".join(found.reading.sentences)
    assert (
        f"Arthur County, Nebraska, with {people:,.0f} people, has {1000 * deaths / people:.1f}"
        in told
    )
    assert "so chance alone can explain it" in told


def test_both_ends_name_how_many_are_among_the_smallest_tenth(ask, counted):
    found = answers.answer(View("extremes", (DEATHS,), period="2019"), ask)
    sizes = sorted(people for _, people in counted.values())
    border = sizes[int(0.1 * (len(sizes) - 1))]
    rates = sorted((1000 * d / n, n) for d, n in counted.values())
    lowest = sorted(rates, key=lambda one: (one[0], one[1]))[:10]
    highest = sorted(rates, key=lambda one: (-one[0], one[1]))[:10]
    low, high = (sum(n <= border for _, n in some) for some in (lowest, highest))
    assert found.reading.title.startswith(f"{low + high} of the 20 counties")
    assert (
        f"They hold {high} of the 10 highest rates and {low} of the 10 lowest."
        in found.reading.sentences[1]
    )
    assert len(found.table.frame) == 20


def test_smoothing_pulls_small_counties_towards_all_together(ask, counted):
    found = answers.answer(View("smoothed", (DEATHS,), ("31005",), period="2019"), ask)
    deaths, people = (sum(some) for some in zip(*counted.values(), strict=True))
    overall, mean = deaths / people, people / len(counted)
    between = sum(n * (d / n - overall) ** 2 for d, n in counted.values()) / people
    signal = max(0, between - overall / mean)
    rows = found.table.frame.set_index("place_id")
    for place, (d, n) in counted.items():
        kept = signal / (signal + overall / n)
        expected = 1000 * (overall + (d / n - overall) * kept)
        assert rows.loc[place, "smooth"] == pytest.approx(expected, rel=1e-9)


def test_both_maps_have_the_same_classes(ask):
    raw, smooth = answers.answer(View("smoothed", (DEATHS,), period="2019"), ask).charts
    assert raw.numbers["breaks"] == smooth.numbers["breaks"]
    assert raw.numbers["labels"] == smooth.numbers["labels"]
    assert raw.numbers["values"] != smooth.numbers["values"]


@pytest.mark.parametrize("kind", ["funnel", "extremes", "smoothed"])
@pytest.mark.parametrize("measure", ["acs_poverty", "qcew_weekly_wage"])
def test_what_is_no_rate_of_events_is_refused_with_the_way_out(ask, kind, measure):
    found = answers.answer(View(kind, (measure,)), ask)
    assert not found.shown
    assert found.verdict.breaches[0].rule == "no counts"
    assert "Choose a rate of births, deaths or cases" in found.reading.sentences[0]
