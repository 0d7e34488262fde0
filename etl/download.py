"""Fetch publishers' files into data/raw: politely, whole or not at all, and say what could not be reached."""

import hashlib
import json
import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import tenacity
from filelock import FileLock, Timeout
from tqdm import tqdm

from equity.errors import Problem
from etl.load import Say, noted_download
from etl.outcomes import Outcome, sentence
from etl.sources import describe, module_of

CONTACT = "HEALTH_EQUITY_CONTACT"
TRIES = 4
LONGEST_WAIT_S = 120
MOST_BYTES = 3 * 1024**3
# Statuses that may be different a moment later; any other error is final.
PASSING = {408, 425, 429, *range(500, 600)}
NO_CONNECTION = (httpx.ConnectError, httpx.ConnectTimeout)
PASSING_ERRORS = (
    *NO_CONNECTION,
    httpx.ReadError,
    httpx.ReadTimeout,
    httpx.RemoteProtocolError,
)
# How a file of a kind begins.
BEGINNINGS = {
    ".zip": b"PK",
    ".xlsx": b"PK",
    ".gz": b"\x1f\x8b",
    ".parquet": b"PAR1",
    ".xls": b"\xd0\xcf\x11\xe0",
    ".json": (b"[", b"{"),
}
WEB_PAGE = re.compile(
    rb"^[\s\xef\xbb\xbf]*(<!--.*?-->\s*)*<(!doctype\s+html|html|head)", re.I | re.S
)
TITLE = re.compile(rb"<title[^>]*>\s*(.*?)\s*</title>", re.I | re.S)
SOCRATA = re.compile(r"(https?://[^/]+)/(?:api/views|resource)/(\w{4}-\w{4})\b")


class NotFetched(Problem):
    """A file that could not be fetched; the message says why."""


class Again(NotFetched):
    """A failure that may pass; after is how many seconds the server asks us to wait."""

    def __init__(self, why: str, *, after: float = 0) -> None:
        super().__init__(why)
        self.after = after


@dataclass
class Downloads:
    """One run of downloads: where to, from where, and what became of each file."""

    raw: Path
    client: httpx.Client
    mirror: str | None = None
    first_pause_s: float = 1.0
    outcomes: list[Outcome] = field(default_factory=list)
    unreachable: dict[str, str] = field(default_factory=dict)

    def fetch(self, source_id: str) -> None:
        """Fetch one source's files, or let its module's extract() do so."""
        folder = self.raw / source_id
        folder.mkdir(parents=True, exist_ok=True)
        if extract := getattr(module_of(source_id), "extract", None):
            try:
                extract(folder, lambda url, name, **more: self.one(source_id, url, name, **more))
            except NotFetched:
                return  # one() has noted it
        else:
            for file in files_to_fetch(source_id):
                try:
                    self.one(source_id, file["url"], file["name"], expects=file.get("expects"))
                except NotFetched:
                    continue

    def one(
        self,
        source_id: str,
        url: str,
        name: str,
        *,
        expects: str | None = None,
        secret: Mapping[str, str] | None = None,
    ) -> Path:
        """Fetch one file unless ours is the newest; give its path. Raises NotFetched, noted in outcomes.

        secret is added to the address when it is asked for (a key), but never noted or shown, and
        goes to no other address: neither to a mirror nor where a publisher sends us on to.
        """
        if Path(name).name != name or name.startswith("."):
            raise Problem(f"{source_id}: {name!r} is not a file name.")
        path = self.raw / source_id / name
        if self.mirror:
            url, expects = f"{self.mirror.rstrip('/')}/{source_id}/{quote(name)}", None
            secret = None
        try:
            self.require_reachable(url)
            if expects:
                self.require_view(url, expects)
            size = self.patiently(lambda: stream(self.client, url, path, secret or {}), url)
        except NotFetched as error:
            self.outcomes.append(Outcome(source_id, name, why_not=str(error)))
            raise
        self.outcomes.append(Outcome(source_id, name, size=size))
        return path

    def require_reachable(self, url: str) -> None:
        """Do not try a host again that gave no connection in this run."""
        if why := self.unreachable.get(urlsplit(url).netloc):
            raise NotFetched(why)

    def patiently(self, attempt: Callable[[], int], url: str) -> int:
        """Try a few times, waiting longer each time, as long as the failure may pass."""
        back_off = tenacity.wait_exponential_jitter(
            multiplier=self.first_pause_s, max=30, jitter=self.first_pause_s
        )
        retrying = tenacity.Retrying(
            stop=self.enough,
            retry=tenacity.retry_if_exception_type(Again),
            wait=lambda state: max(back_off(state), state.outcome.exception().after),
            reraise=True,
        )
        try:
            return retrying(attempt)
        except Again as error:
            if isinstance(error.__cause__, NO_CONNECTION):
                self.unreachable[urlsplit(url).netloc] = str(error)
            raise

    def enough(self, state: tenacity.RetryCallState) -> bool:
        """Stop after a few tries; at once when a second host gives no connection: we are offline."""
        no_connection = isinstance(state.outcome.exception().__cause__, NO_CONNECTION)
        return state.attempt_number >= (1 if self.unreachable and no_connection else TRIES)

    def require_view(self, url: str, expects: str) -> None:
        """Refuse a data portal's address whose content was replaced by another release."""
        if not (view := SOCRATA.match(url)):
            raise Problem(f"{url}: only a data portal's address can say what it expects.")
        named: list[str] = []
        self.patiently(lambda: named.append(view_name(self.client, *view.groups())) or 0, url)
        if expects.casefold() not in named[0].casefold():
            raise NotFetched(
                f"the address now holds {named[0]!r}; expected a name with {expects!r}. "
                "Look for the new address on the publisher's page"
            )


def files_to_fetch(source_id: str) -> list[dict]:
    """Give the [[file]] tables of a source that a program may fetch."""
    return [file for file in describe(source_id).get("file", []) if not file.get("by_hand")]


def fetch_all(
    source_ids: Iterable[str],
    raw: Path,
    *,
    mirror: str | None = None,
    first_pause_s: float = 1.0,
    say: Say = print,
) -> list[Outcome]:
    """Fetch the newest files of the sources into raw/<source>/; give what became of each file.

    mirror is an address that holds copies as <source>/<file>. Raises Problem when another
    download is running; a file that cannot be fetched is told in its outcome, not raised.
    """
    raw.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(raw / ".download.lock", timeout=0), browser() as client:
            downloads = Downloads(raw, client, mirror, first_pause_s)
            for source_id in source_ids:
                before = len(downloads.outcomes)
                downloads.fetch(source_id)
                say(sentence(source_id, downloads.outcomes[before:]))
            return downloads.outcomes
    except Timeout as busy:
        raise Problem(
            f"Another download into {raw} is running; wait until it has finished, then start again."
        ) from busy


@contextmanager
def browser() -> Iterator[httpx.Client]:
    """Give a client that says who it is, keeps one connection, and never waits for ever."""
    contact = os.environ.get(CONTACT, "").strip()
    # httpx tells the log every address it asks for, keys included.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    who = f"health-equity-dashboard/1 (public data for teaching{'; ' + contact if contact else ''})"
    with httpx.Client(
        headers={"User-Agent": who, "Accept-Language": "en"},
        timeout=httpx.Timeout(120, connect=10),
        limits=httpx.Limits(max_connections=1),
        follow_redirects=True,
        max_redirects=5,
    ) as client:
        yield client


def stream(client: httpx.Client, url: str, path: Path, secret: Mapping[str, str]) -> int:
    """Fetch url, with what is secret of it, to path unless it has not changed; give the bytes fetched."""
    noted = noted_download(path)
    headers = {}
    if noted.get("url") == url:
        headers["If-None-Match"] = noted.get("etag", "")
        headers["If-Modified-Since"] = noted.get("last_modified", "")
    headers = {name: value for name, value in headers.items() if value}
    address = httpx.URL(url).copy_merge_params(secret) if secret else url
    follow = client.follow_redirects and not secret
    with (
        told(url),
        client.stream("GET", address, headers=headers, follow_redirects=follow) as response,
    ):
        if response.status_code == 304:
            return 0
        if secret and response.is_redirect:
            raise NotFetched(f"{response.url.host} does not accept the key ({', '.join(secret)})")
        require_success(response)
        part = path.with_name(f"{path.name}.part")
        try:
            digest = write(response, part)
            require_kind(part, path.suffix.lower())
            size = part.stat().st_size
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    note(path, url, digest, response.headers)
    return 0 if noted.get("sha256") == digest else size


@contextmanager
def told(url: str) -> Iterator[None]:
    """Turn a network error into a sentence, and into Again where it may pass."""
    host = urlsplit(url).netloc
    try:
        yield
    except PASSING_ERRORS as error:
        raise Again(f"no whole answer from {host} ({reason(error)})") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotFetched(f"{host}: {reason(error)}") from error


def reason(error: Exception) -> str:
    """Give an error's own words, or its name where it has none."""
    return str(error).partition("\n")[0] or type(error).__name__


def require_success(response: httpx.Response) -> None:
    """Raise for an answer that is not the file: Again where it may pass, NotFetched where it is final."""
    for earlier in response.history:
        if earlier.url.scheme == "https" and response.url.scheme != "https":
            raise NotFetched(f"{earlier.url.host} sends us on to an address that is not encrypted")
    if response.is_success:
        return
    answer = f"{response.url.host} answered {response.status_code} {response.reason_phrase}".strip()
    if response.status_code in PASSING:
        after = seconds_to_wait(response.headers.get("Retry-After", ""))
        if after > LONGEST_WAIT_S:
            raise NotFetched(f"{answer} and asks us to wait {after / 60:.0f} minutes")
        raise Again(answer, after=after)
    if response.status_code == 403 and CONTACT not in os.environ:
        answer += f" (some publishers want to know who asks: set {CONTACT} to your e-mail address)"
    raise NotFetched(answer)


def seconds_to_wait(retry_after: str) -> float:
    """Give the seconds that a Retry-After header asks for: a number, or a date."""
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return 0
    return max(0.0, (until - datetime.now(until.tzinfo)).total_seconds())


def write(response: httpx.Response, part: Path) -> str:
    """Write an answer's body to a file, showing progress; give its SHA-256."""
    expected = int(response.headers.get("Content-Length", 0))
    digest, size = hashlib.sha256(), 0
    bar = tqdm(
        total=expected or None, unit="B", unit_scale=True, desc=part.stem, leave=False, disable=None
    )
    with part.open("wb") as file, bar:
        for piece in response.iter_bytes(1 << 16):
            size += len(piece)
            if size > MOST_BYTES:
                raise NotFetched(f"the file is larger than {MOST_BYTES:,} bytes")
            digest.update(piece)
            file.write(piece)
            bar.update(response.num_bytes_downloaded - bar.n)
        file.flush()
        os.fsync(file.fileno())
    if expected and response.num_bytes_downloaded != expected:
        raise Again(f"{response.num_bytes_downloaded:,} of {expected:,} bytes arrived")
    return digest.hexdigest()


def require_kind(part: Path, ending: str) -> None:
    """Refuse a web page sent with status 200, an empty file, and a file that is not of its kind."""
    with part.open("rb") as file:
        start = file.read(4096)
    if not start:
        raise NotFetched("the answer was empty")
    if WEB_PAGE.match(start):
        title = TITLE.search(start)
        words = f" ({title[1].decode('utf-8', 'replace')[:80]})" if title else ""
        raise NotFetched(f"a web page came instead of the file{words}")
    if not start.startswith(BEGINNINGS.get(ending, b"")):
        raise NotFetched(f"what came is no {ending} file (it begins {start[:8]!r})")


def note(path: Path, url: str, digest: str, headers: httpx.Headers) -> None:
    """Write beside a file where it is from, when it came and its checksum."""
    words = {
        "url": url,
        "retrieved": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "sha256": digest,
        "etag": headers.get("ETag", ""),
        "last_modified": headers.get("Last-Modified", ""),
    }
    lines = [f"{key} = {json.dumps(value)}\n" for key, value in words.items() if value]
    path.with_name(f"{path.name}.meta").write_text("".join(lines), "utf-8")


def view_name(client: httpx.Client, portal: str, view_id: str) -> str:
    """Give the name of what a Socrata data portal holds at an id now."""
    url = f"{portal}/api/views/{view_id}.json"
    with told(url):
        answer = client.get(url)
    require_success(answer)
    try:
        return str(answer.json()["name"])
    except (ValueError, LookupError, TypeError) as error:
        raise NotFetched(f"{url} does not say what it holds") from error


def can_fetch(source_id: str) -> bool:
    """Say whether a program may fetch anything of a source."""
    return bool(files_to_fetch(source_id)) or hasattr(module_of(source_id), "extract")
