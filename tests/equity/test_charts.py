"""A chart's description becomes a figure that says the same; its colours can be told apart by all eyes."""

from itertools import combinations

import numpy as np
import pytest

from equity.charts import SERIES, TONES, Axis, Chart, Mark, Reference, wrapped
from equity.figures import to_plotly
from tests.equity.test_map_classes import SIGHTS, distance, linear

DATA = [tone for tone in TONES["light"] if tone not in ("line", "ground")]
LONG = "Northwest Arctic Borough and the Municipality of Anchorage together, Alaska"


def seen(colour: str, sight: str) -> np.ndarray:
    return np.clip(np.array(SIGHTS[sight]) @ linear(colour), 0, 1)


def contrast(one: str, other: str, sight: str) -> float:
    """The contrast of WCAG 2 as somebody with that sight sees the two."""
    darker, lighter = sorted(
        float(seen(colour, sight) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other)
    )
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("ground", TONES)
def test_every_tone_stands_out_from_its_ground(ground, sight):
    tones = TONES[ground]
    assert {
        tone: contrast(tones[tone], tones["ground"], sight) >= 3 for tone in DATA
    } == dict.fromkeys(DATA, True)
    assert contrast(tones["text"], tones["ground"], sight) >= 7


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("ground", TONES)
def test_any_two_series_can_be_told_apart(ground, sight):
    apart = {
        pair: distance(TONES[ground][pair[0]], TONES[ground][pair[1]], sight)
        for pair in combinations(SERIES, 2)
    }
    assert min(apart.values()) >= 15, min(apart, key=apart.get)


def lying(*names: str, **of_mark) -> Chart:
    values = tuple(float(at) for at in range(1, len(names) + 1))
    return Chart((Mark("dots", x=values, y=names, **of_mark),), y=Axis(categories=names))


def test_names_of_rows_stand_over_them_and_never_take_width_from_the_numbers():
    layout = to_plotly(lying("Arthur County, Nebraska", LONG), "light")["layout"]
    assert layout["yaxis"]["showticklabels"] is False
    first, second = layout["annotations"]
    assert first["text"] == "Arthur County, Nebraska"
    assert all(len(line) <= 44 for line in second["text"].split("<br>"))
    assert (first["y"], second["y"]) == ("Arthur County, Nebraska", LONG)


def test_categories_that_run_down_begin_at_the_top():
    axis = to_plotly(lying("one", "two"), "light")["layout"]["yaxis"]
    assert axis["categoryarray"] == ["two", "one"]
    assert axis["range"][0] < 0 < 1 < axis["range"][1]


def test_a_row_with_a_name_of_two_lines_is_higher():
    assert lying("a", LONG).height > lying("a", "b").height


def test_words_of_the_data_never_become_markup():
    chart = Chart(
        (Mark("dots", x=(1.0,), y=("<b>a</b>",), labels=("<$5 & up",), hover=("one\n<two>",)),),
        y=Axis(categories=("<b>a</b>",)),
    )
    figure = to_plotly(chart, "light")
    assert figure["layout"]["annotations"][0]["text"] == "&lt;b&gt;a&lt;/b&gt;"
    assert figure["data"][0]["text"] == ["&lt;$5 &amp; up"]
    assert figure["data"][0]["hovertext"] == ["one<br>&lt;two&gt;"]


def test_intervals_reach_from_low_to_high_and_are_absent_where_not_known():
    trace = to_plotly(lying("a", "b", low=(0.5, None), high=(2.5, None)), "light")["data"][0]
    assert trace["error_x"]["arrayminus"] == [0.5, 0]
    assert trace["error_x"]["array"] == [1.5, 0]


def test_a_row_without_a_number_keeps_its_place():
    chart = Chart(
        (Mark("dots", x=(1.0, None), y=("a", "b"), low=(0.5, None), high=(2.0, None)),),
        y=Axis(categories=("a", "b")),
    )
    figure = to_plotly(chart, "light")
    assert figure["data"][0]["x"] == [1.0, None]
    assert len(figure["layout"]["annotations"]) == 2


def test_what_is_too_shaky_is_hollow_in_dots_and_bars():
    for shape in ("dots", "bars"):
        chart = Chart(
            (Mark(shape, x=(1.0, 2.0), y=("a", "b"), hollow=(True, False)),),
            y=Axis(categories=("a", "b")),
        )
        marker = to_plotly(chart, "dark")["data"][0]["marker"]
        assert marker["color"] == [TONES["dark"]["ground"], TONES["dark"]["mark"]]
        assert marker["line"]["width"] == 2


def test_bars_always_begin_at_zero_and_dots_only_where_asked():
    bars = Chart((Mark("bars", x=("a",), y=(5.0,)),), x=Axis(categories=("a",)))
    assert to_plotly(bars, "light")["layout"]["yaxis"]["rangemode"] == "tozero"
    assert "rangemode" not in to_plotly(lying("a"), "light")["layout"]["xaxis"]
    zero = Chart((Mark("dots", x=(5.0,), y=("a",)),), x=Axis(zero=True), y=Axis(categories=("a",)))
    assert to_plotly(zero, "light")["layout"]["xaxis"]["rangemode"] == "tozero"


def test_a_span_is_kept_as_it_is_and_in_powers_of_ten_on_a_log_axis():
    for log, ends in ((False, [1.0, 100.0]), (True, [0.0, 2.0])):
        chart = Chart((Mark("points", x=(2.0,), y=(3.0,)),), x=Axis(span=(1.0, 100.0), log=log))
        assert to_plotly(chart, "light")["layout"]["xaxis"]["range"] == ends


def test_years_have_no_comma_and_no_halves():
    chart = Chart((Mark("line", x=(2011.0, 2019.0), y=(1.0, 2.0)),), x=Axis(years=True))
    axis = to_plotly(chart, "light")["layout"]["xaxis"]
    assert axis["tickformat"] == "d"
    assert axis["dtick"] == 2


def test_a_band_is_drawn_in_parts_around_a_gap_and_named_once():
    mark = Mark("band", x=(1, 2, 3, 4), y=(), low=(1, None, 3, 4), high=(2, None, 4, 5), name="a")
    traces = to_plotly(Chart((mark,)), "light")["data"]
    assert [trace["x"] for trace in traces] == [[1], [1], [3, 4], [3, 4]]
    assert [trace["showlegend"] for trace in traces] == [False, True, False, False]


def test_one_series_needs_no_legend_and_several_have_one_below():
    one = Mark("line", x=(1.0,), y=(1.0,), name="a")
    assert to_plotly(Chart((one,)), "light")["layout"]["showlegend"] is False
    layout = to_plotly(Chart((one, Mark("line", x=(1.0,), y=(2.0,), name="b"))), "light")["layout"]
    assert layout["showlegend"] is True
    assert layout["legend"]["yref"] == "container"


def upright(*values: float) -> list[dict]:
    lines = tuple(Reference("x", value, f"line {value}") for value in values)
    chart = Chart((Mark("points", x=(0.0, 100.0), y=(1.0, 1.0)),), references=lines)
    return to_plotly(chart, "light")["layout"]["annotations"]


def test_labels_of_near_lines_stand_one_above_the_other():
    near = {note["text"]: note["yshift"] for note in upright(50, 55, 60)}
    assert len(set(near.values())) == 3
    assert {note["yshift"] for note in upright(10, 50, 90)} == {0}


def test_labels_at_the_edges_stay_inside():
    assert [note["xanchor"] for note in upright(2, 50, 99)] == ["left", "center", "right"]


def test_a_warning_is_whole_above_the_chart_and_across_it_and_makes_room():
    warning = "What not to do. A model cannot rank counties, so this order says nothing at all."
    plain = lying("a")
    warned = Chart(plain.marks, y=plain.y, warning=warning)
    before, after = (to_plotly(chart, "light")["layout"] for chart in (plain, warned))
    whole, across = after["annotations"][-2:]
    assert whole["text"].replace("<br>", " ") == warning
    assert across["text"] == "What not to do"
    assert after["height"] > before["height"]
    assert after["margin"]["t"] > before["margin"]["t"]


def test_bars_on_an_axis_of_numbers_touch():
    histogram = Chart((Mark("bars", x=(1.0, 2.0), y=(4, 5)),))
    assert to_plotly(histogram, "light")["layout"]["bargap"] < 0.1


def test_no_line_of_text_is_longer_than_asked():
    assert all(len(line) <= 20 for line in wrapped(LONG, 20))
    assert wrapped("one\ntwo", 20) == ["one", "two"]


def test_of_long_names_along_a_line_the_ends_are_written_and_of_bars_all():
    names = tuple(f"January {year} to December {year}" for year in range(2015, 2022))
    values = tuple(range(7))
    line, bars = (
        to_plotly(Chart((Mark(shape, x=names, y=values),), x=Axis(categories=names)), "light")
        for shape in ("line", "bars")
    )
    assert line["layout"]["xaxis"]["tickvals"] == [names[0], names[-1]]
    assert bars["layout"]["xaxis"]["tickvals"] == list(names)


def test_labels_at_the_ends_of_a_line_stand_inside_and_off_the_line():
    def places(*values: float | None) -> list[str]:
        labels = ("",) * len(values)
        mark = Mark("line", x=tuple(range(len(values))), y=values, labels=labels)
        return to_plotly(Chart((mark,)), "light")["data"][0]["textposition"]

    assert places(1, 2, 3) == ["bottom right", "top center", "top left"]
    assert places(None, 3, 2, 1) == ["top center", "top right", "top center", "bottom left"]
