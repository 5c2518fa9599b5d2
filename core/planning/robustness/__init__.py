"""Robustness: how late suppliers are, and how sure a promise or a way out is where it rests on them."""
