"""Inequality between groups, worked out in plain Python with 40 digits from METHODS.md section 1.

Shares nothing with `equity`: no arrays, sums group by group, errors by nudging each estimate.
"""

from dataclasses import dataclass, replace
from decimal import Decimal, getcontext

getcontext().prec = 40
NUDGE = Decimal("1e-12")
STEPS = 400


class No(Exception):
    """The measure has no honest value here; the message is the rule."""


@dataclass(frozen=True)
class Group:
    """One group: y, s, n and place in the order; None where not known."""

    name: str
    y: Decimal | None
    s: Decimal | None = None
    n: Decimal | None = None
    order: int | None = None


@dataclass(frozen=True)
class Setting:
    """What a measure is told beside the groups."""

    favourable: bool
    scale: Decimal | None
    ordered: bool
    reference: str | None
    average: Decimal | None


def value(code, groups, told):
    """The value of a measure; raises No where it must be refused."""
    if any(g.y is None for g in groups):
        raise No("missing estimate")
    if len(groups) < 2:
        raise No("two groups")
    if told.scale is not None and any(not 0 <= g.y <= told.scale for g in groups):
        raise No("outside the scale")
    return FORMULAS[code](groups, told)


def standard_error(code, groups, told):
    """The delta-method standard error (of the logarithm for r and rii); None where it has none."""
    used = groups
    if code in ("d", "r"):
        names = {g.name for g in pair(groups, told)}
        used = [g for g in groups if g.name in names]
    if any(g.s is None for g in used):
        return None
    total = Decimal(0)
    for g in used:
        total += (slope_at(code, groups, told, g.name) * g.s) ** 2
    return total.sqrt()


def slope_at(code, groups, told, name):
    """How the measure moves with one group's estimate: a difference over a tiny step."""
    if code in ("d", "r"):
        # The two groups stay the same two: which they are is not part of the delta method.
        a, b = pair(groups, told)
        if code == "d":
            return Decimal(1) if name == a.name else Decimal(-1)
        return 1 / a.y if name == a.name else -1 / b.y
    step = NUDGE * (max(abs(g.y) for g in groups) or 1)
    ends = []
    for sign in (1, -1):
        moved = [replace(g, y=g.y + sign * step) if g.name == name else g for g in groups]
        found = FORMULAS[code](moved, told)
        ends.append(found.ln() if code == "rii" else found)
    return (ends[0] - ends[1]) / (2 * step)


def people(groups):
    """All people; refused where some are not counted."""
    if any(g.n is None for g in groups):
        raise No("missing population")
    if sum(g.n for g in groups) == 0:
        raise No("no people")
    return sum(g.n for g in groups)


def mu(groups):
    """The average over people."""
    total = people(groups)
    return sum(g.n / total * g.y for g in groups)


def mu_above_0(groups):
    """The average, refused where nothing can be a share of it."""
    average = mu(groups)
    if any(g.y < 0 for g in groups):
        raise No("below 0")
    if average <= 0:
        raise No("average of 0")
    return average


def middle(groups, told):
    """M: the setting average when given, else mu."""
    if told.average is not None:
        return told.average
    try:
        return mu(groups)
    except No as reason:
        raise No("no average") from reason


def middle_above_0(groups, told):
    """M, refused where nothing can be a share of it."""
    m = middle(groups, told)
    if any(g.y < 0 for g in groups):
        raise No("below 0")
    if m <= 0:
        raise No("average of 0")
    return m


def ranked(groups, told):
    """Groups from least to most advantaged, refused without a full order."""
    known = {g.order for g in groups}
    if not told.ordered or None in known or len(known) < 2:
        raise No("no order")
    return sorted(groups, key=lambda g: g.order)


def larger(groups):
    """Of several groups the one with the most people, the first listed of equals."""
    return max(groups, key=lambda g: g.n or 0)


def pair(groups, told):
    """The two groups that d and r compare."""
    if told.ordered:
        if any(g.order is None for g in groups) or len({g.order for g in groups}) < 2:
            raise No("no order")
        top, end = max(g.order for g in groups), min(g.order for g in groups)
        most = larger([g for g in groups if g.order == top])
        least = larger([g for g in groups if g.order == end])
        return (most, least) if told.favourable else (least, most)
    if told.reference is None:
        high = larger([g for g in groups if g.y == max(h.y for h in groups)])
        rest = [g for g in groups if g.name != high.name]
        return high, larger([g for g in rest if g.y == min(h.y for h in rest)])
    chosen = the_reference(groups, told)
    rest = [g for g in groups if g.name != chosen.name]
    if told.favourable:
        return chosen, larger([g for g in rest if g.y == min(h.y for h in rest)])
    return larger([g for g in rest if g.y == max(h.y for h in rest)]), chosen


def the_reference(groups, told):
    """The reference group, refused where there is none."""
    for g in groups:
        if g.name == told.reference:
            return g
    raise No("no reference group")


def best(groups, told):
    """The best rate."""
    return (max if told.favourable else min)(g.y for g in groups)


def d(groups, told):
    a, b = pair(groups, told)
    return a.y - b.y


def r(groups, told):
    a, b = pair(groups, told)
    if b.y <= 0 or a.y < 0:
        raise No("division by 0")
    return a.y / b.y


def bgv(groups, told):
    average, total = mu(groups), people(groups)
    return sum(g.n / total * (g.y - average) ** 2 for g in groups)


def bgsd(groups, told):
    return bgv(groups, told).sqrt()


def cov(groups, told):
    return 100 * bgsd(groups, told) / mu_above_0(groups)


def once_each(groups, centre):
    return sum(abs(g.y - centre) for g in groups) / len(groups)


def by_people(groups, centre):
    total = people(groups)
    return sum(g.n / total * abs(g.y - centre) for g in groups)


def ti(groups, told):
    average, total = mu_above_0(groups), people(groups)
    terms = [g.n / total * (g.y / average) * (g.y / average).ln() for g in groups if g.y > 0]
    return 1000 * sum(terms)


def mld(groups, told):
    average, total = mu_above_0(groups), people(groups)
    if any(g.y == 0 for g in groups):
        raise No("rate of 0")
    return 1000 * sum(-g.n / total * (g.y / average).ln() for g in groups)


def ranks(groups, told):
    """Each group's middle rank by name: people strictly below, plus half of those alike."""
    inorder, total = ranked(groups, told), people(groups)
    below, found = Decimal(0), {}
    for order in sorted({g.order for g in inorder}):
        alike = [g for g in inorder if g.order == order]
        share = sum(g.n for g in alike) / total
        found |= {g.name: below + share / 2 for g in alike}
        below += share
    return found


def aci(groups, told):
    rank = ranks(groups, told)
    total = people(groups)
    return 2 * sum(g.n / total * g.y * rank[g.name] for g in groups) - mu(groups)


def rci(groups, told):
    index = aci(groups, told)
    return index / mu_above_0(groups)


def sii(groups, told):
    v0, v1 = ends(groups, told)
    return v1 - v0


def rii(groups, told):
    v0, v1 = ends(groups, told)
    if v0 <= 0 or v1 <= 0:
        raise No("division by 0")
    return v1 / v0


def ends(groups, told):
    """v(0) and v(1) of the fitted curve or line."""
    rank, total = ranks(groups, told), people(groups)
    rows = [(rank[g.name], g.y, g.n / total) for g in groups if g.n > 0]
    if len({x for x, _, _ in rows}) < 2:
        raise No("no order")
    if told.scale is None:
        return line(rows)
    if all(y == 0 for _, y, _ in rows) or all(y == told.scale for _, y, _ in rows):
        return rows[0][1], rows[0][1]
    some = [x for x, y, _ in rows if y > 0]
    lacking = [x for x, y, _ in rows if y < told.scale]
    if max(some) <= min(lacking) or max(lacking) <= min(some):
        raise No("no best curve")
    a, b = logit_fit([(x, y / told.scale, p) for x, y, p in rows])
    return told.scale * expit(a), told.scale * expit(a + b)


def line(rows):
    x_mean = sum(p * x for x, _, p in rows)
    y_mean = sum(p * y for _, y, p in rows)
    slope = sum(p * (x - x_mean) * (y - y_mean) for x, y, p in rows)
    slope /= sum(p * (x - x_mean) ** 2 for x, _, p in rows)
    return y_mean - slope * x_mean, y_mean + slope * (1 - x_mean)


def expit(x):
    return 1 / (1 + (-x).exp())


def logit_fit(rows):
    """Intercept and slope that make the weighted residuals sum to 0, alone and times the rank."""
    share = sum(p * y for _, y, p in rows)
    a, b = (share / (1 - share)).ln(), Decimal(0)
    for _ in range(STEPS):
        fitted = [(x, y, p, expit(a + b * x)) for x, y, p in rows]
        u = sum(p * (y - v) for _, y, p, v in fitted)
        w = sum(p * x * (y - v) for x, y, p, v in fitted)
        aa = sum(p * v * (1 - v) for _, _, p, v in fitted)
        ab = sum(p * x * v * (1 - v) for x, _, p, v in fitted)
        bb = sum(p * x * x * v * (1 - v) for x, _, p, v in fitted)
        det = aa * bb - ab * ab
        da, db = (bb * u - ab * w) / det, (aa * w - ab * u) / det
        longest = max(abs(da + db * x) for x, _, _ in rows)
        brake = min(Decimal(1), 1 / longest) if longest else Decimal(1)
        a, b = a + brake * da, b + brake * db
        if longest < Decimal("1e-25"):
            return a, b
    raise AssertionError("the fit did not settle")


def par(groups, told):
    average = mu(groups)
    if told.ordered:
        top = ranked(groups, told)[-1].order
        ref = larger([g for g in groups if g.order == top]).y
    else:
        ref = best(groups, told)
    gain = ref - average
    return max(gain, Decimal(0)) if told.favourable else min(gain, Decimal(0))


def paf(groups, told):
    average = mu_above_0(groups)
    return 100 * par(groups, told) / average


def rmax(groups, told):
    return max(g.y for g in groups)


def rmin(groups, told):
    return min(g.y for g in groups)


def mrr(groups, told):
    if rmin(groups, told) <= 0:
        raise No("division by 0")
    return rmax(groups, told) / rmin(groups, told)


def srr(groups, told):
    rates = sorted(g.y for g in groups)
    if told.favourable:
        rates.reverse()
    one, others = rates[0], sum(rates[1:]) / (len(rates) - 1)
    if one <= 0 or others <= 0:
        raise No("division by 0")
    return one / others if told.favourable else others / one


FORMULAS = {
    "d": d,
    "r": r,
    "bgv": bgv,
    "bgsd": bgsd,
    "cov": cov,
    "mdmu": lambda groups, told: once_each(groups, middle(groups, told)),
    "mdmw": lambda groups, told: by_people(groups, mu(groups)),
    "mdbu": lambda groups, told: once_each(groups, best(groups, told)),
    "mdbw": lambda groups, told: by_people(groups, best(groups, told)),
    "mdru": lambda groups, told: once_each(groups, the_reference(groups, told).y),
    "mdrw": lambda groups, told: by_people(groups, the_reference(groups, told).y),
    "idisu": lambda groups, told: (
        100 * once_each(groups, middle(groups, told)) / middle_above_0(groups, told)
    ),
    "idisw": lambda groups, told: 100 * by_people(groups, mu(groups)) / mu_above_0(groups),
    "ti": ti,
    "mld": mld,
    "aci": aci,
    "rci": rci,
    "sii": sii,
    "rii": rii,
    "par": par,
    "paf": paf,
    "rmax": rmax,
    "rmin": rmin,
    "mrd": lambda groups, told: rmax(groups, told) - rmin(groups, told),
    "mrr": mrr,
    "srr": srr,
}
DELTA = ("d", "r", "bgv", "ti", "mld", "aci", "rci", "sii", "rii")
