"""The console's entry script: finds out who is here, then hands over to the page."""

import streamlit as st

from ui.console import sign_in
from ui.console.style import STYLE

st.set_page_config(page_title="Expediter", page_icon="📦", layout="wide", initial_sidebar_state="collapsed")
st.html(STYLE)
if sign_in.recognise():
    st.navigation([st.Page("app_pages/inbox.py", title="Inbox", default=True)], position="hidden").run()
else:
    sign_in.show()
