"""The page of relationships opens at its address, keeps it, refuses a model against its inputs, and says why."""

import duckdb
import pytest

from ui import county_map, data

PAGE = "pages/5_relationships.py"


@pytest.fixture(autouse=True)
def shapes(starter_database, monkeypatch):
    """The shapes that were built with the starter database."""
    monkeypatch.setattr(county_map, "SHAPES", starter_database.parent / "static")


@pytest.fixture
def modelled(starter_database, tmp_path, monkeypatch):
    """The starter database, where the share without insurance is said to come from a model that uses poverty."""
    changed = tmp_path / "modelled.duckdb"
    with duckdb.connect(changed) as copy:
        copy.execute(f"ATTACH '{starter_database}' AS good (READ_ONLY)")
        tables = copy.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'good'"
        ).fetchall()
        # Without keys, so that a row that others point to may be changed.
        for (table,) in tables:
            copy.execute(f"CREATE TABLE {table} AS FROM good.{table}")
        copy.execute(
            "UPDATE measure SET made = 'modelled', model_inputs = ['poverty', 'age'] "
            "WHERE measure_id = 'acs_uninsured'"
        )
    monkeypatch.setattr(data, "DATABASE", changed)


def relationships(app, **address):
    for key, value in address.items():
        app.query_params[key] = value
    page = app.run().switch_page(PAGE).run()
    assert not page.exception
    return page


def headers(page) -> list[str]:
    return [header.value for header in page.header]


def text(page) -> str:
    return "\n".join(element.value for element in [*page.markdown, *page.info, *page.warning])


def test_it_opens_on_deaths_and_poverty(app):
    page = relationships(app)
    assert headers(page) == ["Where “Poverty” is higher, “Crude death rate” tends to be higher"]
    assert "not people" in text(page)
    [chart] = page.get("plotly_chart")
    assert "Dots, one a county" in chart.proto.alt


def test_the_address_opens_the_same_view_with_the_county_marked(app):
    address = {
        "measure": "acs_uninsured",
        "condition": "acs_no_vehicle",
        "kind": "gradient",
        "place": "28055",
    }
    page = relationships(app, **address)
    assert "by fifths of people" in text(page)
    assert "Issaquena County, Mississippi" in text(page)
    assert {key: page.query_params[key] for key in address} == address


def test_the_map_of_both_is_drawn_with_its_counts(app):
    page = relationships(app, kind="bivariate", place="35031")
    assert headers(page) == ["High “Crude death rate” and high “Poverty” meet in 495 counties"]
    assert "McKinley County, New Mexico: " in text(page)


def test_counting_by_residents_stands_in_the_address(app):
    page = relationships(app)
    page.selectbox(key="weight").select("residents").run()
    assert not page.exception
    assert page.query_params["weight"] == "residents"
    assert "each counted by its residents" in text(page)


def test_a_model_is_not_related_to_what_it_is_built_on_and_the_page_says_why(app, modelled):
    page = relationships(app, measure="acs_uninsured", condition="acs_poverty")
    assert headers(page) == ["This comparison is not valid", "What is a modelled number?"]
    assert not page.get("plotly_chart")
    assert "comes from a model that uses poverty" in text(page)
    assert "Somebody guesses the weight of each child" in text(page)
    labels = [button.label for button in page.button]
    assert (
        "See “Deaths per 1,000 people (not age-adjusted)” against “People in poverty” instead"
        in labels
    )


@pytest.mark.parametrize("kind", ["relationship", "gradient", "bivariate"])
def test_every_kind_is_refused_from_its_address(app, modelled, kind):
    page = relationships(app, measure="acs_uninsured", condition="acs_poverty", kind=kind)
    assert headers(page)[0] == "This comparison is not valid"
    assert not page.get("plotly_chart")


def test_the_button_opens_what_may_be_related_instead(app, modelled):
    page = relationships(app, measure="acs_uninsured", condition="acs_poverty")
    page.button(key="instead_0").click().run()
    assert not page.exception
    assert page.query_params["measure"] == "pep_death_rate"
    assert page.query_params["condition"] == "acs_poverty"
    assert len(page.get("plotly_chart")) == 1


def test_the_lesson_carries_its_warning_into_the_picture(app, modelled):
    page = relationships(
        app,
        measure="acs_uninsured",
        condition="acs_poverty",
        lesson="what not to do",
    )
    assert headers(page)[0].startswith("What not to do: ")
    [chart] = page.get("plotly_chart")
    assert "What not to do" in chart.proto.spec


def test_at_first_a_condition_is_offered_that_may_be_related(app, modelled):
    page = relationships(app, measure="acs_uninsured")
    assert page.selectbox(key="condition").value == "acs_broadband"
    assert len(page.get("plotly_chart")) == 1


@pytest.mark.parametrize(
    ("key", "value"),
    [("condition", "happiness"), ("kind", "magic"), ("weight", "gold"), ("period", "1066")],
)
def test_an_unknown_address_is_answered_with_a_sentence(app, key, value):
    page = relationships(app, **{key: value})
    assert [warning.value for warning in page.warning] == [
        f"The address asks for {key} `{value}`, which these data do not have; showing another."
    ]
    assert len(page.get("plotly_chart")) == 1


def test_a_long_table_is_sent_only_when_it_is_opened(app):
    page = relationships(app)
    assert not page.dataframe
