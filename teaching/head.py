"""The head of a case: which words it has, what each must be, and the line where one is wrong."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from teaching import placeholders
from teaching.faults import Fault

FORMAT = 1
DOMAINS = (
    "economic stability",
    "education access and quality",
    "health care access and quality",
    "neighborhood and built environment",
    "social and community context",
    "health outcomes",
    "people",
)
LEVELS = ("pre-licensure", "graduate", "residency", "continuing")
BLOOM = ("remember", "understand", "apply", "analyze", "evaluate", "create")
# Licences a case may have; what may be mixed with what is in teaching/licences.py.
LICENCES = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC0-1.0")
SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
ORCID = re.compile(r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$")
# A measure, one people group of it (census2010_isolation/black_nh), here or in the whole nation (.../black_nh@US).
MEASURE = re.compile(r"^[a-z][a-z0-9_]*(?:/[a-z][a-z0-9_]*(?:\+[a-z0-9_]+)*)?(?:@US)?$")
PLACE = re.compile(r"^(US|\d{2}|\d{5})$")
LONGEST = 20_000
TAKEN = (*placeholders.ALWAYS, *placeholders.AGAINST)

Check = Callable[[object], str]


def words(value: object) -> str:
    """Say what is wrong with a text; empty where nothing is."""
    if not isinstance(value, str) or not value.strip():
        return "is a text"
    if len(value) > LONGEST:
        return f"is at most {LONGEST:,} characters long"
    return "has no raw HTML" if re.search(r"<[a-zA-Z/!?]", value) else ""


def several(value: object) -> str:
    """Say what is wrong with a list of texts."""
    if not isinstance(value, list):
        return "is a list of texts"
    return next((why for why in map(words, value) if why), "")


def one_of(allowed: tuple[str, ...]) -> Check:
    """Give the check that a list holds only what is allowed."""
    listed = ", ".join(allowed)
    return lambda value: (
        ""
        if isinstance(value, list) and set(map(str, value)) <= set(allowed)
        else (f"is a list of these: {listed}")
    )


def fits(pattern: re.Pattern, example: str) -> Check:
    """Give the check that a text has a form."""
    return lambda value: (
        "" if isinstance(value, str) and pattern.match(value) else (f"looks like {example}")
    )


def whole(lowest: int, highest: int) -> Check:
    """Give the check that a number is whole and in a range."""
    return lambda value: (
        ""
        if type(value) is int and lowest <= value <= highest
        else (f"is a whole number from {lowest} to {highest}")
    )


def tables(required: Mapping[str, Check], allowed: tuple[str, ...]) -> Check:
    """Give the check that a list holds tables with certain words."""

    def check(value: object) -> str:
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            return "is a list of tables"
        for one in value:
            if unknown := set(one) - set(required) - set(allowed):
                return f"has no {sorted(unknown)[0]!r}"
            for name, is_wrong in required.items():
                if why := is_wrong(one.get(name)):
                    return f"has a {name} that {why}"
        return ""

    return check


def objectives(value: object) -> str:
    """Say what is wrong with the objectives: three to five, each with its Bloom level."""
    bloom = lambda level: "" if level in BLOOM else f"is one of {', '.join(BLOOM)}"  # noqa: E731
    if isinstance(value, list) and not 3 <= len(value) <= 5:
        return "has three to five objectives"
    return tables({"text": words, "bloom": bloom}, ())(value)


def needs(value: object) -> str:
    """Say what is wrong with the measures a case needs: a short name for one measure, or several to try in order."""
    if not isinstance(value, dict) or not value:
        return 'is a table, such as poverty = ["acs_poverty", "saipe_poverty"]'
    for name, measures in value.items():
        tried = [measures] if isinstance(measures, str) else measures
        if not re.match(rf"^{placeholders.NAME}$", name) or name in TAKEN:
            return f"has the short name {name!r}, which is not free or not small letters"
        if not isinstance(tried, list) or not tried:
            return f"has {name!r} without a measure"
        if not all(isinstance(one, str) and MEASURE.match(one) for one in tried):
            return f"has {name!r} with what is no measure's code"
    return ""


def table(value: object) -> str:
    """Say what is wrong with a table."""
    return "" if isinstance(value, dict) else "is a table"


def licence(value: object) -> str:
    """Say what is wrong with a licence."""
    return "" if value in LICENCES else f"is one of {', '.join(LICENCES)}"


def day(value: object) -> str:
    """Say what is wrong with a day."""
    return "" if isinstance(value, date) else "is a day, such as 2026-05-03"


def orcid(value: object) -> str:
    """Say what is wrong with an author's ORCID; authors without one are fine."""
    return "" if value is None else fits(ORCID, "0000-0002-1825-0097")(value)


REQUIRED: dict[str, Check] = {
    "format": lambda value: "" if value == FORMAT else f"is {FORMAT}; a newer app wrote this case",
    "id": fits(SLUG, "clean-air-in-fresno"),
    "title": words,
    "summary": words,
    "authors": tables({"name": words}, ("orcid", "affiliation")),
    "licence": licence,
    "version": whole(1, 100_000),
    "minutes": whole(1, 1_000),
    "level": one_of(LEVELS),
    "professions": several,
    "domains": one_of(DOMAINS),
    "objectives": objectives,
    "place": fits(PLACE, '"06037"'),
    "needs": needs,
    "harm_notes": words,
}
LINEAGE = {
    "id": fits(SLUG, "a-slug"),
    "version": whole(1, 100_000),
    "title": words,
    "licence": licence,
}
OPTIONAL: dict[str, Check] = {
    "adapted_from": tables(LINEAGE, ("authors", "source")),
    "changes": words,
    "group_size": words,
    "competencies": tables({"framework": words, "code": words}, ("link",)),
    "peers": words,
    "prerequisites": several,
    "materials": several,
    "contact_with_community": words,
    "references": several,
    "before": several,
    "after": several,
    "strengths": words,
    "debrief": words,
    "rubric": several,
    "template": words,
    "taught": tables({"date": day, "group_size": whole(1, 100_000)}, ("what_worked", "timings")),
    "pinned": table,
}  # fmt: skip


def check(head: Mapping[str, object], head_text: str) -> Iterator[Fault]:
    """Give what is wrong with a head: words that are missing, unknown, or not what they must be."""
    for name, is_wrong in REQUIRED.items():
        if name not in head:
            yield Fault(1, f"The head has no {name}: it {REQUIRED[name](None) or 'is needed'}.")
        elif why := is_wrong(head[name]):
            yield Fault(line_of(head_text, name), f"{name} {why}.")
    for name in set(head) - set(REQUIRED):
        if name not in OPTIONAL:
            yield Fault(line_of(head_text, name), f"The head has an unknown word, {name[:40]!r}.")
        elif why := OPTIONAL[name](head[name]):
            yield Fault(line_of(head_text, name), f"{name} {why}.")
    for author in head.get("authors") or ():
        if isinstance(author, dict) and (why := orcid(author.get("orcid"))):
            yield Fault(line_of(head_text, "authors"), f"The orcid of an author {why}.")


def line_of(head_text: str, name: str) -> int:
    """Give the line of the file on which a word of the head stands; the first where it cannot be found."""
    found = re.search(
        rf"^\s*(?:\[\[?\s*{re.escape(name)}\b|{re.escape(name)}\s*=)", head_text, re.M
    )
    return 2 + head_text[: found.start()].count("\n") + found[0].count("\n") if found else 1
