"""Home says what the data are, how fresh, and what is missing."""


def test_home_says_what_is_held_and_what_is_missing(app):
    app.run()
    assert not app.exception
    text = "\n".join(element.value for element in app.markdown)
    assert "measures from" in text
    assert "python -m etl census_acs" in text
    assert "python -m etl cdc_places" in text
    table = "".join(element.proto.body for element in app.get("html"))
    assert "US Bureau of Labor Statistics" in table
    assert "2025, 4th quarter" in table
