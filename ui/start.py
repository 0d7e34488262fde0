"""The first start: build the starter database once, and let everybody see how far it is."""

import os
import subprocess
import sys
import threading
import time

import streamlit as st

from equity import database, shapes
from equity.errors import Problem
from ui import data

LOOK_AGAIN_SECONDS = 0.3
# What the build says when a second server, or a person, has begun one: this server waits for it.
BUSY = "Another build of"


class Build:
    """One run of `python -m etl --offline` as a program of its own, shared by all who wait for it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.program = subprocess.Popen(
            [sys.executable, "-m", "etl", "--offline", "--database", str(data.DATABASE)],
            cwd=data.HOUSE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            # Windows would write another encoding into the pipe.
            env=os.environ | {"PYTHONUTF8": "1"},
        )
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        """Collect what the program says until it ends."""
        with self.program:
            for line in self.program.stdout:
                self.lines.append(line.rstrip())

    def running(self) -> bool:
        """Say whether the program is still at work."""
        return self.program.poll() is None


@st.cache_resource(show_spinner=False)
def only_build() -> Build:
    """Start the build, or give the one that somebody else has started."""
    return Build()


def ready() -> bool:
    """Say whether the database and the county shapes have been built."""
    return bool(database.versions(data.DATABASE)) and shapes.all_there()


def require_database() -> None:
    """Make sure that the database and the county shapes are there: build them, and show how far it is."""
    if ready():
        return
    build = only_build()
    shown = 0
    with st.status(
        "Setting up the data, once. This takes about ten seconds.", expanded=True
    ) as box:
        while build.running() or shown < len(build.lines):
            for line in build.lines[shown:]:
                st.text(line)
                shown += 1
            time.sleep(LOOK_AGAIN_SECONDS)
        box.update(label="The data are ready.", state="complete", expanded=False)
    only_build.clear()
    said = " ".join(build.lines[-2:])
    if not ready() and BUSY not in said:
        raise Problem(f"The data could not be set up: {said}")
    st.rerun()
