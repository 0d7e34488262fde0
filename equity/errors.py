"""Errors for people: shown as one sentence, without a traceback."""


class Problem(Exception):
    """Something the person at the keyboard can mend; the message says what is wrong and what to do."""


class Refused(Problem):
    """A number that would mislead: the rule, why in one sentence, and what may be done instead."""

    def __init__(self, *, rule: str, why: str, instead: str) -> None:
        super().__init__(f"{why} {instead}".strip())
        self.rule = rule
        self.why = why
        self.instead = instead
