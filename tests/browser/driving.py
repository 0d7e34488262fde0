"""A server of the dashboard on a port of its own, and a Chromium that watches what a page asks for."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright

HOUSE = Path(__file__).parent.parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"projector": (1920, 1080), "laptop": (1280, 720), "phone": (390, 844)}
LONGEST_START_SECONDS = 60
LONGEST_RERUN_MS = 60_000
# Streamlit writes on its root element whether a script runs; a table that is still drawing its
# cells, or an element kept from the run before, does not count as settled.
SETTLED = (
    '[data-testid="stApp"][data-test-script-state="notRunning"]'
    ':not(:has([data-testid="stSkeleton"]))'
)


@dataclass
class Watch:
    """What a browser asked for and complained about."""

    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def outside(self) -> list[str]:
        """Give the requests that went to another host than the dashboard's own."""
        own = self.address.removeprefix("http://")
        return [url for url in self.requests if not is_own(url, own)]


def is_own(url: str, own: str) -> bool:
    """Say whether an address is the dashboard's (own is host:port) or lies inside the page itself."""
    scheme, _, rest = url.partition(":")
    return scheme in ("data", "blob", "about") or rest.removeprefix("//").split("/")[0] == own


@contextlib.contextmanager
def serving(database: Path, script: Path = HOUSE / "dashboard.py") -> Iterator[str]:
    """Run a Streamlit server that nobody has visited yet; give its address."""
    port = free_port()
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", str(script)),
                *("--server.port", str(port), "--server.headless", "true"),
                *("--server.address", "127.0.0.1", "--server.fileWatcherType", "none"),
            ],
            cwd=HOUSE,
            env=os.environ | {"HEALTH_EQUITY_DATABASE": str(database)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_healthy(server, address)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def wait_until_healthy(server: subprocess.Popen, address: str) -> None:
    """Wait until a server answers; raise RuntimeError when it ends or takes too long."""
    give_up = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < give_up and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"The server at {address} did not start (exit code {server.poll()}).")


def chromium(playwright: Playwright) -> Browser:
    """Start Chromium with a new, empty profile."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


def watched(
    browser: Browser, address: str, size: str, scheme: str = "light"
) -> tuple[BrowserContext, Watch]:
    """Open a new visitor's browser window; give it with the record of what it asks for."""
    width, height = SIZES[size]
    window = browser.new_context(
        viewport={"width": width, "height": height},
        base_url=address,
        color_scheme=scheme,
        has_touch=size == "phone",
    )
    watch = Watch(address)
    window.on("request", lambda request: watch.requests.append(request.url))
    window.on("page", lambda page: listen(page, watch))
    return window, watch


def listen(page: Page, watch: Watch) -> None:
    """Record a page's sockets, script errors and console errors."""
    page.on("websocket", lambda socket: watch.requests.append(socket.url))
    page.on("pageerror", lambda error: watch.complaints.append(str(error)))
    page.on("console", lambda message: note(message, watch))


def note(message: ConsoleMessage, watch: Watch) -> None:
    """Record an error in the console.

    Opened at a page's own address, Streamlit first looks for its server under that address
    (/sources/_stcore/health), is told 404, and finds it at the root: no fault.
    """
    place = message.location["url"]
    probing = place.startswith(watch.address) and place.count("/") > 4 and "/_stcore/" in place
    if message.type == "error" and not probing:
        watch.complaints.append(f"{message.text} {place}")


def settle(page: Page) -> None:
    """Wait until the script has run and what it sent is on screen."""
    page.wait_for_selector(SETTLED, timeout=LONGEST_RERUN_MS, state="attached")
    page.locator(".st-key-footer").wait_for(timeout=LONGEST_RERUN_MS)
    page.wait_for_selector(SETTLED, timeout=LONGEST_RERUN_MS, state="attached")
