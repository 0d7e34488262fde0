"""The shapes files hold every county, whole, small and the same each time."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from etl import replacing, shapes
from etl.reading import WrongFile

HOUSE = Path(__file__).parents[2]
STARTER = HOUSE / "data" / "starter"


@pytest.fixture(scope="module")
def static(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("static")
    vintages = shapes.read_all(STARTER, folder / "no raw files")
    replacing.write_all(shapes.files(vintages, {"06": "California"}), folder)
    return folder


@pytest.fixture(scope="module", params=[2019, 2020, 2022])
def drawn(request, static) -> dict:
    return json.loads((static / f"counties_{request.param}.json").read_text(encoding="utf-8"))


def rings_of(county: list[list[int]]) -> list[np.ndarray]:
    return [np.cumsum(np.array(ring).reshape(-1, 2), axis=0) for ring in county]


def position(drawn: dict, place_id: str) -> int:
    return drawn["ids"].index(place_id)


def test_every_county_is_there_once_and_in_order(drawn):
    expected = {2019: 3142, 2020: 3143, 2022: 3144}[drawn["vintage"]]
    assert drawn["ids"] == sorted(set(drawn["ids"]))
    assert len([i for i in drawn["ids"] if not i.startswith("72")]) == expected
    assert len([i for i in drawn["ids"] if i.startswith("72")]) == 78
    for part in ("names", "labels", "rings"):
        assert len(drawn[part]) == len(drawn["ids"])


def test_connecticut_has_counties_in_2019_and_planning_regions_in_2022(drawn):
    connecticut = [i for i in drawn["ids"] if i.startswith("09")]
    assert len(connecticut) == {2019: 8, 2020: 8, 2022: 9}[drawn["vintage"]]


def test_no_county_is_empty_not_even_the_smallest(drawn):
    for place_id, county in zip(drawn["ids"], drawn["rings"], strict=True):
        assert county, place_id
        for ring in rings_of(county):
            assert len({tuple(point) for point in ring.tolist()}) >= 3, place_id
    falls_church = rings_of(drawn["rings"][position(drawn, "51610")])
    assert shapely.Polygon(falls_church[0]).area > 0


def test_every_point_lies_in_the_picture(drawn):
    for county in drawn["rings"]:
        points = np.vstack(rings_of(county))
        assert points.min() >= 0
        assert (points.max(axis=0) <= [drawn["width"], drawn["height"]]).all()


def test_neighbouring_counties_share_their_border_points(drawn):
    here, there = position(drawn, "06037"), position(drawn, "06111")
    los_angeles, ventura = (
        {tuple(p) for ring in rings_of(drawn["rings"][i]) for p in ring.tolist()}
        for i in (here, there)
    )
    assert len(los_angeles & ventura) >= 2


def test_label_points_lie_in_their_county(drawn):
    for place_id in ("06037", "48301", "36061", "02016"):
        i = position(drawn, place_id)
        parts = [shapely.Polygon(ring).buffer(1) for ring in rings_of(drawn["rings"][i])]
        assert any(part.contains(shapely.Point(drawn["labels"][i])) for part in parts), place_id


def test_names_given_are_used_and_the_rest_keep_the_publishers(drawn):
    assert ["06", "California"] in drawn["states"]
    assert drawn["names"][position(drawn, "35013")] == "Doña Ana"


def test_alaska_hawaii_and_puerto_rico_are_inset_below(drawn):
    for place_id in ("02020", "15003", "72127"):
        x, y = drawn["labels"][position(drawn, place_id)]
        assert y > drawn["height"] * 0.8
        assert place_id[:2] in drawn["inset_states"]


def test_files_are_small_enough_to_fetch(static):
    files = list(static.glob("counties_*.json"))
    assert files
    for path in files:
        assert path.stat().st_size < 600_000
        assert len(gzip.compress(path.read_bytes())) < 230_000


def test_the_same_boundaries_give_the_same_bytes(static, tmp_path):
    vintages = shapes.read_all(STARTER, tmp_path / "none")
    replacing.write_all(shapes.files(vintages, {"06": "California"}), tmp_path)
    assert not list((STARTER / "boundaries").glob("*.properties"))
    for path in static.glob("counties_*.json"):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()
    assert not list(tmp_path.glob("*.building"))


def test_neighbours_run_both_ways_and_across_states_and_islands_have_none(tmp_path):
    table = shapes.neighbour_table(shapes.read_all(STARTER, tmp_path))
    for vintage, pairs in table.groupby("county_vintage"):
        found = set(zip(pairs["place_id"], pairs["neighbour_id"], strict=True))
        assert len(found) == len(pairs)
        assert found == {(other, one) for one, other in found}
        # Four Corners: San Juan UT touches San Juan NM at a point.
        assert ("49037", "35045") in found
        assert not [one for one, _ in found if one in ("15003", "25019")], vintage


def test_a_point_that_goes_there_and_back_is_dropped():
    square = [(0, 0), (0, 9), (0, 12), (0, 9), (9, 9), (9, 0), (12, 0), (9, 0), (0, 0)]
    assert shapes.without_spikes(np.array(square)).tolist() == [[0, 0], [0, 9], [9, 9], [9, 0]]


def test_a_spike_at_the_start_of_a_ring_is_dropped():
    square = [(0, 0), (3, 3), (3, 9), (9, 9), (3, 3), (0, 0)]
    assert shapes.without_spikes(np.array(square)).tolist() == [[3, 3], [3, 9], [9, 9]]


def test_a_county_too_small_for_a_ring_becomes_a_triangle():
    dot = shapely.box(100.1, 50.1, 100.2, 50.2)
    drawn = shapes.outlines(np.array([dot]))
    assert drawn.points.tolist() == [[100, 48], [102, 51], [98, 51]]
    assert drawn.starts.tolist() == [0, 3]


def test_rings_are_cleaned_together_as_they_are_one_by_one():
    corners = np.random.default_rng(7).integers(0, 4, (3000, 2))
    lines = [np.vstack([part, part[:1]]) for part in np.split(corners, 500)]
    together = shapes.cleaned(np.concatenate(lines), np.repeat(np.arange(500), 7))
    assert [ring.tolist() for ring in together] == [
        shapes.without_spikes(line).tolist() for line in lines
    ]


def test_a_missing_county_is_refused_with_the_file_and_what_to_do(tmp_path):
    counties = shapes.read_all(STARTER, tmp_path)[2019].iloc[1:]
    with pytest.raises(WrongFile, match=r"maps.json: Expected 3220 .* found 3219 .* remove it"):
        shapes.refuse_wrong_counties(counties, Path("maps.json"), 2019)


def test_a_county_without_a_shape_is_refused_by_name(tmp_path):
    counties = shapes.read_all(STARTER, tmp_path)[2019]
    counties.loc[5, "geometry"] = shapely.Polygon()
    with pytest.raises(WrongFile, match="no shape for 01011"):
        shapes.refuse_wrong_counties(counties, Path("maps.json"), 2019)
