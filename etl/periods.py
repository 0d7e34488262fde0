"""Periods as text that sorts and reads: 2019, 2015-2019, 2025-Q1, 2024-02..2025-01."""

import calendar
import re
from datetime import date
from pathlib import Path

from equity.errors import Problem
from etl.reading import WrongFile

YEARS = re.compile(r"^(\d{4})(?:-(\d{4}))?$")
QUARTER = re.compile(r"^(\d{4})-Q([1-4])$")
MONTHS = re.compile(r"^(\d{4})-(\d{2})\.\.(\d{4})-(\d{2})$")


def bounds(period: str) -> tuple[date, date]:
    """Give the first and the last day of a period; raise Problem when it is not one."""
    if found := YEARS.match(period):
        return date(int(found[1]), 1, 1), date(int(found[2] or found[1]), 12, 31)
    if found := QUARTER.match(period):
        last_month = 3 * int(found[2])
        return date(int(found[1]), last_month - 2, 1), last_day(int(found[1]), last_month)
    if found := MONTHS.match(period):
        first = date(int(found[1]), int(found[2]), 1)
        return first, last_day(int(found[3]), int(found[4]))
    raise Problem(
        f"{period!r} is not a period; write 2019, 2015-2019, 2025-Q1 or 2024-02..2025-01."
    )


def last_day(year: int, month: int) -> date:
    """Give the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def five_years(path: Path, example: str) -> str:
    """Give the five survey years that end with the year in a file's name; example is a name that has one."""
    found = re.search(r"20\d{2}", path.name)
    if not found:
        raise WrongFile(
            path,
            "The name has no year in it.",
            todo=f"Name it with the last of its five years: {example}.",
        )
    return f"{int(found[0]) - 4}-{found[0]}"
