"""The pages of the console; each is a script that Streamlit runs."""
