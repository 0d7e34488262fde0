"""Every page opens inside the dashboard's frame."""

import re

import pytest

from tests.conftest import HOUSE
from ui import choices

PAGES = sorted(path.name for path in (HOUSE / "pages").glob("*.py"))


@pytest.mark.parametrize("page", PAGES)
def test_page_opens_in_the_frame(app, page):
    app.run()
    app.switch_page(f"pages/{page}").run()
    assert not app.exception
    assert len(app.title) == 1
    assert any("Data version" in caption.value for caption in app.caption)


HOSTILE = {
    "a picture from elsewhere": "![x](http://elsewhere.example/p.png)",
    "a link": "[click](http://elsewhere.example/) http://elsewhere.example/",
    "markup that ends the code": "`![x](http://elsewhere.example/p.png)`",
    "a formula, a colour and an icon": "$x$ :red[x] :material/home:",
    "HTML": "<img src=x onerror=alert(1)>",
    "SQL": "'; DROP TABLE place; --",
    "a path": "../../etc/passwd",
    "marks that cannot be seen": "a\u202eb\0c\n\n# d",
    "far too much": "x" * 10_000,
}
ADDRESSES = [
    ("0_home.py", "place"),
    ("1_explore.py", "measure"),
    ("1_explore.py", "zoom"),
    ("1_explore.py", "pins"),
    ("2_community.py", "alike"),
    ("2_community.py", "trend"),
    ("5_relationships.py", "condition"),
    ("5_relationships.py", "kind"),
    ("7_sources.py", "part"),
    ("7_sources.py", "measure"),
]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_quoted_as_short_code(text):
    assert re.fullmatch(r"`[^`\n\0\u202e]{1,61}`", choices.as_typed(text))


@pytest.mark.parametrize(("page", "key"), ADDRESSES)
def test_hostile_address_is_answered_in_one_sentence(app, page, key):
    app.query_params["place"] = "06037"
    app.query_params[key] = " ".join(HOSTILE.values())
    app.run()
    if not page.startswith("0"):
        app.switch_page(f"pages/{page}").run()
    assert not app.exception
    assert not app.error
    assert len(app.title) == 1
    [warning] = app.warning
    assert re.fullmatch(r"[^`\n$<\[]+`[^`\n]{1,61}`[^`\n$<\[]+", warning.value)


@pytest.mark.parametrize("page", PAGES)
def test_federal_region_has_no_profile_and_every_page_says_so(app, page):
    app.query_params["place"] = "HHS04"
    app.run()
    app.switch_page(f"pages/{page}").run()
    assert not app.exception
    assert "`HHS04`" in app.warning[0].value
    assert "place" not in app.session_state


def test_place_that_a_new_build_no_longer_has_is_said(app):
    app.query_params["place"] = "06037"
    app.run()
    app.session_state["place"] = "06999"
    app.run()
    assert not app.exception
    assert "`06999`" in app.warning[0].value


def test_unknown_place_in_the_address_is_said_and_nothing_breaks(app):
    app.query_params["place"] = "99999"
    app.run()
    assert not app.exception
    assert "99999" in app.warning[0].value
