"""python -m etl --mirror: the publishers' own files from a server on this machine, as from a campus copy."""

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from equity import database as house
from etl.__main__ import main
from etl.load import checksum


class Quiet(SimpleHTTPRequestHandler):
    """Serve files without a word."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def mirror(shared_raw):
    """The address of a server of the publishers' files."""
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(shared_raw))
    )
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_downloads_from_a_mirror_and_builds(mirror, shared_raw, tmp_path, capsys):
    raw, database = tmp_path / "raw", tmp_path / "house.duckdb"
    options = {"--raw": raw, "--database": database, "--static": tmp_path, "--mirror": mirror}
    words = [str(word) for option in options.items() for word in option]
    assert main([*words, "usda_rucc", "census_pep"]) == 0
    said = capsys.readouterr().out
    name = "Ruralurbancontinuumcodes2023.csv"
    assert "usda_rucc: 1 file downloaded" in said
    assert checksum(raw / "usda_rucc" / name) == checksum(shared_raw / "usda_rucc" / name)
    assert "These could not be reached; the database was built without them:" in said
    assert "- census_pep, co-est2025-alldata.csv" in said
    assert "answered 404" in said
    connection = house.connect(database)
    connection.execute("USE house")
    noted = connection.execute(
        "SELECT url, retrieved IS NOT NULL FROM source_file WHERE file = $name", {"name": name}
    ).fetchall()
    periods = connection.execute(
        "SELECT period FROM period WHERE measure_id = 'rucc_code' ORDER BY period"
    ).fetchall()
    connection.close()
    assert noted == [(f"{mirror}usda_rucc/{name}", True)]
    assert periods == [("2013",), ("2023",)]
