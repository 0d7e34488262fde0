"""Read and write a teaching case: a TOML head between +++ lines, then Markdown parts (docs/cases.md).

A case that is read and written again is the same to the byte: every block keeps its own text.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from teaching import head as heads
from teaching import placeholders
from teaching.blocks import Block, Exercise, Shown, block_of
from teaching.faults import Fault, Faults

MOST_CHARACTERS = 256 * 1024
MOST_PARTS = 40
FENCE = "+++"
PART = re.compile(r"^## Part: *(?P<title>.*?) *$")
OPEN = re.compile(r"^```(?P<kind>part|view|exercise|notes) *$")
CLOSE = re.compile(r"^``` *$")
PART_WORDS = ("minutes", "audience", "when", "local")
AUDIENCES = ("all", "facilitator")


@dataclass(frozen=True)
class Part:
    """A part that unfolds: its minutes, for whom, when it holds, and its blocks in order.

    local: it tells of one community (its history, its names), so somebody must rewrite it when the case moves.
    """

    title: str
    minutes: int
    audience: str
    when: str
    line: int
    text: str  # the heading and its ```part block, as they stand
    blocks: tuple[Block, ...] = ()
    local: bool = False


@dataclass(frozen=True)
class Case:
    """A whole case. head_text is the TOML as it stands, head what it says; opening is the abstract.

    fences are the two +++ lines with their own line ends.
    """

    fences: tuple[str, str]
    head_text: str
    head: dict[str, object] = field(hash=False)
    opening: tuple[Block, ...]
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The case as it is written to a file."""
        blocks = [block.text for block in self.opening]
        for part in self.parts:
            blocks += [part.text, *(block.text for block in part.blocks)]
        return "".join([self.fences[0], self.head_text, self.fences[1], *blocks])

    def of(self, kind: type[Block]) -> Iterator[Block]:
        """Give all blocks of a kind, in the order they stand."""
        parts = [self.opening, *(part.blocks for part in self.parts)]
        return (block for blocks in parts for block in blocks if isinstance(block, kind))

    @cached_property
    def exercises(self) -> dict[str, Exercise]:
        """The exercises by their id."""
        return {block.said["id"]: block for block in self.of(Exercise)}

    @cached_property
    def views(self) -> dict[str, Shown]:
        """The views by their id."""
        return {block.said["id"]: block for block in self.of(Shown)}


def read(text: str) -> Case:
    """Give the case that a file holds; raise Faults, each with its line, where it breaks the format."""
    if len(text) > MOST_CHARACTERS:
        raise Faults(
            [Fault(1, f"A case has at most {MOST_CHARACTERS // 1024} KB; this is longer.")]
        )
    fences, head_text, body = halves(text)
    case = Case(fences, head_text, head_of(head_text), *body_of(body, head_text.count("\n") + 3))
    if faults := [*heads.check(case.head, head_text), *check(case)]:
        raise Faults(sorted(faults, key=lambda fault: fault.line))
    return case


def halves(text: str) -> tuple[tuple[str, str], str, str]:
    """Give the two fence lines, the head and the body."""
    lines = lines_of(text)
    fences = [at for at, line in enumerate(lines[:2000]) if line.rstrip("\r\n") == FENCE]
    if len(fences) < 2 or fences[0] != 0:
        raise Faults([Fault(1, "A case begins with a line +++, its head, and a second line +++.")])
    end = fences[1]
    return (lines[0], lines[end]), "".join(lines[1:end]), "".join(lines[end + 1 :])


def lines_of(text: str) -> list[str]:
    """Give the lines with their ends; only \\n ends one, as in every editor."""
    return [line for line in re.split(r"(?<=\n)", text) if line]


def head_of(head_text: str) -> dict[str, object]:
    """Give what the head says; its first line is line 2 of the file."""
    try:
        return tomllib.loads(head_text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) + 1 if found else head_text.count("\n") + 1
        raise Faults([Fault(line, f"The head is not TOML: {error}.")]) from error
    except RecursionError as error:
        raise Faults([Fault(2, "The head nests deeper than a head ever needs.")]) from error


@dataclass
class Piece:
    """Lines of the body that belong together: prose, a heading, or a fenced block."""

    kind: str
    line: int
    lines: list[str]

    @property
    def text(self) -> str:
        """The lines as they stand."""
        return "".join(self.lines)


def pieces(body: str, first_line: int) -> list[Piece]:
    """Cut the body into prose, part headings and fenced blocks; raise Faults for a block left open."""
    found: list[Piece] = []
    inside = False
    for line, text in enumerate(lines_of(body), first_line):
        bare = text.rstrip("\r\n")
        if inside:
            found[-1].lines.append(text)
            inside = not CLOSE.match(bare)
        elif opened := OPEN.match(bare):
            found.append(Piece(opened["kind"], line, [text]))
            inside = True
        elif PART.match(bare):
            found.append(Piece("heading", line, [text]))
        elif found and found[-1].kind == "prose":
            found[-1].lines.append(text)
        else:
            found.append(Piece("prose", line, [text]))
    if inside:
        raise Faults([Fault(found[-1].line, f"This ```{found[-1].kind} block is never closed.")])
    return found


def body_of(body: str, first_line: int) -> tuple[tuple[Block, ...], tuple[Part, ...]]:
    """Give the opening and the parts of a body."""
    opening: list[Block] = []
    parts: list[Part] = []
    faults: list[Fault] = []
    for piece in pieces(body, first_line):
        try:
            if piece.kind == "heading":
                title = PART.match(piece.text.rstrip("\r\n"))["title"]
                parts.append(Part(title, 0, "", "", piece.line, piece.text))
            elif piece.kind == "part":
                parts[-1:] = [described(parts, piece)]
            else:
                block = block_of(piece.kind, piece.text, piece.line)
                if parts:
                    parts[-1] = replace(parts[-1], blocks=(*parts[-1].blocks, block))
                else:
                    opening.append(block)
        except Faults as found:
            faults += found.faults
    if faults:
        raise Faults(faults)
    return tuple(opening), tuple(parts)


def described(parts: list[Part], piece: Piece) -> Part:
    """Give the last part with what its ```part block says of it."""
    if not parts or parts[-1].blocks or parts[-1].minutes:
        raise Faults(
            [Fault(piece.line, "A ```part block stands right below its ## Part: heading.")]
        )
    said = placeholders.toml_of(piece.text, piece.line)
    if unknown := set(said) - set(PART_WORDS):
        why = f"A part has no {sorted(unknown)[0]!r}; it has {', '.join(PART_WORDS)}."
        raise Faults([Fault(piece.line, why)])
    minutes, audience = said.get("minutes"), said.get("audience", "all")
    if type(minutes) is not int or not 1 <= minutes <= 600:
        raise Faults([Fault(piece.line, "minutes is a whole number from 1 to 600.")])
    if audience not in AUDIENCES:
        raise Faults([Fault(piece.line, 'audience is "all" or "facilitator".')])
    if type(said.get("local", False)) is not bool:
        raise Faults([Fault(piece.line, "local is true or false.")])
    when = said.get("when", "")
    placeholders.condition(when, piece.line) if when else None
    return replace(
        parts[-1],
        minutes=minutes,
        audience=audience,
        when=when,
        text=parts[-1].text + piece.text,
        local=said.get("local", False),
    )


def check(case: Case) -> Iterator[Fault]:
    """Give what is wrong across blocks: parts without minutes, timings, ids used twice, views not there."""
    if not case.parts or len(case.parts) > MOST_PARTS:
        yield Fault(1, f"A case has from 1 to {MOST_PARTS} parts (## Part: title).")
    for part in case.parts:
        if not part.minutes:
            yield Fault(part.line, f"Part {part.title!r} has no ```part block with its minutes.")
    whole = sum(part.minutes for part in case.parts)
    if case.head.get("minutes") not in (None, whole):
        yield Fault(
            heads.line_of(case.head_text, "minutes"),
            f"The head says {case.head['minutes']} minutes; the parts add up to {whole}.",
        )
    yield from ids(case)
    yield from names(case)


def ids(case: Case) -> Iterator[Fault]:
    """Give ids that stand twice, and views that an exercise names but nobody shows."""
    seen: dict[str, int] = {}
    for block in case.of(Exercise | Shown):
        name = block.said["id"]
        if name in seen:
            yield Fault(block.line, f"The id {name!r} stands on line {seen[name]} already.")
        seen.setdefault(name, block.line)
    shown = {block.said["id"] for block in case.of(Shown)}
    for block in case.of(Exercise):
        view = block.said.get("view", "")
        if view and view not in shown:
            yield Fault(block.line, f"There is no view {view!r} in this case.")


def names(case: Case) -> Iterator[Fault]:
    """Give placeholders, keys and conditions that name a measure the head's [needs] does not."""
    needs = set(case.head.get("needs", {}))
    for line, name in named(case):
        if name not in {*placeholders.ALWAYS, *needs}:
            yield Fault(line, f"{{{name}}} is not in the head's [needs] and is no word of ours.")
    for line, name in named_in_rules(case):
        if name not in needs:
            yield Fault(line, f"{name!r} is not in the head's [needs].")


def named(case: Case) -> Iterator[tuple[int, str]]:
    """Give the name of each placeholder with its line."""
    for block in case.of(Block):
        at_line = not block.said
        for words in block.texts:
            for line, name in placeholders.names_in(words, block.line):
                yield line if at_line else block.line, name


def named_in_rules(case: Case) -> Iterator[tuple[int, str]]:
    """Give the short name of each condition and key with its line."""
    for part in case.parts:
        if part.when:
            yield part.line, placeholders.condition(part.when, part.line).name
    for block in case.of(Exercise):
        for condition in block.conditions:
            yield block.line, placeholders.condition(condition, block.line).name
        for key in block.calls:
            found = placeholders.call(key, block.line)
            yield from ((block.line, name) for name in placeholders.names_of(found))
