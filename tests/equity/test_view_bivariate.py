"""Two measures on one map: counts as plain SQL gives them, colours and legend in step, words that hold."""

import pytest

from tests.equity.county_pair_answers import CARELESS, CAUSAL, answered, asking, said, untold
from tests.equity.test_category_map import unpacked
from tests.equity.test_view_relationship import PAIRS

CORNERS = """
    WITH deaths AS (
        SELECT place_id, round(value, 1) AS value FROM observation JOIN place USING (place_id)
        WHERE place.level = 'county' AND measure_id = 'pep_death_rate' AND period = '2019' AND value IS NOT NULL
    ),
    poverty AS (
        SELECT place_id, round(value, 1) AS value FROM observation JOIN place USING (place_id)
        WHERE place.level = 'county' AND measure_id = 'acs_poverty' AND period = '2015-2019'
          AND people_group = 'everyone' AND value IS NOT NULL
    ),
    cuts AS (
        SELECT (SELECT quantile_cont(value, 2 / 3) FROM deaths) AS deaths,
               (SELECT quantile_cont(value, 2 / 3) FROM poverty) AS poverty
    )
    SELECT count(*) FILTER (WHERE deaths.value > cuts.deaths AND poverty.value > cuts.poverty), count(*)
    FROM deaths JOIN poverty USING (place_id) CROSS JOIN cuts
"""


@pytest.fixture(scope="module")
def ask(starter):
    return asking(starter)


def test_counties_high_on_both_are_those_of_plain_sql(starter, ask):
    cursor = starter.cursor()
    cursor.execute("USE house")
    both, total = cursor.execute(CORNERS).fetchone()
    answer = answered(ask, "bivariate", "pep_death_rate", "acs_poverty")
    assert f"Of {total:,} counties with both numbers, {both:,} counties stand high on both" in said(
        answer
    )


@pytest.mark.parametrize(("outcome", "condition"), PAIRS)
def test_words_hold_for_any_pair(ask, outcome, condition):
    answer = answered(ask, "bivariate", outcome, condition, places=("28055",))
    assert not CARELESS.search(said(answer))
    assert not CAUSAL.search(said(answer))
    assert untold(answer) == set()


def test_the_map_draws_the_classes_of_the_table_for_every_county_of_its_shapes(ask):
    answer = answered(ask, "bivariate", "pep_death_rate", "acs_poverty")
    [chart] = answer.charts
    assert chart.vintage == 2019
    codes = unpacked(chart.numbers["values"])
    assert len(codes) == 3220
    kinds = [code // 4 for code in codes if code >= 0]
    counts = answer.table.frame.query("title == 'Kind of county'")["figure"]
    assert [f"{kinds.count(kind):,}" for kind in range(9)] == counts.tolist()
    assert sum(code < 0 for code in codes) == 3220 - 3142


def test_the_legend_puts_the_condition_across_and_the_outcome_down(ask):
    [chart] = answered(ask, "bivariate", "pep_death_rate", "acs_poverty").charts
    square = chart.numbers["square"]
    assert square["across"]["title"] == "“Poverty”"
    assert [name for name, _ in square["down"]["labels"]] == ["Low", "Middle", "High"]
    assert chart.numbers["categories"][2] == "Low “Crude death rate”, high “Poverty”"


def test_strengths_are_named_where_good_and_hard_are_known(ask):
    text = said(answered(ask, "bivariate", "pep_death_rate", "acs_poverty"))
    assert "have low “Crude death rate” though “Poverty” is high: worth asking" in text
    neutral = said(answered(ask, "bivariate", "pep_death_rate", "rucc_code"))
    assert "worth asking" not in neutral


def test_a_county_without_a_number_says_so(ask):
    text = said(answered(ask, "bivariate", "nci_cancer_deaths", "acs_poverty", places=("28055",)))
    assert "Issaquena County, Mississippi is left out: no data for" in text


def test_a_handful_of_counties_is_refused(starter, ask):
    def few(query, **said):
        found = ask(query, **said)
        return (
            found.assign(value=found["value"].where(found.index < 20))
            if query == "county_numbers"
            else found
        )

    for kind in ("gradient", "bivariate"):
        answer = answered(few, kind, "pep_death_rate", "acs_poverty")
        assert answer.verdict.refused
        assert not answer.shown
        assert "Both numbers are there for 20 counties only; it takes at least 30." in said(answer)
