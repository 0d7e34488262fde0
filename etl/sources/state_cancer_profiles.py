"""State Cancer Profiles, exported by hand: one file a cancer, race, sex and age; one row a county."""

import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from etl.observations import Z, files_in, together
from etl.places import recoded
from etl.reading import WrongFile, numbers, parsed, require_columns, text
from etl.sources import describe

REPORT = re.compile(r"^(?P<what>Incidence|Death) Rate Report for ")
CANCER = re.compile(
    r"^(?P<cancer>.+?)(?: \((?P<stage>All Stages|Late Stage[^)]*)\^?\))?\^?, (?P<years>\d{4}-\d{4})$"
)
WHAT = {"Incidence": "cases", "Death": "deaths"}
# The publisher writes the same group in several ways ("Black Non-Hispanic", "Black (Non-Hispanic)").
RACES = {
    "allracesincludeshispanic": "everyone",
    "allracesincludeshispaniclatino": "everyone",
    "allraces": "everyone",
    "whiteincludeshispanic": "white",
    "blackincludeshispanic": "black",
    "whitenonhispanic": "white_nh",
    "blacknonhispanic": "black_nh",
    "americanindianalaskanativenonhispanic": "aian_nh",
    "amerindianalaskanativenonhispanic": "aian_nh",
    "americanindianalaskannativenonhispanic": "aian_nh",
    "amerindianalaskannativenonhispanic": "aian_nh",
    "asianpacificislandernonhispanic": "asian_pacific_nh",
    "asianorpacificislandernonhispanic": "asian_pacific_nh",
    "hispanicanyrace": "hispanic",
}
SEXES = {
    "Both Sexes": "everyone",
    "Male": "male",
    "Males": "male",
    "Female": "female",
    "Females": "female",
}
AGES = {
    "All Ages": "everyone",
    "Ages <15": "age_under_15",
    "Ages <20": "age_under_20",
    "Ages <50": "age_under_50",
    "Ages 50+": "age_50_over",
    "Ages <65": "age_under_65",
    "Ages 65+": "age_65_over",
}
LOW, HIGH = "Lower 95% Confidence Interval", "Upper 95% Confidence Interval"
# "*" is withheld; "[P1 note]" and "¶" say that a law or an agreement keeps the figure back.
SUPPRESSED, NOT_PUBLISHED = r"\*", r"\[P\d+ note\]|¶|&para;|N/A"
# Bedford city and county together have a code of their own at the publisher.
BEDFORD = {"51917": "51019"}


class Preamble(NamedTuple):
    """What the lines above the table say of it."""

    measure_id: str
    cancer: str
    period: str
    people_group: str


def transform(folder: Path) -> pd.DataFrame:
    """Tidy every export in the folder."""
    return together(rates(path) for path in files_in(folder, "*.csv"))


def measures_found(folder: Path) -> list[dict]:
    """Give the measure of every export in the folder, in the words of the two in the .toml."""
    words = describe("state_cancer_profiles")
    templates = {measure["measure_id"].split("_")[1]: measure for measure in words["measure"]}
    found = []
    for path in files_in(folder, "*.csv"):
        about = preamble(path, text(path).splitlines())
        measure = dict(templates[about.measure_id.split("_")[1]])
        for key in ("title", "short_title", "meaning"):
            measure[key] = measure[key].replace("any cancer", about.cancer)
        found.append(measure | {"measure_id": about.measure_id})
    return found


def preamble(path: Path, lines: list[str]) -> Preamble:
    """Read the lines above the table: report, cancer and years, people; refuse what we do not know."""
    first = [line.strip().strip('"').strip() for line in lines[:8]]
    said = [line for line in first if line]
    report = REPORT.match(said[0]) if said else None
    if not report or len(said) < 3:
        raise WrongFile(path, "This is no State Cancer Profiles export.", line=1)
    cancer = CANCER.match(said[1])
    if not cancer:
        rule = f"Expected a cancer and years, found {said[1]!r}."
        raise WrongFile(path, rule, line=first.index(said[1]) + 1)
    name = plain_name(path, cancer)
    return Preamble(
        measure_id=f"scp_{WHAT[report['what']]}_{re.sub('[^a-z]+', '_', name)}",
        cancer=name,
        period=cancer["years"],
        people_group=people_group(path, said[2], line=first.index(said[2]) + 1),
    )


def plain_name(path: Path, cancer: re.Match) -> str:
    """Give what people call a cancer; refuse one that the .toml does not name."""
    names = describe("state_cancer_profiles")["cancers"]
    if cancer["cancer"] not in names:
        raise WrongFile(
            path,
            f"Unknown cancer {cancer['cancer']!r}.",
            todo="Add it to [cancers] in etl/sources/state_cancer_profiles.toml.",
        )
    late = "late-stage " if (cancer["stage"] or "").startswith("Late") else ""
    return late + names[cancer["cancer"]]


def people_group(path: Path, people: str, *, line: int) -> str:
    """Give the people group of "Black Non-Hispanic, Female, All Ages"."""
    race, _, rest = people.rpartition(", ")[0].rpartition(", ")
    age = people.rpartition(", ")[2]
    found = [
        RACES.get(re.sub("[^a-z]+", "", race.lower())),
        SEXES.get(rest),
        AGES.get(age),
    ]
    if None in found:
        raise WrongFile(path, f"Unknown people {people!r}.", line=line)
    return "+".join(part for part in found if part != "everyone") or "everyone"


def rates(path: Path) -> pd.DataFrame:
    """Tidy one export.

    Its count is a yearly average rounded to whole people, so the number of cases is not known; the
    grade goes by the width of the interval.
    """
    content = text(path)
    about = preamble(path, content.splitlines())
    rows = county_rows(path, content)
    rate_column = next((name for name in rows if name.startswith("Age-Adjusted ")), None)
    require_columns(path, rows.columns, ["FIPS", rate_column or "Age-Adjusted Rate", LOW, HIGH])
    cells = rows[rate_column].str.strip()
    suppressed, not_published = (
        cells.str.fullmatch(marker) for marker in (SUPPRESSED, NOT_PUBLISHED)
    )
    blanked = rows.assign(
        **{name: rows[name].mask(suppressed | not_published) for name in (rate_column, LOW, HIGH)}
    )
    low, high = numbers(path, blanked, LOW), numbers(path, blanked, HIGH)
    status = suppressed.map({True: "suppressed", False: "reported"})
    return rows[["line"]].assign(
        measure_id=about.measure_id,
        period=about.period,
        place_id=places(rows),
        people_group=about.people_group,
        value=numbers(path, blanked, rate_column),
        low=low,
        high=high,
        level=0.95,
        standard_error=(high - low) / (2 * Z[0.95]),
        status=status.mask(not_published, "not published"),
        file=path.name,
    )


def county_rows(path: Path, content: str) -> pd.DataFrame:
    """Cut the table out of an export: from the line of column names to the notes."""
    lines = content.splitlines()
    starts = [
        number for number, line in enumerate(lines, 1) if line.startswith(("County,", "State,"))
    ]
    ends = [number for number, line in enumerate(lines, 1) if line.strip(' "') == "Notes:"]
    if not starts:
        raise WrongFile(path, "There is no line that begins County,FIPS.")
    if not ends:
        raise WrongFile(path, "The notes below the table are missing: the file is cut short.")
    until_notes = "\n".join(lines[: ends[0] - 1]).rstrip("\n") + "\n"
    rows = parsed(path, until_notes, required=["FIPS"], header=starts[0])
    return rows.rename(columns={rows.columns[0]: "area"})


def places(rows: pd.DataFrame) -> pd.Series:
    """Give the place of each row: 00000 is the nation, 29000 a state, Puerto Rico stands under 72001."""
    codes = recoded(rows["FIPS"].str.strip().str.zfill(5)).replace({"00000": "US"} | BEDFORD)
    codes = codes.where(~codes.str.endswith("000"), codes.str[:2])
    return codes.mask(rows["area"].str.startswith("Puerto Rico"), "72")
