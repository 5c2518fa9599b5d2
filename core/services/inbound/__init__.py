"""Webhooks in: who may tell us things, keeping what comes, and working on it afterwards."""
