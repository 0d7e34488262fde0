"""What stands out: strengths and concerns chosen by evidence, with the reason said (METHODS.md section 6)."""

from dataclasses import dataclass

from equity import profile_words, words
from equity.differences import NO_MARGIN, NO_VALUE, Difference, Measured, compare
from equity.profiles import NATION, Line, Profile
from equity.reliability import SHAKY

MOST = 4
MOST_A_DOMAIN = 2
# A tested difference counts in the outer third of all places; one that cannot be tested only in the
# outer tenth, and only where so many people live that chance alone seldom puts a place there.
OUTER_TESTED = 1 / 3
OUTER_UNTESTED = 1 / 10
FEWEST_RESIDENTS = 10_000


@dataclass(frozen=True)
class Outstanding:
    """A measure that stands out: the finding, why it was chosen, and how strong the evidence is."""

    line: Line
    finding: str
    why: str
    tested: bool
    share_better: float


def chosen(profile: Profile) -> tuple[list[Outstanding], list[Outstanding]]:
    """Give strengths and concerns, strongest evidence first, at most four each, one a concept."""
    residents = profile_words.population(profile) or 0
    found = [outstanding(line, profile, residents) for line in profile.lines]
    ranked = sorted(
        (one for one in found if one),
        key=lambda one: (not one.tested, -abs(one.share_better - 0.5)),
    )
    strengths = [one for one in ranked if one.share_better > 0.5]
    concerns = [one for one in ranked if one.share_better < 0.5]
    return one_a_concept(strengths), one_a_concept(concerns)


def one_a_concept(ranked: list[Outstanding]) -> list[Outstanding]:
    """Give the first of each concept, at most two a domain.

    Crude and age-adjusted, or two surveys, tell one story; three indices of segregation do too.
    """
    first: dict[str, Outstanding] = {}
    for one in ranked:
        measure = one.line.measure
        same_domain = [
            kept for kept in first.values() if kept.line.measure["domain"] == measure["domain"]
        ]
        if len(same_domain) < MOST_A_DOMAIN:
            first.setdefault(measure["concept"], one)
    return list(first.values())[:MOST]


def outstanding(line: Line, profile: Profile, residents: float) -> Outstanding | None:
    """Give a line's finding when the evidence suffices, else None."""
    if line.standing is None or not usable(line):
        return None
    lower_is_better = line.measure["better"] == "lower"
    share_lower = line.standing.share_lower
    share_better = 1 - share_lower if lower_is_better else share_lower
    difference = against(line)
    if difference.real:
        good = difference.verdict == line.measure["better"]
        outer = OUTER_TESTED
    elif difference.verdict == NO_MARGIN and residents >= FEWEST_RESIDENTS:
        good = (difference.amount < 0) == lower_is_better
        outer = OUTER_UNTESTED
    else:
        return None
    if good != (share_better > 0.5) or min(share_better, 1 - share_better) > outer:
        return None
    return Outstanding(
        line, finding(line, profile), why(line, difference, profile), difference.real, share_better
    )


def usable(line: Line) -> bool:
    """Say whether a line may be called good or bad: not where ranking misleads or the value is doubtful."""
    has_direction = profile_words.good_direction(line.measure) != "neither"
    doubtful = line.here.grade == SHAKY or line.here.status == "unreliable"
    return bool(has_direction and line.measure["may_rank"] and not doubtful)


def against(line: Line) -> Difference:
    """Give the verdict against the nation, or against the middle place where the nation has no value.

    The middle place is a point among all counties, so only the error of the value here counts.
    """
    nation = line.verdicts.get(NATION)
    if nation is not None and nation.verdict != NO_VALUE:
        return nation
    middle = Measured(line.standing.middle, 0.0)
    return compare(line.here.measured, middle, decimals=int(line.measure["decimals"]))


def finding(line: Line, profile: Profile) -> str:
    """Say the value, with its place among all."""
    nouns = profile_words.places_like(profile.place)
    value = profile_words.amount(line.here.value, line.measure)
    return (
        f"{line.title}: {value} ({profile_words.period(line.period)}), "
        f"{profile_words.among(line.standing, nouns)}."
    )


def why(line: Line, difference: Difference, profile: Profile) -> str:
    """Say why a line was chosen: the comparison and its test."""
    nation = line.others.get(NATION)
    if nation is not None and nation.value is not None:
        name, value = "the nation", nation.value
    else:
        nouns = profile_words.places_like(profile.place)
        name, value = f"the middle one of all {nouns}", line.standing.middle
    shown = profile_words.amount(value, line.measure)
    if difference.real:
        return f"{words.capital(difference.verdict)} than {name} ({shown}): {difference.test}."
    return f"{words.capital(name)}: {shown}. {words.capital(difference.test)}."
