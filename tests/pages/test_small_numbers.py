"""The page about small numbers, on the starter database."""

PAGE = "pages/6_small_numbers.py"


def test_draws_three_lessons_and_marks_the_chosen_county(app):
    app.query_params["place"] = "31005"
    app.run().switch_page(PAGE).run()
    assert not app.exception
    titles = " ".join(one.value for one in app.header)
    assert "Chance alone could explain the rate of" in titles
    assert "at both ends are among the smallest tenth" in titles
    assert "Smoothed, the rates run from" in titles
    assert any("Arthur County, Nebraska" in one.value for one in app.markdown)


def test_an_unknown_measure_in_the_address_is_said(app):
    app.query_params["measure"] = "acs_poverty"
    app.run().switch_page(PAGE).run()
    assert "acs_poverty" in app.warning[0].value
