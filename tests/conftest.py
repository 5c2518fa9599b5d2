"""What every test lives under: no network, reproducible properties, a database of its own."""

import gc

from hypothesis import HealthCheck, settings

pytest_plugins = [
    "tests.loopback",
    "tests.snapshots",
    "tests.database",
    "tests.company_database",
    "tests.architecture.core_once",
]

# Derandomized: the same commit gives the same answer everywhere. No deadline: the machine may be busy.
settings.register_profile(
    "expediter", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("expediter")


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: no need to look through it for garbage again and again."""
    gc.collect()
    gc.freeze()
