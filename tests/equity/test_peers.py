"""Peers are the nearest on stated variables, recomputed here in plain Python."""

import math
import statistics

import pandas as pd
import pytest

from equity import database, peers

MIX = dict.fromkeys(peers.GROUPS, 10.0)


def places(*rows):
    """A table of counties: code, population, poverty."""
    return pd.DataFrame(
        [
            {"place_id": code, "level": "county", "title": code, "population": people}
            | {"rurality": None, "poverty": poverty, "age": None}
            | {"from_vintage": 2019, "to_vintage": 2022}
            | {column: "one survey" for column in peers.SOURCED.values()}
            | MIX
            for code, people, poverty in rows
        ]
    )


def test_nearest_comes_first_and_the_place_itself_never():
    table = places(("a", 1000, 10.0), ("b", 1100, 10.5), ("c", 90000, 30.0), ("d", 2000, 12.0))
    found = peers.nearest(table, "a", variables=["population", "poverty"])
    assert [peer.place_id for peer in found.peers] == ["b", "d", "c"]
    assert found.peers[0].distance < found.peers[1].distance


def test_variable_that_is_not_published_here_is_said_and_left_out():
    table = places(("a", 1000, None), ("b", 1100, 10.5), ("c", 90000, 30.0))
    found = peers.nearest(table, "a", variables=["population", "poverty", "age"])
    assert found.used == ("population",)
    assert found.missing == ("poverty", "age")


def test_county_of_an_older_map_is_no_peer():
    table = places(("a", 1000, 10.0), ("old", 1000, 10.0), ("c", 1500, 12.0))
    table.loc[table["place_id"].eq("old"), "to_vintage"] = 2020
    found = peers.nearest(table, "a", variables=["population", "poverty"])
    assert [peer.place_id for peer in found.peers] == ["c"]
    older = peers.nearest(table, "old", variables=["population", "poverty"])
    assert {peer.place_id for peer in older.peers} == {"a", "c"}


def test_a_variable_from_another_source_than_the_peers_is_named():
    table = places(("a", 1000, 10.0), ("b", 1100, 10.5), ("c", 1500, 12.0))
    alike = ["population", "poverty"]
    assert peers.nearest(table, "a", variables=alike).mixed == ()
    table.loc[table["place_id"].eq("a"), "poverty_measure"] = "a model"
    assert peers.nearest(table, "a", variables=alike).mixed == ("poverty",)
    assert peers.nearest(table, "a", variables=["population"]).mixed == ()


def test_no_variable_no_peers():
    table = places(("a", None, None), ("b", 1100, 10.5))
    assert peers.nearest(table, "a", variables=["population"]).peers == ()


def test_what_differs_is_said_with_both_values():
    table = places(("a", 1000, 10.0), ("b", 1000, 31.0), ("c", 1000, 12.0))
    far = peers.nearest(table, "a", variables=["population", "poverty"]).peers[-1]
    assert far.differs == "Poverty 31.0% (here 10.0%)"


def test_distance_is_that_of_plain_arithmetic(starter):
    table = database.ask(starter, "peer_variables")
    found = peers.nearest(table, "46102", variables=["population", "poverty"])
    same_map = table[table["level"].eq("county") & table["to_vintage"].eq(2022)]
    rows = same_map[same_map["population"].gt(0)].dropna(subset=["population", "poverty"])
    logs = [math.log(value) for value in same_map["population"].dropna()]
    poor = list(same_map["poverty"].dropna())
    mine = rows[rows["place_id"].eq("46102")].iloc[0]
    peer = rows[rows["place_id"].eq(found.peers[0].place_id)].iloc[0]
    by_size = (math.log(peer.population) - math.log(mine.population)) / statistics.pstdev(logs)
    by_poverty = (peer.poverty - mine.poverty) / statistics.pstdev(poor)
    expected = math.sqrt((by_size**2 + by_poverty**2) / 2)
    assert found.peers[0].distance == pytest.approx(expected)
