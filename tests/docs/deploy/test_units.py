"""The units: what they run is there, they give the time an end needs, and hold no secret and no right too many."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from agents.worker.running import Terms
from core.config import Environment
from tests.docs.deploy.commands import PROGRAM, text_of, understood
from tests.docs.deploy.units import SERVICES, UNITS, unit
from ui.api.serve import STOP_SECONDS
from ui.cli.logs import secrets_in

OURS = [name for name in SERVICES if name != "expediter-backup.service"]
HARDENED = {
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "ProtectKernelModules": "yes",
    "ProtectKernelTunables": "yes",
    "ProtectControlGroups": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "RestrictNamespaces": "yes",
    "RestrictSUIDSGID": "yes",
    "LockPersonality": "yes",
    "SystemCallArchitectures": "native",
    "UMask": "0077",
    "StateDirectoryMode": "0700",
}


def command_of(name: str) -> list[str]:
    return shlex.split(unit(name).one("Service", "ExecStart").replace("%i", "8711"))


def settings() -> dict[str, str]:
    lines = [line for line in text_of("expediter.env.example").splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def test_there_is_a_unit_for_every_part() -> None:
    assert [*UNITS] == [
        *("expediter-api@.service", "expediter-backup.service", "expediter-backup.timer"),
        *("expediter-console.service", "expediter-worker@.service", "expediter.target"),
    ]


@pytest.mark.parametrize("name", UNITS)
def test_every_section_and_key_is_one_of_systemd_s(name: str) -> None:
    found = unit(name)

    assert found.one("Unit", "Description")
    assert name == "expediter-backup.service" or found.sections["Install"]["WantedBy"]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("expediter-api@.service", {"no_console": True, "no_worker": True, "port": 8711, "host": "127.0.0.1"}),
        ("expediter-console.service", {"no_console": False, "no_worker": True, "port": 8720, "host": "127.0.0.1"}),
        ("expediter-worker@.service", {"once": False, "concurrency": 2}),
    ],
)
def test_the_command_of_a_unit_means_what_it_is_for(name: str, values: dict[str, object]) -> None:
    program, *words = command_of(name)
    found = understood(words)

    assert program == PROGRAM
    assert {key: found[key] for key in values} == values


@pytest.mark.parametrize("name", OURS)
def test_who_is_told_to_end_has_the_time_for_it(name: str) -> None:
    found = unit(name)

    assert int(found.one("Service", "TimeoutStopSec")) >= STOP_SECONDS + Terms().grace + 10
    assert (found.one("Service", "KillMode"), found.one("Service", "Restart")) == ("mixed", "on-failure")


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_no_right_too_many_and_no_secret(name: str) -> None:
    found = unit(name)

    assert {key: found.one("Service", key) for key in HARDENED} == HARDENED
    assert found.one("Service", "User") not in {"", "root"}
    assert found.one("Service", "EnvironmentFile").startswith("/etc/expediter/")
    assert "password" not in " ".join(found.sections["Service"]["ExecStart"]).lower()


def test_the_backup_is_made_every_night_and_kept_apart() -> None:
    timer, backup = unit("expediter-backup.timer"), unit("expediter-backup.service")
    shell, flag, script = shlex.split(backup.one("Service", "ExecStart"))

    assert re.fullmatch(r"\*-\*-\* \d\d:\d\d:\d\d UTC", timer.one("Timer", "OnCalendar"))
    assert (shell, flag, backup.one("Service", "Type")) == ("/bin/sh", "-c", "oneshot")
    assert subprocess.run(["sh", "-n", "-c", script.replace("%%", "%")], check=False).returncode == 0
    assert shlex.split(script)[:3] == ["exec", PROGRAM, "backup"]
    assert backup.one("Service", "User") != unit(OURS[0]).one("Service", "User")


def test_the_example_of_an_environment_sets_what_there_is_and_no_secret() -> None:
    found = settings()

    assert {name.lower() for name in found} - {*Environment.model_fields} == set()
    assert [
        *secrets_in(Environment.model_validate({name.lower(): value for name, value in found.items() if value}))
    ] == []
    assert found["EXPEDITER_HOME"] == f"/var/lib/{unit(OURS[0]).one('Service', 'StateDirectory')}"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here to ask")
def test_systemd_has_nothing_to_say_against_them(tmp_path: Path) -> None:
    for name in UNITS:
        (tmp_path / name).write_text(text_of(name).replace(PROGRAM, "/bin/true"), encoding="utf-8")
    instances = [name.replace("@.", "@8711.") for name in UNITS]

    ran = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(f"./{name}" for name in instances)],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert [line for line in (ran.stdout + ran.stderr).splitlines() if "expediter" in line] == []
