"""Errors for people: shown as one sentence, without a traceback."""


class Problem(Exception):
    """Something the person at the keyboard can mend; the message says what is wrong and what to do."""
