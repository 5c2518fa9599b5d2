"""`expediter doctor`: look over the installation and ask the model's server what it honours."""

from dataclasses import asdict
from datetime import UTC, datetime

from agents.worker.doctor import examine
from agents.worker.findings import Finding
from core.config import read_config
from ui.cli import options
from ui.cli.failing import DONE, MISSED, failures_said
from ui.cli.printing import print_json, say

_STYLES = {"ok": "green", "warn": "yellow", "fail": "red"}


def doctor_command(as_json: options.Json = False) -> None:
    """Say how program, machine, settings, login, database, books, people, keys and model are, and what to do."""
    with failures_said():
        found: list[Finding] = []
        for finding in examine(read_config(), now=datetime.now(UTC)):
            found.append(finding)
            if not as_json:
                say(f"{finding.state:>4} {finding.name}: {finding.said}", style=_STYLES[finding.state])
                if finding.advice:
                    say(f"       {finding.advice}")
        if as_json:
            print_json([asdict(finding) for finding in found])
        raise SystemExit(MISSED if any(finding.state == "fail" for finding in found) else DONE)
