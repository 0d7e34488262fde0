"""python -m etl report: two databases that differ in known ways."""

import shutil

import duckdb
import pytest

from etl.__main__ import main

ONE = "place_id = '01001' AND people_group = 'male' AND measure_id = 'nci_cancer_deaths'"


@pytest.fixture
def report(starter_database, tmp_path, capsys):
    """Change a copy of the starter database by SQL and give the report as lines."""

    def reported(*changes: str) -> list[str]:
        new = tmp_path / "new.duckdb"
        shutil.copyfile(starter_database, new)
        with duckdb.connect(new) as connection:
            for change in changes:
                connection.execute(change)
        assert main(["report", str(starter_database), str(new)]) == 0
        return capsys.readouterr().out.splitlines()

    return reported


def test_same_data_differ_in_nothing(report):
    lines = report()
    assert len(lines) == 12
    assert all(line.endswith(": 0") for line in lines[2:])


def test_measure_lost_is_named(report):
    lines = report("DELETE FROM observation WHERE measure_id = 'nci_cancer_deaths'")
    assert "measures lost: 1 (nci_cancer_deaths)" in lines


def test_measure_gained_is_named(report):
    lines = report(
        f"INSERT INTO observation SELECT * REPLACE ('new_one' AS measure_id) FROM observation WHERE {ONE}"
    )
    assert "measures gained: 1 (new_one)" in lines


def test_county_lost_is_named(report):
    lines = report("DELETE FROM observation WHERE place_id = '01001'")
    assert "places with data lost: 1 (01001)" in lines
    assert any(line.startswith("observations lost of measures in both: ") for line in lines)


def test_period_lost_is_named(report):
    lines = report(
        "DELETE FROM observation WHERE period = '2011' AND measure_id = 'pep_population'"
    )
    assert "periods of measures in both lost: 1 (pep_population 2011)" in lines


def test_status_change_is_counted(report):
    lines = report(
        f"UPDATE observation SET status = 'suppressed', value = NULL, grade = NULL WHERE {ONE}"
    )
    assert "observations with another status: 1" in lines
    assert "  nci_cancer_deaths, reported -> suppressed: 1" in lines


def test_value_that_left_its_interval_is_shown_with_it(report):
    lines = report(f"UPDATE observation SET value = high + 10, high = high + 20 WHERE {ONE}")
    assert "values that moved by more than their interval: 1" in lines
    assert "  nci_cancer_deaths: 1, 0 without interval, 1 changed" in lines
    assert lines[-1].startswith("  nci_cancer_deaths, 1999-2003, 01001, male: 283.1 (242.6 to ")


def test_value_that_stayed_in_its_interval_is_only_counted(report):
    lines = report(f"UPDATE observation SET value = value + 1 WHERE {ONE}")
    assert "values that moved by more than their interval: 0" in lines
    assert "  nci_cancer_deaths: 0, 0 without interval, 1 changed" in lines


def test_change_of_a_value_without_interval_is_counted_apart(report):
    lines = report(
        """UPDATE observation SET value = value + 1
           WHERE measure_id = 'pep_population' AND period = '2019' AND place_id = '01001'"""
    )
    assert "  pep_population: 0, 1 without interval, 1 changed" in lines


def test_file_that_is_no_database_is_told_in_a_sentence(starter_database, tmp_path, capsys):
    (tmp_path / "new.duckdb").write_text("not a database")
    assert main(["report", str(starter_database), str(tmp_path / "new.duckdb")]) == 1
    assert "cannot be compared" in capsys.readouterr().err
    assert main(["report", str(starter_database), str(tmp_path / "none.duckdb")]) == 1
    assert "There is no database at" in capsys.readouterr().err
