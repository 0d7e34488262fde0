"""One map a group on one scale, against plain Python on the starter's real numbers."""

from functools import partial
from statistics import median

import pytest

from equity import answers, database
from equity.errors import Problem
from equity.view import View

CANCER, LOS_ANGELES = "nci_cancer_deaths", "06037"


@pytest.fixture(scope="module")
def ask(starter):
    return partial(database.ask, starter)


@pytest.fixture(scope="module")
def found(ask):
    return answers.answer(View("small_multiples", (CANCER,), (LOS_ANGELES,), groups=("sex",)), ask)


@pytest.fixture(scope="module")
def plain(starter):
    """Rates of women and men by county, read without any of our code."""
    rows = starter.execute(
        """
        SELECT people_group, place_id, value FROM house.observation JOIN house.place USING (place_id)
        WHERE measure_id = 'nci_cancer_deaths' AND people_group IN ('female', 'male')
            AND place.level = 'county' AND value IS NOT NULL
        """
    ).fetchall()
    return {
        group: {place: value for one, place, value in rows if one == group}
        for group in ("female", "male")
    }


def test_the_middle_of_each_group_is_told_and_tabled(found, plain):
    table = found.more[0].frame.set_index("group")
    for title, group in (("Female", "female"), ("Male", "male")):
        values = sorted(plain[group].values())
        assert table.at[title, "counties"] == len(values)
        assert table.at[title, "without"] == 3220 - len(values)
        assert table.at[title, "middle"] == pytest.approx(median(values), rel=1e-12)
        at = 0.25 * (len(values) - 1)
        low = values[int(at)] + (at - int(at)) * (values[int(at) + 1] - values[int(at)])
        assert table.at[title, "low"] == pytest.approx(low, rel=1e-12)
        assert f"the middle half of {len(values):,} counties have {low:.1f} to" in " ".join(
            found.reading.sentences
        )
    assert found.reading.title.endswith(
        f"the middle county has {median(plain['male'].values()):.1f} for Male and "
        f"{median(plain['female'].values()):.1f} for Female"
    )


def test_groups_are_compared_in_the_counties_that_have_both(found, plain):
    both = plain["female"].keys() & plain["male"].keys()
    women, men = (median(plain[group][place] for place in both) for group in ("female", "male"))
    said = f"In the {len(both):,} that have a number for each group, the middle county has "
    assert said + f"{women:.1f} for Female and {men:.1f} for Male." in " ".join(
        found.reading.sentences
    )


def test_the_chosen_county_is_read_for_each_group(found, plain):
    women, men = plain["female"][LOS_ANGELES], plain["male"][LOS_ANGELES]
    said = f"Los Angeles County, California: Female {women:.1f} (solid); Male {men:.1f} (solid)."
    assert said in found.reading.sentences


def test_all_maps_share_their_classes_and_stay_small(found):
    one, other = (chart.numbers for chart in found.charts)
    for same in ("breaks", "labels", "palette"):
        assert one[same] == other[same]
    assert all(chart.small for chart in found.charts)
    assert all(len(chart.numbers["values"]["text"]) < 10_000 for chart in found.charts)


def test_at_most_six_groups_that_share_nobody(ask):
    found = answers.answer(View("small_multiples", ("census2010_race_ethnicity",)), ask)
    titles = [chart.title for chart in found.charts]
    assert len(titles) == 6
    assert "Hispanic or Latino" in titles
    assert any("Not shown" in one and "Some other race" in one for one in found.reading.sentences)


def test_groups_that_share_people_are_refused(ask):
    view = View("small_multiples", ("census2010_race_ethnicity",), groups=("black", "hispanic"))
    assert answers.answer(view, ask).verdict.breaches[0].rule == "overlapping groups"


@pytest.mark.parametrize("measure", ["acs_poverty", "rucc_code"])
def test_a_measure_without_groups_in_counties_is_a_sentence(ask, measure):
    with pytest.raises(Problem, match="Fewer than two groups"):
        answers.answer(View("small_multiples", (measure,)), ask)
