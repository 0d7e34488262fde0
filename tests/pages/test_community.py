"""The profile of every kind of place opens, says what it knows and what it does not."""

import pytest

PLACES = {
    "06037": "Los Angeles County, California",
    "46102": "Oglala Lakota County, South Dakota",
    "48215": "Hidalgo County, Texas",
    "15005": "Kalawao County, Hawaii",
    "09001": "Fairfield County, Connecticut",
    "09110": "Capitol Planning Region, Connecticut",
    "02063": "Chugach Census Area, Alaska",
    "02261": "Valdez-Cordova Census Area, Alaska",
    "72001": "Adjuntas Municipio, Puerto Rico",
    "02060": "Bristol Bay Borough, Alaska",
    "11001": "District of Columbia",
    "35039": "Rio Arriba County, New Mexico",
    "48": "Texas",
    "72": "Puerto Rico",
    "US": "United States",
}


def community(app, **address):
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    app.switch_page("pages/2_community.py").run()
    assert not app.exception
    return app


def shown(app) -> str:
    """All text of a page, tables and charts' alternatives with it."""
    kinds = (app.title, app.header, app.subheader, app.markdown, app.caption, app.info, app.error)
    texts = [element.value for kind in kinds for element in kind]
    texts += [element.proto.body for element in app.get("html")]
    texts += [element.proto.alt for element in app.get("plotly_chart")]
    return "\n".join(texts)


@pytest.mark.parametrize(("place", "title"), PLACES.items())
def test_profile_opens_for_every_kind_of_place(app, place, title):
    page = community(app, place=place)
    assert page.title[0].value == title
    assert not page.error
    text = shown(page)
    for blank in ("nan", "None", "NaT", "inf%", "−0 ", "−0.0", ". .", " ,"):
        assert blank not in text.replace("finance", ""), blank


def test_oglala_lakota_shows_published_poverty_beside_the_nation(app):
    text = shown(community(app, place="46102"))
    assert "46.2%" in text
    assert "13.4%" in text
    assert "14,177 people (2019)" in text


def test_every_chart_has_words_for_those_who_do_not_see_it(app):
    charts = community(app, place="06037").get("plotly_chart")
    assert len(charts) == 2
    assert all(len(chart.proto.alt) > 40 for chart in charts)


def test_old_and_new_connecticut_explain_each_other(app):
    page = community(app, place="09110")
    assert "Connecticut replaced its counties" in page.info[0].value
    assert "Published for other county borders only" in shown(page)


def test_address_sets_the_variables_that_make_peers(app):
    page = community(app, place="46102", alike="population,shoe_size")
    assert page.multiselect(key="alike").value == ["population"]
    assert "nearest on population size." in shown(page)
    assert "shoe_size" in page.warning[0].value


def test_address_names_an_unknown_trend(app):
    page = community(app, place="06037", trend="no_such_measure")
    assert "no_such_measure" in page.warning[0].value


def test_no_place_chosen_offers_the_find_box(app):
    page = community(app)
    assert page.title[0].value == "Find a community"
    assert page.text_input(key="profile_text").label


def search(app, text):
    """Look for something; opening another page in a callback needs a browser (tests/browser/test_profile.py)."""
    app.text_input(key="home_text").set_value(text)
    app.button(key="FormSubmitter:home-Find").click()
    return app.run()


def test_several_hits_are_offered_with_the_reason(app):
    app.run()
    page = search(app, "Pine Ridge")
    labels = [button.label for button in page.button]
    assert labels[1] == "Oglala Lakota County, South Dakota"
    assert any("Town of Pine Ridge" in caption.value for caption in page.caption)


def test_no_hit_is_a_kind_sentence(app):
    app.run()
    page = search(app, "qqqqqqqq")
    assert "qqqqqqqq" in page.info[0].value


@pytest.mark.parametrize("value", ["maybe", "1", "TRUE; DROP TABLE place"])
def test_address_that_is_neither_true_nor_false_is_answered_with_a_sentence(app, value):
    page = community(app, place="06037", all=value)
    assert [warning.value for warning in page.warning] == [
        f"The address asks for all `{value}`; it can be true or false."
    ]
    assert page.toggle(key="all").value is False
    assert "all" not in page.query_params


def test_address_asks_for_all_measures(app):
    page = community(app, place="06037", all="true")
    assert page.toggle(key="all").value is True
    assert page.query_params["all"] == "true"
    assert not page.warning
    page.toggle(key="all").set_value(False).run()
    assert "all" not in page.query_params


def test_strips_of_puerto_rico_speak_of_municipios(app):
    text = shown(community(app, place="72001"))
    assert "of 100 counties and municipios" in text
    assert "of 100 counties<" not in text
    assert "Among all counties<" not in text
