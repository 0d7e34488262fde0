"""County shapes: from the publisher's boundaries to the small files in static/ that maps draw.

Each file is one vintage of counties, already projected: the lower 48 states with Alaska, Hawaii and
Puerto Rico inset. Coordinates are whole numbers in a frame of WIDTH by HEIGHT. Rings hold a first
point and then steps, without the closing point. The publisher's 1:20,000,000 shapes are already
simplified: simplifying them again by a third of a pixel took away only 8 % of the points.
"""

import json
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from etl.places import no_topojson, repaired
from etl.reading import WrongFile, text

STEPS_PER_PIXEL = 20
WIDTH, HEIGHT = 975 * STEPS_PER_PIXEL, 610 * STEPS_PER_PIXEL

# Enough for a coordinate.
BITS = 20

# Texts by the names of their files.
Files = dict[str, str]


class Outlines(NamedTuple):
    """The rings of counties, one after the other, in the order of the counties."""

    points: np.ndarray  # all points, without the closing ones
    starts: np.ndarray  # where each ring begins, and the end of the last
    county: np.ndarray  # the county of each ring


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


def read_all(starter: Path, raw: Path) -> dict[int, pd.DataFrame]:
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


def drawn(starter: Path, raw: Path, names: Mapping[str, str]) -> tuple[pd.DataFrame, Files]:
    """The rows of the table `neighbour`, and the files for static/."""
    vintages = read_all(starter, raw)
    return neighbour_table(vintages), files(vintages, names)


def files(vintages: Mapping[int, pd.DataFrame], names: Mapping[str, str]) -> Files:
    """The text of counties_<vintage>.json for each vintage, by name.

    `names` gives the full name of each county ("Baltimore city") and state by its place_id.
    """
    drawings = {
        f"counties_{vintage}.json": drawing(counties, vintage, names)
        for vintage, counties in vintages.items()
    }
    return {
        name: json.dumps(shapes, ensure_ascii=False, separators=(",", ":")) + "\n"
        for name, shapes in drawings.items()
    }


def neighbour_table(vintages: Mapping[int, pd.DataFrame]) -> pd.DataFrame:
    """Each pair of touching counties, both ways: place_id, neighbour_id, county_vintage."""
    parts = []
    for vintage, counties in vintages.items():
        one, other = touching(counties)
        ids = counties["place_id"].to_numpy()
        parts.append(pd.DataFrame({"place_id": ids[one], "neighbour_id": ids[other]}))
        parts[-1]["county_vintage"] = vintage
    return pd.concat(parts, ignore_index=True)


def read_counties(path: Path, vintage: int) -> pd.DataFrame:
    """The counties of one boundary file, sorted; refuses a file that lacks any."""
    counties = read_topojson(path) if path.name.endswith(".topojson.gz") else read_census_file(path)
    counties = counties.sort_values("place_id", ignore_index=True)
    refuse_wrong_counties(counties, path, vintage)
    return counties


def counties_of_2020(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The counties of 2019 with the two of 2022 that replaced one in Alaska."""
    kept = before[before["place_id"] != SPLIT_IN_2020]
    both = pd.concat([kept, after[after["place_id"].isin(SPLIT_INTO)]])
    return both.sort_values("place_id", ignore_index=True)


def newest_census_file(folder: Path) -> Path | None:
    """The newest cb_<year>_us_county_20m shapefile (or its zip) somebody put in the folder."""
    found = [*folder.glob("cb_20??_us_county_20m.shp"), *folder.glob("cb_20??_us_county_20m.zip")]
    return max((path for path in found if path.name >= "cb_2022"), default=None)


def read_census_file(path: Path) -> pd.DataFrame:
    """Census cartographic boundaries. The file names no encoding; it is UTF-8 (Doña Ana)."""
    # It takes most of a second to import, and the shipped boundaries do not need it.
    import geopandas

    counties = geopandas.read_file(path, encoding="utf-8", columns=["GEOID", "NAME"])
    return pd.DataFrame(
        {
            "place_id": counties["GEOID"],
            "name": counties["NAME"],
            "geometry": counties.geometry.to_numpy(),
        }
    )


def read_topojson(path: Path) -> pd.DataFrame:
    """The starter's boundaries, longitude and latitude."""
    try:
        topology = json.loads(text(path))
        counties = topology["objects"]["counties"]["geometries"]
        return pd.DataFrame(
            {
                "place_id": [county["id"] for county in counties],
                "name": [repaired(county["properties"]["name"]) for county in counties],
                "geometry": polygons(arcs(topology), [parts(county) for county in counties]),
            }
        )
    except (ValueError, LookupError, TypeError) as error:
        raise no_topojson(path, error) from error


def arcs(topology: dict) -> list[np.ndarray]:
    """The lines that the shapes of a TopoJSON share: each first a point, then steps, in a grid."""
    points = np.concatenate([np.asarray(arc, dtype=np.int64) for arc in topology["arcs"]])
    starts = np.cumsum([0, *map(len, topology["arcs"])])[:-1]
    sums = points.cumsum(axis=0)
    before = np.repeat(sums[starts] - points[starts], np.diff([*starts, len(points)]), axis=0)
    grid = topology["transform"]
    return np.split((sums - before) * grid["scale"] + grid["translate"], starts[1:])


def parts(county: dict) -> list[list[list[int]]]:
    """A county's polygons: each a list of rings, each ring the numbers of its arcs."""
    return [county["arcs"]] if county["type"] == "Polygon" else county["arcs"]


def polygons(lines: list[np.ndarray], counties: list[list[list[list[int]]]]) -> np.ndarray:
    """A shape for each county, from its rings' arcs; ~n is arc n backwards."""
    rings, ring_of, polygon_of = [], [], []
    for number, county in enumerate(counties):
        for polygon in county:
            ring_of += [len(polygon_of)] * len(polygon)
            polygon_of.append(number)
            rings += [
                np.concatenate([lines[n] if n >= 0 else lines[~n][::-1] for n in ring])
                for ring in polygon
            ]
    points, lengths = np.concatenate(rings), [len(ring) for ring in rings]
    closed = shapely.linearrings(points, indices=np.repeat(np.arange(len(rings)), lengths))
    whole = shapely.polygons(closed, indices=np.asarray(ring_of))
    return shapely.multipolygons(whole, indices=np.asarray(polygon_of))


def refuse_wrong_counties(counties: pd.DataFrame, path: Path, vintage: int) -> None:
    """Raise if counties are missing, doubled or empty: one empty shape can blank a whole map."""
    ids, expected = counties["place_id"], EXPECTED_COUNTIES[vintage]
    if len(ids) != expected or ids.duplicated().any():
        raise WrongFile(
            path,
            f"Expected {expected} counties with Puerto Rico's municipios, found {len(ids)} shapes "
            f"of {ids.nunique()}.",
            todo="Put the 1:20,000,000 county file there, or remove it.",
        )
    shapes = counties["geometry"].to_numpy()
    empty = ids[shapely.is_empty(shapes) | shapely.is_missing(shapes)]
    if len(empty):
        raise WrongFile(path, f"There is no shape for {', '.join(empty)}.")


def touching(counties: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Positions of counties that share a border or a corner, both ways; an island has none."""
    shapes = counties["geometry"].to_numpy()
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    order = np.lexsort((other, one))
    one, other = one[order], other[order]
    return one[one != other], other[one != other]


def drawing(counties: pd.DataFrame, vintage: int, names: Mapping[str, str]) -> dict[str, object]:
    """What a map needs to draw a vintage, as plain lists in the order of the county codes."""
    ids = counties["place_id"].tolist()
    projected = project(counties)
    drawn = outlines(projected)
    states = sorted({place_id[:2] for place_id in ids})
    return {
        "vintage": vintage,
        "width": WIDTH,
        "height": HEIGHT,
        "states": [[state, names.get(state, state)] for state in states],
        "ids": ids,
        "names": [names.get(i, own) for i, own in zip(ids, counties["name"], strict=True)],
        "labels": np.rint(shapely.get_coordinates(label_points(projected))).astype(int).tolist(),
        "rings": steps_of_counties(drawn, len(ids)),
        "state_lines": state_lines(np.array([int(place_id[:2]) for place_id in ids]), drawn),
        "inset_states": list(INSETS),
        "inset_lines": [
            [[x * STEPS_PER_PIXEL, y * STEPS_PER_PIXEL] for x, y in line] for line in INSET_LINES
        ],
    }


def project(counties: pd.DataFrame) -> np.ndarray:
    """The shapes in the picture's own steps, each state in its frame."""
    shapes = counties["geometry"].to_numpy()
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


def outlines(projected: np.ndarray) -> Outlines:
    """The counties' rings on whole steps, cleaned. A county too small to keep a ring gets a triangle."""
    lines, county = shapely.get_parts(shapely.boundary(projected), return_index=True)
    points, ring = shapely.get_coordinates(lines, return_index=True)
    rings = cleaned(np.rint(points).astype(np.int64), ring)
    kept = [number for number, ring in enumerate(rings) if len(ring) >= 3]
    rings, county = [rings[number] for number in kept], county[kept].tolist()
    for number in sorted(set(range(len(projected))) - set(county)):
        rings.append(triangle(projected[number]))
        county.append(number)
    order = np.argsort(county, kind="stable")
    rings = [rings[number] for number in order]
    starts = np.cumsum([0, *map(len, rings)])
    return Outlines(np.concatenate(rings), starts, np.asarray(county)[order])


def triangle(shape: shapely.Geometry) -> np.ndarray:
    """A ring of the smallest size around the middle of a shape."""
    x, y = (round(at) for at in shapely.get_coordinates(shape.envelope.centroid)[0])
    return np.array([(x, y - 2), (x + 2, y + 1), (x - 2, y + 1)])


def cleaned(points: np.ndarray, ring: np.ndarray) -> list[np.ndarray]:
    """Closed lines without repeated points and spikes, not closed; ring numbers each point's line.

    Few have any spike, so all are looked at together and only those few one by one.
    """
    follows = np.append(False, ring[1:] == ring[:-1])
    repeated = np.append(False, (points[1:] == points[:-1]).all(axis=1)) & follows
    closing = np.append(ring[1:] != ring[:-1], True)
    kept = ~repeated & ~closing
    once, of = points[kept], ring[kept]
    starts = np.searchsorted(of, np.arange(ring[-1] + 2))
    rings = np.split(once, starts[1:-1])
    back = (once[2:] == once[:-2]).all(axis=1) & (of[2:] == of[:-2])
    shaky = set(of[2:][back].tolist())
    ends = np.searchsorted(ring, np.arange(ring[-1] + 2))
    for number, clean in enumerate(rings):
        if number in shaky or len(clean) < 3 or not meets_well(clean):
            rings[number] = without_spikes(points[ends[number] : ends[number + 1]])
    return rings


def meets_well(ring: np.ndarray) -> bool:
    """Whether a ring has no repeated point and no spike where its end meets its start."""
    (first, second), (before, last) = ring[:2].tolist(), ring[-2:].tolist()
    return first != last and second != last and first != before


def without_spikes(points: np.ndarray) -> np.ndarray:
    """A closed line without repeated points and without there-and-back spikes, not closed.

    The publisher's shapes hold some of both, rounding makes more, and they break drawing tools.
    """
    ring: list[list[int]] = []
    for point in points[:-1].tolist():
        if ring and ring[-1] == point:
            continue
        if len(ring) >= 2 and ring[-2] == point:
            ring.pop()
            continue
        ring.append(point)
    while len(ring) >= 3 and (ring[0] == ring[-1] or ring[1] == ring[-1] or ring[0] == ring[-2]):
        ring = ring[1:] if ring[1] == ring[-1] else ring[:-1]
    return np.array(ring, dtype=np.int64).reshape(-1, 2)


def steps(points: np.ndarray, starts: np.ndarray) -> list[list[int]]:
    """Lines one after the other, each as its first point and then steps, in one flat list a line."""
    moves = np.diff(points, axis=0, prepend=0)
    moves[starts[:-1]] = points[starts[:-1]]
    flat, ends = moves.ravel().tolist(), (2 * starts).tolist()
    return [flat[start:end] for start, end in pairwise(ends)]


def steps_of_counties(drawn: Outlines, count: int) -> list[list[list[int]]]:
    """The rings of each county, as steps."""
    rings: list[list[list[int]]] = [[] for _ in range(count)]
    for number, ring in zip(drawn.county.tolist(), steps(drawn.points, drawn.starts), strict=True):
        rings[number].append(ring)
    return rings


def state_lines(state_of: np.ndarray, drawn: Outlines) -> list[list[int]]:
    """Coasts and borders between states: the sides that no two counties of a state share."""
    after = np.arange(1, len(drawn.points) + 1)
    after[drawn.starts[1:] - 1] = drawn.starts[:-1]
    # A point as one number that sorts as the point does.
    point = drawn.points[:, 0] << BITS | drawn.points[:, 1]
    one, other = np.minimum(point, point[after]), np.maximum(point, point[after])
    state = np.repeat(state_of[drawn.county], np.diff(drawn.starts))
    order = np.lexsort((state, other, one))
    one, other, state = one[order], other[order], state[order]
    same = np.append(False, (one[1:] == one[:-1]) & (other[1:] == other[:-1]))
    side = np.cumsum(~same) - 1
    within = np.append(False, state[1:] == state[:-1]) & same
    outer = ~same
    outer[outer] = np.bincount(side, weights=within) == 0
    ends = np.stack([one[outer], other[outer]], axis=1)
    lines = shapely.linestrings(np.stack([ends >> BITS, ends & ((1 << BITS) - 1)], axis=2))
    merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines)))
    starts = np.cumsum([0, *shapely.get_num_points(merged)])
    return steps(shapely.get_coordinates(merged).astype(np.int64), starts)
