"""The console's entry script: finds out who is here, then hands over to the page."""

import streamlit as st

from ui.console import places, sign_in
from ui.console.style import STYLE

st.set_page_config(page_title="Expediter", page_icon="📦", layout="wide", initial_sidebar_state="collapsed")
st.html(STYLE)
if sign_in.recognise():
    first, *others = places.PLACES
    pages: dict[str, list[st.Page]] = {}
    for place in (first, *others):
        made = st.Page(places.path(place.script), title=place.title, default=place is first)
        pages.setdefault(place.under, []).append(made)
    st.navigation(pages, position="top").run()
else:
    sign_in.show()
