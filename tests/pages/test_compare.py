"""The page that compares places opens at its address, keeps it, and answers odd ones with a sentence."""

import pytest

PAGE = "pages/3_compare.py"


def compare(app, **address):
    for key, value in address.items():
        app.query_params[key] = value
    page = app.run().switch_page(PAGE).run()
    assert not page.exception
    return page


def headers(page) -> list[str]:
    return [header.value for header in page.header]


def text(page) -> str:
    return "\n".join(element.value for element in [*page.markdown, *page.info, *page.warning])


def test_without_a_choice_it_opens_on_an_example(app):
    page = compare(app)
    assert page.multiselect(key="places").value == ["06037", "06", "US"]
    assert "People in poverty" in headers(page)[0]


def test_it_begins_with_the_chosen_community_its_peers_its_state_and_the_nation(app):
    chosen = compare(app, place="46102").multiselect(key="places").value
    assert chosen[0] == "46102"
    assert chosen[-2:] == ["46", "US"]
    assert len(chosen) == 6
    assert all(len(code) == 5 for code in chosen[1:4])


def test_the_address_opens_the_same_comparison(app):
    page = compare(app, places="46102,31005,72001", measure="acs_poverty", more="acs_uninsured")
    assert page.multiselect(key="places").value == ["46102", "31005", "72001"]
    assert page.multiselect(key="more").value == ["acs_uninsured"]
    assert page.query_params["places"] in ("46102,31005,72001", ["46102,31005,72001"])
    assert len(page.get("plotly_chart")) == 2


def test_the_verdict_stands_in_the_open(app):
    assert "May this be compared? Yes." in text(compare(app))
    careful = text(compare(app, places="09110,06037"))
    assert "Yes, with care." in careful
    assert "Connecticut replaced its counties" in careful


def test_unknown_places_are_said_and_left_out(app):
    page = compare(app, places="06037,99999,US")
    assert "99999" in page.warning[0].value
    assert page.multiselect(key="places").value == ["06037", "US"]


def test_only_six_places_are_taken(app):
    page = compare(app, places="06037,42101,48215,36061,17031,04013,46102")
    assert len(page.multiselect(key="places").value) == 6
    assert "first 6 places" in page.warning[0].value


def test_one_place_is_a_sentence(app):
    page = compare(app, places="06037")
    assert page.info[0].value == "Choose from two to six places."


def test_a_place_is_added_by_name(app):
    page = compare(app, places="06037,US")
    page.text_input(key="add_place_text").set_value("Hidalgo County, TX")
    page = page.button(key="FormSubmitter:add_place-Add").click().run()
    assert page.multiselect(key="places").value == ["06037", "US", "48215"]
    assert page.query_params["places"] in ("06037,US,48215", ["06037,US,48215"])


def test_several_hits_are_offered(app):
    page = compare(app, places="06037,US")
    page.text_input(key="add_place_text").set_value("Pine Ridge")
    page = page.button(key="FormSubmitter:add_place-Add").click().run()
    page = page.button(key="add_46102").click().run()
    assert page.multiselect(key="places").value == ["06037", "US", "46102"]


def test_one_click_begins_again_from_the_community(app):
    page = compare(app, place="46102", places="06037,US")
    page = page.button(key="begin_again").click().run()
    assert page.multiselect(key="places").value[0] == "46102"


def test_people_and_years_are_offered_where_there_are_several(app):
    page = compare(app, places="06037,42101", measure="nci_cancer_deaths", group="female")
    assert page.selectbox(key="group").value == "female"
    assert "women" in text(page).lower() or "female" in text(page).lower()
    years = compare(app, places="06037,42101", measure="pep_death_rate")
    assert years.selectbox(key="period").value == "2019"


def test_every_chart_has_words_and_every_answer_a_source(app):
    page = compare(app)
    assert all(len(chart.proto.alt) > 40 for chart in page.get("plotly_chart"))
    assert any(caption.value.startswith("Source: ") for caption in page.caption)


@pytest.mark.parametrize("measure", ["rucc_code", "nchs_life_expectancy", "pep_population"])
def test_any_measure_is_a_comparison_or_a_sentence(app, measure):
    page = compare(app, places="46102,31005,72001,09110,46,US", measure=measure)
    assert page.header or page.info


def test_counties_are_added_together_without_the_state_and_the_nation(app):
    page = compare(
        app, places="46102,46007,46,US", measure="pep_death_rate", period="2019", kind="region"
    )
    assert "Two counties together: " in text(page)
    assert headers(page)[-1].startswith("These counties together: Deaths")


def test_what_does_not_add_up_is_refused_on_the_page(app):
    page = compare(app, places="46102,46007", measure="acs_median_household_income", kind="region")
    assert headers(page)[-1] == "This comparison is not valid"
    assert "It is a median" in text(page)
