"""Counts behind a rate of every county: what the lessons about small numbers stand on."""

from dataclasses import dataclass

import pandas as pd

from equity import words
from equity.errors import Problem, Refused
from equity.view import Ask, View

EVERYONE = "everyone"
# Where more counties than this share have their small counts withheld, what is left is no picture of chance.
MOST_WITHHELD = 0.02


@dataclass(frozen=True, eq=False)
class Counts:
    """A rate of every county with its events and people.

    rows, indexed by place_id: value, events, people, full_name, place_title, state_id, status, grade,
    county_vintage. A withheld count is missing, never 0.
    """

    measure: pd.Series
    period: str
    group_title: str
    rows: pd.DataFrame

    @property
    def known(self) -> pd.DataFrame:
        """The counties whose events and people are known."""
        return self.rows[self.rows["events"].notna() & self.rows["people"].gt(0)]

    @property
    def withheld(self) -> int:
        """How many counties have no number because it is held back."""
        return int(self.rows["status"].eq("suppressed").sum())


def ask(view: View, ask: Ask) -> Counts:
    """Give the counts of a view's measure in its period, the newest where it names none.

    Raises Problem where there is no such period, Refused for what is no plain rate of events.
    """
    measure = ask("measures").set_index("measure_id").loc[view.measures[0]]
    if measure["grade_rule"] != "events" or pd.isna(measure["scale"]):
        refuse(measure, "it is no rate of events that were counted")
    if measure["adjustment"] == "age-adjusted":
        refuse(
            measure, "an age-adjusted rate does not follow from one count and one number of people"
        )
    choices = ask("funnel_choices")
    periods = choices[choices["measure_id"].eq(measure.name)]["period"].tolist()
    if not periods:
        refuse(measure, "these data hold too few of its counts")
    if view.period and view.period not in periods:
        raise Problem(
            f"{measure['title']}: no counts for {view.period[:30]!r}. Choose other years."
        )
    period = view.period or periods[0]
    rows = ask("funnel_counties", measure=measure.name, period=period, group=EVERYONE)
    found = Counts(measure, period, EVERYONE, counted(rows, float(measure["scale"])))
    if found.withheld > MOST_WITHHELD * len(rows):
        raise Refused(
            rule="small counts withheld",
            why=(
                f"For {found.withheld:,} counties the count behind {words.quoted(measure['title'])} is held back "
                "because it is small. The small counties are just those that are missing, so pictures of small "
                "counties would mislead."
            ),
            instead="Choose a rate whose small counts are published, such as births or deaths of all kinds.",
        )
    return found


def refuse(measure: pd.Series, why: str) -> None:
    """Raise Refused for a measure that chance cannot be worked out for."""
    raise Refused(
        rule="no counts",
        why=f"What chance does to {words.quoted(measure['title'])} cannot be worked out from counts: {why}.",
        instead="Choose a rate of births, deaths or cases that is not adjusted for age.",
    )


def counted(rows: pd.DataFrame, scale: float) -> pd.DataFrame:
    """Give the rows with events and people.

    People are the publisher's denominator; where none is given, what its own rate implies; for a rate of 0,
    which implies none, the residents of the newest count.
    """
    events = rows["numerator"].where(rows["value"].notna())
    implied = (events * scale / rows["value"].where(rows["value"].gt(0))).round()
    people = rows["denominator"].fillna(implied).fillna(rows["residents"])
    return rows.assign(events=events, people=people).set_index("place_id", drop=False)


def unit(measure: pd.Series) -> str:
    """Give a unit as it follows a number, without what the number's suffix says already."""
    suffix = measure["suffix"].strip()
    return measure["unit"].removeprefix(suffix).strip() if suffix else measure["unit"]
