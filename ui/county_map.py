"""The county map as a Streamlit component: numbers go out packed, the chosen county comes back."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import streamlit as st

STATIC = Path(__file__).parent.parent / "static"
COMPONENT = "county_map"

# Streamlit sends a component's own code with each change of its numbers, so this only fetches the
# module, which browsers keep. The page and its theme pass in through CSS.
LOADER = """
const drawn = new WeakMap(); // the component's root -> what is drawn there

async function draw(kept, root, { setTriggerValue }) {
  const [{ drawCountyMap }, { drawCountyTable }] = await Promise.all(
    kept.numbers.modules.map((name) => import(new URL(name, document.baseURI).href)));
  if (drawn.get(root) !== kept) return;
  const beside = document.createElement("div");
  const choose = (id) => setTriggerValue("chosen", id);
  kept.table = drawCountyTable(beside, { choose, point: (id) => kept.map.point(id) });
  kept.map = drawCountyMap(root.querySelector(".place"), kept.numbers, {
    choose, beside,
    drawn: (shown) => kept.table.update(shown),
    zoom: (state) => setTriggerValue("zoomed", state ?? ""),
    pin: (ids) => setTriggerValue("pinned", ids),
  });
}

export default function (component) {
  const { parentElement: root, data: numbers } = component;
  const kept = drawn.get(root) ?? {};
  kept.numbers = numbers;
  if (drawn.has(root)) kept.map?.update(numbers);
  else {
    drawn.set(root, kept);
    draw(kept, root, component).catch(() => {
      root.querySelector(".place").textContent = "The map did not load. Reload the page.";
    });
  }
  return () => {
    kept.map?.destroy();
    drawn.delete(root);
  };
}
"""

# The place keeps the map's height before anything has loaded, so that nothing jumps.
CSS = """
.place { --map-ink: var(--st-text-color); --map-ground: var(--st-background-color);
  --map-accent: var(--st-primary-color); --map-font: var(--st-font); }
"""


class Answer(NamedTuple):
    """What somebody did on the map since the last run; None where nothing."""

    chosen: str | None
    zoomed: str | None
    pinned: list[str] | None


@st.cache_resource
def component(code: str) -> Callable:
    """The registered component, once a process and version of its code."""
    return st.components.v2.component(COMPONENT, html='<div class="place"></div>', css=CSS, js=code)


def address(name: str) -> str:
    """The address of a file in static/, which changes when its contents change."""
    path = STATIC / name
    stamp = path.stat()
    return f"app/static/{name}?v={fingerprint(path, stamp.st_mtime_ns, stamp.st_size)}"


@st.cache_data(max_entries=20, show_spinner=False)
def fingerprint(path: Path, changed_ns: int, size: int) -> str:
    """A short checksum of a file, computed once a change."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def draw(numbers: dict, *, vintage: int, key: str, on_change: Callable[[], None]) -> Answer:
    """Draw the map and give what somebody did on it.

    `numbers` are those equity.views.map.draw gives; on_change runs before the page when a county
    was chosen, a state zoomed to or a label pinned, and finds it in st.session_state[key].
    """
    numbers = numbers | {
        "modules": [address("county_map.js"), address("county_table.js")],
        "shapes": address(f"counties_{vintage}.json"),
    }
    given = component(LOADER)(
        data=numbers,
        key=key,
        on_chosen_change=on_change,
        on_zoomed_change=on_change,
        on_pinned_change=on_change,
    )
    return Answer(given.chosen, given.zoomed, given.pinned)
