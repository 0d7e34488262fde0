"""Measures that are one question asked many times: "Deaths per 100,000: lung cancer", and 160 other causes.

A list of measures would be crowded by them, so that nobody finds poverty. Families are found by their
titles alone: what stands before the colon is shared, what comes after it tells the measures apart.
"""

from collections import defaultdict

from equity import words

# So many titles must share their beginning; fewer may stand in a list by themselves.
FEWEST = 8
DEATHS = "deaths"


def families(titles: dict[str, str]) -> dict[str, dict[str, str]]:
    """Give each family by its shared beginning: its measures with the rest of their titles, A to Z."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for measure_id, title in titles.items():
        head, colon, rest = title.partition(": ")
        if colon:
            found[head][measure_id] = words.capital(rest)
    return {
        head: dict(sorted(rests.items(), key=lambda item: item[1].lower()))
        for head, rests in found.items()
        if len(rests) >= FEWEST
    }


def family_title(head: str, count: int) -> str:
    """Name a family in a list: "Deaths per 100,000, by cause (165 to choose from)"."""
    by_cause = ", by cause" if DEATHS in head.lower() else ""
    return f"{head}{by_cause} ({count:,} to choose from)"


def member_label(head: str) -> str:
    """Say what tells the measures of a family apart."""
    return "Cause of death" if DEATHS in head.lower() else "Which of them"


def folded(titles: list[str]) -> list[str]:
    """Give titles for a sentence, each family as one: "Deaths per 100,000 (165 causes)"."""
    found = families({title: title for title in titles})
    inside = {title for members in found.values() for title in members}
    alone = [title for title in titles if title not in inside]
    causes = [
        f"{head} ({len(members):,} {'causes' if DEATHS in head.lower() else 'measures'})"
        for head, members in found.items()
    ]
    return alone + causes
