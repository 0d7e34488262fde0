"""Jobs and pay at workplaces."""

import pytest

from etl.reading import WrongFile
from etl.sources import bls_qcew
from tests.etl.golden import GOLDEN, one, transformed


def test_shipped_quarter_is_as_printed():
    found = transformed("bls_qcew")
    assert one(found, "qcew_jobs", "01001", "2025-Q1")["value"] == 100
    assert one(found, "qcew_workplaces", "01001", "2025-Q1")["value"] == 10
    pay = one(found, "qcew_weekly_wage", "01001", "2025-Q1")
    assert (pay["value"], pay["line"], pay["file"]) == (1000, 2, "county_2025.csv")


def test_state_is_the_sum_of_its_counties_and_pay_is_weighed_by_jobs():
    found = transformed("bls_qcew")
    jobs = one(found, "qcew_jobs", "01", "2025-Q1")
    assert (jobs["value"], jobs["origin"]) == (400, "summed from counties")
    assert one(found, "qcew_weekly_wage", "01", "2025-Q1")["value"] == 9_100_000 / (400 * 13)


def test_puerto_rico_is_a_state_but_no_part_of_the_nation():
    found = transformed("bls_qcew")
    assert one(found, "qcew_jobs", "72", "2025-Q1")["value"] == 50
    assert one(found, "qcew_jobs", "US", "2025-Q1")["value"] == 400


def test_virgin_islands_unknown_counties_and_metro_areas_are_left_out():
    places = set(transformed("bls_qcew")["place_id"])
    assert places == {"01001", "01003", "72001", "01", "72", "US"}


def test_jobs_of_a_quarter_are_the_mean_of_its_months():
    jobs = one(transformed("bls_qcew"), "qcew_jobs", "01001", "2026-Q1")
    assert jobs["value"] == pytest.approx(102.3)


def test_state_and_nation_are_as_printed_where_the_publisher_prints_them():
    state = one(transformed("bls_qcew"), "qcew_weekly_wage", "01", "2026-Q1")
    assert (state["value"], state["origin"], state["line"]) == (1700, "published", 2)
    assert one(transformed("bls_qcew"), "qcew_jobs", "US", "2026-Q1")["value"] == 8000


def test_withheld_figures_are_suppressed_not_zero():
    found = transformed("bls_qcew")
    for measure_id in ("qcew_jobs", "qcew_workplaces", "qcew_weekly_wage"):
        withheld = one(found, measure_id, "01003", "2026-Q1")
        assert withheld["status"] == "suppressed"
        assert withheld[["value", "numerator", "denominator"]].isna().all()


def test_yearly_averages_are_measures_of_their_own():
    pay = one(transformed("bls_qcew"), "qcew_weekly_wage_yearly", "01001", "2024")
    assert (pay["value"], pay["numerator"], pay["denominator"]) == (1000, 5_720_000, 110 * 52)


def test_unknown_disclosure_marker_is_refused(tmp_path):
    golden = (GOLDEN / "bls_qcew" / "qcew_2026_q1.csv").read_text()
    (tmp_path / "qcew_2026_q1.csv").write_text(golden.replace('"N"', '"Q"'))
    with pytest.raises(WrongFile, match="disclosure_code: Unknown marker 'Q'"):
        bls_qcew.transform(tmp_path)
