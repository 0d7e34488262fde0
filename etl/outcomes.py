"""What a run of downloads tells the person: what came, what did not and why, what to export by hand."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from etl.load import noted_download
from etl.sources import describe


class Outcome(NamedTuple):
    """What became of one file: bytes fetched (0 when it had not changed), or why it was not."""

    source_id: str
    name: str
    size: int = 0
    why_not: str = ""


def sentence(source_id: str, outcomes: list[Outcome]) -> str:
    """Say what became of a source's files."""
    came = [outcome for outcome in outcomes if not outcome.why_not]
    new = [outcome for outcome in came if outcome.size]
    parts = []
    if new:
        megabytes = sum(outcome.size for outcome in new) / 1e6
        parts.append(f"{files(len(new))} downloaded ({megabytes:.1f} MB)")
    if len(came) > len(new):
        parts.append(f"{files(len(came) - len(new))} unchanged")
    if failed := len(outcomes) - len(came):
        parts.append(f"{files(failed)} not reached")
    return f"{source_id}: {', '.join(parts) or 'nothing to download'}"


def files(count: int) -> str:
    """Give a count of files in words."""
    return f"{count} file" if count == 1 else f"{count} files"


def not_reached(outcomes: Iterable[Outcome], raw: Path) -> list[str]:
    """Give a sentence for each source and reason: what could not be reached, why, and what is used now."""
    names: dict[tuple[str, str], list[str]] = {}
    for outcome in outcomes:
        if outcome.why_not:
            names.setdefault((outcome.source_id, outcome.why_not), []).append(outcome.name)
    return [
        f"{source_id}, {shortened(missed)}: {why}. {kept(raw / source_id, missed)}"
        for (source_id, why), missed in names.items()
    ]


def shortened(names: list[str]) -> str:
    """Give up to three names and how many more there are."""
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


def kept(folder: Path, names: list[str]) -> str:
    """Say which earlier copies are used in place of what could not be reached."""
    there = [path for name in names if (path := folder / name).exists()]
    if not there:
        return "It is left out."
    when = {noted_download(path).get("retrieved", "")[:10] for path in there} - {""}
    since = f" of {min(when)}" if when else ""
    return f"The copy{since} is used." if len(there) == len(names) else "Some copies are older."


def steps(source_id: str, raw: Path, *, in_full: bool) -> list[str]:
    """Say which files of a source a person has to export, and how; in one line, or in full."""
    exported = by_hand(source_id)
    if exported and not in_full:
        return [f"{source_id}: by hand (python -m etl {source_id} says how)"]
    return [
        f"{source_id}: {file['name']} has to be exported by hand into {raw / source_id}. {file['steps']}"
        for file in exported
    ]


def by_hand(source_id: str) -> list[dict]:
    """Give the [[file]] tables of a source that a person has to export."""
    return [file for file in describe(source_id).get("file", []) if file.get("by_hand")]
