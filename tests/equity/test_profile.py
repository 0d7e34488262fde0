"""The profile's sentences are true: recomputed from the tables for 300 random places."""

import functools
import random
import re
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from equity import database, peers, profile_words, profiles, standing_out, words
from equity.differences import HIGHER, LOWER, NO_MARGIN, NO_VALUE
from equity.profiles import NATION
from equity.reliability import SHAKY

PLACES = 300
QUERIES = Path(__file__).parents[2] / "queries"
SLIPS = re.compile(r"\bnan\b|\bNone\b|\bNaT\b|\binf\b|−0(\.0+)?(?![\d.,])|  |\.\.| [.,;]|\(\)")


@pytest.fixture(scope="module")
def make(starter):
    """A function that gives the profile of a place of the starter database."""
    ask = functools.lru_cache(maxsize=None)(functools.partial(database.ask, starter))
    table, measures = ask("peer_variables"), profiles.measures_of(ask("measures"))

    @functools.cache
    def spreads(level, measures, periods):
        rows = ask("profile_spread", level=level, measures=measures, periods=periods)
        return {
            (row.measure_id, row.people_group): profiles.spread_of(np.asarray(row.rising))
            for row in rows.itertuples()
        }

    def one(place_id):
        place = ask("place", place=place_id).iloc[0]
        near = peers.Peers((), (), ())
        if place["level"] in ("county", "state"):
            near = peers.nearest(table, place_id, variables=list(peers.VARIABLES))
        return profiles.put_together(ask, spreads, place, near, measures)

    return one


@pytest.fixture(scope="module")
def some(make, starter):
    """Profiles of 300 random places of every level and vintage, with the hardest ones."""
    codes = list(database.ask(starter, "places_to_find")["place_id"])
    hard = [
        "US",
        "48",
        "72",
        "11001",
        "15005",
        "09001",
        "09110",
        "02063",
        "02261",
        "72001",
        "02060",
    ]
    return [make(code) for code in [*hard, *random.Random(20240101).sample(codes, PLACES)]]


def sentences(found):
    """Every sentence of a profile."""
    yield profile_words.lead(found)
    yield profile_words.domain_finding(found.lines, NATION, "the nation")
    yield from profile_words.missing(found)
    for side in standing_out.chosen(found):
        for one in side:
            yield one.finding
            yield one.why
    for measure_id, rows in found.trends.groupby("measure_id"):
        yield profile_words.trend(rows, found.measures[measure_id]) or ""
    for (measure_id, _), rows in found.groups.groupby(["measure_id", "dimension"]):
        yield profile_words.group_finding(rows, found.measures[measure_id])
    for line in found.lines:
        yield profile_words.value_or_status(line.here, line.measure)
        yield profile_words.interval(line.here, line.measure)
        yield profile_words.grade(line.here)
    yield from (peer.differs for peer in found.peers.peers)


def test_no_sentence_has_a_slip(some):
    for found in some:
        for sentence in sentences(found):
            slip = SLIPS.search(sentence.replace("...", ""))
            assert slip is None, (found.place["title"], slip, sentence)


def test_among_all_says_what_the_table_says(some, starter):
    checked = 0
    for found in some[::5]:
        level = found.place["level"]
        for line in found.lines:
            if line.standing is None:
                continue
            values = starter.cursor().execute(
                "SELECT value FROM house.observation JOIN house.place USING (place_id) "
                "WHERE measure_id = ? AND period = ? AND people_group = ? AND place.level = ? AND value IS NOT NULL",
                [line.measure.name, line.period, line.group, level],
            )
            values = [value for (value,) in values.fetchall()]
            lower = sum(value < line.here.value for value in values)
            higher = sum(value > line.here.value for value in values)
            said = profile_words.among(line.standing, "counties")
            part = lower if said.startswith("higher") else higher
            assert part == max(lower, higher)
            number = int(re.search(r"in (\d+) of", said)[1])
            whole = len(values) - 1
            share = part if whole <= 100 else 100 * part / whole
            assert abs(number - share) <= 0.51 or number in (1, 99)
            checked += 1
    assert checked > 500


def test_verdicts_and_directions_agree_with_the_numbers(some):
    tested = 0
    for found in some:
        for line in found.lines:
            for name, difference in line.verdicts.items():
                if difference.verdict == HIGHER:
                    assert line.here.value > line.others[name].value
                if difference.verdict == LOWER:
                    assert line.here.value < line.others[name].value
                tested += difference.real
    assert tested > 1000


def test_strengths_and_concerns_lie_on_the_side_they_claim(some):
    chosen = 0
    for found in some:
        for good, side in zip((True, False), standing_out.chosen(found), strict=True):
            assert len(side) <= standing_out.MOST
            for one in side:
                line = one.line
                nation = line.others.get(NATION)
                given = nation is not None and nation.value is not None
                beside = nation.value if given else line.standing.middle
                higher = line.here.value > beside
                assert (higher == (line.measure["better"] == "higher")) == good
                shown = words.number(
                    beside,
                    decimals=int(line.measure["decimals"]),
                    prefix=line.measure["prefix"],
                    suffix=line.measure["suffix"],
                )
                assert shown in one.why
                assert profile_words.amount(line.here.value, line.measure) in one.finding
                chosen += 1
    assert chosen > 300


def test_trends_say_the_first_and_last_value_and_the_right_direction(some):
    told = 0
    for found in some:
        for measure_id, rows in found.trends.groupby("measure_id"):
            measure = found.measures[measure_id]
            sentence = profile_words.trend(rows, measure)
            if sentence is None:
                continue
            values = rows[rows["value"].notna()].sort_values("ends")["value"]
            assert profile_words.amount(values.iloc[-1], measure) in sentence
            if " rose from " in sentence:
                assert values.iloc[-1] > values.iloc[0]
            if " fell from " in sentence:
                assert values.iloc[-1] < values.iloc[0]
            told += 1
    assert told > 500


def test_strip_counts_every_place_once(make):
    standings = [line.standing for line in make("06037").lines if line.standing is not None]
    drawn = [standing for standing in standings if standing.bins]
    assert len(drawn) > 5
    for standing in drawn:
        assert sum(standing.bins) == standing.places


def test_totals_and_labels_are_not_compared(make):
    lines = {line.measure.name: line for line in make("06037").lines}
    for name in ("pep_population", "qcew_jobs", "rucc_code"):
        assert lines[name].others == {}
    assert set(lines["acs_poverty"].others) == {"state", "nation", "peers"}


def test_what_may_not_be_ranked_is_shown_alone(make):
    """CDC PLACES: no rank, no other level of geography, no verdict."""
    measure = make("06037").measures["acs_poverty"]
    assert profiles.may_compare(measure)
    for change in ({"may_rank": False}, {"made": "classified"}):
        barred = pd.Series({**measure, **change})
        assert not profiles.may_compare(barred)
        assert not profiles.may_stand(barred)


def test_newer_figures_of_one_group_do_not_hide_those_of_everyone():
    """Seen with a file of 2020-2024 poverty of Black residents alone beside 2015-2019 for everyone."""
    rows = [("everyone", "everyone", 2019), ("black", "race_ethnicity", 2024)]
    house = duckdb.connect()
    house.execute(
        "CREATE TABLE people_group (people_group VARCHAR, dimension VARCHAR, title VARCHAR,"
        " position INTEGER, overlapping VARCHAR[])"
    )
    house.execute(
        "CREATE TABLE period (measure_id VARCHAR, period VARCHAR, ends DATE, county_vintage INTEGER)"
    )
    for group, dimension, year in rows:
        house.execute("INSERT INTO people_group VALUES (?, ?, ?, 1, [])", [group, dimension, group])
        house.execute(
            "INSERT INTO period VALUES ('m', ?, ?, 2019)", [str(year), f"{year + 1}-01-01"]
        )
    house.execute(
        """CREATE TABLE observation AS
           SELECT 'm' AS measure_id, unnest(['2019', '2024']) AS period, '06037' AS place_id,
                  unnest(['everyone', 'black']) AS people_group, unnest([14.9, 20.8]) AS value,
                  NULL AS low, NULL AS high, NULL AS level, NULL AS standard_error,
                  NULL AS numerator, NULL AS denominator, 'reported' AS status, 'solid' AS grade,
                  'published' AS origin, 'f' AS file, 1 AS line"""
    )
    query = (QUERIES / "profile_values.sql").read_text("utf-8")
    values = house.execute(query, {"place": "06037", "places": ["06037"]}).df()
    house.close()
    found = values.set_index("people_group")[["period", "value"]].to_dict("index")
    assert found == {
        "everyone": {"period": "2019", "value": 14.9},
        "black": {"period": "2024", "value": 20.8},
    }
    assert profiles.drawn_periods(values)["period"].tolist() == ["2019"]


def test_district_is_not_compared_with_itself(make):
    assert {name for line in make("11001").lines for name in line.others} == {"nation", "peers"}


def test_group_with_a_shaky_number_is_never_called_highest(make):
    measure = make("06037").measures["acs_poverty"]
    rows = pd.DataFrame(
        {
            "people_group": ["a", "b", "c"],
            "group_title": ["A", "B", "C"],
            "overlapping": [[], [], []],
            "value": [60.0, 30.0, 10.0],
            "low": [10.0, 28.0, 9.0],
            "high": [99.0, 32.0, 11.0],
            "level": 0.95,
            "standard_error": [20.0, 1.0, 0.5],
            "denominator": 1000.0,
            "status": "reported",
            "grade": ["too shaky to compare", "solid", "solid"],
            "origin": "published",
            "file": "f",
            "line": 1,
        }
    )
    said = profile_words.group_finding(rows, measure)
    assert "highest for B (30.0%), lowest for C (10.0%); the two differ" in said


def test_trend_in_dollars_says_that_prices_changed(make):
    found = make("06037")
    measure = found.measures["qcew_weekly_wage"]
    ends = pd.to_datetime([f"{year}-12-31" for year in range(2020, 2024)])
    rows = pd.DataFrame(
        {
            "period": ["2020", "2021", "2022", "2023"],
            "starts": ends - pd.Timedelta(days=364),
            "ends": ends,
            "value": [900.0, 950.0, 1000.0, 1100.0],
            **dict.fromkeys(("low", "high", "level", "standard_error", "denominator"), np.nan),
            "status": "reported",
            "grade": "solid",
            "origin": "published",
            "file": "f",
            "line": 1,
        }
    )
    said = profile_words.trend(rows, measure)
    assert "rose from $900 in 2020 to $1,100 in 2023" in said
    assert said.endswith("In the dollars of each year: prices changed too.")


def test_missing_margin_is_never_a_verdict(make):
    lines = {line.measure.name: line for line in make("46102").lines}
    assert lines["acs_poverty"].here.value == pytest.approx(46.17, abs=0.01)
    assert all(not one.real for one in lines["acs_poverty"].verdicts.values())


def test_crude_death_rate_is_neither_strength_nor_concern(make):
    for place in ("06037", "48215", "46102"):
        assert "pep_death_rate" in [line.measure.name for line in make(place).lines]
        for side in standing_out.chosen(make(place)):
            assert "pep_death_rate" not in [one.line.measure.name for one in side]


def test_places_of_other_borders_are_not_compared(make):
    found = make("09110")
    assert {line.period[:4] for line in found.lines} == {"2025"}
    assert any(
        sentence.startswith("Published for other county borders")
        for sentence in profile_words.missing(found)
    )


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2019", "2019"),
        ("2015-2019", "2015–2019"),
        ("2025-Q4", "2025, 4th quarter"),
        ("2024-02..2025-01", "February 2024 to January 2025"),
    ],
)
def test_period_in_words(period, text):
    assert profile_words.period(period) == text


def mix(**shares: float) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "group_title": list(shares),
            "value": list(shares.values()),
            "denominator": np.nan,
            "period": "2018-2022",
        }
    )


MIX_WORDS = pd.Series(
    {
        "decimals": 1,
        "prefix": "",
        "suffix": "%",
        "meaning": "White residents are the rest.",
        "publisher": "A publisher",
    }
)


def test_groups_that_leave_most_people_out_have_no_largest_among_them():
    rows = mix(Black=12.4, Hispanic=18.8)
    said = profile_words.mix_finding(rows, MIX_WORDS)
    assert said == "The groups named here hold 31.2% of residents (2018–2022)"
    note = profile_words.mix_note(rows, MIX_WORDS)
    assert note.startswith("White residents are the rest. A publisher, 2018–2022.")
    assert "nan" not in note


def test_the_largest_group_is_named_where_all_are_counted():
    said = profile_words.mix_finding(mix(Black=64.4, White=35.6), MIX_WORDS)
    assert said == "Largest group: Black, 64.4% of residents (2018–2022)"


@pytest.mark.parametrize(
    ("strengths", "concerns", "said"),
    [
        (2, 1, "two strengths and one concern"),
        (0, 4, "four concerns; no strength that these numbers can show"),
        (1, 0, "one strength; no concern that these numbers can show"),
        (0, 0, "nothing that these numbers can show"),
    ],
)
def test_no_strength_found_is_not_said_to_be_none(strengths, concerns, said):
    assert profile_words.stands_out(strengths, concerns) == said


def test_only_measures_without_any_margin_are_said_to_have_none(make):
    found = make("30069")
    by_verdict = {}
    for line in found.lines:
        if NATION in line.verdicts and profile_words.good_direction(line.measure) != "neither":
            by_verdict.setdefault(line.verdicts[NATION].verdict, []).append(line)
    only = by_verdict[NO_MARGIN]
    said = profile_words.domain_finding(only, NATION, "the nation")
    assert said == "no margins published, so no difference can be tested"
    if other := by_verdict.get(NO_VALUE):
        assert profile_words.domain_finding([*only, *other], NATION, "the nation") == ""


def test_a_number_too_shaky_to_compare_has_no_place_among_the_others(some):
    shaky = [line for found in some for line in found.lines if line.here.grade == SHAKY]
    assert shaky
    assert all(line.standing is None for line in shaky)
