"""Draw the answer to a view: the finding, the verdict, the charts, the words, the numbers and their source."""

from urllib.parse import urlencode

import streamlit as st

from equity import answer_file, answers, figures
from equity.answers import Answer, Table
from equity.charts import Chart, CountyMap
from equity.comparability import Breach
from equity.errors import Problem
from equity.view import LESSON, View
from ui import county_map, data, shell, show
from ui.method_card import plain
from ui.show import citation

WHAT_NOT_TO_DO = "what not to do"
# How many small charts stand side by side; on a phone they stand in turn.
ABREAST = 2
# Which view of which place on the page was opened as a lesson; another view is judged anew.
OWNER = "lesson owner"
LONG_TABLE = 100


@st.cache_resource(max_entries=300, show_spinner=False)
def answered(built: int, view: View) -> Answer:
    """Answer a view once a build; nobody may change what is kept."""
    return answers.answer(view, data.ask)


def draw(view: View, *, key: str) -> Answer | None:
    """Draw a view's answer under a key that is its own on the page; give it, None where there is none."""
    try:
        found = answered(data.built(), view)
        if is_lesson(found, key):
            found = answered(data.built(), view.having(**{LESSON: WHAT_NOT_TO_DO}))
    except Problem as problem:
        st.info(plain(str(problem)))
        return None
    if not found.shown:
        refusal(found, key)
        return found
    heading(found)
    verdict_box(found, key)
    pictures(found, key)
    st.markdown("\n\n".join(plain(sentence) for sentence in found.reading.sentences))
    for number, table in enumerate(found.more):
        open_table(table, f"{key}_{number}")
    below(found, key)
    return found


def heading(found: Answer) -> None:
    """Draw the finding, what is shown, and what must not be missed."""
    st.header(plain(found.reading.title), anchor=False)
    if found.reading.subtitle:
        st.markdown(plain(found.reading.subtitle))
    if found.reading.banner and not found.verdict.refused:
        st.warning(plain(found.reading.banner))


def verdict_box(found: Answer, key: str) -> None:
    """Draw whether these numbers may be compared, in words."""
    with st.container(border=True, key=f"{key}_verdict", gap="small"):
        if found.verdict.refused:
            st.markdown(f"**May this be compared? No.** {plain(found.reading.banner)}")
            st.button("Close the lesson", key=f"{key}_close", on_click=close_lesson)
        elif found.verdict.state == "caution":
            st.markdown("**May this be compared? Yes, with care.**")
        else:
            st.markdown("**May this be compared? Yes.** No rule speaks against it.")
        for breach in found.verdict.breaches:
            if breach.weight == "caution":
                st.markdown(f"{plain(breach.why)} {plain(breach.instead)}")


def pictures(found: Answer, key: str) -> None:
    """Draw the charts of an answer: small ones side by side where the screen is wide, others in turn."""
    across = ABREAST if all(chart.small for chart in found.charts) else 1
    for first in range(0, len(found.charts), across):
        row = st.columns(across) if across > 1 else [st.container()]
        for number, column in enumerate(row[: len(found.charts) - first], first):
            with column:
                picture(found.charts[number], found, f"{key}_{number}")


def picture(chart: Chart | CountyMap, found: Answer, key: str) -> None:
    """Draw one chart of an answer with its words for those who do not see it."""
    if chart.title:
        st.markdown(f"**{plain(chart.title)}**")
    if isinstance(chart, CountyMap):
        alt = f"{chart.title}. {found.reading.alt}" if chart.small else found.reading.alt
        county_map.draw_chart(chart, alt=alt, key=key)
        return
    st.plotly_chart(
        figures.to_plotly(chart, show.ground()),
        theme=None,
        key=key,
        alt=found.reading.alt,
        config={"displayModeBar": False},
    )


def refusal(found: Answer, key: str) -> None:
    """Draw why a comparison is not shown, what may be done instead, and the way to the lesson."""
    with st.container(border=True, key=f"{key}_refused", gap="small"):
        st.header(plain(found.reading.title), anchor=False)
        for number, breach in enumerate(found.verdict.breaches):
            if breach.weight == "refused":
                forbidden(breach, f"{key}_instead_{number}")
        if found.verdict.may_be_lesson:
            st.button(
                "Show it as a lesson in what not to do",
                key=f"{key}_open",
                on_click=open_lesson,
                args=(key, found.view),
            )


def forbidden(breach: Breach, key: str) -> None:
    """Draw one rule that forbids a view, and the button that opens what may be done instead."""
    st.markdown(f"**The rule: {plain(breach.rule)}.** {plain(breach.why)}")
    if breach.alternative is None or not shell.page_of(breach.alternative.kind):
        st.markdown(f"**Instead:** {plain(breach.instead)}")
        return
    st.button(
        f"Instead: {plain(breach.instead)}",
        key=key,
        type="primary",
        on_click=open_view,
        args=(breach.alternative,),
    )


def open_view(view: View) -> None:
    """Open a view on the page that draws its kind; call it from a button's callback only."""
    close_lesson()
    choices = {"kind": view.kind, "period": view.period}
    choices |= {"measure": view.measures[0], "more": list(view.measures[1:])}
    choices |= {"places": list(view.places), "group": next(iter(view.groups), "")}
    shell.go(
        shell.page_of(view.kind), **{name: chosen for name, chosen in choices.items() if chosen}
    )


def is_lesson(found: Answer, key: str) -> bool:
    """Say whether a refused view was opened as a lesson; a lesson ends when another view is asked for."""
    if st.query_params.get(LESSON) != WHAT_NOT_TO_DO:
        return False
    if found.verdict.may_be_lesson:
        st.session_state.setdefault(OWNER, (key, found.view))
    owner = st.session_state.get(OWNER)
    if owner == (key, found.view):
        return True
    if owner is not None and owner[0] == key:
        close_lesson()
    return False


def open_lesson(key: str, view: View) -> None:
    """Put into the address that a refused view is opened as a lesson."""
    st.query_params[LESSON] = WHAT_NOT_TO_DO
    st.session_state[OWNER] = (key, view)


def close_lesson() -> None:
    """Take it out of the address."""
    st.query_params.pop(LESSON, None)
    st.session_state.pop(OWNER, None)


def open_table(table: Table, key: str) -> None:
    """Draw a table that is read with the words."""
    with st.container(key=f"open_table_{key}"):
        st.subheader(plain(table.title), anchor=False)
        st.table(table.printed(), border="horizontal", hide_index=True, alt=table.title)


def below(found: Answer, key: str) -> None:
    """Draw the source line, the same numbers as a table and a file, the citation and the link."""
    st.caption(plain(f"Source: {' '.join(found.sources)}"))
    with st.container(horizontal=True, key=f"screen_{key}"):
        numbers(found, key)
        citation(
            show.cited(
                " ".join(found.sources),
                title=found.reading.title,
                place=found.reading.subtitle,
                period="",
            )
        )
        with st.popover("Link to this view"):
            st.code(link(), language=None, wrap_lines=True)
        st.download_button(
            "Numbers as CSV",
            lambda: answer_file.csv_of(found, data_version=data.version()),
            f"{found.view.kind}.csv",
            "text/csv",
            on_click="ignore",
            key=f"{key}_csv",
        )


def numbers(found: Answer, key: str) -> None:
    """Draw the same numbers as a table; a long one only when it is opened, for it outweighs the page."""
    label, rows = "The same numbers as a table", len(found.table.frame)
    if rows <= LONG_TABLE:
        with st.popover(label):
            st.table(
                found.table.printed(), border="horizontal", hide_index=True, alt=found.reading.alt
            )
        return
    with st.popover(label, key=f"{key}_numbers", on_change="rerun") as opened:
        if opened.open:
            st.dataframe(found.table.printed(), hide_index=True, height=480, alt=found.reading.alt)


def link() -> str:
    """Give the address that opens this page with these choices; all of them stand in it."""
    return f"{st.context.url}?{urlencode(st.query_params.to_dict(), safe=',')}"
