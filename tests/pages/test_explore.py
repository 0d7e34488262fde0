"""The map page opens at its address, keeps it, and answers impossible ones with a sentence."""

import pytest

from ui import county_map

PAGE = "pages/1_explore.py"


@pytest.fixture(autouse=True)
def shapes(starter_database, monkeypatch):
    """The shapes that were built with the starter database."""
    monkeypatch.setattr(county_map, "SHAPES", starter_database.parent / "static")


def explore(app, **address):
    for key, value in address.items():
        app.query_params[key] = value
    return app.run().switch_page(PAGE).run()


def test_the_page_shows_a_map_a_finding_and_its_source(app):
    page = explore(app)
    assert not page.exception
    assert page.title[0].value == "The middle half of counties: 10.7% to 18.8%"
    assert page.caption[-1].value
    assert any("3,220 of 3,220 counties" in words.value for words in page.markdown)


def test_the_address_opens_the_same_map_again(app):
    address = {
        "measure": "nci_cancer_deaths",
        "period": "1999-2003",
        "group": "female",
        "zoom": "51",
        "place": "51059",
    }
    page = explore(app, **address)
    assert page.title[0].value.startswith("In Virginia, the middle half of counties")
    assert any("Fairfax County, Virginia:" in words.value for words in page.markdown)
    again = {key: page.query_params[key] for key in address}
    assert again == address


def test_another_measure_goes_into_the_address(app):
    page = explore(app)
    page.selectbox(key="measure").select("pep_death_rate").run()
    assert not page.exception
    assert page.query_params["measure"] == "pep_death_rate"
    assert page.query_params["period"] == "2019"


@pytest.mark.parametrize(
    ("key", "value"),
    [("measure", "happiness"), ("period", "1066"), ("group", "martians"), ("zoom", "99")],
)
def test_an_unknown_address_is_answered_with_a_sentence_and_a_map(app, key, value):
    page = explore(app, **{key: value})
    assert not page.exception
    assert [warning.value for warning in page.warning] == [
        f"The address asks for {key} `{value}`, which these data do not have; showing another."
    ]
    assert page.title[0].value == "The middle half of counties: 10.7% to 18.8%"


def test_a_measure_says_its_domain_and_people_are_asked_only_where_there_is_a_choice(app):
    page = explore(app)
    assert "People in poverty (economic stability)" in page.selectbox(key="measure").options
    keys = [box.key for box in page.selectbox]
    assert "group" not in keys
    page.selectbox(key="measure").select("nci_cancer_deaths").run()
    assert "group" in [box.key for box in page.selectbox]


@pytest.mark.parametrize(("key", "value"), [("zoom", "99"), ("count", "400")])
def test_a_folded_choice_says_in_the_open_that_its_address_is_unknown(app, key, value):
    page = explore(app, **{key: value})
    popover = page.get("popover")[0]
    assert not popover.warning
    assert len(page.warning) == 1


def test_pins_that_are_no_counties_are_dropped_from_the_address(app):
    page = explore(app, pins="06037,nowhere,'; DROP TABLE place")
    assert not page.exception
    assert page.query_params["pins"] == "06037"
    assert page.warning[0].value == "The address pins `nowhere`, which is no county here."


def test_classes_around_the_us_value_name_it(app):
    page = explore(app, classes="around the US value")
    assert not page.exception
    assert page.selectbox(key="classes").value == "around the US value"


def test_clusters_open_at_their_address_with_the_chosen_county(app):
    page = explore(app, neighbors="true", measure="acs_poverty", place="46102")
    assert not page.exception
    assert "counties with high numbers beside high neighbors" in page.header[-1].value
    assert any("Oglala Lakota County, South Dakota (" in words.value for words in page.markdown)


def test_clusters_of_labels_are_refused_with_a_way_out(app):
    page = explore(app, neighbors="true", measure="rucc_code")
    assert page.header[-1].value == "This comparison is not valid"
    assert page.button(key="neighbors_instead_0").label.startswith("Instead: See where")
