"""The least thinkable Streamlit app: a title and one choice. Run by benchmarks as their floor."""

import streamlit as st

st.title("Empty")
st.write(st.selectbox("Measure", list("abcdefghij"), key="measure"))
with st.container(key="footer"):
    st.caption("Nothing")
