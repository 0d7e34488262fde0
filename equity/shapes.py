"""County shapes for drawing on paper, from the same files that browsers fetch."""

import json
from dataclasses import dataclass
from functools import lru_cache
from os import SEEK_END
from pathlib import Path

import numpy as np

from equity.errors import Problem
from equity.vintages import COUNTY_VINTAGES

# How the ETL ends each file.
END = b"}\n"
STATIC = Path(__file__).parent.parent / "static"


@dataclass(frozen=True)
class Shapes:
    """One vintage of counties in a frame of width by height, y downwards.

    rings holds, for each county in the order of ids, arrays of points (x, y) without the closing
    one; holes are rings too (even-odd rule).
    """

    width: int
    height: int
    ids: list[str]
    rings: list[list[np.ndarray]]
    labels: np.ndarray
    state_lines: list[np.ndarray]
    inset_lines: list[np.ndarray]
    inset_states: list[str]

    def part(self, state: str) -> str:
        """The part of the picture a state is drawn in: "" for the lower 48, or its own code."""
        return state if state in self.inset_states else ""

    def borders(self, part: str) -> list[np.ndarray]:
        """The state borders of one part of the picture."""
        frames = {state: self.box(self.positions(state)) for state in self.inset_states}
        return [line for line in self.state_lines if inset_at(line[0], frames) == part]

    def positions(self, state: str) -> np.ndarray:
        """Where a state's counties stand in the lists."""
        return np.flatnonzero([place_id.startswith(state) for place_id in self.ids])

    def box(self, positions: np.ndarray) -> tuple[float, float, float, float]:
        """The smallest box around the counties at some positions: left, top, right, bottom."""
        points = np.vstack([ring for i in positions for ring in self.rings[i]])
        return (*points.min(axis=0).tolist(), *points.max(axis=0).tolist())


def inset_at(point: np.ndarray, frames: dict[str, tuple[float, float, float, float]]) -> str:
    """The inset state whose frame holds a point, or ""."""
    x, y = point
    for state, (left, top, right, bottom) in frames.items():
        if left <= x <= right and top <= y <= bottom:
            return state
    return ""


def path_of(vintage: int) -> Path:
    """The file that holds the shapes of a county vintage."""
    return STATIC / f"counties_{vintage}.json"


def all_there() -> bool:
    """Whether the shapes of every county vintage have been built, and none was cut short."""
    return all(whole(path_of(vintage)) for vintage in COUNTY_VINTAGES)


def whole(path: Path) -> bool:
    """Whether a file of shapes is there to its end (a full disk or a broken copy cuts it)."""
    if not path.exists() or path.stat().st_size < len(END):
        return False
    with path.open("rb") as file:
        file.seek(-len(END), SEEK_END)
        return file.read() == END


def read(vintage: int) -> Shapes:
    """The shapes of a county vintage; raises Problem when the file is not there."""
    path = path_of(vintage)
    if not path.exists():
        raise Problem(
            f"The county shapes {path.name} are missing. Build them: python -m etl --offline"
        )
    return read_file(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=3)
def read_file(path: Path, changed_ns: int) -> Shapes:
    """The shapes of a file, read again when it has changed."""
    file = json.loads(path.read_text("utf-8"))
    return Shapes(
        width=file["width"],
        height=file["height"],
        ids=file["ids"],
        rings=[[points(ring) for ring in county] for county in file["rings"]],
        labels=np.array(file["labels"]),
        state_lines=[points(line) for line in file["state_lines"]],
        inset_lines=[np.array(line) for line in file["inset_lines"]],
        inset_states=file["inset_states"],
    )


def points(steps: list[int]) -> np.ndarray:
    """Points from a first point and the steps after it."""
    return np.cumsum(np.array(steps).reshape(-1, 2), axis=0)
