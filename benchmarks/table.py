"""One line of the table, and the table."""

from collections.abc import Iterable
from dataclasses import dataclass

HEADS = ("what", "measured", "floor", "times the floor", "goal")


@dataclass(frozen=True)
class Line:
    """One thing measured, in a unit, beside what the least thinkable program needs."""

    what: str
    value: float
    unit: str
    floor: float | None = None
    floor_is: str = ""
    goal: str = ""

    def cells(self) -> tuple[str, ...]:
        """Give the line as text."""
        floor = "" if self.floor is None else f"{amount(self.floor)} {self.unit} ({self.floor_is})"
        ratio = f"{self.value / self.floor:.1f}" if self.floor else ""
        return self.what, f"{amount(self.value)} {self.unit}", floor, ratio, self.goal


def amount(value: float) -> str:
    """Give a number with three figures that count."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def written(lines: Iterable[Line]) -> str:
    """Give the lines as a Markdown table."""
    rows = [HEADS, *(line.cells() for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    ruled = [rows[0], tuple("-" * width for width in widths), *rows[1:]]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in ruled
    )
