"""Clusters on real poverty, against plain Python: means of neighbors, kinds, counts and words."""

from functools import partial

import pytest

from equity import answers, database
from equity.view import View

POVERTY, FREMONT = "acs_poverty", "46102"


@pytest.fixture(scope="module")
def ask(starter):
    return partial(database.ask, starter)


@pytest.fixture(scope="module")
def found(ask):
    return answers.answer(View("clusters", (POVERTY,), (FREMONT,), period="2015-2019"), ask)


@pytest.fixture(scope="module")
def plain(starter):
    """Poverty of each county and its neighbors, read without any of our code."""
    shares = dict(
        starter.execute(
            """
            SELECT place_id, value FROM house.observation JOIN house.place USING (place_id)
            WHERE measure_id = 'acs_poverty' AND period = '2015-2019' AND people_group = 'everyone'
                AND place.level = 'county' AND value IS NOT NULL
            """
        ).fetchall()
    )
    around = {}
    for one, other in starter.execute(
        "SELECT place_id, neighbour_id FROM house.neighbour WHERE county_vintage = 2019"
    ).fetchall():
        if one in shares and other in shares:
            around.setdefault(one, []).append(other)
    return shares, around


def test_every_county_has_the_mean_of_its_neighbors_and_its_kind(found, plain):
    shares, around = plain
    mean = sum(shares[one] for one in around) / len(around)
    rows = found.table.frame.set_index("place_id")
    for place, others in around.items():
        beside = sum(shares[one] for one in others) / len(others)
        assert rows.at[place, "neighbors"] == pytest.approx(beside, rel=1e-9)
        if rows.at[place, "kind"] != "could be chance":
            high, beside_high = shares[place] > mean, beside > mean
            wanted = (
                f"{'high' if high else 'low'}, with {'high' if beside_high else 'low'} neighbors"
            )
            assert rows.at[place, "kind"] == wanted
    assert set(rows.index[rows["kind"].eq("no neighbor with a number")]) == set(shares) - {*around}


def test_finds_are_those_that_benjamini_and_hochberg_let_in(found):
    rows = found.table.frame.dropna(subset="p").sort_values("p")
    let_in = [k for k, p in enumerate(rows["p"], 1) if p <= 0.05 * k / len(rows)]
    assert rows["kind"].ne("could be chance").sum() == max(let_in)


def test_moran_is_the_sum_of_products_and_is_said(found, plain):
    shares, around = plain
    mean = sum(shares[one] for one in around) / len(around)
    beside = {
        one: sum(shares[k] - mean for k in others) / len(others) for one, others in around.items()
    }
    index = sum((shares[one] - mean) * beside[one] for one in around)
    index /= sum((shares[one] - mean) ** 2 for one in around)
    assert f"Moran's index {index:.2f}" in found.reading.sentences[0]


def test_the_words_count_what_the_table_holds_and_name_the_neighbors(found):
    rows = found.table.frame.set_index("place_id")
    kinds = rows["kind"].value_counts()
    high, low = kinds["high, with high neighbors"], kinds["low, with low neighbors"]
    said = " ".join(found.reading.sentences)
    assert f"{high:,} have high numbers and neighbors with high numbers" in said
    assert f"{low:,} have low numbers and neighbors with low numbers" in said
    assert f"{high:,} counties with high numbers beside high neighbors" in found.reading.title
    beside = found.more[1].frame
    assert beside["place_id"].iloc[0] == FREMONT
    for name in beside["full_name"].iloc[1:]:
        assert f"{name} (" in said
    assert f"{round(0.05 * rows['p'].notna().sum()):,} counties would look like a cluster" in said
    assert "Honolulu County (Hawaii)" in said or "Hawaii County (Hawaii)" in said


def test_the_map_has_a_category_for_every_county_with_a_number(found):
    (drawn,) = found.charts
    assert len(drawn.numbers["categories"]) == 6
    assert len(drawn.numbers["values"]["text"]) == 3142 + 78
    assert drawn.vintage == 2019


@pytest.mark.parametrize("measure", ["rucc_code", "pep_population"])
def test_what_is_alike_by_design_is_refused_with_a_way_out(ask, measure):
    refused = answers.answer(View("clusters", (measure,)), ask)
    assert not refused.shown
    assert refused.verdict.breaches[0].rule == "clusters by design"
    assert refused.verdict.breaches[0].alternative.kind == "map"
