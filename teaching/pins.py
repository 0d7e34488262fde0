"""Pins: every number and key of a case as it was saved, so that a later build can say exactly what moved."""

from equity.view import Ask
from teaching import fill, localise, placeholders
from teaching.blocks import Block
from teaching.case import Case
from teaching.community import Community


def now(case: Case, community: Community) -> dict[str, str]:
    """Give every placeholder's words and every exercise's key in the case's community today."""
    found = {}
    for block in case.of(Block):
        for hole in placeholders.HOLE.finditer("\n".join(block.texts)):
            asked = placeholders.placeholder(hole[1], block.line)
            if asked.name not in placeholders.ALWAYS:
                found[hole[1]] = fill.value(asked, community)
    keys = {
        f"key of {name}": localise.key_or_nothing(exercise, community)
        for name, exercise in case.exercises.items()
    }
    return found | keys


def pinned(case: Case, community: Community, ask: Ask) -> Case:
    """Give a case with today's numbers, keys and data version pinned in its head."""
    version = ask("build")["data_version"].iloc[0]
    return localise.with_head(
        case, pinned={"data_version": version, "numbers": now(case, community)}
    )


def moved(case: Case, community: Community) -> list[str]:
    """Give a sentence for each pinned number or key that is another one today."""
    pins = case.head.get("pinned", {}).get("numbers")
    if not pins:
        return ["Nothing is pinned in this case; save it once to pin its numbers."]
    today = now(case, community)
    lines = [
        f"{name}: {before} when saved, {today[name]} now"
        for name, before in pins.items()
        if name in today and today[name] != before
    ]
    lines += [f"{name}: no longer in the case" for name in pins if name not in today]
    return lines + [f"{name}: not pinned yet" for name in today if name not in pins]
