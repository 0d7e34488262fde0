"""Census population estimates."""

import pytest

from etl.reading import WrongFile
from etl.sources import census_pep
from tests.etl.golden import GOLDEN, one, transformed

GROUPS = ["everyone", "female", "male"]


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
    assert set(found.loc[found["measure_id"].eq("pep_birth_rate"), "period"]) == {
        *("2019", "2021", "2022", "2023", "2024", "2025")
    }


def test_edition_of_the_2020s_is_read_alike():
    found = transformed("census_pep")
    births = one(found, "pep_birth_rate", "09110", "2025")
    assert (births["numerator"], births["denominator"]) == (12, 1050)
    assert one(found, "pep_population", "09110", "2020")["value"] == 1000
    assert one(found, "pep_net_migration_rate", "09110", "2025")["value"] == pytest.approx(
        16 / 1.05
    )


def test_newest_edition_of_a_year_wins_as_a_whole():
    found = transformed("census_pep")
    of_2021 = found[found["measure_id"].eq("pep_population") & found["period"].eq("2021")]
    assert set(of_2021["file"]) == {"co-est2025-alldata.csv"}
    assert one(found, "pep_population", "09110", "2021")["value"] == 1010


def test_year_code_2_is_july_2020_and_the_census_base_is_left_out():
    found = transformed("census_pep")
    ages = found[found["measure_id"].eq("pep_under_18")]
    assert set(ages["period"]) == {"2020", "2021"}
    young = one(found, "pep_under_18", "01001", "2020")
    assert (young["value"], young["numerator"], young["denominator"]) == (22, 220, 1000)
    assert young["line"] == 3


def test_older_people_and_women_are_shares_of_everyone():
    found = transformed("census_pep")
    assert one(found, "pep_65_and_over", "01001", "2021")["value"] == 16
    assert one(found, "pep_female", "01001", "2021")["value"] == 52


def test_median_age_is_as_printed_for_everyone_women_and_men():
    found = transformed("census_pep")
    ages = [one(found, "pep_median_age", "01001", "2021", group)["value"] for group in GROUPS]
    assert ages == [39.2, 40.3, 38.0]


def test_states_and_nation_are_sums_without_puerto_rico_and_have_no_median():
    found = transformed("census_pep")
    assert one(found, "pep_65_and_over", "US", "2021")["value"] == 16
    assert one(found, "pep_65_and_over", "72", "2021")["value"] == 20
    assert set(found.loc[found["measure_id"].eq("pep_median_age"), "place_id"]) == {
        "01001",
        "72001",
    }


def test_age_file_of_another_decade_is_refused(tmp_path):
    golden = (GOLDEN / "census_pep" / "cc-est2021-agesex-all.csv").read_text("utf-8")
    (tmp_path / "cc-est2019-agesex-all.csv").write_text(golden)
    with pytest.raises(WrongFile, match="column YEAR: Its newest year code means 2021"):
        census_pep.transform(tmp_path)


def test_age_file_cut_short_is_refused(tmp_path):
    golden = (GOLDEN / "census_pep" / "cc-est2021-agesex-all.csv").read_text("utf-8")
    (tmp_path / "cc-est2021-agesex-all.csv").write_text(golden[:-20])
    with pytest.raises(WrongFile, match=r"line 5: The last row has \d+ of 16 columns"):
        census_pep.transform(tmp_path)
