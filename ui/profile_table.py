"""The tables of a profile as HTML: value, interval, grade, strip, comparisons, and where it all comes from.

Streamlit's tables hold no strips and no details that open in place. All text is escaped.
"""

from html import escape
from math import ceil

import pandas as pd

from equity import profile_words, words
from equity.profiles import NATION, PEERS, STATE, Cell, Line, Profile, Standing
from equity.reliability import SHAKY

COLUMNS = {STATE: "", NATION: "United States", PEERS: "Mean of peers"}
SMALLEST_SHARE = 0.1
# Of 15 shades of grey in a strip, the one where most places are.
DARKEST = 12
NARROW = "max-width: 760px"
STYLE = """<style>
.eq{width:100%;table-layout:fixed;border-collapse:collapse;font-variant-numeric:tabular-nums;margin:0 0 .3rem}
.eq th,.eq td{padding:.55rem .7rem .55rem 0;vertical-align:top;text-align:left;
 border:0;border-top:1px solid #8885;font-weight:400;line-height:1.35}
.eq thead th{border-top:0;font-size:.82rem;padding-bottom:.3rem}
.eq thead th:nth-child(1){width:25%}.eq thead th:nth-child(2){width:16%}.eq thead th:nth-child(3){width:26%}
.eq.mix thead th:nth-child(1){width:40%}.eq.mix thead th:nth-child(n+2){width:13%}
.eq b{font-size:1.15rem;font-weight:650}
.eq small{display:block;font-size:.8rem;line-height:1.35}
.eq .n{white-space:nowrap}
.eq summary{cursor:pointer;font-weight:600}
.eq details p{font-size:.85rem;margin:.45rem 0 0;line-height:1.45}
.eq details a{color:inherit}
.eq.plain{font-size:.92rem}
.eq.plain thead th:nth-child(n+3){width:50%!important}
.eq.plain thead th:nth-child(n){width:auto}.eq.plain thead th:first-child{width:34%}
.eq .w{padding-right:1.2rem}
.eq .strip{position:relative;height:22px;margin:2px 0 3px;border-bottom:1px solid #888}
.eq .strip i,.key i{position:absolute;top:0;bottom:0;width:4px;margin-left:-2px;background:#2a7fb8}
.eq .strip i.u,.key i.u{width:0;border-left:2px dashed currentColor;background:none;margin-left:-1px}
.eq .strip i.s,.key i.s{width:0;border-left:2px solid currentColor;background:none;margin-left:-1px;top:9px}
.eq .ends{display:flex;justify-content:space-between;gap:.5rem;font-size:.75rem}
.eq.mix th,.eq.mix td{padding:.25rem .7rem .25rem 0}.eq thead td{border:0}
.eq .bar{display:block;height:14px;background:#2a7fb8;margin-top:.2rem}
.absent{font-size:.82rem;margin:.2rem 0 0}
.key{font-size:.82rem;line-height:1.6}
.key span{display:inline-block;position:relative;width:16px;height:14px;vertical-align:-2px;margin:0 .25rem 0 .7rem}
.key i{left:8px}
.key .many{background:linear-gradient(90deg,#7f7f7f22,#7f7f7fcc)}
.fold>label{display:none}.fold ul{margin:.2rem 0;padding-left:1.3rem}.fold li{margin:.3rem 0}
@media(NARROW){.fold>label{display:flex;gap:.7rem;align-items:center;min-height:46px;padding:.2rem .7rem;
 border:1px solid #888;border-radius:4px;cursor:pointer;line-height:1.25}
 .fold>label:focus-within{outline:2px solid #2a7fb8;outline-offset:2px}
 .fold>label input{flex:none;width:20px;height:20px;margin:0}
 .fold:not(:has(>label>input:checked))>:not(label){display:none}
 .eq thead{display:none}.eq tr{display:grid;grid-template-columns:1fr 1fr;
 border-top:1px solid #8885;padding:.5rem 0}.eq th,.eq td{border:0;padding:.2rem .5rem .2rem 0}
 .eq th[scope=row],.eq .w{grid-column:1/-1;width:auto!important}
 .eq.mix .w:empty,.eq td:has(>.na){display:none}
 .eq td[data-l]::before{content:attr(data-l);display:block;font-size:.75rem}}
</style>""".replace("NARROW", NARROW)


def table(profile: Profile, lines: list[Line], caption: str) -> str:
    """Give a domain's measures as a table: each row a value, its strip, and its comparisons."""
    compared = [name for name in COLUMNS if any(name in line.others for line in lines)]
    shown = [name for name in compared if any(has_value(line, name) for line in lines)]
    absent = [column(profile, name) for name in compared if name not in shown]
    head = ["Measure", "Here", f"Among all {plural(profile)}"]
    head += [column(profile, name) for name in shown]
    cells = "".join(f"<th scope=col>{escape(title)}</th>" for title in head)
    rows = "".join(row(profile, line, shown, head) for line in lines)
    return (
        f'<table class="eq" aria-label="{escape(caption)}"><thead><tr>{cells}</tr></thead>'
        f"<tbody>{rows}</tbody></table>{not_published(absent)}"
    )


def fold(content: str, said: str) -> str:
    """Give a part that a phone shows only when asked, by tap or space bar; wider screens show it at once.

    A checkbox, because a page cannot open a "details" by its width, and no script may run here.
    """
    return f"<div class=fold><label><input type=checkbox>{escape(said)}</label>{content}</div>"


def listed(sentences: list[str], said: str) -> str:
    """Give sentences as a list that a phone shows when asked."""
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return fold(f"<ul>{items}</ul>", said)


def column(profile: Profile, name: str) -> str:
    """Give the heading of a comparison: the state's name, the nation, the peers."""
    return profile.state_name if name == STATE else COLUMNS[name]


def has_value(line: Line, name: str) -> bool:
    """Say whether a line has a number to compare with."""
    return name in line.others and line.others[name].value is not None


def not_published(absent: list[str]) -> str:
    """Say once, under a table, for whom none of its measures is published; empty where there is none."""
    if not absent:
        return ""
    whom = escape(words.listed(absent).replace(COLUMNS[PEERS], COLUMNS[PEERS].lower()))
    return f"<p class=absent>No numbers of these measures to compare with: {whom}.</p>"


def plural(profile: Profile) -> str:
    """Give the word for all places of the level: counties, states."""
    return profile_words.places_like(profile.place)


def row(profile: Profile, line: Line, shown: list[str], head: list[str]) -> str:
    """Give one measure as a table row."""
    cells = [
        f"<th scope=row>{details(profile, line)}</th>",
        f'<td data-l="Here">{here(line)}</td>',
        f'<td class="w">{place_among(profile, line)}</td>',
    ]
    for name, title in zip(shown, head[3:], strict=True):
        cells.append(f'<td data-l="{escape(title)}">{elsewhere(line, name)}</td>')
    return f"<tr>{''.join(cells)}</tr>"


def here(line: Line) -> str:
    """Give the value with its interval, grade and period."""
    value = escape(profile_words.value_or_status(line.here, line.measure))
    trust = [profile_words.grade(line.here), profile_words.period(line.period)]
    notes = [profile_words.interval(line.here, line.measure), ", ".join(filter(None, trust))]
    small = "".join(f"<small>{escape(note)}</small>" for note in notes if note)
    return f"{f'<b>{value}</b>' if line.here.value is not None else value}{small}"


def elsewhere(line: Line, name: str) -> str:
    """Give the value of the state, nation or peers with the verdict on the difference."""
    if name not in line.others:
        return "<small class=na>not compared</small>"
    value = profile_words.value_or_status(line.others[name], line.measure)
    difference = line.verdicts[name]
    said = profile_words.verdict_and_side(line, name)
    test = escape(
        f"{difference.test} ({difference.method})" if difference.method else difference.test
    )
    if line.others[name].value is None:
        return f"<small class=na>{escape(value)}</small>"
    return f'<span class=n>{escape(value)}</span><small title="{test}">{escape(said)}</small>'


def details(profile: Profile, line: Line) -> str:
    """Give the measure's name, which opens who published it, how it was made and what not to do with it."""
    measure, here_cell = line.measure, line.here
    made = profile_words.MADE[measure["made"]]
    where = here_cell.file + (f", line {here_cell.line}" if here_cell.line else "")
    computed = {"published": "", "computed": "Computed from it. "}.get(
        here_cell.origin, f"{words.capital(here_cell.origin)}. "
    )
    parts = [
        measure["meaning"],
        f"{made}; {measure['unit']}. Who counts: {measure['population']}.",
        f"Published by {measure['publisher']}: {measure['source_title']}, "
        f"{profile_words.period(line.period)}. {computed}File: {where}.",
        f"Mind: {measure['caution']}" if measure["caution"] else "",
    ]
    text = "".join(f"<p>{escape(tidy(part))}</p>" for part in parts if part)
    code = escape(measure.name)
    link = (
        f'<p><a href="sources?measure={code}" target="_self">Its whole card</a>. '
        f'<a href="compare?measure={code}&amp;place={profile.place["place_id"]}" target="_self">Compare places</a></p>'
    )
    return f"<details><summary>{escape(line.title)}</summary>{text}{link}</details>"


def tidy(sentence: str) -> str:
    """Give a sentence without the doubled points that joining makes."""
    return sentence.replace("..", ".").replace(" .", ".")


def place_among(profile: Profile, line: Line) -> str:
    """Give the strip that shows where the value stands among all, with its ends and a sentence."""
    standing = line.standing
    if line.here.grade == SHAKY:
        return "<small>Too shaky to place among the others</small>"
    if standing is None or line.here.value is None:
        barred = line.here.value is not None and not line.measure["may_rank"]
        return "<small>Not ranked or compared: see its card</small>" if barred else ""
    said = profile_words.among(standing, plural(profile))
    if not standing.bins:
        return f"<small>{escape(words.capital(said))}</small>"
    low, high = (escape(profile_words.amount(edge, line.measure)) for edge in standing.edges)
    label = escape(f"{line.title}: {said}; most lie between {low} and {high}", quote=True)
    return (
        f'<div class=strip role=img aria-label="{label}" style="background:{density(standing)}">'
        f"{marks(line, standing)}</div><div class=ends><span>{low}</span><span>{high}</span></div>"
        f"<small>{escape(words.capital(said))}</small>"
    )


def density(standing: Standing) -> str:
    """Give the counts of a strip as a gradient: the darker, the more places have such a value."""
    most, step = max(standing.bins), 100 / len(standing.bins)
    shades = [ceil(DARKEST * (count / most) ** 0.5) for count in standing.bins]
    # A stop at 0 begins where the one before it ends; equal neighbours need one stop.
    ends = [n for n in range(len(shades)) if n + 1 == len(shades) or shades[n] != shades[n + 1]]
    stops = [f"#777{shades[n]:x} 0 {(n + 1) * step:.3g}%" for n in ends]
    return f"linear-gradient(90deg,{','.join(stops)})"


def marks(line: Line, standing: Standing) -> str:
    """Give the marks on a strip: the state, the nation, and this place over them."""
    found = [(name, line.others.get(name, Cell(None)).value) for name in (STATE, NATION)]
    drawn = [
        f'<i class={name[0] if name == STATE else "u"} style="left:{position(value, standing):.1f}%"></i>'
        for name, value in found
        if value is not None
    ]
    return "".join(drawn) + f'<i style="left:{position(line.here.value, standing):.1f}%"></i>'


def position(value: float, standing: Standing) -> float:
    """Give where a value lies on a strip, in percent; values beyond its ends lie on the edge."""
    low, high = standing.edges
    return min(max(100 * (value - low) / (high - low), 0), 100)


def key(profile: Profile) -> str:
    """Give the explanation of the strips, once a page."""
    state = (
        f"<span><i class=s></i></span>{escape(profile.state_name)}" if profile.state_name else ""
    )
    if profile.place["level"] != "county":
        state = ""
    return (
        f"<p class=key>How to read the strips: <span><i></i></span>{escape(profile.place['full_name'])}"
        f"{state}<span><i class=u></i></span>United States"
        f"<span class=many></span>the darker, the more {plural(profile)} have such a value. "
        "The lowest and highest 1 in 100 lie on the edges. Open a measure's name to see who published "
        "it, how it was made and what to mind.</p>"
    )


def mix(profile: Profile, rows: pd.DataFrame) -> str:
    """Give the mix of race and ethnicity as a table with bars: people and share of each group."""
    body = []
    for group in rows.itertuples():
        people = "" if pd.isna(group.numerator) else f"{group.numerator:,.0f}"
        body.append(
            f"<tr><th scope=row>{escape(group.group_title)}</th><td data-l='People'>{people}</td>"
            f"<td data-l='Share'>{share(group.value)}</td>"
            f"<td class=w>{bar(group.value)}</td></tr>"
        )
    head = "".join(f"<th scope=col>{title}</th>" for title in ("Group", "People", "Share"))
    return (
        '<table class="eq mix" aria-label="Race and ethnicity of residents"><thead><tr>'
        f"{head}<td></td></tr></thead><tbody>{''.join(body)}</tbody></table>"
    )


def share(percent: float) -> str:
    """Write a share in percent; one too small for a decimal is "under 0.1%"."""
    if 0 < percent < SMALLEST_SHARE:
        return f"under {words.number(SMALLEST_SHARE, decimals=1, suffix='%')}"
    return words.number(percent, decimals=1, suffix="%")


def bar(share: float) -> str:
    """Give the bar of a share in percent; nothing where it is too short to be seen."""
    return f'<span class=bar style="width:{share:.1f}%"></span>' if share >= SMALLEST_SHARE else ""


def plain(frame: pd.DataFrame, label: str) -> str:
    """Give a small table of text that folds on a phone; its first column names the rows."""
    head = "".join(f"<th scope=col>{escape(str(title))}</th>" for title in frame.columns)
    body = []
    for cells in frame.itertuples(index=False):
        named = zip(frame.columns[1:], cells[1:], strict=True)
        rest = [
            f'<td data-l="{escape(str(title))}">{escape(str(cell))}</td>' for title, cell in named
        ]
        body.append(f"<tr><th scope=row>{escape(str(cells[0]))}</th>{''.join(rest)}</tr>")
    return (
        f'<table class="eq plain" aria-label="{escape(label)}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table>"
    )
