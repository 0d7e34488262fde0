"""A measure's download holds every place with its status, safe cells, and the words it needs."""

import csv
import io
import zipfile

import pandas as pd
import pytest

from equity import database, downloads


@pytest.fixture(scope="module")
def cancer(starter) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(downloads.archive(starter, "nci_cancer_deaths")))


def table(archive: zipfile.ZipFile, name: str) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(archive.read(name)), dtype={"place_id": str})


def test_it_holds_csv_parquet_dictionary_and_words(cancer):
    assert cancer.namelist() == [
        "nci_cancer_deaths.csv",
        "nci_cancer_deaths.parquet",
        "data_dictionary.csv",
        "about.txt",
    ]


def test_places_without_a_figure_are_rows_that_say_so(cancer, starter):
    rows = table(cancer, "nci_cancer_deaths.csv")
    counties = starter.execute(
        "SELECT count(*) FROM house.place WHERE level = 'county' AND 2019 BETWEEN from_vintage AND to_vintage"
    ).fetchone()[0]
    honolulu = rows[rows["place_id"].eq("15003")]
    assert rows.groupby("people_group").size().eq(counties).all()
    assert honolulu["status"].eq("not published").all()
    assert honolulu["value"].isna().all()
    assert {"reported", "suppressed", "not published"} == set(rows["status"])


def test_every_stored_observation_is_there_unchanged(cancer, starter):
    rows = table(cancer, "nci_cancer_deaths.csv")
    stored = starter.execute(
        "FROM house.observation WHERE measure_id = 'nci_cancer_deaths' AND value IS NOT NULL"
    ).df()
    joined = stored.merge(rows, on=["period", "place_id", "people_group"], suffixes=("", "_file"))
    assert len(joined) == len(stored) == rows["value"].notna().sum()
    assert joined["value"].tolist() == pytest.approx(joined["value_file"].tolist(), abs=1e-9)


def test_csv_and_parquet_hold_the_same_rows(cancer):
    parquet = pd.read_parquet(io.BytesIO(cancer.read("nci_cancer_deaths.parquet")))
    rows = table(cancer, "nci_cancer_deaths.csv")
    assert list(parquet.columns) == list(rows.columns) == list(downloads.COLUMNS)
    assert parquet["place_id"].tolist() == rows["place_id"].tolist()
    assert parquet["status"].tolist() == rows["status"].tolist()


def test_the_dictionary_explains_every_column(cancer):
    words = list(csv.DictReader(io.StringIO(cancer.read("data_dictionary.csv").decode())))
    assert [row["column"] for row in words] == list(downloads.COLUMNS)
    assert all(row["meaning"].endswith(".") for row in words)


def test_the_words_say_whom_to_cite_and_what_not_to_do(cancer, starter):
    words = cancer.read("about.txt").decode()
    version = database.ask(starter, "build")["data_version"].iloc[0]
    assert version in words
    assert "Cite as: " in words
    assert "Do not read it as a fact about any one person" in words


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\tx", "\r=1"])
def test_no_text_cell_starts_a_formula(cell):
    text = downloads.csv_text(pd.DataFrame({"place": [cell], "value": [-1.5]}))
    place, value = list(csv.reader(io.StringIO(text)))[1]
    assert place == f"'{cell}"
    assert value == "-1.5"


def test_every_measure_of_the_starter_data_can_be_downloaded(starter):
    for measure_id in database.ask(starter, "measures")["measure_id"]:
        rows = database.ask(starter, "measure_file", measure=measure_id)
        assert not rows.duplicated(["period", "place_id", "people_group"]).any(), measure_id
        assert rows["status"].notna().all()
