"""How long it takes in a browser until another measure stands still on the map, beside an empty app's choice."""

from statistics import median

from playwright.sync_api import Page, sync_playwright

from benchmarks.ground import FLOOR, Ground
from benchmarks.table import Line
from tests.browser import driving

CHOICES = 6
QUIET_MS = 1200
# Notes when anything was last changed in the page or drawn on a canvas, and when Enter was pressed.
WATCH = """
window.changed = 0; window.pressed = 0;
const note = () => { window.changed = performance.now(); };
for (const draw of ['fill', 'stroke', 'fillRect', 'clearRect', 'drawImage']) {
  const real = CanvasRenderingContext2D.prototype[draw];
  CanvasRenderingContext2D.prototype[draw] = function (...given) { note(); return real.apply(this, given); };
}
addEventListener('keydown', event => { if (event.key === 'Enter') window.pressed = performance.now(); }, true);
addEventListener('DOMContentLoaded', () => new MutationObserver(note).observe(
  document.body, {subtree: true, childList: true, attributes: true, characterData: true}));
"""
SETTLED = "quiet => window.changed > window.pressed && performance.now() - window.changed > quiet"


def measure(ground: Ground) -> list[Line]:
    """Give the median milliseconds from Enter to the last change, and the kilobytes sent a choice."""
    database, _ = ground.starter
    with sync_playwright() as playwright:
        with driving.serving(database, FLOOR) as address:
            floor_ms, _ = choosing(playwright, address, "/")
        with driving.serving(database) as address:
            ms, kb = choosing(playwright, address, "/explore")
    return [
        Line("another measure on the map", ms, "ms", floor_ms, "empty app", "at most 2 times"),
        Line("another measure on the map, sent", kb, "KB", goal="under 20 KB"),
    ]


def choosing(playwright: driving.Playwright, address: str, path: str) -> tuple[float, float]:
    """Choose the next option several times; give median milliseconds and kilobytes received."""
    browser = driving.chromium(playwright)
    window, _ = driving.watched(browser, address, "laptop")
    window.add_init_script(WATCH)
    page = window.new_page()
    received: list[int] = []
    page.on(
        "websocket", lambda socket: socket.on("framereceived", lambda data: note(data, received))
    )
    page.goto(path)
    driving.settle(page)
    page.wait_for_function(SETTLED, arg=QUIET_MS)
    runs = [choose_next(page, received) for _ in range(CHOICES + 1)][1:]
    browser.close()
    return median(ms for ms, _ in runs), median(sent for _, sent in runs) / 1000


def note(data: str | bytes, received: list[int]) -> None:
    """Note the size of a message."""
    received.append(len(data))


def choose_next(page: Page, received: list[int]) -> tuple[float, int]:
    """Choose the option below the chosen one; give milliseconds and bytes until nothing changes."""
    box = page.get_by_role("combobox").first
    box.click()
    box.press("ArrowDown")
    page.wait_for_function(SETTLED, arg=QUIET_MS)
    received.clear()
    box.press("Enter")
    page.wait_for_function(SETTLED, arg=QUIET_MS)
    ms = page.evaluate("window.changed - window.pressed")
    return ms, sum(received)
