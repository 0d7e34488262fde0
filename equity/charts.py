"""A chart as a small description: marks, axes, reference lines. Renderers draw it on screens and paper.

equity/figures.py draws it in a browser; teaching/export draws the same description for print and slides.
"""

import textwrap
from dataclasses import dataclass, field
from typing import Literal

Shape = Literal["dots", "bars", "line", "band", "points"]
Tone = Literal["mark", "quiet", "contrast", "one", "two", "three", "four", "five", "six"]

# Data colours on each ground, near those of Okabe and Ito where there are several. Tested: each stands
# out from its ground, and any two series can be told apart by people who see some colours alike.
TONES: dict[str, dict[str, str]] = {
    "light": {
        "text": "#1c2126",
        "line": "#c9ced4",
        "ground": "#ffffff",
        "mark": "#0b5c8a",
        "quiet": "#767d86",
        "contrast": "#b34700",
        "one": "#0068a7",
        "two": "#b34700",
        "three": "#269570",
        "four": "#a9447f",
        "five": "#a78241",
        "six": "#1c2126",
    },
    "dark": {
        "text": "#eceff1",
        "line": "#495058",
        "ground": "#14171a",
        "mark": "#56b4e9",
        "quiet": "#9aa3ad",
        "contrast": "#f0a04b",
        "one": "#8bbdf4",
        "two": "#f0a04b",
        "three": "#48c194",
        "four": "#e39ac3",
        "five": "#f0e442",
        "six": "#eceff1",
    },
}
SERIES: tuple[Tone, ...] = ("one", "two", "three", "four", "five", "six")
# Pixels of a row of a chart that lies, of one more series of bars in it, of a line of text.
ROW = 66
BAR = 22
LINE = 18
FRAME = 78
TALL = 440
# A category's name stands over its row, so that a phone keeps its width for the numbers.
NAME_CHARACTERS = 44


@dataclass(frozen=True)
class Axis:
    """An axis: numbers with their unit, or categories in reading order (the first at the top or left).

    zero: the axis must begin at 0 (bars always do). span: its ends, where charts share a scale.
    years: the numbers are years, written without a comma.
    """

    title: str = ""
    prefix: str = ""
    suffix: str = ""
    decimals: int = 0
    zero: bool = False
    log: bool = False
    span: tuple[float, float] | None = None
    years: bool = False
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mark:
    """A series. low and high, where given, are the ends of intervals along the axis of numbers.

    x and y hold numbers, or categories of the axis. labels are printed at the marks ("" for none);
    hover says more on screens, "\\n" between lines; hover_numbers adds both numbers. shape: dots (with
    intervals), bars (of a histogram where x holds numbers), line, band (between low and high, drawn under
    a line), points (many small dots). hollow marks are what is too shaky to compare. A value that is None
    leaves a gap.
    """

    shape: Shape
    x: tuple
    y: tuple
    low: tuple = ()
    high: tuple = ()
    name: str = ""
    tone: Tone = "mark"
    labels: tuple[str, ...] = ()
    hover: tuple[str, ...] = ()
    hover_numbers: bool = False
    sizes: tuple[float, ...] = ()
    hollow: tuple[bool, ...] = ()
    dashed: bool = False


@dataclass(frozen=True)
class Reference:
    """A line across the chart at a value of one axis, with its label."""

    axis: Literal["x", "y"]
    value: float
    label: str


@dataclass(frozen=True)
class Chart:
    """Marks on two axes. title stands over a chart that is one of several; warning is burned in.

    small: it may stand beside another on a wide screen.
    """

    marks: tuple[Mark, ...]
    x: Axis = field(default_factory=Axis)
    y: Axis = field(default_factory=Axis)
    references: tuple[Reference, ...] = ()
    title: str = ""
    warning: str = ""
    small: bool = False

    @property
    def height(self) -> int:
        """The height on screens in pixels: a row a category, or a fixed one."""
        if not self.y.categories:
            return TALL
        bars = sum(mark.shape == "bars" for mark in self.marks)
        lines = max(len(wrapped(name, NAME_CHARACTERS)) for name in self.y.categories)
        row = ROW + BAR * max(bars - 1, 0) + LINE * (lines - 1)
        return FRAME + row * len(self.y.categories)

    @property
    def lying(self) -> bool:
        """Whether numbers run along x and categories down y."""
        return bool(self.y.categories)


@dataclass(frozen=True)
class CountyMap:
    """A map of counties: `numbers` as static/county_map.js takes them, for one county vintage.

    small: one of several on one scale, drawn without the tools for finding a county.
    """

    numbers: dict[str, object]
    vintage: int
    title: str = ""
    warning: str = ""
    small: bool = False


def wrapped(text: str, characters: int) -> list[str]:
    """Give a text in lines of at most so many characters; its own line breaks stay."""
    return [line for part in text.split("\n") for line in textwrap.wrap(part, characters) or [""]]
