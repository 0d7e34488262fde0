"""The county map as a Streamlit component: numbers go out packed, the chosen county comes back."""

import hashlib
import json
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from equity import county_map as view
from equity import database
from equity.charts import CountyMap
from equity.county_map import Asked
from equity.errors import Problem
from equity.map_classes import Classes, Method
from ui import data

STATIC = Path(__file__).parent.parent / "static"
SHAPES = STATIC
MODULES = ("county_map.js", "county_table.js")
COMPONENT = "county_map"

# Streamlit sends a component's own code with each change of its numbers, so this only fetches the
# module, which browsers keep. The page and its theme pass in through CSS.
LOADER = """
const drawn = new WeakMap(); // the component's root -> what is drawn there

function unpacked(bytes) {
  const whole = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(whole).json();
}

async function draw(kept, root, { setTriggerValue }) {
  const { modules } = await kept.numbers;
  const [{ drawCountyMap }, beneath] = await Promise.all(
    modules.map((name) => import(new URL(name, document.baseURI).href)));
  const numbers = await kept.numbers; // the newest by now
  if (drawn.get(root) !== kept) return;
  const beside = beneath && document.createElement("div");
  const choose = (id) => setTriggerValue("chosen", id);
  kept.table = beneath?.drawCountyTable(beside, { choose, point: (id) => kept.map.point(id) });
  kept.map = drawCountyMap(root.querySelector(".place"), numbers, {
    choose, beside,
    drawn: (shown) => kept.table?.update(shown),
    zoom: (state) => setTriggerValue("zoomed", state ?? ""),
    pin: (ids) => setTriggerValue("pinned", ids),
  });
}

export default function (component) {
  const { parentElement: root, data } = component;
  const kept = drawn.get(root) ?? {}, asked = unpacked(data);
  kept.numbers = asked;
  const failed = () => { root.querySelector(".place").textContent = "The map did not load. Reload the page."; };
  if (drawn.has(root)) asked.then((numbers) => kept.numbers === asked && kept.map?.update(numbers)).catch(failed);
  else {
    drawn.set(root, kept);
    draw(kept, root, component).catch(failed);
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


@st.cache_resource
def component(code: str) -> Callable:
    """The registered component, once a process and version of its code."""
    return st.components.v2.component(COMPONENT, html='<div class="place"></div>', css=CSS, js=code)


def address(path: Path) -> str:
    """The address of a file in static/, which changes when its contents change."""
    if not path.exists():
        raise Problem(f"The file static/{path.name} is missing. Build it: python -m etl --offline")
    stamp = path.stat()
    return f"app/static/{path.name}?v={fingerprint(path, stamp.st_mtime_ns, stamp.st_size)}"


@st.cache_data(max_entries=20, show_spinner=False)
def fingerprint(path: Path, changed_ns: int, size: int) -> str:
    """A short checksum of a file, computed once a change."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


@st.cache_resource(max_entries=100, show_spinner=False)
def answered(
    path: Path, built: int, chosen: tuple[str, str, str], method: Method, count: int
) -> tuple[Asked, Classes, dict]:
    """A map's answer, its classes and its packed numbers, from memory when drawn before."""
    measure, period, group = chosen
    asked = view.counties(
        partial(database.ask, data.opened(path, built)), measure=measure, period=period, group=group
    )
    classes = view.classes_of(asked, method=method, count=count)
    return asked, classes, view.draw(asked, classes)


def answer(
    measure: str, period: str, group: str, *, method: Method, count: int
) -> tuple[Asked, Classes, dict]:
    """A map's answer, its classes and its packed numbers for the newest build."""
    chosen = (measure, period, group)
    return answered(data.DATABASE, data.built(), chosen, method, count)


def draw(
    numbers: dict,
    *,
    vintage: int,
    place: str | None,
    state: str | None,
    pins: list[str],
    key: str,
    on_change: Callable[[], None],
    modules: tuple[str, ...] = MODULES,
) -> None:
    """Draw the map of an answer's packed numbers.

    on_change runs before the page when a county was chosen, a state zoomed to or a label pinned,
    and finds what in st.session_state[key]: chosen, zoomed ("" for the whole country), pinned.
    """
    numbers = numbers | {
        "chosen": place,
        "zoom": state,
        "pins": pins,
        "modules": [address(STATIC / name) for name in modules],
        "shapes": address(SHAPES / f"counties_{vintage}.json"),
    }
    component(LOADER)(
        data=compressed(numbers),
        key=key,
        on_chosen_change=on_change,
        on_zoomed_change=on_change,
        on_pinned_change=on_change,
    )


def compressed(numbers: dict) -> bytes:
    """Give a map's numbers in two thirds of their size or less, as the loader unpacks them."""
    return zlib.compress(json.dumps(numbers, ensure_ascii=False).encode("utf-8"))


def draw_chart(chart: CountyMap, *, alt: str, key: str) -> None:
    """Draw a map that is a chart of an answer, without a table beneath: the answer has its own.

    A county that is clicked becomes the chosen place; zoom and pins are kept for the session.
    """
    draw(
        chart.numbers | {"warning": chart.warning, "alt": alt, "small": chart.small},
        vintage=chart.vintage,
        place=st.session_state.get("place"),
        state=st.session_state.get(f"{key} zoom"),
        pins=st.session_state.get(f"{key} pins", []),
        key=key,
        on_change=partial(keep, key),
        modules=MODULES[:1],
    )


def keep(key: str) -> None:
    """Keep what was done on the map of an answer."""
    done = st.session_state[key]
    if done.chosen is not None:
        st.session_state["place"] = done.chosen
    if done.zoomed is not None:
        st.session_state[f"{key} zoom"] = done.zoomed or None
    if done.pinned is not None:
        st.session_state[f"{key} pins"] = done.pinned
