"""Draw a Chart in a browser: a figure in Plotly's words."""

import html
import math
from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from equity.charts import BAR, LINE, NAME_CHARACTERS, TONES, Axis, Chart, Mark, Reference, wrapped

Ground = Literal["light", "dark"]
# The page's own; nothing is fetched.
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
MOST_DOTS_ON_A_LINE = 40
UPRIGHT_CHARACTERS = 14
# Of names along a line that take more room than a phone has, only the first and last are written.
MOST_CHARACTERS = 36
WARNING_CHARACTERS = 46
# Labels of reference lines that are nearer than this share of the axis stand one above the other.
LABEL_SHARE = 0.3


def marked_up(lines: list[str]) -> str:
    """Give lines as Plotly draws them: nothing in them may turn into markup."""
    return "<br>".join(html.escape(line, quote=False) for line in lines)


def marked_up_each(texts: tuple[str, ...]) -> list[str]:
    """Give texts as Plotly draws them, all at once: thousands one by one cost 10 ms a chart."""
    if not texts:
        return []
    return html.escape("\0".join(texts), quote=False).replace("\n", "<br>").split("\0")


def to_plotly(chart: Chart, ground: Ground) -> dict[str, object]:
    """Give a chart as a Plotly figure, a plain dictionary: graph objects cost 25 ms a figure."""
    tones = TONES[ground]
    named = sum(bool(mark.name) for mark in chart.marks) > 1
    notes = [*names_of_rows(chart), *labels_of_lines(chart), *burned_in(chart, tones)]
    above = LINE * (levels_of(chart) + len(wrapped(chart.warning, WARNING_CHARACTERS)))
    above -= LINE if not chart.warning else 0
    layout = {
        # Else Plotly's own look is sent with each chart, five kilobytes of which nothing is seen.
        "template": {},
        "font": {"color": tones["text"], "size": 15, "family": FONT},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 24, "r": 28, "t": 14 + above + (14 if chart.warning else 0), "b": 8},
        "height": chart.height + above + (LINE * 2 if named else 0),
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": tones["ground"], "font": {"color": tones["text"], "size": 15}},
        "showlegend": named,
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "traceorder": "normal",
        },
        "barmode": "group",
        "bargap": 0.06 if is_histogram(chart) else 0.5,
        "xaxis": axis(chart.x, chart, tones, "x"),
        "yaxis": axis(chart.y, chart, tones, "y"),
        "shapes": [line_at(reference, tones) for reference in chart.references],
        "annotations": notes,
    }
    traces = [trace for mark in chart.marks for trace in traces_of(mark, chart, tones)]
    return {"data": traces, "layout": layout}


def is_histogram(chart: Chart) -> bool:
    """Say whether bars stand side by side on an axis of numbers."""
    bars = any(mark.shape == "bars" for mark in chart.marks)
    return bars and not chart.lying and not chart.x.categories


def axis(one: Axis, chart: Chart, tones: dict[str, str], side: Literal["x", "y"]) -> dict:
    """Give an axis in Plotly's words; categories that run down begin at the top."""
    said: dict[str, object] = {
        "title": {
            "text": marked_up(wrapped(one.title, NAME_CHARACTERS)),
            "standoff": 8,
            "font": {"size": 15},
        },
        "gridcolor": tones["line"],
        "zeroline": False,
        "automargin": True,
        "fixedrange": True,
    }
    if one.categories:
        return said | categories(one, chart, down=side == "y")
    said |= {"tickprefix": one.prefix, "ticksuffix": one.suffix, "nticks": 7, "tickformat": ","}
    if side == "y" and is_histogram(chart):
        said |= {
            "ticklabelposition": "inside top",
            "side": "right",
        }  # keeps the scale below it in step with others
    if one.years:
        said |= {"tickformat": "d", "tickprefix": "", "ticksuffix": "", "tick0": 0}
        ends = values_along(chart, side)
        said |= {"dtick": max(1, math.ceil((max(ends) - min(ends)) / 7))} if ends else {}
    if one.log:
        said |= {"type": "log"}
    if one.span:
        said["range"] = [math.log10(end) for end in one.span] if one.log else list(one.span)
    elif one.zero or starts_at_zero(chart, side):
        said["rangemode"] = "tozero"
    return said


def starts_at_zero(chart: Chart, side: Literal["x", "y"]) -> bool:
    """Say whether an axis must show 0: that along which bars grow."""
    along = "x" if chart.lying else "y"
    return side == along and any(mark.shape == "bars" for mark in chart.marks)


def categories(one: Axis, chart: Chart, *, down: bool) -> dict[str, object]:
    """Give an axis of categories; the names of rows are written over them instead."""
    order = list(reversed(one.categories)) if down else list(one.categories)
    said = {"type": "category", "categoryorder": "array", "categoryarray": order}
    if down:
        return said | {
            "showticklabels": False,
            "showgrid": False,
            "range": [-0.5, len(order) - 0.35],
        }
    texts = [marked_up(wrapped(name, UPRIGHT_CHARACTERS)) for name in order]
    named = {"tickvals": order, "ticktext": texts, "showgrid": False, "tickangle": 0}
    in_time = any(mark.shape == "line" for mark in chart.marks)
    if in_time and sum(max(map(len, text.split("<br>"))) for text in texts) > MOST_CHARACTERS:
        named |= {"tickvals": [order[0], order[-1]], "ticktext": [texts[0], texts[-1]]}
    return said | named


def values_along(chart: Chart, side: Literal["x", "y"]) -> list[float]:
    """Give all numbers that marks and lines have along an axis, with the ends of intervals."""
    across = "x" if chart.lying else "y"
    found = [line.value for line in chart.references if line.axis == side]
    for mark in chart.marks:
        found += mark.x if side == "x" else mark.y
        found += [*mark.low, *mark.high] if side == across else []
    return [one for one in found if isinstance(one, (int, float)) and one == one]


def traces_of(mark: Mark, chart: Chart, tones: dict[str, str]) -> list[dict[str, object]]:
    """Give a mark's traces: one, or for a band the edges of each part without a gap."""
    common = {
        "x": list(mark.x),
        "y": list(mark.y),
        "name": marked_up(wrapped(mark.name, NAME_CHARACTERS)),
        "hoverinfo": "text" if mark.hover else "skip",
        "hovertext": marked_up_each(mark.hover),
        **({"hovertemplate": numbers_at(chart)} if mark.hover_numbers else {}),
        "cliponaxis": False,
    }
    colour = tones[mark.tone]
    if mark.shape == "bars":
        return [common | bars(mark, chart, tones) | errors(mark, chart, tones["text"])]
    if mark.shape == "band":
        return list(band(mark, colour))
    place: str | list[str] = "bottom center" if chart.lying else "top center"
    if mark.shape == "line" and not chart.lying:
        place = beside_the_line(mark)
    return [common | drawn(mark, colour, tones, place) | errors(mark, chart, colour)]


def numbers_at(chart: Chart) -> str:
    """Give how a browser writes the name and both numbers of one of thousands of dots: sent once, not a dot."""
    lines = ["%{hovertext}"]
    for side, one in (("x", chart.x), ("y", chart.y)):
        name, *ends = (html.escape(text) for text in (one.title, one.prefix, one.suffix))
        lines.append(f"{name}: {ends[0]}%{{{side}:,.{one.decimals}f}}{ends[1]}")
    return "<br>".join(lines) + "<extra></extra>"


def drawn(
    mark: Mark, colour: str, tones: dict[str, str], place: str | list[str]
) -> dict[str, object]:
    """Give dots, points or a line; shaky ones are hollow."""
    base = {"points": 7, "line": 8}.get(mark.shape, 13)
    # A dot a point tells the points of a line apart; on a curve they would hide it.
    line = "lines+markers" if len(mark.x) <= MOST_DOTS_ON_A_LINE else "lines"
    modes = {"dots": "markers", "points": "markers", "line": line}[mark.shape]
    return texts(mark, place) | {
        "type": "scatter",
        "mode": f"{modes}+text" if mark.labels else modes,
        "line": {"color": colour, "width": 3, "dash": "dash" if mark.dashed else "solid"},
        "marker": {
            "color": filled(mark, colour, tones),
            "size": list(mark.sizes) or base,
            "line": {"color": colour, "width": 2 if any(mark.hollow) else 0},
            "opacity": 0.6 if mark.shape == "points" else 1,
        },
    }


def filled(mark: Mark, colour: str, tones: dict[str, str]) -> str | list[str]:
    """Give the colour inside marks: that of the ground where they are hollow."""
    return [tones["ground"] if hollow else colour for hollow in mark.hollow] or colour


def beside_the_line(mark: Mark) -> list[str]:
    """Give where each label of a line stands: at the ends inside the chart, on the side where the line is not."""
    values = [value for value in mark.y if value is not None]
    if len(values) < 2:
        return ["top center"] * len(mark.y)
    first = "bottom right" if values[1] > values[0] else "top right"
    last = "top left" if values[-1] > values[-2] else "bottom left"
    at = [number for number, value in enumerate(mark.y) if value is not None]
    return [{at[0]: first, at[-1]: last}.get(number, "top center") for number in range(len(mark.y))]


def texts(mark: Mark, place: str | list[str]) -> dict[str, object]:
    """Give the labels of marks."""
    if not mark.labels:
        return {}
    return {"text": [marked_up([label]) for label in mark.labels], "textposition": place}


def bars(mark: Mark, chart: Chart, tones: dict[str, str]) -> dict[str, object]:
    """Give bars from 0; shaky ones are hollow, as dots are."""
    colour = tones[mark.tone]
    outline = {"color": colour, "width": 2 if any(mark.hollow) else 0}
    along = {"orientation": "h" if chart.lying else "v"}
    inside = {"marker": {"color": filled(mark, colour, tones), "line": outline}}
    return {"type": "bar"} | along | inside | texts(mark, "outside")


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
            "array": [0 if None in (high, value) else high - value for value, _, high in gaps],
            "arrayminus": [0 if None in (low, value) else value - low for value, low, _ in gaps],
            "color": colour,
            "thickness": 2,
        }
    }


def band(mark: Mark, colour: str) -> Iterator[dict[str, object]]:
    """Give, for each part without a gap, two unseen lines and the faint fill between them."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    edge = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    fill = {"fill": "tonexty", "fillcolor": f"rgba({red},{green},{blue},0.18)"}
    ends = zip(mark.x, mark.low, mark.high, strict=True)
    parts = [list(part) for whole, part in groupby(ends, lambda end: None not in end) if whole]
    for number, part in enumerate(parts):
        x, low, high = (list(column) for column in zip(*part, strict=True))
        yield edge | {"x": x, "y": low, "showlegend": False}
        named = {"name": marked_up([mark.name]), "showlegend": bool(mark.name) and number == 0}
        yield edge | {"x": x, "y": high} | fill | named


def line_at(reference: Reference, tones: dict[str, str]) -> dict[str, object]:
    """Give a reference line from edge to edge."""
    across = {"x": ("x", "paper"), "y": ("paper", "y")}[reference.axis]
    ends = {f"{reference.axis}{end}": reference.value for end in (0, 1)}
    other = "y" if reference.axis == "x" else "x"
    ends |= {f"{other}0": 0, f"{other}1": 1, "xref": across[0], "yref": across[1]}
    return {"type": "line", "line": {"color": tones["text"], "width": 1.5, "dash": "dot"}} | ends


def names_of_rows(chart: Chart) -> list[dict[str, object]]:
    """Give the names of categories that run down, each over its own row from the left edge."""
    look = {"x": 0, "xref": "paper", "xanchor": "left", "yref": "y", "yanchor": "bottom"}
    look |= {"yshift": 9, "xshift": -16, "showarrow": False, "align": "left"}
    bars = sum(mark.shape == "bars" for mark in chart.marks)
    look["yshift"] += BAR * bars // 2
    return [
        look | {"y": name, "text": marked_up(wrapped(name, NAME_CHARACTERS))}
        for name in chart.y.categories
    ]


def stacked(chart: Chart) -> list[tuple[Reference, int, float]]:
    """Give the upright reference lines with the level of their label and their share of the axis."""
    ends = list(chart.x.span) if chart.x.span else values_along(chart, "x")
    ends += [0.0] if chart.x.zero and not chart.x.span else []
    upright = sorted(
        (one for one in chart.references if one.axis == "x"), key=lambda one: one.value
    )
    if not upright:
        return []
    low, width = min(ends), (max(ends) - min(ends)) or 1
    found: list[tuple[Reference, int, float]] = []
    for one in upright:
        share = (one.value - low) / width
        near = [level for _, level, other in found if share - other < LABEL_SHARE]
        found.append((one, next(level for level in range(99) if level not in near), share))
    return found


def levels_of(chart: Chart) -> int:
    """Give how many lines of text stand above the chart: those of reference labels."""
    return max((level for _, level, _ in stacked(chart)), default=-1) + 1


def labels_of_lines(chart: Chart) -> list[dict[str, object]]:
    """Give the labels of reference lines: over the upright ones, at the right end of the flat ones."""
    said = []
    for line, level, share in stacked(chart):
        anchor = "left" if share < 0.2 else "right" if share > 0.8 else "center"
        place = {"x": line.value, "xref": "x", "xanchor": anchor, "yshift": LINE * level}
        place |= {"y": 1, "yref": "paper", "yanchor": "bottom"}
        said.append({"text": marked_up([line.label]), "showarrow": False} | place)
    flat = {"x": 1, "xref": "paper", "xanchor": "right", "yref": "y", "yanchor": "bottom"}
    said += [
        flat | {"y": line.value, "text": marked_up([line.label]), "showarrow": False}
        for line in chart.references
        if line.axis == "y"
    ]
    return said


def burned_in(chart: Chart, tones: dict[str, str]) -> list[dict[str, object]]:
    """Give the warning of a lesson: whole above the marks, and its first words across them."""
    if not chart.warning:
        return []
    plain = {"xref": "paper", "yref": "paper", "showarrow": False}
    strip = plain | {"x": 0, "xanchor": "left", "align": "left", "y": 1, "yanchor": "bottom"}
    strip |= {"yshift": LINE * levels_of(chart) + 4, "xshift": -16, "borderpad": 4}
    strip |= {"bordercolor": tones["contrast"], "borderwidth": 2, "bgcolor": tones["ground"]}
    across = plain | {"x": 0.5, "y": 0.5, "textangle": -12, "opacity": 0.5}
    font = {"color": tones["contrast"], "size": 36}
    return [
        strip | {"text": marked_up(wrapped(chart.warning, WARNING_CHARACTERS))},
        across | {"text": marked_up([chart.warning.split(".")[0]]), "font": font},
    ]
