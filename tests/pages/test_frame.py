"""Every page opens inside the dashboard's frame."""

import pytest

from tests.conftest import HOUSE

PAGES = sorted(path.name for path in (HOUSE / "pages").glob("*.py"))


@pytest.mark.parametrize("page", PAGES)
def test_page_opens_in_the_frame(app, page):
    app.run()
    app.switch_page(f"pages/{page}").run()
    assert not app.exception
    assert len(app.title) == 1
    assert any("Data version" in caption.value for caption in app.caption)


def test_unknown_place_in_the_address_is_said_and_nothing_breaks(app):
    app.query_params["place"] = "99999"
    app.run()
    assert not app.exception
    assert "99999" in app.warning[0].value
