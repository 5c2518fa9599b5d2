"""The dependency audit never takes silence for a pass."""

import runpy

import pytest

from tests.architecture.tree import ROOT

AUDIT = runpy.run_path(str(ROOT / ".ci" / "audit.py"))


def test_a_skipped_package_is_said_to_be_not_audited(capsys: pytest.CaptureFixture[str]) -> None:
    answer = AUDIT["read"]([{"name": "left-out", "skip_reason": "not found"}])

    AUDIT["report"](answer)

    assert capsys.readouterr().out == "audit: NOT DONE for 1 packages, unknown to the service that answers here\n"


def test_a_known_vulnerability_is_named_with_its_cure(capsys: pytest.CaptureFixture[str]) -> None:
    flaw = {"id": "PYSEC-1", "fix_versions": ["1.1"]}

    answer = AUDIT["read"]([{"name": "leaky", "version": "1.0", "vulns": [flaw]}, {"name": "fine", "vulns": []}])
    AUDIT["report"](answer)

    assert answer.vulnerable == ["leaky 1.0: PYSEC-1, mended in 1.1"]
    assert capsys.readouterr().out.splitlines()[-1] == "audit: 2 packages looked up, 1 known vulnerabilities"


def test_a_service_that_does_not_answer_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    AUDIT["report"](AUDIT["Answer"](trouble="connection refused"))

    assert "NOT DONE, the vulnerability service gave no answer (connection refused)" in capsys.readouterr().out
