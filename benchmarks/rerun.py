"""What a rerun of each page costs the server, and how much it sends, beside an empty app."""

import re
from pathlib import Path
from statistics import median

from benchmarks.ground import FLOOR, Ground
from benchmarks.session import Session, visiting
from benchmarks.table import Line
from etl.load import HOUSE
from tests.browser.driving import serving

RERUNS = 15
WARM_UP = 3
QUERY = "place=06037"


def measure(ground: Ground) -> list[Line]:
    """Give, for each page with a community chosen, milliseconds and kilobytes a rerun."""
    database, _ = ground.starter
    with serving(database, FLOOR) as address, visiting(address) as session:
        floor_ms, floor_kb = typical(session, "")
    lines = []
    with serving(database) as address:
        for page in sorted((HOUSE / "pages").glob("*.py")):
            with visiting(address) as session:
                lines += of_page(page, typical(session, name_of(page)), floor_ms, floor_kb)
    return lines


def of_page(page: Path, found: tuple[float, float], floor_ms: float, floor_kb: float) -> list[Line]:
    """Give the two lines of a page."""
    ms, kb = found
    title = name_of(page) or "home"
    return [
        Line(f"rerun of {title}, server", ms, "ms", floor_ms, "empty app", "at most 2 times"),
        Line(f"rerun of {title}, sent", kb, "KB", floor_kb, "empty app", "at most 100 KB"),
    ]


def typical(session: Session, page: str) -> tuple[float, float]:
    """Give the median milliseconds and kilobytes of a rerun once everything is warm."""
    runs = [session.rerun(page, QUERY) for _ in range(WARM_UP + RERUNS)][WARM_UP:]
    return median(ms for ms, _ in runs), median(sent for _, sent in runs) / 1000


def name_of(page: Path) -> str:
    """Give a page's address; the first page is the root."""
    return "" if page.stem.startswith("0") else re.sub(r"^\d+_", "", page.stem)
