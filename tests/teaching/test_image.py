"""A picture of a map carries its title, source, date and data version, and is the same each time."""

from datetime import date
from functools import partial

import pytest

from equity import county_map as view
from equity import database, shapes
from equity.errors import Problem
from teaching.export import image

DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def shapes_of_the_starter(starter_database, monkeypatch):
    monkeypatch.setattr(shapes, "STATIC", starter_database.parent / "static")


@pytest.fixture(scope="module")
def asked(starter):
    return view.counties(
        partial(database.ask, starter),
        measure="nci_cancer_deaths",
        period="1999-2003",
        group="female",
    )


@pytest.fixture(scope="module")
def classes(asked):
    return view.classes_of(asked, method="quantiles", count=5)


def test_svg_holds_the_words_as_text_and_the_same_bytes_each_time(asked, classes):
    drawn = [
        image.county_map(asked, classes, format="svg", drawn_on=DAY, place="51059", state="51")
        for _ in range(2)
    ]
    words = drawn[0].decode()
    assert drawn[0] == drawn[1]
    for said in (
        view.finding(asked, state="51"),
        "Cancer deaths per 100,000",
        "National Cancer Institute",
        "23 November 2026",
        asked.words["data_version"],
        "Fairfax County",
        *view.labels(asked, classes),
    ):
        assert said in words, said


def test_png_is_large_enough_to_project(asked, classes):
    drawn = image.county_map(asked, classes, format="png", drawn_on=DAY)
    assert drawn.startswith(b"\x89PNG")
    width, height = (int.from_bytes(drawn[at : at + 4], "big") for at in (16, 20))
    assert (width, height) >= (1920, 1080)


def test_without_shapes_it_says_what_to_do(asked, classes, tmp_path, monkeypatch):
    monkeypatch.setattr(shapes, "STATIC", tmp_path)
    with pytest.raises(Problem, match="counties_2019.json are missing. Build them"):
        image.county_map(asked, classes, format="png", drawn_on=DAY)


def test_hatches_show_on_every_class_colour():
    assert image.over("#ffecd3") == image.INK
    assert image.over("#4e0665") == image.GROUND


def test_a_zoomed_state_is_drawn_without_the_insets():
    outlines = shapes.read(2019)
    everything = len(outlines.state_lines)
    parts = [len(outlines.borders(part)) for part in ("", "02", "15", "72")]
    assert sum(parts) == everything
    assert min(parts) > 0
    assert outlines.part("48") == ""
    assert outlines.part("15") == "15"
