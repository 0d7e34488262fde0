"""Each comparison that is refused, opened from its address: its sentence, no chart; docs/methods.md lists them."""

import re
from urllib.parse import parse_qsl

import duckdb
import pytest

from equity import comparison_rules
from tests.conftest import HOUSE
from ui import county_map, data

METHODS = HOUSE / "docs" / "methods.md"
NOT_VALID = "This comparison is not valid"
# Refusals that no page reaches, and why; another part of the house may (cases, regions drawn by hand).
NOT_FROM_A_PAGE = {
    "one axis": "each page gives every measure an axis of its own",
    "no good direction": "the page about groups offers only measures with a good direction",
    "may not be ranked": "the rule “ranking” comes first",
    "no number": "a measure without numbers is not offered",
    "no events": "a measure without events is not offered",
    "no shares": "the curve is left away, and the answer stays",
    "too few places": "“too few counties” comes first",
    "clusters by design": "the page of the map shows why in its own words",
    "a part is not known": "see “cannot be added”: the same sentence frame",
    "its pieces are not published": "see “cannot be added”",
    "its pieces do not make it up": "see “cannot be added”",
}
# The starter holds no model, no withheld counts, and intervals wherever places are ranked. What is changed in a copy:
CHANGES = (
    """INSERT INTO period SELECT * REPLACE ('2013' AS period, TIMESTAMP '2013-01-01' AS starts,
       TIMESTAMP '2014-01-01' AS ends)
       FROM period WHERE measure_id = 'rucc_code'""",
    """INSERT INTO observation SELECT * REPLACE ('2013' AS period) FROM observation WHERE measure_id = 'rucc_code'""",
    """UPDATE measure SET made = 'modelled', model_inputs = ['poverty', 'age'], one_level = true, may_rank = false,
       measure_id = 'places_diabetes_crude', title = 'Adults with diabetes' WHERE measure_id = 'acs_uninsured'""",
    "UPDATE observation SET measure_id = 'places_diabetes_crude' WHERE measure_id = 'acs_uninsured'",
    "UPDATE period SET measure_id = 'places_diabetes_crude' WHERE measure_id = 'acs_uninsured'",
    """UPDATE measure SET made = 'modelled', model_inputs = ['age'], measure_id = 'places_disability_crude',
       title = 'Adults with any disability' WHERE measure_id = 'acs_no_vehicle'""",
    "UPDATE observation SET measure_id = 'places_disability_crude' WHERE measure_id = 'acs_no_vehicle'",
    "UPDATE period SET measure_id = 'places_disability_crude' WHERE measure_id = 'acs_no_vehicle'",
    """UPDATE observation SET value = NULL, numerator = NULL, status = 'suppressed'
       WHERE measure_id = 'pep_birth_rate' AND place_id BETWEEN '20' AND '22' AND length(place_id) = 5""",
    """UPDATE observation SET low = NULL, high = NULL, standard_error = NULL
       WHERE measure_id = 'acs_median_household_income'""",
    "UPDATE observation SET value = 80 WHERE measure_id = 'acs_broadband' AND length(place_id) = 5",
    """UPDATE observation SET value = NULL
       WHERE measure_id = 'acs_unemployment' AND place_id > '01004' AND place_id <> 'US'""",
)


@pytest.fixture(scope="module")
def changed(starter_database, tmp_path_factory):
    """The starter database with what it lacks to be refused."""
    path = tmp_path_factory.mktemp("refused") / "refused.duckdb"
    with duckdb.connect(path) as copy:
        copy.execute(f"ATTACH '{starter_database}' AS good (READ_ONLY)")
        tables = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'good'"
        # Without keys, so that a row that others point to may be changed.
        for (table,) in copy.execute(tables).fetchall():
            copy.execute(f"CREATE TABLE {table} AS FROM good.{table}")
        for change in CHANGES:
            copy.execute(change)
    return path


def listed() -> dict[str, tuple[str, str]]:
    """Give the table "What is refused": the address and the sentence of each rule."""
    part = METHODS.read_text("utf-8").partition("### What is refused")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+) \| `([^`]+)` \| ([^|]+) \|$", part, re.MULTILINE)
    return {rule: (address, sentence) for rule, address, sentence in rows}


def opened(app, address: str):
    """Give the page of an address, run."""
    page, _, query = address.partition("?")
    for key, value in parse_qsl(query):
        app.query_params[key] = value
    shown = app.run().switch_page(f"pages/{page}.py").run()
    assert not shown.exception
    return shown


def text(page) -> str:
    return "\n".join(one.value for one in [*page.markdown, *page.info, *page.warning]).replace(
        "\\", ""
    )


@pytest.fixture
def on_changed(app, changed, starter_database, monkeypatch):
    """The dashboard on the changed database."""
    monkeypatch.setattr(data, "DATABASE", changed)
    monkeypatch.setattr(county_map, "SHAPES", starter_database.parent / "static")
    return app


@pytest.mark.parametrize("rule", listed())
def test_a_refused_view_shows_its_sentence_and_no_chart(on_changed, rule):
    address, sentence = listed()[rule]
    page = opened(on_changed, address)
    assert NOT_VALID in [one.value for one in [*page.header, *page.subheader]]
    shown = text(page)
    assert f"The rule: {rule}." in shown
    assert sentence in shown
    if not address.startswith("6_"):
        assert not page.get("plotly_chart")


LESSONS = (
    "ranking",
    "levels of geography",
    "model built on it",
    "two of one model",
    "overlapping groups",
)


@pytest.mark.parametrize("rule", LESSONS)
def test_the_lesson_burns_its_warning_into_the_chart(on_changed, rule):
    address, sentence = listed()[rule]
    page = opened(on_changed, f"{address}&lesson=what+not+to+do")
    assert page.header, [one.value for one in page.info]
    assert page.header[0].value.startswith("What not to do: ")
    charts = page.get("plotly_chart")
    assert charts
    for chart in charts:
        assert "What not to do" in chart.proto.spec
        assert chart.proto.alt.startswith("What not to do. ")


def rules_in_the_code() -> set[str]:
    """Give the name of every rule that refuses, read from the code."""
    found = set()
    for path in (HOUSE / "equity").rglob("*.py"):
        code = path.read_text("utf-8")
        found |= set(re.findall(r'Breach\(\s*"([^"]+)",\s*"refused"', code))
        if (
            path.parent.name != "inequality"
        ):  # these are read as rows of a table, not as a refused view
            found |= set(re.findall(r'Refused\(\s*rule="([^"]+)"', code))
            found |= set(re.findall(r'^\s+rule="([^"]+)",\n\s+why=', code, re.MULTILINE))
    return found


def test_methods_list_every_refusal_and_no_other():
    assert comparison_rules.RULES
    assert set(listed()) | set(NOT_FROM_A_PAGE) == rules_in_the_code()
    assert not set(listed()) & set(NOT_FROM_A_PAGE)
