"""What is wrong with a case, each with its line."""

from collections.abc import Sequence
from dataclasses import dataclass

from equity.errors import Problem


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: the line of the file, and a sentence that says what to do."""

    line: int
    why: str


class Faults(Problem):
    """All that is wrong with a case."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(f"Line {fault.line}: {fault.why}" for fault in faults))
        self.faults = list(faults)
