"""The first start waits for a build that another server has begun."""

from filelock import FileLock
from streamlit.testing.v1 import AppTest

from equity import shapes
from tests.conftest import HOUSE
from ui import data, start


def test_second_server_waits_for_the_first_ones_build(tmp_path, starter_database, monkeypatch):
    monkeypatch.setattr(data, "DATABASE", tmp_path / "house.duckdb")
    monkeypatch.setattr(shapes, "STATIC", starter_database.parent / "static")
    told = []
    listen = start.Build.listen

    def finish_first(build: start.Build) -> None:
        """Put the first server's database in place once this one was told to wait."""
        listen(build)
        told.append(" ".join(build.lines))
        if lock.is_locked:
            data.DATABASE.write_bytes(starter_database.read_bytes())
            lock.release()

    monkeypatch.setattr(start.Build, "listen", finish_first)
    lock = FileLock(f"{data.DATABASE}.lock", thread_local=False)
    with lock:
        app = AppTest.from_file(HOUSE / "dashboard.py", default_timeout=90).run()
    assert start.BUSY in told[0]
    assert not app.exception
    assert not app.error
    assert any("Data version" in caption.value for caption in app.caption)
