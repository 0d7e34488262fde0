"""One measure split by groups of people who share nobody: who is compared, who is left out and why, who is missing."""

from dataclasses import dataclass

import pandas as pd

from equity import profile_words, words
from equity.errors import Problem, Refused
from equity.reliability import SHAKY
from equity.view import Ask, View

EVERYONE = "everyone"
# Not a group of people but of answers that were never given.
NOT_STATED = "not_stated"
# Groups that have a natural order are read in it, others from the best number to the worst.
BY_POSITION = ("age", "income")
DIMENSIONS = {
    "race_ethnicity": "race and ethnicity",
    "urban_rural": "urban and rural residence",
    "ethnicity": "Hispanic origin",
}
# The option that says within which people the groups are compared: "female", "everyone".
AMONG = "among"


@dataclass(frozen=True, eq=False)
class Split:
    """One measure, place and period by groups that share nobody.

    rows: one a group with a number, in reading order: group (code), title, value, low, high, level,
    standard_error, numerator, denominator, grade, firm (not too shaky to compare). everyone: the row of all
    of them together, None where it is not published. absent: groups without a number, and why.
    left_out: groups that share people with those shown, or that stand for missing answers.
    """

    measure: pd.Series
    place: pd.Series
    period: str
    dimension: str
    among: str
    among_title: str
    rows: pd.DataFrame
    everyone: pd.Series | None
    absent: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def favourable(self) -> bool:
        """Whether a higher number is better."""
        return self.measure["better"] == "higher"

    @property
    def firm(self) -> pd.DataFrame:
        """The groups whose numbers may be compared."""
        return self.rows[self.rows["firm"]]

    @property
    def what(self) -> str:
        """What is shown, in one line."""
        within = "" if self.among == EVERYONE else f", within the group {name(self.among_title)}"
        return (
            f"{self.measure['title']} by {said(self.dimension)}{within}. {self.place['title']}, "
            f"{words.period(self.period)}."
        )


def said(dimension: str) -> str:
    """Say a dimension of people groups in words."""
    return words.listed([DIMENSIONS.get(part, part) for part in dimension.split("+")])


def name(title: str) -> str:
    """Give a group's title as it stands in a sentence: in quotation marks where it holds a comma or "and"."""
    return words.quoted(title) if ", " in title or " and " in title else title


def short_unit(measure: pd.Series) -> str:
    """Give a measure's unit without what follows: "deaths per 100,000 people a year"."""
    return measure["unit"].partition(", ")[0]


def split(view: View, ask: Ask) -> Split:
    """Give a measure by groups, in the asked period or the newest that has two groups to compare."""
    measure, place = measured_at(view, ask)
    rows, dimension, among = chosen_rows(view, ask, measure, place)
    choose = whoever if view.is_lesson else exclusive
    for _, there in rows.groupby("period", sort=False):
        kept = choose(firmly(there))
        if len(kept) > 1:
            return of_period(
                there, kept, measure=measure, place=place, dimension=dimension, among=among, ask=ask
            )
    raise nothing(view, measure, place, dimension)


def measured_at(view: View, ask: Ask) -> tuple[pd.Series, pd.Series]:
    """Give the view's one measure and one place; refuse a measure without a good direction."""
    if len(view.measures) != 1 or len(view.places) != 1:
        raise Problem("Choose one measure and one place to compare groups of people.")
    measure = ask("measures").set_index("measure_id", drop=False).loc[view.measures[0]]
    if measure["better"] == "neither":
        raise Refused(
            rule="no good direction",
            why=(
                f"Neither a high nor a low number of {words.quoted(measure['title'])} is better, so no group is "
                "better off."
            ),
            instead="Choose a measure of health or of living conditions.",
        )
    return measure, ask("place", place=view.places[0]).iloc[0]


def chosen_rows(
    view: View, ask: Ask, measure: pd.Series, place: pd.Series
) -> tuple[pd.DataFrame, str, str]:
    """Give the rows of the asked groups in all asked periods, the dimension, and within whom they are compared."""
    held = ask("values_by_group", measure=measure["measure_id"], place=place["place_id"])
    if view.period:
        held = held[held["period"].eq(view.period)]
    dimension, named = asked_groups(view, held, ask)
    rows = by_dimension(held, dimension, ask)
    if named:
        rows = rows[rows["group"].isin(named)]
    if rows.empty:
        raise nothing(view, measure, place, dimension)
    among = view.option(AMONG) or first_among(rows)
    rows = rows[rows["among"].eq(among)]
    if rows.empty:
        raise nothing(view, measure, place, dimension)
    together = held[held["people_group"].eq(among)].assign(
        group=EVERYONE, title=together_title(among, ask), among=among, firm=False, part=False
    )
    return pd.concat([rows.assign(part=True), together]), dimension, among


def asked_groups(view: View, held: pd.DataFrame, ask: Ask) -> tuple[str, tuple[str, ...]]:
    """Give the dimension a view asks for and the groups it names; without either, the first that is there."""
    if not view.groups:
        there = [one for one in held["dimension"] if one != EVERYONE]
        return (there[0].split("+")[0] if there else "race_ethnicity"), ()
    known = ask("groups_named", groups=view.groups)
    if len(view.groups) == 1 and view.groups[0] in set(known["dimension"]):
        return view.groups[0], ()
    named = known[known["people_group"].isin(view.groups)]
    if named["dimension"].nunique() > 1:
        raise Problem(
            "These groups are of different kinds. Choose groups of one kind, such as sex."
        )
    return named["dimension"].iloc[0], view.groups


def by_dimension(held: pd.DataFrame, dimension: str, ask: Ask) -> pd.DataFrame:
    """Give the rows that split people by a dimension: the group, its title, and among whom.

    Of groups joined of several dimensions ("black_nh+female") one part is the group and the others say
    among whom it is compared.
    """
    parts = ask("groups_named", groups=(dimension,)).set_index("people_group")
    found = []
    for joined, rows in held.groupby("dimension", sort=False):
        names = joined.split("+")
        if joined == dimension:
            found.append(rows.assign(group=rows["people_group"], among=EVERYONE))
        elif dimension in names:
            codes = rows["people_group"].str.split("+")
            at = names.index(dimension)
            rest = ["+".join([*one[:at], *one[at + 1 :]]) for one in codes]
            found.append(rows.assign(group=codes.str[at], among=rest))
    if not found:
        return held.iloc[:0].assign(group="", among="", title="", firm=False)
    rows = pd.concat(found)
    own = parts.loc[rows["group"], ["title", "position", "overlapping"]].set_index(rows.index)
    rows = rows.assign(title=own["title"], group_position=own["position"])
    rows["overlapping"] = own["overlapping"]
    firm = rows["value"].notna() & rows["grade"].ne(SHAKY)
    rows["firm"] = firm & ~rows["group"].str.contains(NOT_STATED, regex=False)
    return rows.sort_values(["ends", "group_position"], ascending=[False, True], kind="stable")


def first_among(rows: pd.DataFrame) -> str:
    """Give among whom to compare where nobody chose: everyone, else the first with two groups."""
    counts = rows[rows["firm"]].groupby(["among", "period"], sort=False).size()
    enough = [among for among, _ in counts[counts.gt(1)].index] or list(rows["among"])
    return EVERYONE if EVERYONE in enough else enough[0]


def firmly(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of groups whose numbers may be compared."""
    return rows[rows["part"] & rows["firm"]]


def exclusive(rows: pd.DataFrame) -> list[str]:
    """Give groups that share nobody, as many as can be: those that overlap with the fewest others first.

    Beside races of any origin, Hispanic people and the races that are not Hispanic are kept together.
    """
    here = set(rows["group"])
    shared = {
        row.group: here & {*row.overlapping}
        for row in rows.sort_values("group_position").itertuples()
    }
    kept: list[str] = []
    while shared:
        one = min(shared, key=lambda group: len(shared[group] & shared.keys()))
        kept.append(one)
        for gone in {one, *shared[one]} & shared.keys():
            del shared[gone]
    return kept


def whoever(rows: pd.DataFrame) -> list[str]:
    """Give all groups, even those that share people: only for a lesson in what not to do."""
    return list(rows["group"])


def of_period(
    there: pd.DataFrame,
    kept: list[str],
    *,
    measure: pd.Series,
    place: pd.Series,
    dimension: str,
    among: str,
    ask: Ask,
) -> Split:
    """Give the split of the rows of one period."""
    of_groups = there[there["part"]]
    shaky = of_groups[of_groups["value"].notna() & of_groups["grade"].eq(SHAKY)]
    overlaps = set().union(*of_groups[of_groups["group"].isin(kept)]["overlapping"]) - set(kept)
    also = [
        group for group in exclusive(shaky) if group not in overlaps and NOT_STATED not in group
    ]
    rows = of_groups[of_groups["group"].isin([*kept, *also])]
    together = there[~there["part"] & there["value"].notna()]
    return Split(
        measure=measure,
        place=place,
        period=there["period"].iloc[0],
        dimension=dimension,
        among=among,
        among_title=among_title(among, ask),
        rows=in_reading_order(rows, measure, dimension),
        everyone=None if together.empty else together.iloc[0],
        absent=absent(of_groups, {*kept, *also, *overlaps}),
        left_out=left_out(of_groups, rows),
    )


def in_reading_order(rows: pd.DataFrame, measure: pd.Series, dimension: str) -> pd.DataFrame:
    """Give the rows from the best number to the worst; ages and incomes in their own order."""
    if dimension in BY_POSITION:
        return rows.sort_values("group_position").reset_index(drop=True)
    rising = measure["better"] != "higher"
    return rows.sort_values("value", ascending=rising, kind="stable").reset_index(drop=True)


def among_title(among: str, ask: Ask) -> str:
    """Name the people within whom groups are compared: "female, 45 to 49 years old"."""
    codes = among.split("+")
    titles = ask("groups_named", groups=tuple(sorted(codes))).set_index("people_group")["title"]
    first, *rest = [titles[code] for code in codes]
    return ", ".join([first, *(one[:1].lower() + one[1:] for one in rest)])


def together_title(among: str, ask: Ask) -> str:
    """Name all the people together within whom groups are compared: "Everyone", "Female, all groups"."""
    title = among_title(among, ask)
    return title if among == EVERYONE else f"{title}, all groups"


def absent(rows: pd.DataFrame, settled: set[str]) -> tuple[str, ...]:
    """Name the groups without a number and say why."""
    gaps = rows[rows["value"].isna() & ~rows["group"].isin(settled)]
    return tuple(f"{row.title} ({profile_words.STATUSES[row.status]})" for row in gaps.itertuples())


def left_out(rows: pd.DataFrame, shown: pd.DataFrame) -> tuple[str, ...]:
    """Name the groups that have a number but are not shown, and say why."""
    titles = dict(zip(shown["group"], shown["title"], strict=True))
    said_of = []
    for row in rows[rows["value"].notna() & ~rows["group"].isin(list(titles))].itertuples():
        shares = [titles[code] for code in row.overlapping if code in titles]
        why = (
            f"shares people with {words.listed([name(one) for one in shares])}"
            if shares
            else "answers that were not given"
        )
        said_of.append(f"{row.title} ({why})")
    return tuple(said_of)


def nothing(view: View, measure: pd.Series, place: pd.Series, dimension: str) -> Problem:
    """Say that there are not two groups to compare."""
    when = f" in {words.period(view.period)}" if view.period else ""
    return Problem(
        f"{measure['title']}: these data hold no two groups by {said(dimension)} to compare in "
        f"{place['title']}{when}. Choose another measure, place or way to group people."
    )
