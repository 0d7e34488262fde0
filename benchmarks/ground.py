"""What benchmarks stand on: a starter database, built once, and the publishers' files where there are any."""

import os
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from etl import load

FLOOR = Path(__file__).parent / "floor.py"


@dataclass(frozen=True)
class Ground:
    """One run of the benchmarks, in a temporary folder."""

    folder: Path

    @cached_property
    def starter(self) -> tuple[Path, float]:
        """The database built from data/starter alone, and the seconds that took."""
        began = time.perf_counter()
        path = load.build(
            self.folder / "starter.duckdb",
            raw=self.folder / "no_raw",
            static=load.STATIC,
            say=lambda line: None,
        )
        return path, time.perf_counter() - began

    @cached_property
    def full(self) -> Path | None:
        """The database built from the publishers' own files too, or none where there are none."""
        if self.raw is None:
            return None
        return load.build(
            self.folder / "full.duckdb",
            raw=self.raw,
            static=load.STATIC,
            say=lambda line: None,
        )

    @cached_property
    def raw(self) -> Path | None:
        """The publishers' own files beside the repository, or none."""
        shared = Path(os.environ.get("HEALTH_EQUITY_SHARED", load.HOUSE.parent / "shared"))
        return shared / "raw" if (shared / "raw").is_dir() else None
