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
    rows = table[table["level"].eq("county") & table["population"].gt(0)].dropna(
        subset=["population", "poverty"]
    )
    logs = [math.log(value) for value in table[table["level"].eq("county")]["population"].dropna()]
    poor = list(table[table["level"].eq("county")]["poverty"].dropna())
    mine = rows[rows["place_id"].eq("46102")].iloc[0]
    peer = rows[rows["place_id"].eq(found.peers[0].place_id)].iloc[0]
    by_size = (math.log(peer.population) - math.log(mine.population)) / statistics.pstdev(logs)
    by_poverty = (peer.poverty - mine.poverty) / statistics.pstdev(poor)
    expected = math.sqrt((by_size**2 + by_poverty**2) / 2)
    assert found.peers[0].distance == pytest.approx(expected)
