"""Measure and print one table: python -m benchmarks [NAME ...]"""

import importlib
import pkgutil
import sys
import tempfile
import time
from pathlib import Path

import benchmarks
from benchmarks.ground import Ground
from benchmarks.table import Line, written


def names() -> list[str]:
    """Give the modules that measure something: those with a function `measure`."""
    found = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    not_one = {"__main__", "coverage", "floor", "ground", "random_views", "session", "table"}
    return [name for name in found if name not in not_one]


def main(asked: list[str]) -> int:
    """Run the benchmarks asked for, all by default; give the exit code."""
    if unknown := set(asked) - set(names()):
        print(f"There is no benchmark {sorted(unknown)[0]!r}; there are: {', '.join(names())}")
        return 1
    began = time.perf_counter()
    lines: list[Line] = []
    with tempfile.TemporaryDirectory() as folder:
        ground = Ground(Path(folder))
        for name in asked or names():
            print(f"{name} ...", file=sys.stderr)
            lines += importlib.import_module(f"benchmarks.{name}").measure(ground)
    print(written(lines))
    print(
        f"\nMeasured in {time.perf_counter() - began:.0f} s on this machine, others at work or not."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
