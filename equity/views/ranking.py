"""Where places stand in order, with the doubt in it: rank intervals, and ties."""

from dataclasses import dataclass

import pandas as pd

from equity import among, placed, words
from equity import ranking as ranks
from equity.among import Among
from equity.answers import Column, Reading, Table
from equity.charts import Axis, Chart, Mark
from equity.comparability import Act
from equity.errors import Refused
from equity.ranking import Ranking
from equity.reliability import SHAKY
from equity.view import Ask, View
from equity.views.compare import AREAS

ACTS: frozenset[Act] = frozenset({"sets places side by side", "ranks places"})


@dataclass(frozen=True, eq=False)
class Found:
    """All places, their ranks (1 is the highest number), and the chosen places with theirs."""

    all: Among
    ranking: Ranking
    rows: pd.DataFrame

    @property
    def ranked(self) -> pd.DataFrame:
        """The chosen places that have a rank."""
        return self.rows[self.rows["rank"].notna()]


def ask(view: View, ask: Ask) -> Found:
    """Give the ranks of all places of the chosen ones' level; raise Refused where no margin is known."""
    found = among.among(view, ask)
    measure = found.chosen.measure
    errors = among.errors(found)
    if errors.isna().all():
        raise Refused(
            rule="ranking without margins",
            why=f"No margin is published for \N{LEFT DOUBLE QUOTATION MARK}{measure['title']}"
            "\N{RIGHT DOUBLE QUOTATION MARK}, so nobody can say which places stand apart from which, and an "
            "order would look surer than it is.",
            instead="See where the places lie among all, without an order.",
        )
    ranking = ranks.rank(
        found.values,
        errors,
        first="highest",
        may_rank=bool(measure["may_rank"]) or view.is_lesson,
        decimals=int(measure["decimals"]),
    )
    table = ranking.places[["rank", "low", "high", "tied"]].add_prefix("rank_")
    rows = found.chosen.rows.set_index("place_id", drop=False)
    rows = rows.join(table.rename(columns={"rank_rank": "rank"}).rename_axis(None))
    return Found(found, ranking, rows.reset_index(drop=True))


def read(found: Found) -> Reading:
    """Put the ranks into words, each with how far it could be off."""
    places = [ranked(found, row) for row in found.ranked.itertuples()]
    others = found.rows[found.rows["value"].notna() & found.rows["rank"].isna()]
    outside = [
        f"{words.capital(row.name)} ({found.all.chosen.amount(row.value)}) is not one of the "
        f"{found.all.nouns}, so it has no rank here."
        for row in others.itertuples()
    ]
    sentences = (
        *places,
        *outside,
        *placed.gaps(found.all.chosen),
        at_the_top(found),
        among.without_number(found.all),
        without_margin(found),
        how(found),
        AREAS,
    )
    return Reading(
        title=finding(found),
        subtitle=f"{found.all.chosen.what}. Rank 1 is the highest number, which need not be the worst.",
        sentences=tuple(filter(None, sentences)),
        alt=f"Dots with intervals: the rank of each chosen place, and how far it could be off. {' '.join(places)}",
    )


def finding(found: Found) -> str:
    """Say the rank of the first place with how far it could be off."""
    title = found.all.chosen.measure["title"]
    if found.ranked.empty:
        return f"{title}: none of these places has a rank among {found.all.nouns}"
    return f"{title}: {ranked(found, next(found.ranked.itertuples())).rstrip('.')}"


def ranked(found: Found, row: object) -> str:
    """Say one place's rank, its interval and its ties."""
    name = words.capital(row.name)
    rank = (
        f"{name} ({found.all.chosen.amount(row.value)}) has rank {row.rank:,.0f} of "
        f"{found.ranking.ranked:,} {found.all.nouns}"
    )
    if pd.isna(row.rank_low):
        return f"{rank}; no margin is published, so we can't say how sure that is."
    sure = (
        f"{rank}, by its margin anywhere from {row.rank_low:,.0f} to {row.rank_high:,.0f}"
        if row.rank_low < row.rank_high
        else rank
    )
    return f"{sure}, {tied(row.rank_tied)}."


def tied(count: float) -> str:
    """Say with how many others a place is tied."""
    if count == 0:
        return "apart from all others"
    return f"tied with {count:,.0f} {'other' if count == 1 else 'others'}"


def at_the_top(found: Found) -> str:
    """Say that the highest number is not one place's, where it cannot be told apart from others."""
    count = found.ranking.places["tied"].iloc[0]
    if pd.isna(count) or count == 0:
        return ""
    return (
        f"No {found.all.level} stands alone at the top: {count:,.0f} "
        f"{'other' if count == 1 else 'others'} cannot be told apart from the highest number."
    )


def without_margin(found: Found) -> str:
    """Say how many places have a rank without a margin."""
    count = found.ranking.without_margin
    if not count:
        return ""
    return f"No margin is published for {words.counted(count, found.all.level)}; there we can't say how sure a rank is."


def how(found: Found) -> str:
    """Say how ranks and ties are found."""
    if (among.errors(found.all).fillna(0) == 0).all():
        return "These are full counts: places are tied where they show the same number."
    return (
        "How sure: a place is tied with all others that a z-test of the difference (95% level) cannot tell "
        "apart from it; its rank could be any among those."
    )


def tabulate(found: Found) -> Table:
    """Give the chosen places with their numbers, ranks, intervals and ties, and the place of the top ones."""
    rows = found.rows.assign(trust=placed.trust(found.rows))
    nouns = found.all.nouns
    top = pd.DataFrame(
        {
            "what": [f"Tied with the highest number, of {found.ranking.ranked:,} {nouns}"],
            "rank_tied": [found.ranking.places["tied"].iloc[0]],
        }
    )
    doubt = pd.DataFrame(
        {
            "what": [f"{words.capital(nouns)} with a number but no margin"],
            "places": [found.ranking.without_margin],
        }
    )
    rows = pd.concat(
        [rows.rename(columns={"place_title": "what"}), top, among.counted(found.all), doubt],
        ignore_index=True,
    )
    columns = (
        Column("what", "Place"),
        *placed.value_columns(found.all.chosen.measure),
        Column("rank", "Rank", decimals=0),
        Column("rank_low", "Rank, low", decimals=0),
        Column("rank_high", "Rank, high", decimals=0),
        Column("rank_tied", "Tied with", decimals=0),
        Column("places", f"How many {nouns}", decimals=0),
    )
    return Table(rows, columns)


def draw(found: Found) -> tuple[Chart, ...]:
    """Draw each chosen place's rank with its interval, on the line of all ranks."""
    rows = found.ranked
    if rows.empty:
        return ()
    ranks_shown = Mark(
        "dots",
        x=placed.ends(rows, "rank"),
        y=tuple(rows["place_title"]),
        low=placed.ends(rows, "rank_low"),
        high=placed.ends(rows, "rank_high"),
        labels=tuple(f"{rank:,.0f}" for rank in rows["rank"]),
        hover=tuple(ranked(found, row) for row in rows.itertuples()),
        hollow=tuple(rows["grade"].eq(SHAKY)),
    )
    across = Axis(
        title=f"Rank among {found.ranking.ranked:,} {found.all.nouns} (1 is the highest number)",
        span=(1.0, float(found.ranking.ranked)),
    )
    return (Chart((ranks_shown,), x=across, y=Axis(categories=tuple(rows["place_title"]))),)
