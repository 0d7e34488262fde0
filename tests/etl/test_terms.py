"""Sources whose terms of use a person must accept, measures read from the files, and which files are data."""

import types

import duckdb

from etl import load, observations, preparing, sources


def test_a_source_with_terms_is_left_out_until_they_are_accepted(tmp_path, monkeypatch):
    words = sources.describe("nci_cancer") | {"accept_terms": "private"}
    monkeypatch.setattr(load, "describe", lambda source_id: words)
    said = []

    def rows(accepted):
        with duckdb.connect() as connection:
            connection.execute(load.SCHEMA.read_text("utf-8"))
            roots = load.Roots(load.STARTER, tmp_path, tmp_path / "static", accepted)
            load.fill(connection, roots, ["nci_cancer"], said.append)
            return connection.execute("SELECT count(*) FROM observation").fetchone()[0]

    assert rows(frozenset()) == 0
    assert any(line.endswith("add --accept-terms private") for line in said)
    assert rows(frozenset({"private"})) == 6074


def test_measures_found_in_files_join_those_of_the_toml(tmp_path, monkeypatch):
    found = sources.describe("nci_cancer")["measure"][0] | {"measure_id": "nci_other"}
    module = types.SimpleNamespace(measures_found=lambda folder: [found])
    monkeypatch.setattr(sources, "module_of", lambda source_id: module)
    assert list(sources.measure_table("nci_cancer")["measure_id"]) == ["nci_cancer_deaths"]
    assert "nci_other" in set(sources.measure_table("nci_cancer", [tmp_path])["measure_id"])


def test_what_a_download_left_beside_a_file_is_no_data(tmp_path):
    for name in ("a.csv", "a.csv.meta", "b.csv.part", ".a.csv"):
        (tmp_path / name).write_text("x")
    assert [path.name for path in observations.files_in(tmp_path, "*.csv*")] == ["a.csv"]
    assert [path.name for path in preparing.data_files(tmp_path)] == ["a.csv"]
