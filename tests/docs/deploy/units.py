"""systemd's unit files, read as far as ours use them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from tests.docs.deploy.commands import DEPLOY, text_of

UNITS = sorted(path.name for path in DEPLOY.iterdir() if path.suffix in {".service", ".target", ".timer"})
SERVICES = [name for name in UNITS if name.endswith(".service")]
_OF_UNITS = "Description Documentation Wants After PartOf StartLimitIntervalSec StartLimitBurst"
_OF_TIMERS = "OnCalendar RandomizedDelaySec Persistent"
_OF_SERVICES = """
    Type ExecStart ExecStartPost User Group EnvironmentFile StateDirectory StateDirectoryMode
    Restart RestartSec KillMode TimeoutStopSec TimeoutStartSec MemoryMax TasksMax Nice IOSchedulingClass
    NoNewPrivileges CapabilityBoundingSet AmbientCapabilities ProtectSystem ProtectHome ProtectProc ProtectClock
    ProtectHostname ProtectControlGroups ProtectKernelLogs ProtectKernelModules ProtectKernelTunables
    PrivateTmp PrivateDevices PrivateUsers RestrictAddressFamilies RestrictNamespaces RestrictRealtime
    RestrictSUIDSGID LockPersonality RemoveIPC SystemCallArchitectures SystemCallFilter UMask
"""
KNOWN: Mapping[str, frozenset[str]] = {
    "Unit": frozenset(_OF_UNITS.split()),
    "Install": frozenset({"WantedBy"}),
    "Timer": frozenset(_OF_TIMERS.split()),
    "Service": frozenset(_OF_SERVICES.split()),
}


@dataclass(frozen=True)
class Unit:
    """A unit file: the values of each key of each section, in their order."""

    name: str
    sections: Mapping[str, Mapping[str, list[str]]]

    def one(self, section: str, key: str) -> str:
        """The only value of a key."""
        (value,) = self.sections[section][key]
        return value


def unit(name: str) -> Unit:
    """A unit of ours; an error at a line that is none, or a section or key systemd's manual does not have there."""
    sections: dict[str, dict[str, list[str]]] = {}
    section = ""
    for line in text_of(name).splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            section = line.strip("[]")
            assert section in {*KNOWN} - {*sections}, f"{name}: {line}"
            sections[section] = defaultdict(list)
            continue
        key, _, value = line.partition("=")
        assert key in KNOWN[section], f"{name}: {line}"
        sections[section][key].append(value)
    return Unit(name, sections)
