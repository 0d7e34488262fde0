"""A measure is found quickly though hundreds differ only by a cause of death."""

import pytest
from streamlit.testing.v1 import AppTest

CAUSES = (
    "lung cancer",
    "asthma",
    "stroke",
    "falls",
    "flu",
    "fire",
    "sepsis",
    "diabetes",
    "old age",
)


def page() -> None:
    """A page with nothing but the choice of a measure."""
    from collections import defaultdict

    import streamlit as st

    from tests.ui.test_choices import CAUSES
    from ui import choices

    deaths = {f"deaths_{at}": f"Deaths per 100,000: {cause}" for at, cause in enumerate(CAUSES)}
    titles = {"deaths": "Deaths"} | deaths | {"poverty": "People in poverty"}
    st.write(choices.one_measure(titles, "poverty", after=defaultdict(lambda: " (a domain)")))


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(page, default_timeout=60)


def test_a_family_is_one_entry_after_all_others(app):
    app.run()
    assert app.selectbox(key="measure").options == [
        "Deaths (a domain)",
        "People in poverty (a domain)",
        "Deaths per 100,000, by cause (9 to choose from) (a domain)",
    ]
    assert [box.key for box in app.selectbox] == ["measure"]


def test_a_cause_is_chosen_second_and_stands_in_the_address(app):
    app.run()
    app.selectbox(key="measure").set_value("deaths_1").run()
    assert app.query_params["measure"] == "deaths_1"
    causes = app.selectbox(key="member")
    assert causes.label == "Cause of death"
    assert causes.options[:2] == ["Asthma", "Diabetes"]
    causes.set_value("deaths_7").run()
    assert app.query_params["measure"] == "deaths_7"
    assert app.selectbox(key="measure").value == "deaths_7"
    app.selectbox(key="measure").set_value("poverty").run()
    assert app.query_params["measure"] == "poverty"
    assert [box.key for box in app.selectbox] == ["measure"]


def test_the_address_of_a_cause_opens_both_choices(app):
    app.query_params["measure"] = "deaths_0"
    app.run()
    assert app.selectbox(key="measure").value == "deaths_0"
    assert app.selectbox(key="member").value == "deaths_0"
    assert not app.warning
