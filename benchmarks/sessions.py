"""How long 50 people at one server wait, each in another community, and what memory each needs."""

import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.ground import FLOOR, Ground
from benchmarks.session import Session, visiting
from benchmarks.table import Line
from equity import database
from tests.browser.driving import serving

PEOPLE = 50
ROUNDS = 2
# Seconds somebody reads before the next choice, at most; a class that never reads is measured too.
LONGEST_PAUSE = 10.0
SEED = 20240101


@dataclass(frozen=True)
class Step:
    """One rerun: of which page, with which choices, and whether in a window just opened."""

    page: str
    query: str
    opens: bool


def measure(ground: Ground) -> list[Line]:
    """Give the 95th percentile of 50 people's reruns, who read between choices and who do not."""
    lines = of_database("starter", ground.starter[0])
    return lines + (of_database("all sources", ground.full) if ground.full else [])


def of_database(name: str, path: Path) -> list[Line]:
    """Give the lines of one database beside an empty app, which is visited in the same way."""
    floors, found = visited(path, FLOOR), visited(path)
    what = f"{PEOPLE} people, {name}"
    return [
        Line(f"{what}: 95 in 100 reruns", *beside("reading", floors, found), "under 1 s"),
        Line(f"{what}, who never pause", *beside("hurried", floors, found), "under 1 s"),
        Line(f"{what}: memory of each", *beside("memory", floors, found), "under 30 MB more"),
    ]


def beside(what: str, floors: dict, found: dict) -> tuple[float, str, float, str]:
    """Give a number of the app with its unit and the empty app's."""
    return found[what], "MB" if what == "memory" else "s", floors[what], "empty app"


def visited(path: Path, *script: Path) -> dict[str, float]:
    """Let 50 people visit a server twice; give seconds and the megabytes that each one took.

    One person has opened each page before them: what a program loads once is not what they wait for.
    """
    with serving(path, *script) as address:
        with visiting(address) as first:
            for page in ("", "community", "explore"):
                first.rerun(page, "place=06037")
        before = memory()
        with ExitStack() as windows:
            reading = together(address, courses(path, SEED), windows, LONGEST_PAUSE)
            used = (memory() - before) / PEOPLE / 1e6
        with ExitStack() as windows:
            hurried = together(address, courses(path, SEED + 1), windows, 0)
    return {"reading": slow(reading), "hurried": slow(hurried), "memory": used}


def memory() -> int:
    """Give the bytes that the server holds; a build may have left a small helper process beside it."""
    sizes = [child.memory_info().rss for child in psutil.Process().children()]
    return max(sizes)


def slow(seconds: list[float]) -> float:
    """Give the 95th percentile."""
    return sorted(seconds)[int(0.95 * len(seconds))]


def courses(path: Path, seed: int) -> list[list[Step]]:
    """Give what each person does: open a community, show all of it, look at three measures on the map."""
    with database.connect(path) as connection:
        measures = sorted(set(database.ask(connection, "map_choices")["measure_id"]))
        found = database.ask(connection, "places_to_find")
    counties = sorted(found[found["level"].eq("county")]["place_id"])
    dice = random.Random(seed)
    places = iter(dice.sample(counties, k=PEOPLE * ROUNDS))
    return [
        [step for _ in range(ROUNDS) for step in course(next(places), dice.sample(measures, k=3))]
        for _ in range(PEOPLE)
    ]


def course(place: str, measures: list[str]) -> Iterator[Step]:
    """Give one round: a community in a new window, and three measures on the map."""
    yield Step("community", f"place={place}", opens=True)
    yield Step("community", f"place={place}", opens=False)
    yield Step("community", f"place={place}&all=true", opens=False)
    for measure_id in measures:
        yield Step("explore", f"place={place}&measure={measure_id}", opens=False)


def together(
    address: str, people: list[list[Step]], windows: ExitStack, longest_pause: float
) -> list[float]:
    """Let all go their course at the same time; give the seconds of each rerun.

    The windows stay open, as in a classroom, until the caller closes them.
    """
    ready = threading.Barrier(len(people))
    with ThreadPoolExecutor(len(people)) as threads:
        going = [
            threads.submit(walk, address, steps, windows, ready, longest_pause, SEED + number)
            for number, steps in enumerate(people)
        ]
    return [seconds for one in going for seconds in one.result()]


def walk(
    address: str,
    steps: list[Step],
    windows: ExitStack,
    ready: threading.Barrier,
    longest_pause: float,
    seed: int,
) -> list[float]:
    """Go one person's course; give the seconds of each rerun."""
    dice, taken = random.Random(seed), []
    window: Session | None = None
    ready.wait()
    for step in steps:
        time.sleep(dice.uniform(0, longest_pause))
        if step.opens:
            window = windows.enter_context(visiting(address))
        taken.append(window.rerun(step.page, step.query)[0] / 1000)
    return taken
