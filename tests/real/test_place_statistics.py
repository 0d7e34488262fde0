"""Statistics of places on the starter's real figures, recomputed in plain Python."""

import pandas as pd
import pytest
from scipy import stats

from equity import bivariate, clusters, correlation, funnel, gradient, ranking, regions
from equity.errors import Refused


def counties(connection, measure: str, period: str) -> pd.DataFrame:
    """Observations of all counties, everyone, with the county's title and residents."""
    return (
        connection.execute(
            """
            WITH residents AS (
                SELECT place_id, value AS population
                FROM house.observation
                WHERE measure_id = 'acs_population'
            )
            SELECT observation.*, title, state_id, population
            FROM house.observation
            JOIN house.place USING (place_id)
            LEFT JOIN residents USING (place_id)
            WHERE measure_id = $measure AND period = $period
                AND people_group = 'everyone' AND place.level = 'county'
            ORDER BY place_id
            """,
            {"measure": measure, "period": period},
        )
        .df()
        .set_index("place_id")
    )


@pytest.fixture(scope="module")
def broadband(starter):
    return counties(starter, "acs_broadband", "2015-2019")


@pytest.fixture(scope="module")
def neighbours(starter):
    return starter.execute("FROM house.neighbour WHERE county_vintage = 2019").df()


def test_morans_i_of_broadband(broadband, neighbours):
    found = clusters.find(broadband["value"], neighbours)
    values = broadband["value"].to_dict()
    bordering: dict[str, list[str]] = {}
    for row in neighbours.itertuples():
        if row.place_id in values and row.neighbour_id in values:
            bordering.setdefault(row.place_id, []).append(row.neighbour_id)
    middle = sum(values[one] for one in bordering) / len(bordering)
    cross = sum(
        (values[one] - middle) * (sum(values[other] for other in others) / len(others) - middle)
        for one, others in bordering.items()
    )
    index = cross / sum((values[one] - middle) ** 2 for one in bordering)
    assert found.index == pytest.approx(index, rel=1e-9)
    assert set(found.islands) == set(values) - set(bordering)

    assert {"15001", "25019", "53055"} <= set(found.islands)
    low = found.places.query("kind == @clusters.LOW_LOW")
    assert len(low) > 50
    assert (low["value"] < middle).all()
    assert (low["neighbors"] < middle).all()


def test_ranks_of_death_rates(starter):
    deaths = counties(starter, "pep_death_rate", "2019")
    found = ranking.rank(
        deaths["value"], deaths["standard_error"], first="highest", may_rank=True, decimals=1
    ).places
    values, errors = deaths["value"].round(1).to_dict(), deaths["standard_error"].to_dict()
    for place in found.sample(20, random_state=1).index:
        assert found.loc[place, "rank"] == 1 + sum(one > values[place] for one in values.values())
        exact = deaths["value"].to_dict()
        close = sum(
            values[one] == values[place]
            or (exact[one] - exact[place]) ** 2
            <= 1.959963984540054**2 * (errors[one] ** 2 + errors[place] ** 2)
            for one in values
        )
        assert found.loc[place, "tied"] == close - 1
    wide = (found["high"] - found["low"]).corr(found["se"], method="spearman")
    assert wide > 0.5


def test_death_rate_by_fifths_of_poverty(starter):
    poverty = counties(starter, "acs_poverty", "2015-2019")
    deaths = counties(starter, "pep_death_rate", "2019")
    frame = pd.DataFrame(
        {
            "condition": poverty["value"],
            "estimate": deaths["value"],
            "se": deaths["standard_error"],
            "population": deaths["denominator"],
        }
    )
    found = gradient.fifths(frame, better_condition="lower")
    known = frame.dropna().sort_values("condition", ascending=False)
    assert sum(found.left_out.values()) == len(frame) - len(known)
    total, before = known["population"].sum(), 0.0
    fifths: dict[int, list[tuple]] = {}
    for row in known.itertuples():
        fifth = int((before + row.population / 2) / total * 5)
        fifths.setdefault(fifth, []).append((row.population, row.estimate, row.se))
        before += row.population
    for fifth, group in zip(sorted(fifths), found.groups.itertuples(), strict=True):
        people = sum(n for n, _, _ in fifths[fifth])
        assert group.estimate == pytest.approx(sum(n * y for n, y, _ in fifths[fifth]) / people)
        assert group.se == pytest.approx(
            sum((n * s) ** 2 for n, _, s in fifths[fifth]) ** 0.5 / people
        )
        assert group.population == pytest.approx(total / 5, rel=0.05)


def test_poverty_and_broadband_go_together(starter, broadband):
    poverty = counties(starter, "acs_poverty", "2015-2019")
    found = correlation.relate(poverty["value"], broadband["value"], weight=broadband["population"])
    rows = [
        (poverty["value"][one], broadband["value"][one], broadband["population"][one])
        for one in poverty.index.intersection(broadband.index)
    ]
    people = sum(w for _, _, w in rows)
    mx, my = (sum(row[k] * row[2] for row in rows) / people for k in (0, 1))
    xy = sum(w * (x - mx) * (y - my) for x, y, w in rows)
    xx, yy = (sum(row[2] * (row[k] - m) ** 2 for row in rows) for k, m in ((0, mx), (1, my)))
    assert found.pearson.value == pytest.approx(xy / (xx * yy) ** 0.5)
    assert found.slope == pytest.approx(xy / xx)
    assert found.pearson.n == pytest.approx(people**2 / sum(w * w for _, _, w in rows))
    assert found.pearson.value < -0.3


def test_death_rates_against_the_limits_of_chance(starter):
    deaths = counties(starter, "pep_death_rate", "2019")
    found = funnel.of_counts(
        deaths["numerator"], deaths["denominator"], centre=None, scale=1000, chance="poisson"
    )
    rate = sum(deaths["numerator"]) / sum(deaths["denominator"])
    assert found.centre == pytest.approx(1000 * rate)
    sides = []
    for place in found.places.index:
        law = stats.poisson(rate * deaths["denominator"][place])
        count = deaths["numerator"][place]
        low, high = law.cdf(count) < 0.025, law.sf(count - 1) < 0.025
        sides.append("above" if high else "below" if low else "within")
    assert found.places["outside_95"].tolist() == sides
    # Chance would put 157 outside: counties differ in age, so far more are.
    assert found.outside(0.95) > 10 * found.expected_outside(0.95)
    both = funnel.ends(deaths["value"], deaths["denominator"], count=20)
    assert both.small_lowest > 3 * both.by_chance
    assert both.small_highest > 3 * both.by_chance


@pytest.mark.parametrize(
    ("measure", "period"),
    [("acs_poverty", "2015-2019"), ("acs_broadband", "2015-2019"), ("pep_death_rate", "2019")],
)
def test_all_counties_of_a_state_as_one_give_the_state(starter, measure, period):
    row = starter.execute("FROM house.measure WHERE measure_id = $m", {"m": measure}).df().iloc[0]
    table = counties(starter, measure, period)
    for state in ("06", "10", "56"):
        published = starter.execute(
            """
            SELECT value, numerator, denominator
            FROM house.observation
            WHERE measure_id = $m AND period = $p AND place_id = $s AND people_group = 'everyone'
            """,
            {"m": measure, "p": period, "s": state},
        ).fetchall()
        found = regions.combine(table[table["state_id"].eq(state)], row)
        assert (found.value, found.numerator, found.denominator) == pytest.approx(published[0])


def test_medians_of_real_places_are_refused(starter):
    measure = "acs_median_household_income"
    row = starter.execute("FROM house.measure WHERE measure_id = $m", {"m": measure}).df().iloc[0]
    table = counties(starter, measure, "2015-2019")
    with pytest.raises(Refused, match="median"):
        regions.combine(table.loc[["06037", "06059"]], row)


def test_thirds_of_poverty_and_broadband(starter, broadband):
    poverty = counties(starter, "acs_poverty", "2015-2019")["value"]
    found = bivariate.cross(poverty, broadband["value"], first_decimals=1, second_decimals=1)
    counted = [[0, 0, 0], [0, 0, 0], [0, 0, 0]]
    for place, value in poverty.items():
        first, second = (
            sum(round(number, 1) > limit for limit in classes.breaks)
            for number, classes in ((value, found.first), (broadband["value"][place], found.second))
        )
        counted[first][second] += 1
    assert found.counts.tolist() == counted
    assert min(map(sum, counted)) > 0.32 * len(poverty)
    # Poor counties have less broadband.
    assert counted[2][0] > 2 * counted[2][2]
