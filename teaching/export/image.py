"""Pictures for print and slides, drawn on the server without a browser: PNG and SVG."""

import io
from datetime import date
from textwrap import wrap
from typing import Literal

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.path import Path as Outline

from equity import county_map as view
from equity import map_classes, map_numbers, shapes
from equity.county_map import Asked
from equity.map_classes import Classes
from equity.shapes import Shapes

# Letters stay letters in an SVG, so that it can be searched, edited and read aloud.
matplotlib.rcParams["svg.fonttype"] = "none"
matplotlib.rcParams["svg.hashsalt"] = "county map"

Format = Literal["png", "svg"]
GROUND, INK, QUIET = "#ffffff", "#1c2126", "#59616c"
ELSEWHERE = "#e3e6ea"
HATCHES = {"dots": "....", "backslashes": "\\\\\\\\", "crosses": "xxx", "bars": "----"}
SHAKY_HATCH = "//////"
SIZE_INCHES = (13.33, 8.2)
DOTS_PER_INCH = 150


def county_map(
    asked: Asked,
    classes: Classes,
    *,
    format: Format,
    drawn_on: date,
    place: str | None = None,
    state: str | None = None,
) -> bytes:
    """A map as a PNG or SVG file, with title, legend, source, date and data version burned in."""
    outlines = shapes.read(int(asked.words["county_vintage"]))
    figure = Figure(figsize=SIZE_INCHES, facecolor=GROUND)
    axes = figure.add_axes((0.01, 0.09, 0.76, 0.76))
    draw_counties(axes, asked, classes, outlines, state)
    mark_place(axes, asked, outlines, place)
    frame(axes, asked, outlines, state)
    write_words(figure, asked, drawn_on, state)
    draw_legend(figure, asked, classes, state)
    return saved(figure, format, asked)


def draw_counties(
    axes: Axes, asked: Asked, classes: Classes, outlines: Shapes, state: str | None
) -> None:
    """Fill each county with its class, or with the pattern that says why it has none."""
    table = asked.table
    inside = (table["state_id"].eq(state) if state else table["state_id"].notna()).to_numpy()
    found = map_classes.class_of(classes, table["value"].to_numpy(float))
    shaky = table["grade"].eq(map_numbers.GRADES[2]).to_numpy()
    for k, colour in enumerate(map_classes.palette(classes, "light")):
        fill(axes, outlines, inside & (found == k), colour)
        hatched = inside & (found == k) & shaky
        fill(axes, outlines, hatched, colour, hatch=SHAKY_HATCH, line=over(colour))
    for status, pattern in view.PATTERNS.items():
        missing = inside & (found < 0) & table["status"].eq(status).to_numpy()
        fill(axes, outlines, missing, GROUND, hatch=HATCHES[pattern])
    borders = outlines.state_lines
    if state:
        near = table["state_id"].map(outlines.part).eq(outlines.part(state)).to_numpy()
        fill(axes, outlines, near & ~inside, ELSEWHERE)
        borders = outlines.borders(outlines.part(state))
    axes.add_collection(LineCollection(borders, colors=QUIET, linewidths=0.6))
    if not state:
        axes.add_collection(LineCollection(outlines.inset_lines, colors=QUIET, linewidths=0.4))


def fill(
    axes: Axes,
    outlines: Shapes,
    chosen: np.ndarray,
    colour: str,
    *,
    hatch: str | None = None,
    line: str = QUIET,
) -> None:
    """Fill the chosen counties with a colour and, in lines of another, a hatch."""
    paths = [outline(outlines.rings[i]) for i in np.flatnonzero(chosen)]
    if not paths:
        return
    edge = line if hatch else GROUND
    axes.add_collection(
        PathCollection(paths, facecolors=colour, edgecolors=edge, linewidths=0.2, hatch=hatch)
    )


def over(colour: str) -> str:
    """Black or white, whichever shows on a colour."""
    red, green, blue = to_rgb(colour)
    return INK if 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2 > 0.2 else GROUND


def outline(rings: list[np.ndarray]) -> Outline:
    """A county's rings as one path."""
    return Outline.make_compound_path(*(Outline(np.vstack([r, r[:1]]), closed=True) for r in rings))


def mark_place(axes: Axes, asked: Asked, outlines: Shapes, place: str | None) -> None:
    """Draw the chosen county's outline, its name and its value."""
    if place not in outlines.ids:
        return
    at = outlines.ids.index(place)
    path = outline(outlines.rings[at])
    for colour, width in ((GROUND, 4), (INK, 1.8)):
        axes.add_collection(
            PathCollection([path], facecolors="none", edgecolors=colour, linewidths=width)
        )
    row = asked.table.iloc[at]
    known = row["status"] in ("reported", "unreliable") and row["value"] == row["value"]
    value = view.text(asked.words, row["value"]) if known else view.MISSING_WORDS[row["status"]][0]
    axes.annotate(
        f"{row['full_name']} {value}",
        outlines.labels[at],
        xytext=(12, 0),
        textcoords="offset points",
        fontsize=11,
        fontweight="bold",
        color=INK,
        va="center",
        bbox={"facecolor": GROUND, "edgecolor": "none", "alpha": 0.85, "pad": 1.5},
    )


def frame(axes: Axes, asked: Asked, outlines: Shapes, state: str | None) -> None:
    """Show the whole country, or one state with a little room around it."""
    left, top, right, bottom = 0.0, 0.0, float(outlines.width), float(outlines.height)
    if state:
        inside = np.flatnonzero(asked.table["state_id"].eq(state).to_numpy())
        left, top, right, bottom = outlines.box(inside)
        room = 0.04 * max(right - left, bottom - top)
        left, top, right, bottom = left - room, top - room, right + room, bottom + room
    axes.set_xlim(left, right)
    axes.set_ylim(bottom, top)
    axes.set_aspect("equal")
    axes.set_axis_off()


def write_words(figure: Figure, asked: Asked, drawn_on: date, state: str | None) -> None:
    """Write the finding as the title, and the source, date and data version as the last lines."""
    words = asked.words
    figure.text(
        0.02, 0.955, view.finding(asked, state=state), fontsize=19, fontweight="bold", color=INK
    )
    figure.text(0.02, 0.915, view.title(asked), fontsize=13, color=INK)
    figure.text(0.02, 0.883, view.coverage(asked), fontsize=10.5, color=QUIET)
    source = (
        f"Source: {words['citation']} Drawn {drawn_on:%d %B %Y}; data version "
        f"{words['data_version']}. Numbers about counties do not tell us about each person there."
    )
    lines = wrap(source, 170)[:3]
    figure.text(0.02, 0.02, "\n".join(lines), fontsize=9, color=QUIET, va="bottom")


def draw_legend(figure: Figure, asked: Asked, classes: Classes, state: str | None) -> None:
    """Print each class with its bounds, and each pattern that occurs."""
    rows = asked.table[asked.table["state_id"].eq(state)] if state else asked.table
    colours = map_classes.palette(classes, "light")
    entries = [
        Patch(facecolor=colour, edgecolor=QUIET, linewidth=0.4, label=label)
        for colour, label in zip(colours, view.labels(asked, classes), strict=True)
    ]
    if rows["grade"].eq(map_numbers.GRADES[2]).any():
        middle = colours[len(colours) // 2]
        label = map_numbers.GRADES[2].capitalize()
        entries.append(legend_patch(middle, SHAKY_HATCH, label, line=over(middle)))
    for status, pattern in view.PATTERNS.items():
        if (rows["status"].eq(status) & rows["value"].isna()).any():
            entries.append(legend_patch(GROUND, HATCHES[pattern], view.MISSING_WORDS[status][0]))
    legend = figure.legend(
        handles=entries,
        title="\n".join(wrap(asked.words["unit"][:1].upper() + asked.words["unit"][1:], 30)),
        loc="upper left",
        bbox_to_anchor=(0.775, 0.84),
        frameon=False,
        fontsize=11.5,
        title_fontsize=12,
        alignment="left",
        handlelength=2.2,
        handleheight=1.3,
        labelcolor=INK,
    )
    legend.get_title().set_fontweight("bold")
    note = "\n".join(wrap(view.legend_note(asked, classes), 36))
    figure.text(0.782, 0.14, note, fontsize=9.5, color=QUIET, va="bottom")


def legend_patch(colour: str, hatch: str, label: str, *, line: str = QUIET) -> Patch:
    """A legend entry with a pattern."""
    return Patch(facecolor=colour, edgecolor=line, linewidth=0.4, hatch=hatch, label=label)


def saved(figure: Figure, format: Format, asked: Asked) -> bytes:
    """The figure's file; the same map gives the same bytes."""
    title = view.title(asked)
    metadata = {"Title": title, "Date": None} if format == "svg" else {"Title": title}
    file = io.BytesIO()
    figure.savefig(file, format=format, dpi=DOTS_PER_INCH, metadata=metadata)
    return file.getvalue()
