"""Download the newest data and build the database. See docs/adding.md for where files go.

python -m etl                    download the newest of every source, then build
python -m etl cdc_places         download the newest of these only, then build from all that is there
python -m etl --offline          build from data/starter and data/raw, download nothing
python -m etl check              look at every row of the database again
python -m etl report OLD NEW     say what changed between two databases

The exit code is 0 when a database was built, even where a publisher could not be reached (what was
not reached is said last); 1 when nothing was built, and then the old database is still in use.
"""

import argparse
import difflib
import sys
from pathlib import Path

from equity.errors import Problem
from etl import load, unread
from etl.sources import SOURCE_IDS, describe

TERMS = {terms for source_id in SOURCE_IDS if (terms := describe(source_id).get("accept_terms"))}
OTHER_COMMANDS = ("check", "report")


def arguments(words: list[str]) -> argparse.Namespace:
    """Read the command line of a build."""
    parser = argparse.ArgumentParser(
        prog="python -m etl",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "sources",
        nargs="*",
        metavar="SOURCE",
        help="download only these; with --offline: build from these only (default: all)",
    )
    parser.add_argument("--offline", action="store_true", help="download nothing")
    parser.add_argument("--mirror", metavar="URL", help="fetch URL/<source>/<file> instead")
    parser.add_argument(
        "--accept-terms",
        action="append",
        default=[],
        metavar="NAME",
        help="load sources whose terms are not free for all; repeat for several",
    )
    add_folders(parser)
    return parser.parse_args(words)


def add_folders(parser: argparse.ArgumentParser) -> None:
    """Add the options that name files and folders."""
    parser.add_argument(
        "--database", type=Path, default=load.DATABASE, help="(default: %(default)s)"
    )
    parser.add_argument("--raw", type=Path, default=load.RAW, help="folder of downloaded files")
    parser.add_argument(
        "--starter", type=Path, default=load.STARTER, help="folder of files that ship with the app"
    )
    parser.add_argument(
        "--static", type=Path, default=load.STATIC, help="folder for the county shapes"
    )


def main(words: list[str] | None = None) -> int:
    """Run the command line; give the exit code."""
    words = sys.argv[1:] if words is None else words
    for stream in (sys.stdout, sys.stderr):
        # A file name may hold what this terminal cannot show.
        stream.reconfigure(errors="backslashreplace") if hasattr(stream, "reconfigure") else None
    try:
        return other_command(words) if words[:1] and words[0] in OTHER_COMMANDS else run(words)
    except Problem as problem:
        print(f"Nothing was changed. {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Nothing was changed.", file=sys.stderr)
        return 130


def run(words: list[str]) -> int:
    """Download and build."""
    asked = arguments(words)
    require_known("source", asked.sources, SOURCE_IDS)
    require_known("terms", asked.accept_terms, sorted(TERMS))
    unread.require_places(
        asked.database, asked.raw, may_be_missing=not asked.offline or asked.raw == load.RAW
    )
    missed = [] if asked.offline else download_newest(asked)
    load.build(
        asked.database,
        starter=asked.starter,
        raw=asked.raw,
        static=asked.static,
        sources=asked.sources if asked.offline else (),
        accepted=frozenset(asked.accept_terms),
    )
    if missed:
        print("These could not be reached; the database was built without them:")
        print("\n".join(f"- {sentence}" for sentence in missed))
    return 0


def download_newest(asked: argparse.Namespace) -> list[str]:
    """Download what the command names; give a sentence for each thing that could not be reached."""
    # The app's first start builds offline and needs no network code.
    from etl import download, outcomes

    wanted = asked.sources or SOURCE_IDS
    allowed = {None, *asked.accept_terms}
    fetchable = [
        source_id
        for source_id in wanted
        if download.can_fetch(source_id) and describe(source_id).get("accept_terms") in allowed
    ]
    try:
        fetched = download.fetch_all(fetchable, asked.raw, mirror=asked.mirror)
    except OSError as error:
        raise Problem(load.disk_sentence(error, asked.raw)) from error
    for source_id in wanted:
        for line in outcomes.steps(source_id, asked.raw, in_full=bool(asked.sources)):
            print(line)
    return outcomes.not_reached(fetched, asked.raw)


def require_known(kind: str, names: list[str], known: list[str]) -> None:
    """Refuse a name that does not exist; give the nearest."""
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, cutoff=0.5)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            raise Problem(f"There is no {kind} {name!r}.{hint} There are: {', '.join(known)}.")


def other_command(words: list[str]) -> int:
    """Run python -m etl check or report."""
    command, rest = words[0], words[1:]
    parser = argparse.ArgumentParser(prog=f"python -m etl {command}")
    if command == "check":
        from etl import recheck

        parser.add_argument("--database", type=Path, default=load.DATABASE)
        return recheck.run(parser.parse_args(rest).database)
    from etl import report

    parser.add_argument("old", type=Path, metavar="OLD.duckdb")
    parser.add_argument("new", type=Path, metavar="NEW.duckdb")
    asked = parser.parse_args(rest)
    return report.run(asked.old, asked.new)


if __name__ == "__main__":
    sys.exit(main())
