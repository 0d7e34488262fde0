"""Sources and methods: a card by its address, the parts, and words that come from the data."""

import pytest

from equity import database

PAGE = "pages/7_sources.py"


@pytest.fixture
def sources(app):
    """The page, opened with an address."""

    def opened(**address: str):
        app.run()
        app.switch_page(PAGE)
        for key, value in address.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception
        return app

    return opened


def words(app) -> str:
    return "\n".join(element.value for element in [*app.markdown, *app.header, *app.code])


def test_address_opens_a_measures_card(sources):
    app = sources(measure="rucc_code")
    assert app.header[0].value == "Rural-urban code (1 most urban, 9 most rural)"
    assert "Do not rank places by it." in words(app)
    assert "Economic Research Service" in app.code[0].value


def test_unknown_measure_in_the_address_is_said(sources):
    app = sources(measure="no_such_measure")
    assert "no_such_measure" in app.warning[0].value
    assert app.header[0].value


def test_every_measure_has_a_card(sources, starter):
    app = sources()
    for measure_id in database.ask(starter, "measures")["measure_id"]:
        app.selectbox(key="measure").set_value(measure_id).run()
        assert not app.exception, measure_id
        assert "must not be used" in app.subheader[0].value


def test_what_is_not_loaded_is_named_with_its_command(sources):
    text = words(sources(part="source", source="census_acs"))
    assert "Adults without a high school diploma" in text
    assert "education access and quality" in text
    assert "python -m etl census_acs brings" in text


def test_files_are_listed_with_checksum(sources):
    app = sources(part="source", source="census_pep")
    files = app.dataframe[0].value
    assert files["SHA-256"].str.len().eq(64).all()
    assert files["File"].tolist() == ["co-est2019-alldata.csv.gz"]


def test_glossary_is_searched(sources):
    app = sources(part="glossary", word="supressed")
    assert "withheld" in words(app)
    assert "Rural-urban code" not in words(app)


def test_methods_name_every_grade(sources):
    text = words(sources(part="methods")).lower()
    for grade in ("solid", "use with care", "too shaky to compare", "margin not published"):
        assert grade in text


def test_address_holds_the_code_of_what_was_chosen(sources):
    app = sources()
    app.selectbox(key="measure").set_value("rucc_code").run()
    assert app.query_params["measure"] == "rucc_code"
    app.query_params["measure"] = "pep_population"
    app.run()
    assert app.selectbox(key="measure").value == "pep_population"


def test_a_choice_stays_when_one_comes_back_to_the_page(sources):
    app = sources(measure="rucc_code")
    app.switch_page("pages/0_home.py").run()
    app.switch_page(PAGE).run()
    assert app.selectbox(key="measure").value == "rucc_code"
    assert app.query_params["measure"] == "rucc_code"


def test_every_source_opens_also_where_nothing_is_missing(sources, starter):
    app = sources(part="source")
    held = database.ask(starter, "sources").set_index("source_id")
    assert held["measures_not_loaded"].eq(0).any()
    for source_id in held.index:
        app.selectbox(key="source").set_value(source_id).run()
        assert not app.exception, source_id
        assert ("Not loaded yet:" in words(app).partition("Publisher's page")[0]) == bool(
            held.loc[source_id, "measures_not_loaded"]
        )


def test_a_word_too_long_for_the_search_is_said(sources):
    app = sources(part="glossary", word="z" * 61)
    assert "more than 60 letters" in app.warning[0].value


def test_a_word_that_no_entry_fits_is_said(sources):
    assert "No entry fits `zzzz`" in words(sources(part="glossary", word="zzzz"))
