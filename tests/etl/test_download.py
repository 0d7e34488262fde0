"""Downloads, from a server of our own on this machine: what is kept, what is refused, what is tried again."""

import gzip
import socket
import threading
import time
from collections.abc import Callable
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import tenacity

from equity.errors import Problem
from etl import download, outcomes
from etl.load import checksum, noted_download

CSV = b"fips,value\n01001,5\n"


class Publisher:
    """A server whose answers a test writes: path -> a function of the request that answers it."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable] = {}
        self.requests: list[BaseHTTPRequestHandler] = []
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:  # noqa: N802 - the library's name
                publisher.requests.append(self)
                publisher.answers[self.path.partition("?")[0]](self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    def close(self) -> None:
        """Stop serving."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def publisher():
    """A server that stops after the test."""
    serving = Publisher()
    yield serving
    serving.close()


@pytest.fixture
def downloads(tmp_path):
    """One run of downloads that hardly waits between tries."""
    (tmp_path / "source").mkdir()
    with download.browser() as client:
        yield download.Downloads(tmp_path, client, first_pause_s=0.01)


def answer(body: bytes, status: int = 200, **headers: str) -> Callable:
    """Give a function that answers a request."""

    def reply(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return reply


def in_turn(*replies: Callable) -> Callable:
    """Answer each request with the next reply; the last one stays."""
    left = list(replies)
    return lambda request: (left.pop(0) if len(left) > 1 else left[0])(request)


def fetched(downloads, publisher, name: str = "file.csv", **more):
    """Fetch the server's file of that name."""
    return downloads.one("source", f"{publisher.address}/{name}", name, **more)


def why_not(downloads, publisher, name: str = "file.csv", **more) -> str:
    """Give why a file was not fetched; nothing may be left of it."""
    with pytest.raises(download.NotFetched) as told:
        fetched(downloads, publisher, name, **more)
    assert downloads.outcomes[-1].why_not == str(told.value)
    assert list((downloads.raw / "source").iterdir()) == []
    return str(told.value)


def test_file_is_kept_with_its_address_time_and_checksum(downloads, publisher):
    publisher.answers["/file.csv"] = answer(CSV, ETag='"1"')
    path = fetched(downloads, publisher)
    assert path.read_bytes() == CSV
    noted = noted_download(path)
    assert noted["url"] == f"{publisher.address}/file.csv"
    assert noted["sha256"] == checksum(path)
    assert noted["etag"] == '"1"'
    assert noted["retrieved"][:4] >= "2026"
    assert sorted(left.name for left in path.parent.iterdir()) == ["file.csv", "file.csv.meta"]


def test_unchanged_file_is_not_sent_again(downloads, publisher):
    date = formatdate(usegmt=True)
    publisher.answers["/file.csv"] = in_turn(
        answer(CSV, ETag='"1"', Last_Modified=date), answer(b"", 304)
    )
    path = fetched(downloads, publisher)
    fetched(downloads, publisher)
    asked = publisher.requests[1].headers
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"1"', date)
    assert [outcome.size for outcome in downloads.outcomes] == [len(CSV), 0]
    assert path.read_bytes() == CSV


def test_file_changed_by_hand_is_asked_for_anew(downloads, publisher):
    publisher.answers["/file.csv"] = answer(CSV, ETag='"1"')
    fetched(downloads, publisher).write_bytes(b"mine")
    assert fetched(downloads, publisher).read_bytes() == CSV
    assert publisher.requests[1].headers["If-None-Match"] is None


def test_same_bytes_under_a_new_etag_count_as_unchanged(downloads, publisher):
    publisher.answers["/file.csv"] = in_turn(answer(CSV, ETag='"1"'), answer(CSV, ETag='"2"'))
    fetched(downloads, publisher)
    fetched(downloads, publisher)
    assert downloads.outcomes[1].size == 0


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 520])
def test_passing_failure_is_tried_again(downloads, publisher, status):
    publisher.answers["/file.csv"] = in_turn(answer(b"busy", status), answer(CSV))
    assert fetched(downloads, publisher).read_bytes() == CSV
    assert len(publisher.requests) == 2


def test_four_tries_are_enough(downloads, publisher):
    publisher.answers["/file.csv"] = answer(b"busy", 503)
    assert why_not(downloads, publisher) == "127.0.0.1 answered 503 Service Unavailable"
    assert len(publisher.requests) == 4


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_final_failure_is_not_tried_again(downloads, publisher, status):
    publisher.answers["/file.csv"] = answer(b"no", status)
    assert f"answered {status}" in why_not(downloads, publisher)
    assert len(publisher.requests) == 1


def test_forbidden_says_how_to_name_a_contact(downloads, publisher, monkeypatch):
    monkeypatch.delenv(download.CONTACT, raising=False)
    publisher.answers["/file.csv"] = answer(b"no", 403)
    assert "set HEALTH_EQUITY_CONTACT to your e-mail address" in why_not(downloads, publisher)


def test_we_say_who_we_are(downloads, publisher, monkeypatch, tmp_path):
    monkeypatch.setenv(download.CONTACT, "data@example.edu")
    publisher.answers["/file.csv"] = answer(CSV)
    with download.browser() as client:
        fetched(download.Downloads(tmp_path, client), publisher)
    who = publisher.requests[0].headers["User-Agent"]
    assert who.startswith("health-equity-dashboard/")
    assert "data@example.edu" in who


def test_server_says_how_long_to_wait(downloads, publisher, monkeypatch):
    publisher.answers["/file.csv"] = in_turn(answer(b"", 429, Retry_After="7"), answer(CSV))
    pauses = []
    monkeypatch.setattr(tenacity.nap.time, "sleep", pauses.append)
    fetched(downloads, publisher)
    assert [pause for pause in pauses if pause >= 1] == [7]


def test_waiting_for_hours_is_left_to_the_person(downloads, publisher):
    publisher.answers["/file.csv"] = answer(b"", 429, Retry_After="7200")
    assert "asks us to wait 120 minutes" in why_not(downloads, publisher)
    assert len(publisher.requests) == 1


def test_date_to_wait_for_is_understood():
    in_an_hour = formatdate(time.time() + 3600, usegmt=True)
    assert 0 < download.seconds_to_wait(in_an_hour) <= 3600
    assert download.seconds_to_wait(formatdate(time.time() - 60, usegmt=True)) == 0
    assert download.seconds_to_wait("soon") == 0


def test_body_cut_short_is_tried_again_and_never_kept(downloads, publisher):
    def short(request: BaseHTTPRequestHandler) -> None:
        answer(CSV, Content_Length=str(len(CSV) + 10))(request)
        request.close_connection = True

    publisher.answers["/file.csv"] = short
    assert "no whole answer from 127.0.0.1" in why_not(downloads, publisher)
    assert len(publisher.requests) == 4


@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html><html><head><title>Missing Key</title></head></html>",
        b"\xef\xbb\xbf\r\n <HTML><title>Missing Key</title>",
        b"<!-- edge -->\n<!doctype html><title> Missing Key </title>",
    ],
)
def test_web_page_with_status_200_is_refused(downloads, publisher, page):
    publisher.answers["/file.csv"] = answer(page)
    said = why_not(downloads, publisher)
    assert said == "a web page came instead of the file (Missing Key)"


@pytest.mark.parametrize("name", ["file.zip", "file.xlsx", "file.xls", "file.gz", "file.parquet"])
def test_file_of_another_kind_is_refused(downloads, publisher, name):
    publisher.answers[f"/{name}"] = answer(b'{"error": "try later"}')
    assert f"what came is no .{name.split('.')[1]} file" in why_not(downloads, publisher, name)


def test_empty_answer_is_refused(downloads, publisher):
    publisher.answers["/file.csv"] = answer(b"")
    assert why_not(downloads, publisher) == "the answer was empty"


def test_too_large_a_file_is_refused_while_it_comes(downloads, publisher, monkeypatch):
    monkeypatch.setattr(download, "MOST_BYTES", 100)
    publisher.answers["/file.csv"] = answer(b"x" * 200_000)
    assert why_not(downloads, publisher) == "the file is larger than 100 bytes"


def test_packed_answer_is_unpacked_and_its_length_still_checked(downloads, publisher):
    publisher.answers["/file.csv"] = answer(gzip.compress(CSV), Content_Encoding="gzip")
    assert fetched(downloads, publisher).read_bytes() == CSV


def test_failed_download_leaves_the_earlier_copy_alone(downloads, publisher):
    publisher.answers["/file.csv"] = in_turn(answer(CSV), answer(b"<html>"))
    path = fetched(downloads, publisher)
    with pytest.raises(download.NotFetched):
        fetched(downloads, publisher)
    assert path.read_bytes() == CSV
    assert noted_download(path)["sha256"] == checksum(path)
    said = outcomes.not_reached(downloads.outcomes, downloads.raw)
    assert said[0].startswith(
        "source, file.csv: a web page came instead of the file. The copy of 20"
    )


def test_host_without_connection_is_tried_only_once_for_all_its_files(downloads):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        for name in ("a.csv", "b.csv", "c.csv", "d.csv"):
            with pytest.raises(download.NotFetched, match="no whole answer from 127"):
                downloads.one("source", f"{address}/{name}", name)
    said = outcomes.not_reached(downloads.outcomes, downloads.raw)
    assert len(said) == 1
    assert said[0].startswith("source, a.csv, b.csv, c.csv and 1 more: no whole answer from 127.")
    assert said[0].endswith("It is left out.")


def test_expected_view_of_a_data_portal_is_fetched(downloads, publisher):
    publisher.answers["/api/views/abcd-1234.json"] = answer(b'{"name": "PLACES: 2025 release"}')
    publisher.answers["/api/views/abcd-1234/rows.csv"] = answer(CSV)
    url = f"{publisher.address}/api/views/abcd-1234/rows.csv?accessType=DOWNLOAD"
    path = downloads.one("source", url, "places.csv", expects="2025 Release")
    assert path.read_bytes() == CSV


def test_address_that_now_holds_another_release_is_refused(downloads, publisher):
    publisher.answers["/api/views/abcd-1234.json"] = answer(b'{"name": "PLACES: 2026 release"}')
    url = f"{publisher.address}/api/views/abcd-1234/rows.csv"
    with pytest.raises(download.NotFetched, match="now holds 'PLACES: 2026 release'"):
        downloads.one("source", url, "places.csv", expects="2025 release")
    assert len(publisher.requests) == 1


def test_redirect_is_followed(downloads, publisher):
    publisher.answers["/old.csv"] = answer(b"", 302, Location="/file.csv")
    publisher.answers["/file.csv"] = answer(CSV)
    assert fetched(downloads, publisher, "old.csv").read_bytes() == CSV


def test_secret_is_sent_but_neither_noted_nor_logged(downloads, publisher, caplog):
    publisher.answers["/file.csv"] = answer(CSV)
    with caplog.at_level("DEBUG"):
        path = fetched(downloads, publisher, secret={"key": "s3cret"})
    assert publisher.requests[-1].path == "/file.csv?key=s3cret"
    assert "s3cret" not in path.with_name("file.csv.meta").read_text()
    assert "s3cret" not in caplog.text


def test_refused_key_is_said_and_goes_nowhere_else(downloads, publisher):
    publisher.answers["/file.csv"] = answer(b"", 302, Location="/missing_key.html")
    publisher.answers["/missing_key.html"] = answer(b"<html>")
    said = why_not(downloads, publisher, secret={"key": "s3cret"})
    assert said == "127.0.0.1 does not accept the key (key)"
    assert len(publisher.requests) == 1


def test_secret_does_not_go_to_a_mirror(downloads, publisher):
    downloads.mirror = publisher.address
    publisher.answers["/source/file.csv"] = answer(CSV)
    downloads.one("source", "https://api.census.gov/data", "file.csv", secret={"key": "s3cret"})
    assert publisher.requests[-1].path == "/source/file.csv"


@pytest.mark.parametrize("name", ["../file.csv", "/etc/passwd", ".hidden", "folder/file.csv"])
def test_name_cannot_leave_the_folder(downloads, publisher, name):
    with pytest.raises(Problem, match="is not a file name"):
        downloads.one("source", publisher.address, name)


def test_full_disk_is_not_called_a_network_error(downloads, publisher):
    if not (full := download.Path("/dev/full")).exists():
        pytest.skip("this system has no /dev/full")
    publisher.answers["/file.csv"] = answer(CSV)
    (downloads.raw / "source" / "file.csv.part").symlink_to(full)
    with pytest.raises(OSError, match="No space left"):
        fetched(downloads, publisher)


def test_second_download_into_a_folder_says_so_and_stops(tmp_path):
    with (
        download.FileLock(tmp_path / ".download.lock"),
        pytest.raises(Problem, match="Another download into .* is running"),
    ):
        download.fetch_all([], tmp_path)
