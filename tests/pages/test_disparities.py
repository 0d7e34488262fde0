"""The page about gaps between groups of people opens at its address and says whose numbers it shows."""

import pytest

PAGE = "pages/4_disparities.py"


def disparities(app, **address):
    for key, value in address.items():
        app.query_params[key] = value
    page = app.run().switch_page(PAGE).run()
    assert not page.exception
    return page


def text(page) -> str:
    parts = [*page.header, *page.markdown, *page.info, *page.warning, *page.caption]
    return "\n".join(element.value for element in parts)


def test_without_a_place_it_shows_the_nation(app):
    page = disparities(app)
    assert page.selectbox(key="measure").value == "nchs_life_expectancy"
    assert page.selectbox(key="split").value == "race_ethnicity"
    assert "a gap of 15.2 years" in page.header[0].value
    assert "May this be compared? Yes." in text(page)
    assert "Racism is the mechanism" in text(page)
    assert page.text_input(key="disparities_text").label


def test_a_county_shows_its_own_groups_first(app):
    page = disparities(app, place="42101")
    assert page.selectbox(key="measure").value == "nci_cancer_deaths"
    assert "109.1 deaths per 100,000 people a year" in page.header[0].value
    assert not page.info


def test_a_measure_without_groups_here_shows_the_nation_and_says_so(app):
    page = disparities(app, place="42101", measure="nchs_life_expectancy")
    assert (
        "do not split this measure by race and ethnicity for Philadelphia County"
        in page.info[0].value
    )
    assert "What you see is the United States" in page.info[0].value
    assert "python -m etl" in text(page)


def test_a_county_with_no_breakdown_at_all_opens_on_what_it_lies_in(app):
    page = disparities(app, place="72001")
    assert page.info
    assert page.header


def test_the_federal_region_stands_between_state_and_nation(app):
    page = disparities(app, place="42101", measure="nchs_deaths_cancer", split="urban_rural")
    assert "HHS Region 3" in page.info[0].value
    assert page.selectbox(key="among").value == "female"


def test_a_measure_that_nobody_splits_is_said_and_another_shown(app):
    page = disparities(app, place="42101", measure="acs_poverty")
    assert page.selectbox(key="measure").value == "nci_cancer_deaths"
    assert "no two groups for “People in poverty” here" in page.info[0].value


def test_the_address_opens_the_same_question(app):
    page = disparities(
        app,
        measure="nchs_life_expectancy",
        split="race_ethnicity",
        period="2017",
        reference="black_nh",
    )
    assert page.selectbox(key="period").value == "2017"
    assert page.selectbox(key="reference").value == "black_nh"
    assert "Black, not Hispanic" in page.header[0].value
    assert "Left out: White" in text(page)


def test_another_reference_changes_the_answer(app):
    before = disparities(app)
    after = before.selectbox(key="reference").set_value("hispanic").run()
    assert "a gap of 11.2 years" in after.header[0].value
    assert after.query_params["reference"] in ("hispanic", ["hispanic"])


def test_which_measure_fits_and_why_not_the_others(app):
    page = disparities(app, kind="inequality", period="2017")
    said = text(page)
    assert "What fits here: the difference (6.9 years) and the ratio (1.09)" in said
    assert "Counting each group by its people" in said
    titles = [header.value for header in page.subheader]
    assert "Measures that fit best" in titles
    assert "Measures that do not apply here, and why" in titles
    card = page.selectbox(key="card").set_value("mld").run()
    assert "It does not exist when a group's number is 0" in text(card)


def test_over_time_both_ways_and_a_banner_where_they_disagree(app):
    page = disparities(app, measure="nchs_infant_mortality_by_mother", kind="gap")
    assert len(page.get("plotly_chart")) == 3
    assert "The two ways to state the gap disagree" in page.warning[0].value


def test_two_groups_may_be_chosen_and_those_that_share_people_are_refused(app):
    page = disparities(app, kind="gap", gap_of="black_nh", gap_to="white_nh")
    assert "“Black, not Hispanic” against “White, not Hispanic”" in text(page)
    page = page.selectbox(key="gap_to").set_value("black").run()
    assert "This comparison is not valid" in text(page)
    lesson = page.button(key="disparity_open").click().run()
    assert lesson.header[0].value.startswith("What not to do: ")


def test_the_burden_without_counts_is_refused_with_what_to_do_instead(app):
    page = disparities(app, place="42101", kind="burden")
    assert "This comparison is not valid" in text(page)
    assert "Look at the difference and the ratio between groups." in text(page)


@pytest.mark.parametrize("key", ["measure", "split", "kind", "period", "reference"])
def test_an_odd_address_is_said_and_answered(app, key):
    page = disparities(app, **{key: "no_such_thing"})
    assert "no_such_thing" in page.warning[0].value
    assert page.header


def test_every_chart_has_words_for_those_who_do_not_see_it(app):
    charts = disparities(app, kind="gap").get("plotly_chart")
    assert all(len(chart.proto.alt) > 40 for chart in charts)


def test_one_map_for_each_group_opens_at_its_address(app):
    app.query_params["maps"] = "true"
    app.query_params["mapped"] = "nci_cancer_deaths"
    page = app.run().switch_page(PAGE).run()
    assert not page.exception
    assert page.selectbox(key="mapped").value == "nci_cancer_deaths"
    assert any("for Male and" in header.value for header in page.header)
