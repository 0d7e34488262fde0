"""County shapes: from the publisher's boundaries to the small files in static/ that maps draw.

Each file is one vintage of counties, already projected: the lower 48 states with Alaska, Hawaii and
Puerto Rico inset. Coordinates are whole numbers in a frame of WIDTH by HEIGHT. Rings hold a first
point and then steps, without the closing point. The publisher's 1:20,000,000 shapes are already
simplified: simplifying them again by a third of a pixel took away only 8 % of the points.
"""

import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import geopandas
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from etl.places import repaired
from etl.reading import WrongFile, text

STEPS_PER_PIXEL = 20
WIDTH, HEIGHT = 975 * STEPS_PER_PIXEL, 610 * STEPS_PER_PIXEL

Ring = list[tuple[int, int]]


class Frame(NamedTuple):
    """Where a part of the country is drawn: its projection, its corner there and in the picture."""

    projection: str
    west_m: float
    north_m: float
    left_px: float
    top_px: float
    px_per_km: float


LOWER_48 = Frame("EPSG:5070", -2_356_100, 3_165_700, 10, 5, 0.207)
# By the first two digits of the county's code. Alaska is drawn at about a quarter of the scale of
# the rest, Puerto Rico at one and a half times.
INSETS = {
    "02": Frame("EPSG:3338", -2_169_000, 2_374_500, 6, 488, 0.0572),
    "15": Frame("ESRI:102007", -338_900, 1_022_500, 226, 522, 0.207),
    "72": Frame("EPSG:32161", 38_700, 275_300, 872, 574, 0.31),
}
# Thin lines that set the insets apart, in pixels.
INSET_LINES = [
    [(0, 478), (160, 478), (218, 514), (218, 610)],
    [(218, 514), (300, 514), (352, 548), (352, 610)],
    [(862, 610), (862, 566), (975, 566)],
]
EXPECTED_COUNTIES = {2019: 3142 + 78, 2020: 3143 + 78, 2022: 3144 + 78}
# 2020 is 2019 with one Alaskan census area split in two; no boundary file of its own is needed.
SPLIT_IN_2020, SPLIT_INTO = "02261", ("02063", "02066")


def read_all(starter: Path, raw: Path) -> dict[int, geopandas.GeoDataFrame]:
    """The counties of each vintage in longitude and latitude: place_id, name, geometry, sorted.

    A census shapefile of 2022 or later in raw/census_boundaries/ replaces the starter's shapes.
    """
    shipped = {
        vintage: read_counties(starter / "boundaries" / f"counties_{vintage}.topojson.gz", vintage)
        for vintage in (2019, 2022)
    }
    newest = newest_census_file(raw / "census_boundaries")
    return {
        2019: shipped[2019],
        2020: counties_of_2020(shipped[2019], shipped[2022]),
        2022: read_counties(newest, 2022) if newest else shipped[2022],
    }


def write_all(
    vintages: Mapping[int, geopandas.GeoDataFrame], static: Path, *, names: Mapping[str, str]
) -> None:
    """Write static/counties_<vintage>.json for each vintage.

    `names` gives the full name of each county ("Baltimore city") and state by its place_id.
    """
    for vintage, counties in vintages.items():
        write(static / f"counties_{vintage}.json", drawing(counties, vintage, names))


def neighbour_table(vintages: Mapping[int, geopandas.GeoDataFrame]) -> pd.DataFrame:
    """Each pair of touching counties, both ways: place_id, neighbour_id, county_vintage."""
    parts = []
    for vintage, counties in vintages.items():
        one, other = touching(counties)
        ids = counties["place_id"].to_numpy()
        parts.append(pd.DataFrame({"place_id": ids[one], "neighbour_id": ids[other]}))
        parts[-1]["county_vintage"] = vintage
    return pd.concat(parts, ignore_index=True)


def read_counties(path: Path, vintage: int) -> geopandas.GeoDataFrame:
    """The counties of one boundary file, sorted; refuses a file that lacks any."""
    counties = read_topojson(path) if path.name.endswith(".topojson.gz") else read_census_file(path)
    counties = counties.sort_values("place_id", ignore_index=True)
    refuse_wrong_counties(counties, path, vintage)
    return counties


def counties_of_2020(
    before: geopandas.GeoDataFrame, after: geopandas.GeoDataFrame
) -> geopandas.GeoDataFrame:
    """The counties of 2019 with the two of 2022 that replaced one in Alaska."""
    kept = before[before["place_id"] != SPLIT_IN_2020]
    both = pd.concat([kept, after[after["place_id"].isin(SPLIT_INTO)]])
    return both.sort_values("place_id", ignore_index=True)


def newest_census_file(folder: Path) -> Path | None:
    """The newest cb_<year>_us_county_20m shapefile (or its zip) somebody put in the folder."""
    found = [*folder.glob("cb_20??_us_county_20m.shp"), *folder.glob("cb_20??_us_county_20m.zip")]
    return max((path for path in found if path.name >= "cb_2022"), default=None)


def read_census_file(path: Path) -> geopandas.GeoDataFrame:
    """Census cartographic boundaries. The file names no encoding; it is UTF-8 (Doña Ana)."""
    counties = geopandas.read_file(path, encoding="utf-8", columns=["GEOID", "NAME"])
    return counties.rename(columns={"GEOID": "place_id", "NAME": "name"})


def read_topojson(path: Path) -> geopandas.GeoDataFrame:
    """The starter's boundaries, longitude and latitude.

    Read from memory: given the packed file's path, the reader leaves a file of its own beside it.
    """
    unpacked = io.BytesIO(text(path).encode())
    counties = geopandas.read_file(unpacked, layer="counties")
    counties["name"] = counties["name"].map(repaired)
    return counties.rename(columns={"id": "place_id"})


def refuse_wrong_counties(counties: geopandas.GeoDataFrame, path: Path, vintage: int) -> None:
    """Raise if counties are missing, doubled or empty: one empty shape can blank a whole map."""
    ids, expected = counties["place_id"], EXPECTED_COUNTIES[vintage]
    if len(ids) != expected or ids.duplicated().any():
        raise WrongFile(
            path,
            f"Expected {expected} counties with Puerto Rico's municipios, found {len(ids)} shapes "
            f"of {ids.nunique()}.",
            todo="Put the 1:20,000,000 county file there, or remove it.",
        )
    empty = ids[counties.geometry.is_empty | counties.geometry.isna()]
    if len(empty):
        raise WrongFile(path, f"There is no shape for {', '.join(empty)}.")


def touching(counties: geopandas.GeoDataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Positions of counties that share a border or a corner, both ways; an island has none."""
    shapes = np.asarray(counties.geometry.array)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    order = np.lexsort((other, one))
    one, other = one[order], other[order]
    return one[one != other], other[one != other]


def drawing(
    counties: geopandas.GeoDataFrame, vintage: int, names: Mapping[str, str]
) -> dict[str, object]:
    """What a map needs to draw a vintage, as plain lists in the order of the county codes."""
    ids = counties["place_id"].tolist()
    projected = project(counties)
    shapes = [whole_rings(shape) for shape in projected]
    states = sorted({place_id[:2] for place_id in ids})
    return {
        "vintage": vintage,
        "width": WIDTH,
        "height": HEIGHT,
        "states": [[state, names.get(state, state)] for state in states],
        "ids": ids,
        "names": [names.get(i, own) for i, own in zip(ids, counties["name"], strict=True)],
        "labels": np.rint(shapely.get_coordinates(label_points(projected))).astype(int).tolist(),
        "rings": [[steps(ring) for ring in rings] for rings in shapes],
        "state_lines": state_lines(ids, shapes),
        "inset_states": list(INSETS),
        "inset_lines": [
            [[x * STEPS_PER_PIXEL, y * STEPS_PER_PIXEL] for x, y in line] for line in INSET_LINES
        ],
    }


def project(counties: geopandas.GeoDataFrame) -> np.ndarray:
    """The shapes in the picture's own steps, each state in its frame."""
    shapes = np.asarray(counties.geometry.array)
    state = counties["place_id"].str[:2]
    projected = shapes.copy()
    for code in ["lower 48", *INSETS]:
        inside = (~state.isin(INSETS) if code == "lower 48" else state == code).to_numpy()
        projected[inside] = place(shapes[inside], INSETS.get(code, LOWER_48))
    return projected


def place(shapes: np.ndarray, frame: Frame) -> np.ndarray:
    """Project shapes and set them into a frame, all points at once."""
    transformer = Transformer.from_crs("EPSG:4269", frame.projection, always_xy=True)

    def to_picture(lon_lat: np.ndarray) -> np.ndarray:
        x, y = transformer.transform(lon_lat[:, 0], lon_lat[:, 1])
        right = frame.left_px + (x - frame.west_m) / 1000 * frame.px_per_km
        down = frame.top_px + (frame.north_m - y) / 1000 * frame.px_per_km
        return np.column_stack([right, down]) * STEPS_PER_PIXEL

    return shapely.transform(shapes, to_picture)


def label_points(projected: np.ndarray) -> np.ndarray:
    """A point inside the largest part of each county. Shapes that touch themselves are mended."""
    parts, county = shapely.get_parts(shapely.make_valid(projected), return_index=True)
    largest = pd.Series(shapely.area(parts)).groupby(county).idxmax()
    return shapely.point_on_surface(parts[largest.to_numpy()])


def whole_rings(shape: shapely.Geometry) -> list[Ring]:
    """A county's rings on whole steps. A county too small to keep a ring gets a triangle."""
    lines = shapely.get_parts(shapely.boundary(shape))
    rings = [without_spikes(np.rint(shapely.get_coordinates(line))) for line in lines]
    rings = [ring for ring in rings if len(ring) >= 3]
    if rings:
        return rings
    x, y = (round(at) for at in shapely.get_coordinates(shape.envelope.centroid)[0])
    return [[(x, y - 2), (x + 2, y + 1), (x - 2, y + 1)]]


def without_spikes(points: np.ndarray) -> Ring:
    """A closed line without repeated points and without there-and-back spikes, not closed.

    The publisher's shapes hold some of both, rounding makes more, and they break drawing tools.
    """
    ring: Ring = []
    for x, y in points[:-1].astype(int).tolist():
        point = (x, y)
        if ring and ring[-1] == point:
            continue
        if len(ring) >= 2 and ring[-2] == point:
            ring.pop()
            continue
        ring.append(point)
    while len(ring) >= 3 and (ring[0] == ring[-1] or ring[1] == ring[-1] or ring[0] == ring[-2]):
        ring = ring[1:] if ring[1] == ring[-1] else ring[:-1]
    return ring


def steps(points: Iterable[tuple[int, int]]) -> list[int]:
    """The first point, then each point as a step from the one before, in one flat list."""
    x, y = np.asarray(list(points)).T
    return np.column_stack([np.diff(x, prepend=0), np.diff(y, prepend=0)]).ravel().tolist()


def state_lines(ids: list[str], shapes: list[list[Ring]]) -> list[list[int]]:
    """Coasts and borders between states: the sides that no two counties of a state share."""
    states_beside: dict[tuple[tuple[int, int], tuple[int, int]], list[str]] = {}
    for place_id, rings in zip(ids, shapes, strict=True):
        for ring in rings:
            for start, end in zip(ring, [*ring[1:], ring[0]], strict=True):
                side = (min(start, end), max(start, end))
                states_beside.setdefault(side, []).append(place_id[:2])
    outer = [side for side, states in states_beside.items() if len(states) == len(set(states))]
    merged = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(sorted(outer))))
    lines = shapely.get_parts(merged)
    return [steps(shapely.get_coordinates(line).astype(int).tolist()) for line in lines]


def write(path: Path, shapes: Mapping[str, object]) -> None:
    """Write the file aside and swap it in, so that a browser never fetches half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".building")
    text = json.dumps(shapes, ensure_ascii=False, separators=(",", ":"))
    unfinished.write_text(text + "\n", encoding="utf-8", newline="\n")
    unfinished.replace(path)
