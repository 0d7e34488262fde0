"""A chart as a small description: marks, axes, reference lines. Renderers draw it on screens and paper.

to_plotly draws it in a browser; teaching/export draws the same description for print and slides.
"""

import textwrap
from dataclasses import dataclass, field
from typing import Literal

Shape = Literal["dots", "bars", "line", "band", "points"]
Tone = Literal["mark", "quiet", "contrast", "one", "two", "three", "four", "five", "six"]

# Data colours on each ground, from Okabe and Ito where there are several; contrast is tested.
TONES: dict[str, dict[str, str]] = {
    "light": {
        "text": "#1c2126",
        "line": "#c9ced4",
        "ground": "#ffffff",
        "mark": "#0b5c8a",
        "quiet": "#767d86",
        "contrast": "#b34700",
        "one": "#0072b2",
        "two": "#b34700",
        "three": "#007a5a",
        "four": "#a9447f",
        "five": "#8a6400",
        "six": "#1c2126",
    },
    "dark": {
        "text": "#eceff1",
        "line": "#495058",
        "ground": "#14171a",
        "mark": "#56b4e9",
        "quiet": "#9aa3ad",
        "contrast": "#f0a04b",
        "one": "#56b4e9",
        "two": "#f0a04b",
        "three": "#3fc49d",
        "four": "#e39ac3",
        "five": "#f0e442",
        "six": "#eceff1",
    },
}
SERIES: tuple[Tone, ...] = ("one", "two", "three", "four", "five", "six")
ROW = 54
FRAME = 96
TALL = 440


@dataclass(frozen=True)
class Axis:
    """An axis: numbers with their unit, or categories in reading order (the first at the top or left)."""

    title: str = ""
    prefix: str = ""
    suffix: str = ""
    decimals: int = 0
    zero: bool = False
    log: bool = False
    span: tuple[float, float] | None = None
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mark:
    """A series. low and high, where given, are the ends of intervals along the axis of numbers.

    x and y hold numbers, or categories of the axis. labels are printed at the marks ("" for none);
    hover says more on screens. shape: dots (with intervals), bars, line, band (between low and high,
    drawn under a line), points (many small dots). hollow marks are what is too shaky to compare.
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
    """Marks on two axes. title stands over a chart that is one of several; warning is burned in."""

    marks: tuple[Mark, ...]
    x: Axis = field(default_factory=Axis)
    y: Axis = field(default_factory=Axis)
    references: tuple[Reference, ...] = ()
    title: str = ""
    warning: str = ""

    @property
    def height(self) -> int:
        """The height on screens in pixels: a row a category, or a fixed one."""
        return FRAME + ROW * len(self.y.categories) if self.y.categories else TALL

    @property
    def lying(self) -> bool:
        """Whether numbers run along x and categories down y."""
        return bool(self.y.categories)


@dataclass(frozen=True)
class CountyMap:
    """A map of counties: `numbers` as static/county_map.js takes them, for one county vintage."""

    numbers: dict[str, object]
    vintage: int
    title: str = ""
    warning: str = ""


def to_plotly(chart: Chart, ground: Literal["light", "dark"]) -> dict[str, object]:
    """Give a chart as a Plotly figure, a plain dictionary: graph objects cost 25 ms a figure."""
    tones = TONES[ground]
    named = sum(bool(mark.name) for mark in chart.marks) > 1
    layout = {
        "font": {"color": tones["text"], "size": 15},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 24, "t": 40 if named or chart.warning else 12, "b": 8},
        "height": chart.height,
        "dragmode": False,
        "hovermode": "closest",
        "showlegend": named,
        "legend": {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        "barmode": "group",
        "xaxis": axis(chart.x, tones),
        "yaxis": axis(chart.y, tones, down=chart.lying),
        "shapes": [line_at(reference, tones) for reference in chart.references],
        "annotations": notes(chart, tones),
    }
    traces = [trace for mark in chart.marks for trace in traces_of(mark, chart, tones)]
    return {"data": traces, "layout": layout}


def axis(one: Axis, tones: dict[str, str], *, down: bool = False) -> dict[str, object]:
    """Give an axis in Plotly's words; categories that run down begin at the top."""
    said: dict[str, object] = {
        "title": {"text": one.title, "standoff": 8},
        "gridcolor": tones["line"],
        "zeroline": False,
        "automargin": True,
        "fixedrange": True,
    }
    if one.categories:
        order = list(reversed(one.categories)) if down else list(one.categories)
        return said | {"type": "category", "categoryorder": "array", "categoryarray": order}
    said |= {"tickprefix": one.prefix, "ticksuffix": one.suffix, "nticks": 7}
    said |= {"tickformat": ","} if not one.log else {"type": "log"}
    if one.span:
        said["range"] = list(one.span)
    elif one.zero:
        said["rangemode"] = "tozero"
    return said


def traces_of(mark: Mark, chart: Chart, tones: dict[str, str]) -> list[dict[str, object]]:
    """Give a mark's traces: one, or for a band the two lines it is filled between."""
    common = {
        "x": list(mark.x),
        "y": list(mark.y),
        "name": mark.name,
        "hoverinfo": "text" if mark.hover else "skip",
        "hovertext": list(mark.hover),
        "cliponaxis": False,
    }
    colour = tones[mark.tone]
    if mark.shape == "bars":
        along = "h" if chart.lying else "v"
        bars = {"type": "bar", "orientation": along, "marker": {"color": colour}}
        return [common | bars | errors(mark, chart, tones["text"]) | bar_labels(mark)]
    if mark.shape == "band":
        return band(mark, colour)
    return [common | drawn(mark, colour, tones) | errors(mark, chart, colour)]


def drawn(mark: Mark, colour: str, tones: dict[str, str]) -> dict[str, object]:
    """Give dots, points or a line; shaky ones are hollow."""
    base = 7 if mark.shape == "points" else 13
    inside = [tones["ground"] if hollow else colour for hollow in mark.hollow] or colour
    labels = {"text": list(mark.labels), "textposition": "top center"} if mark.labels else {}
    modes = {"dots": "markers", "points": "markers", "line": "lines"}[mark.shape]
    return labels | {
        "type": "scatter",
        "mode": f"{modes}+text" if mark.labels else modes,
        "line": {"color": colour, "width": 3, "dash": "dash" if mark.dashed else "solid"},
        "marker": {
            "color": inside,
            "size": list(mark.sizes) or base,
            "line": {"color": colour, "width": 2 if mark.hollow else 0},
            "opacity": 0.6 if mark.shape == "points" else 1,
        },
    }


def bar_labels(mark: Mark) -> dict[str, object]:
    """Give the labels at the ends of bars."""
    return {"text": list(mark.labels), "textposition": "outside"} if mark.labels else {}


def errors(mark: Mark, chart: Chart, colour: str) -> dict[str, object]:
    """Give the intervals of a mark along the axis of numbers; None where there is none."""
    if not mark.low:
        return {}
    along = "x" if chart.lying else "y"
    middle = mark.x if chart.lying else mark.y
    gaps = list(zip(middle, mark.low, mark.high, strict=True))
    return {
        f"error_{along}": {
            "type": "data",
            "symmetric": False,
            "array": [0 if high is None else high - value for value, _, high in gaps],
            "arrayminus": [0 if low is None else value - low for value, low, _ in gaps],
            "color": colour,
            "thickness": 2,
        }
    }


def band(mark: Mark, colour: str) -> list[dict[str, object]]:
    """Give the two unseen lines of a band and the faint fill between them."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    edge = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    edge |= {"x": list(mark.x), "showlegend": False}
    fill = {"fill": "tonexty", "fillcolor": f"rgba({red},{green},{blue},0.18)"}
    return [edge | {"y": list(mark.low)}, edge | {"y": list(mark.high)} | fill]


def line_at(reference: Reference, tones: dict[str, str]) -> dict[str, object]:
    """Give a reference line from edge to edge."""
    across = {"x": ("x", "paper"), "y": ("paper", "y")}[reference.axis]
    ends = {f"{reference.axis}{end}": reference.value for end in (0, 1)}
    other = "y" if reference.axis == "x" else "x"
    ends |= {f"{other}0": 0, f"{other}1": 1, "xref": across[0], "yref": across[1]}
    return {"type": "line", "line": {"color": tones["text"], "width": 1.5, "dash": "dot"}} | ends


def notes(chart: Chart, tones: dict[str, str]) -> list[dict[str, object]]:
    """Give the labels of reference lines, and the warning across the chart."""
    said = []
    for reference in chart.references:
        upright = reference.axis == "x"
        place = {"x": reference.value, "y": 1, "xref": "x", "yref": "paper", "yanchor": "bottom"}
        flat = {"x": 1, "y": reference.value, "xref": "paper", "yref": "y", "xanchor": "right"}
        flat |= {"yanchor": "bottom"}
        said.append({"text": reference.label, "showarrow": False} | (place if upright else flat))
    if chart.warning:
        middle = {"x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper", "showarrow": False}
        look = {"font": {"size": 26, "color": tones["contrast"]}, "opacity": 0.85}
        said.append(middle | look | {"text": "<br>".join(textwrap.wrap(chart.warning, 38))})
    return said
