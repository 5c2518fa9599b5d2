"""Runs the console as a process of its own: `python -m ui.console PORT`, its server named by EXPEDITER_SERVER."""

import argparse
import os
import sys
import threading
from pathlib import Path

import streamlit as st


def main() -> None:
    """Serve the console on loopback until stopped."""
    parser = argparse.ArgumentParser(prog="python -m ui.console", description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("--leashed", action="store_true", help="stop when standard input ends")
    asked = parser.parse_args()
    if asked.leashed:
        threading.Thread(target=_stop_with_the_leash, name="leash", daemon=True).start()
    app = st.App(Path(__file__).with_name("app.py"))
    app.run(config={"server.port": asked.port, "server.address": "127.0.0.1", "server.headless": True})


def _stop_with_the_leash() -> None:
    """Standard input is a pipe whose other end the server holds: it ends however the server ended."""
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
