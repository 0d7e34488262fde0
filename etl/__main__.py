"""Build the database from the files that are there: python -m etl --offline"""

import argparse
import sys
from pathlib import Path

from equity.errors import Problem
from etl import load


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m etl", description=__doc__)
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="only these (default: all)")
    parser.add_argument("--offline", action="store_true", help="download nothing")
    parser.add_argument("--raw", type=Path, default=load.RAW, help="folder of downloaded files")
    parser.add_argument("--database", type=Path, default=load.DATABASE)
    return parser.parse_args(words)


def main(words: list[str] | None = None) -> int:
    """Run the command line; give the exit code."""
    asked = arguments(words)
    try:
        load.build(asked.database, raw=asked.raw, sources=asked.sources)
    except Problem as problem:
        print(f"Nothing was changed. {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
