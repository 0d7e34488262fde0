"""Draw the answer to a view: the finding, the verdict, the charts, the words, the numbers and their source."""

import streamlit as st

from equity import answers, figures
from equity.answers import Answer
from equity.charts import Chart, CountyMap
from equity.comparability import Breach
from equity.errors import Problem
from equity.view import LESSON, View
from ui import county_map, data, show
from ui.method_card import plain
from ui.show import citation

WHAT_NOT_TO_DO = "what not to do"
# The state of a lesson stands in the address like every other choice.
LESSON_KEY = LESSON


@st.cache_resource(max_entries=300, show_spinner=False)
def answered(built: int, view: View) -> Answer:
    """Answer a view once a build; nobody may change what is kept."""
    return answers.answer(view, data.ask)


def draw(view: View, *, key: str) -> Answer | None:
    """Draw a view's answer under a key that is its own on the page; give it, None where there is none."""
    lesson = st.query_params.get(LESSON_KEY) == WHAT_NOT_TO_DO
    try:
        found = answered(data.built(), view.having(**{LESSON: WHAT_NOT_TO_DO}) if lesson else view)
    except Problem as problem:
        st.info(str(problem))
        return None
    if not found.shown:
        refusal(found, key)
        return found
    heading(found, key)
    for number, chart in enumerate(found.charts):
        picture(chart, found, f"{key}_{number}")
    st.markdown(" ".join(plain(sentence) for sentence in found.reading.sentences))
    for breach in found.verdict.breaches:
        if breach.weight == "caution":
            st.markdown(f"**Take care:** {plain(breach.why)} {plain(breach.instead)}")
    below(found, key)
    return found


def heading(found: Answer, key: str) -> None:
    """Draw the finding, what is shown, and what must not be missed."""
    st.subheader(plain(found.reading.title), anchor=False)
    if found.reading.subtitle:
        st.markdown(plain(found.reading.subtitle))
    if found.reading.banner:
        st.warning(plain(found.reading.banner))
    if found.verdict.refused:
        st.button("Close the lesson", key=f"{key}_close", on_click=close_lesson)


def picture(chart: Chart | CountyMap, found: Answer, key: str) -> None:
    """Draw one chart of an answer with its words for those who do not see it."""
    if chart.title:
        st.markdown(f"**{plain(chart.title)}**")
    if isinstance(chart, CountyMap):
        county_map.draw_chart(chart, alt=found.reading.alt, key=key)
        return
    ground = "dark" if st.context.theme.type == "dark" else "light"
    st.plotly_chart(
        figures.to_plotly(chart, ground),
        theme=None,
        key=key,
        alt=found.reading.alt,
        config={"displayModeBar": False},
    )


def refusal(found: Answer, key: str) -> None:
    """Draw why a comparison is not shown, what may be done instead, and the way to the lesson."""
    with st.container(border=True, key=f"{key}_refused"):
        st.subheader(found.reading.title, anchor=False)
        for breach in found.verdict.breaches:
            if breach.weight == "refused":
                forbidden(breach)
        if found.verdict.may_be_lesson:
            st.button(
                "Show it as a lesson in what not to do", key=f"{key}_open", on_click=open_lesson
            )


def forbidden(breach: Breach) -> None:
    """Draw one rule that forbids a view."""
    st.markdown(f"{plain(breach.why)}  \n**Instead:** {plain(breach.instead)}")


def open_lesson() -> None:
    """Put into the address that a refused view is opened as a lesson."""
    st.query_params[LESSON_KEY] = WHAT_NOT_TO_DO


def close_lesson() -> None:
    """Take it out of the address."""
    st.query_params.pop(LESSON_KEY, None)


def below(found: Answer, key: str) -> None:
    """Draw the source line, the same numbers as a table, and the citation."""
    st.caption(plain(f"Source: {' '.join(found.sources)}"))
    with st.container(horizontal=True, key=f"screen_{key}"):
        with st.popover("The same numbers as a table"):
            table = found.table.printed()
            st.table(table, border="horizontal", hide_index=True, alt=found.reading.alt)
        citation(
            show.cited(
                " ".join(found.sources),
                title=found.reading.title,
                place=found.reading.subtitle,
                period="",
            )
        )
