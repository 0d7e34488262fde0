"""python -m etl check: fine on the starter data, and each fault is found when it is put in."""

import shutil

import duckdb
import pytest

from etl.__main__ import main

ONE = "place_id = '01001' AND people_group = 'male' AND measure_id = 'nci_cancer_deaths'"


@pytest.fixture
def check(starter_database, tmp_path, capsys):
    """Change a copy of the starter database by SQL; give the exit code and the lines marked WRONG."""

    def checked(*changes: str) -> tuple[int, list[str]]:
        database = tmp_path / "changed.duckdb"
        shutil.copyfile(starter_database, database)
        with duckdb.connect(database) as connection:
            for change in changes:
                connection.execute(change)
        code = main(["check", "--database", str(database)])
        lines = capsys.readouterr().out.splitlines()
        return code, [" ".join(line.split()) for line in lines if line.startswith("WRONG")]

    return checked


def test_starter_data_are_fine(check):
    assert check() == (0, [])


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            f"UPDATE observation SET value = 3000, high = 3000 WHERE {ONE}",
            "WRONG rows against the rule: value 0 1, first us_county_cancer_death_rates_1999_2003.csv.gz, 3,"
            " nci_cancer_deaths of 01001 is 3000.0, expected 0.0 to 2000.0",
        ),
        (
            f"INSERT INTO observation FROM observation WHERE {ONE}",
            "WRONG rows against the rule: place_id and people group 0 1, "
            "first us_county_cancer_death_rates_1999_2003.csv.gz, 3, nci_cancer_deaths, 1999-2003, 01001, male",
        ),
        (
            f"UPDATE observation SET place_id = '01999' WHERE {ONE}",
            "WRONG rows against the rule: place_id 0 1, "
            "first us_county_cancer_death_rates_1999_2003.csv.gz, 3, 01999",
        ),
        (
            f"UPDATE observation SET place_id = '09110' WHERE {ONE}",
            "WRONG counties that did not exist in their period 0 1",
        ),
        (
            f"UPDATE observation SET people_group = 'martians' WHERE {ONE}",
            "WRONG rows of people not described 0 1",
        ),
        (
            f"UPDATE observation SET file = 'unknown.csv' WHERE {ONE}",
            "WRONG rows of a file not listed 0 1",
        ),
        (
            """INSERT INTO place SELECT * REPLACE ('72999' AS place_id) FROM place
               WHERE place_id = '72001'""",
            "WRONG municipios of 2019 78 79",
        ),
        (
            """UPDATE observation SET value = value + 1
               WHERE measure_id = 'pep_population' AND period = '2019' AND place_id = 'US'""",
            "WRONG pep_population, 2019, US, everyone 328,239,523 328,239,524",
        ),
        (
            "INSERT INTO neighbour FROM neighbour WHERE place_id = '01001' LIMIT 1",
            "WRONG neighbours that stand there twice 0 1",
        ),
        (
            "INSERT INTO neighbour VALUES ('01999', '01001', 2019), ('01001', '01999', 2019)",
            "WRONG neighbours that are no place 0 1",
        ),
        (
            "INSERT INTO place_name VALUES ('Atlantis', 'AL', NULL, '01999')",
            "WRONG names of no place 0 1",
        ),
        (
            "DELETE FROM observation WHERE measure_id = 'nci_cancer_deaths'",
            "WRONG measures without a row 0 1",
        ),
    ],
)
def test_fault_is_found(check, change, line):
    code, wrong = check(change)
    assert code == 1
    assert line in wrong


def test_absent_database_is_told_in_a_sentence(tmp_path, capsys):
    assert main(["check", "--database", str(tmp_path / "none.duckdb")]) == 1
    assert "There is no database at" in capsys.readouterr().err
