"""Odd and hostile addresses of the four pages about comparing: an answer or a clear sentence, never a traceback."""

import pytest

from ui import county_map

PAGES = ("3_compare", "4_disparities", "5_relationships", "6_small_numbers")
LONG = "x" * 5_000
HTML = "<script>alert(1)</script><img src=x onerror=alert(1)>"
MARKDOWN = "![x](https://example.org/x.png) $\\frac{1}{2}$ [here](javascript:alert(1))"
ODD = {
    "a very long measure": {"measure": LONG},
    "HTML for a measure": {"measure": HTML},
    "Markdown for a measure": {"measure": MARKDOWN},
    "a measure that is none": {"measure": "no_such_measure"},
    "SQL for a measure": {"measure": "' OR 1=1; DROP TABLE observation; --"},
    "unicode for a measure": {"measure": "Armut\u202e\u0000\ud7ff🙂é"},
    "a place that is none": {"place": "99999"},
    "HTML for a place": {"place": HTML},
    "a long place": {"place": LONG},
    "a hundred places": {"places": ",".join(["06037"] * 100)},
    "a hundred places that differ": {
        "places": ",".join(f"{code:05d}" for code in range(1001, 1200, 2))
    },
    "places of commas": {"places": ",,,,"},
    "places of HTML": {"places": f"{HTML},06037"},
    "a group that is none": {"group": "martians", "split": "martians", "among": "martians"},
    "a kind that is none": {"kind": "profile"},
    "a kind of Python": {"kind": "__class__"},
    "a period of another measure": {"measure": "pep_death_rate", "period": "2015-2019"},
    "a period that is none": {"period": "-1", "condition_period": "9999-Q9"},
    "options that are none": {
        "weight": "gold",
        "reference": "nobody",
        "gap_of": "a",
        "gap_to": "b",
        "card": "x",
    },
    "the same measure twice": {
        "measure": "acs_poverty",
        "condition": "acs_poverty",
        "more": "acs_poverty",
    },
    "more measures than there is room for": {
        "more": ",".join(["acs_poverty", "acs_uninsured"] * 50)
    },
    "a lesson of what is no lesson": {"lesson": HTML},
    "a lesson of what may be shown": {"lesson": "what not to do"},
    "repeated parameters": {
        "measure": ["acs_poverty", "pep_death_rate"],
        "places": ["06037", "US"],
    },
    "nothing at all": {"measure": "", "places": "", "kind": "", "period": "", "place": ""},
}


@pytest.fixture(autouse=True)
def shapes(starter_database, monkeypatch):
    """The shapes that were built with the starter database."""
    monkeypatch.setattr(county_map, "SHAPES", starter_database.parent / "static")


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("page", PAGES)
def test_an_odd_address_is_answered(app, page, odd):
    for key, value in ODD[odd].items():
        app.query_params[key] = value
    shown = app.run().switch_page(f"pages/{page}.py").run()
    assert not shown.exception
    assert shown.title
    said = [*shown.header, *shown.subheader, *shown.info, *shown.warning, *shown.error]
    assert said
    for element in [*said, *shown.markdown, *shown.caption]:
        told = element.value.replace(f"`{HTML[:60]}…`", "").replace(f"`{HTML[:60]}`", "")
        assert "<script>" not in told
        assert "Traceback" not in told
        assert "(https://example.org" not in told.replace("`", " `").split(" `")[0]
        assert len(told) < 4_000
