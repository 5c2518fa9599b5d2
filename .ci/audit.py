"""The dependency audit of `make check`: known vulnerabilities of every pin, then the rules that need no network.

The vulnerability service may be out of reach, or a registry's mirror may not offer it; pip-audit calls both a success
when every package was skipped. This says which packages got no answer, and never calls that a pass.
"""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
OFFLINE_RULES = "tests/architecture/test_dependencies.py"


@dataclass(kw_only=True)
class Answer:
    """What the service said: packages it knows, packages it does not, and the vulnerable ones."""

    audited: int = 0
    unknown: list[str] = field(default_factory=list)
    vulnerable: list[str] = field(default_factory=list)
    trouble: str = ""


def ask_service() -> Answer:
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off"]
    command += ["--format", "json", "--cache-dir", str(ROOT / ".venv" / ".audit-cache")]
    command += ["-r", ".ci/requirements/dev.txt", "-r", ".ci/requirements/build.txt"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return Answer(trouble=(done.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1][:300])
    return read(found)


def read(found: list[dict[str, Any]]) -> Answer:
    answer = Answer()
    for package in found:
        if "skip_reason" in package:
            answer.unknown.append(package["name"])
            continue
        answer.audited += 1
        for flaw in package["vulns"]:
            mended = ", ".join(flaw["fix_versions"]) or "no release"
            answer.vulnerable.append(f"{package['name']} {package['version']}: {flaw['id']}, mended in {mended}")
    return answer


def report(answer: Answer) -> None:
    if answer.trouble:
        print(f"audit: NOT DONE, the vulnerability service gave no answer ({answer.trouble})")
        return
    for line in answer.vulnerable:
        print(f"audit: {line}")
    if answer.audited:
        print(f"audit: {answer.audited} packages looked up, {len(answer.vulnerable)} known vulnerabilities")
    if answer.unknown:
        print(f"audit: NOT DONE for {len(answer.unknown)} packages, unknown to the service that answers here")


def main() -> int:
    answer = ask_service()
    report(answer)
    print(f"audit: pins, hashes and forbidden packages ({OFFLINE_RULES})", flush=True)
    offline = subprocess.run([sys.executable, "-m", "pytest", "-q", OFFLINE_RULES], cwd=ROOT, check=False)
    return 1 if answer.vulnerable or offline.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
