"""Files for browsers have addresses that change with their contents."""

import pytest

from equity.errors import Problem
from ui import county_map


def test_an_address_changes_when_the_file_does(tmp_path):
    path = tmp_path / "counties_2019.json"
    path.write_text("one")
    first = county_map.address(path)
    assert first.startswith("app/static/counties_2019.json?v=")
    assert county_map.address(path) == first
    path.write_text("another")
    assert county_map.address(path) != first


def test_a_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(Problem, match="static/counties_2019.json is missing. Build it"):
        county_map.address(tmp_path / "counties_2019.json")


def test_the_loader_asks_for_every_module_that_is_there():
    there = sorted(path.name for path in county_map.STATIC.glob("county_*.js"))
    assert sorted(county_map.MODULES) == there
