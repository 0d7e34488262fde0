"""Census population estimates."""

import pytest

from tests.etl.golden import one, transformed


def test_population_is_as_printed():
    assert one(transformed("census_pep"), "pep_population", "01003", "2019")["value"] == 500


def test_rate_is_per_1000_mid_period_people():
    births = one(transformed("census_pep"), "pep_birth_rate", "01001", "2019")
    assert (births["numerator"], births["denominator"]) == (5, 500)
    assert births["value"] == 10


def test_no_events_have_a_rate_of_zero_and_an_exact_upper_limit():
    deaths = one(transformed("census_pep"), "pep_death_rate", "01001", "2019")
    assert (deaths["value"], deaths["low"]) == (0, 0)
    assert deaths["high"] == pytest.approx(1000 * 3.688879 / 500, rel=1e-6)


def test_nation_is_the_sum_of_the_states():
    nation = one(transformed("census_pep"), "pep_birth_rate", "US", "2019")
    assert nation["origin"] == "summed from counties"
    assert nation["value"] == 1000 * 10 / 1000


def test_first_year_of_an_edition_has_no_rate_because_it_is_three_months_long():
    found = transformed("census_pep")
    assert set(found.loc[found["measure_id"].eq("pep_birth_rate"), "period"]) == {"2019"}
