"""Calling the API in ways nobody thought of, and in all the bad ways somebody did."""
