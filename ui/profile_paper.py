"""The profile as it is printed: two sheets with type that can be read, in place of the page on screen.

Nothing here is seen on a screen. A printed page shows the title, one paragraph and this; it needs no
button, because the browser's own "Print" finds it.
"""

from html import escape

import pandas as pd

from equity import profile_words, standing_out, vintages, words
from equity.profiles import NATION, STATE, Line, Profile
from equity.reliability import SHAKY
from equity.standing_out import Outstanding
from ui import community, profile_table

# Two sheets hold so many measures of a domain at nine points; "Show all" prints every one.
ON_PAPER = 4
# Of what is missing, so many sentences are printed.
GAPS_ON_PAPER = 5
TITLES = {"people": "More about the people"}
HEADS = ("Measure, years, source", "Here", "Interval", "Trust", "Compared")
STYLE = """<style>
@media screen{.paper{display:none}}
@media print{[class*=st-key-screen]{display:none!important}
 .paper,.paper *{font-size:9pt;line-height:1.22}
 .stApp h1{font-size:16pt!important;padding:0!important;margin:0!important}
 .stApp [data-testid^=st]:has(>h1),.stApp [data-testid=stMarkdownContainer]{margin:0 0 3pt!important}
 .stApp p{font-size:9.5pt!important;line-height:1.25!important;margin:0!important}
 .paper h2{font-size:11.5pt!important;font-weight:650!important;margin:7pt 0 2pt!important;padding:0!important;
  break-after:avoid}
 .paper p{font-size:9pt!important;margin:0 0 3pt!important}
 .paper ul{margin:0;padding:0;list-style:none}
 .paper li{margin:0 0 3pt!important;padding:0!important;break-inside:avoid}
 .paper .two{columns:2;column-gap:16pt}.paper .pair{display:flex;gap:16pt}.paper .pair>*{flex:1 1 0}
 .paper .mix li{display:grid;grid-template-columns:1fr 50pt 54pt;gap:4pt;margin:0!important}
 .paper .mix span{text-align:right}
 .paper table{width:100%;border-collapse:collapse;table-layout:fixed;font-variant-numeric:tabular-nums}
 .paper th,.paper td{text-align:left;vertical-align:top;padding:1.2pt 6pt 1.2pt 0;border:0;
  border-top:.4pt solid #888;font-weight:400}
 .paper thead th{border:0;font-weight:650}.paper tr{break-inside:avoid}
 .paper th[colspan]{font-weight:650;font-size:10pt;padding-top:5pt;border-top:.8pt solid #000;break-after:avoid}
 .paper tr:has(>[colspan]){break-after:avoid}
 .paper col:nth-child(1){width:34%}.paper col:nth-child(2){width:9%}.paper col:nth-child(3){width:21.5%}
 .paper col:nth-child(4){width:14%}}
</style>"""


def sheets(
    profile: Profile, domains: tuple[str, ...], mix_id: str | None, *, everything: bool
) -> str:
    """Give the printed part of a profile as HTML.

    domains are drawn in their order; mix_id is the measure of race and ethnicity to show, if any.
    """
    chosen = {name: printed(profile, name, everything=everything) for name in domains}
    sources = sources_of([line for lines in chosen.values() for line in lines])
    parts = [
        note(vintages.note(profile.place["place_id"])),
        mix(profile, mix_id),
        stands_out(profile),
        measures(profile, chosen, sources),
        gaps(profile),
        credits(sources, short=not everything),
    ]
    return f"<div class=paper>{''.join(parts)}</div>"


def printed(profile: Profile, domain: str, *, everything: bool) -> list[Line]:
    """Give the lines of a domain to print: the most telling, or all."""
    lines = [line for line in profile.lines if line.measure["domain"] == domain]
    chosen = community.chosen(lines, everything=everything)
    return chosen if everything else chosen[:ON_PAPER]


def sources_of(lines: list[Line]) -> dict[str, int]:
    """Number the sources of some lines, as readers meet them."""
    named = dict.fromkeys(source_of(line) for line in lines)
    return {name: number for number, name in enumerate(named, start=1)}


def source_of(line: Line) -> str:
    """Name who published a line."""
    return f"{line.measure['publisher']}, {line.measure['source_title']}"


def note(text: str | None) -> str:
    """Give a sentence of its own, or nothing."""
    return f"<p>{escape(text)}</p>" if text else ""


def mix(profile: Profile, measure_id: str | None) -> str:
    """Give who lives here: the groups in two columns, with people and share."""
    if measure_id is None:
        return ""
    rows = profile.groups[profile.groups["measure_id"].eq(measure_id)]
    rows, measure = rows[rows["value"].notna()], profile.measures[measure_id]
    items = "".join(group(row) for row in rows.itertuples())
    return (
        f"<h2>Who lives here. {escape(profile_words.mix_finding(rows, measure))}</h2>"
        f"<ul class='mix two'>{items}</ul>{note(profile_words.mix_note(rows, measure))}"
    )


def group(row: object) -> str:
    """Give one group of people: name, number, share."""
    people = "" if pd.isna(row.numerator) else f"{row.numerator:,.0f}"
    return (
        f"<li>{escape(row.group_title)} <span>{people}</span>"
        f"<span>{profile_table.share(row.value)}</span></li>"
    )


def stands_out(profile: Profile) -> str:
    """Give strengths and concerns side by side."""
    strengths, concerns = standing_out.chosen(profile)
    found = profile_words.stands_out(len(strengths), len(concerns))
    return (
        f"<h2>What stands out: {found}</h2><div class=pair>"
        f"{column('Strengths', strengths)}{column('Concerns', concerns)}</div>"
    )


def column(title: str, some: list[Outstanding]) -> str:
    """Give strengths or concerns with the reason each was chosen."""
    items = "".join(f"<li><b>{escape(one.finding)}</b> {escape(one.why)}</li>" for one in some) or (
        "<li>No measure shows one with enough evidence. That is not the same as having none.</li>"
    )
    return f"<div><b>{title}</b><ul>{items}</ul></div>"


def measures(profile: Profile, chosen: dict[str, list[Line]], sources: dict[str, int]) -> str:
    """Give one table whose parts are the domains, each with its finding."""
    heads = "".join(f"<th scope=col>{head}</th>" for head in HEADS)
    bodies = "".join(body(profile, name, lines, sources) for name, lines in chosen.items() if lines)
    return (
        f"<h2>How it stands</h2><table><colgroup>{'<col>' * len(HEADS)}</colgroup>"
        f"<thead><tr>{heads}</tr></thead>{bodies}</table>"
    )


def body(profile: Profile, domain: str, lines: list[Line], sources: dict[str, int]) -> str:
    """Give one domain: its finding, then a row a measure."""
    every = [line for line in profile.lines if line.measure["domain"] == domain]
    finding = profile_words.domain_finding(every, NATION, "the nation")
    title = TITLES.get(domain, words.capital(domain)) + (f": {finding}" if finding else "")
    nouns = profile_words.places_like(profile.place)
    rows = "".join(row(line, sources[source_of(line)], nouns) for line in lines)
    return f"<tbody><tr><th scope=rowgroup colspan={len(HEADS)}>{escape(title)}</th></tr>{rows}</tbody>"


def row(line: Line, source: int, nouns: str) -> str:
    """Give one measure: value, interval, grade and verdict."""
    cells = (
        profile_words.value_or_status(line.here, line.measure),
        profile_words.interval(line.here, line.measure).replace(" interval)", ")"),
        profile_words.grade(line.here),
        verdict(line, nouns),
    )
    title = f"{line.title}, {profile_words.period(line.period)} [{source}]"
    return (
        f"<tr><th scope=row>{escape(title)}</th>"
        f"{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
    )


def verdict(line: Line, nouns: str) -> str:
    """Say how a value differs from the nation's: "US 13.4%: higher here (worse)".

    Without a number for the nation, from the state's; else where it stands among all places.
    """
    if not line.others:
        return "Not compared"
    for name, short in ((NATION, "US"), (STATE, "State")):
        other = line.others.get(name)
        if other is not None and other.value is not None:
            shown = profile_words.amount(other.value, line.measure)
            return f"{short} {shown}: {profile_words.verdict_and_side(line, name)}"
    if line.here.grade == SHAKY:
        return "Too shaky to compare"
    if line.standing is None:
        return "No number to compare with"
    return words.capital(profile_words.among(line.standing, nouns))


def gaps(profile: Profile) -> str:
    """Say who and what is missing."""
    sentences = profile_words.missing(profile)
    if not sentences:
        return ""
    more = len(sentences) - GAPS_ON_PAPER
    rest = (
        f" {words.capital(words.counted(more, 'more gap'))}: see the page itself."
        if more > 0
        else ""
    )
    said = " ".join(sentences[:GAPS_ON_PAPER])
    return f"<h2>Who is missing</h2><p>{escape(said)}{rest}</p>"


def credits(sources: dict[str, int], *, short: bool) -> str:
    """Say who published the numbers, and how to print the rest."""
    named = "; ".join(f"[{number}] {name}" for name, number in sources.items())
    rest = (
        f" On paper: the first {words.SMALL[ON_PAPER]} measures of each domain; for all of them, "
        "print with “Show all measures”."
        if short
        else ""
    )
    return f"<h2>Sources</h2><p>{escape(named)}.{rest}</p>"
