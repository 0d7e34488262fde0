"""The same case for another community: what changes, what becomes meaningless there and why, what needs a human eye."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import tomlkit

from equity import answers, placed
from equity.errors import Problem
from equity.view import Ask, View
from teaching import case as cases
from teaching import fill, marking, placeholders
from teaching.blocks import Block, Exercise, Shown
from teaching.case import Case
from teaching.community import Community, of

PLACE = "{place}"
PEERS = "{peers}"
# Words that were written for one community and that no rule can check.
HUMAN = (
    "contact_with_community",
    "harm_notes",
    "strengths",
    "references",
)


@dataclass(frozen=True)
class Change:
    """A number, word or key that is another one in the new community."""

    where: str
    before: str
    after: str


@dataclass(frozen=True)
class Flag:
    """What does not work in a community: where it stands, and why."""

    where: str
    line: int
    why: str


@dataclass(frozen=True)
class Moved:
    """A case in another community: the case, what changed, what is flagged, what a person should read again."""

    case: Case
    changes: tuple[Change, ...]
    flags: tuple[Flag, ...]
    to_read: tuple[str, ...]


def localise(case: Case, place_id: str, ask: Ask) -> Moved:
    """Give the same case for another community.

    Raises Problem for a place these data do not know. Nothing is taken out: what has no number there is flagged.
    """
    before, after = (of(case.head["needs"], place, ask) for place in (case.head["place"], place_id))
    moved = with_head(case, place=place_id)
    return Moved(
        case=moved,
        changes=tuple(changes(case, before, after)),
        flags=tuple(flags(moved, after, ask)),
        to_read=to_read(case),
    )


def to_read(case: Case) -> tuple[str, ...]:
    """Give the words of the head and the parts that were written for one community."""
    head = [name for name in HUMAN if case.head.get(name)]
    return (*head, *(f"Part {part.title}" for part in case.parts if part.local))


def with_head(case: Case, **words: object) -> Case:
    """Give a case with other words in its head; comments, order and all else stay as they are."""
    document = tomlkit.parse(case.head_text)
    for name, value in words.items():
        document[name] = value
    head_text = tomlkit.dumps(document)
    return cases.read(replace(case, head_text=head_text).text)


def flags(case: Case, community: Community, ask: Ask) -> Iterator[Flag]:
    """Give what does not work in a community: parts, sentences, views and exercises."""
    yield from flags_of("the opening", case.opening, community, ask)
    for part in case.parts:
        if part.when and not fill.holds(placeholders.condition(part.when, part.line), community):
            why = f"It only holds where {part.when}; that is not so in {community.name}."
            yield Flag(f"Part {part.title}", part.line, why)
            continue
        yield from flags_of(part.title, part.blocks, community, ask)


def flags_of(title: str, blocks: Iterable[Block], community: Community, ask: Ask) -> Iterator[Flag]:
    """Give what does not work in the blocks of one part."""
    for block in blocks:
        for why in fill.missing_in("\n".join(block.texts), community):
            yield Flag(f"Text in {title}", block.line, why)
        try:
            if isinstance(block, Shown):
                shown(block, community, ask)
            elif isinstance(block, Exercise):
                keyed(block, community)
        except Problem as problem:
            kind = "View" if isinstance(block, Shown) else "Exercise"
            yield Flag(f"{kind} {block.said['id']}", block.line, str(problem))


def shown(block: Shown, community: Community, ask: Ask) -> answers.Answer:
    """Answer a view of a case in a community; raise Problem where there is nothing to show or it is refused."""
    found = answers.answer(local_view(block.view, community), ask)
    if not found.shown:
        raise Problem(" ".join(found.reading.sentences))
    return found


def local_view(view: View, community: Community) -> View:
    """Give a view with the community in place of {place}, and measures in place of short names.

    {peers} are as many of the peers, nearest first, as there is room for beside the other places; raises
    Problem where a view asks for peers and there are none.
    """
    here, state = community.place_id, community.profile.place["state_id"]
    known = {PLACE: here, "{state}": state if isinstance(state, str) else "US"}
    room = placed.MOST - sum(place != PEERS for place in view.places)
    peers = [peer.place_id for peer in community.profile.peers.peers[:room]]
    if PEERS in view.places and not peers:
        raise Problem(f"These data hold too little on {community.name} to find places like it.")
    places: list[str] = []
    for place in view.places:
        places += peers if place == PEERS else [known.get(place, place)]
    measures = [
        community.line(name).measure.name if name in {*community.lines, *community.absent} else name
        for name in view.measures
    ]
    return replace(view, places=tuple(dict.fromkeys(places)), measures=tuple(measures))


def keyed(exercise: Exercise, community: Community) -> str:
    """Give an exercise's key as text; raise Problem where it has none in a community."""
    said = exercise.said
    if said["type"] in ("choice", "several"):
        options = [said["options"][at]["text"] for at in marking.right_options(exercise, community)]
        return "; ".join(fill.text(option, community, safe=str) for option in options)
    if said["type"] in marking.UNMARKED and "key" not in said:
        return ""
    return key_text(marking.key_of(exercise, community))


def key_text(key: marking.Key) -> str:
    """Give a key as it is printed on an answer sheet."""
    if isinstance(key, marking.Number):
        return key.text
    if isinstance(key, marking.Verdict):
        return key.verdict
    if isinstance(key, marking.Order):
        return " > ".join(" = ".join(tier) for tier in key.tiers)
    return f"any of {len(key.place_ids):,} places"


def changes(case: Case, before: Community, after: Community) -> Iterator[Change]:
    """Give every placeholder and key that is another one in the new community."""
    seen = set()
    for block in case.of(Block):
        for hole in placeholders.HOLE.finditer("\n".join(block.texts)):
            asked = placeholders.placeholder(hole[1], block.line)
            old, new = fill.value(asked, before), fill.value(asked, after)
            if asked not in seen and old != new:
                yield Change(hole[0], old, new)
            seen.add(asked)
    for name, exercise in case.exercises.items():
        old, new = (key_or_nothing(exercise, community) for community in (before, after))
        if old != new:
            yield Change(f"Key of {name}", old, new)


def key_or_nothing(exercise: Exercise, community: Community) -> str:
    """Give a key as text, or that there is none."""
    try:
        return keyed(exercise, community)
    except Problem:
        return "no key"
