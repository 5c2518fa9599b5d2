"""In a run of everything core's quick tests run once: where nothing above core is installed, which asks more of them.

They are left out of this process, and the test that runs them there (test_core_alone) counts that none was lost.
"""

import pytest

from tests.architecture.core_alone import QUICK
from tests.architecture.tree import ROOT

RUNS_THEM = "test_core_imports_and_passes_its_tests_without_frameworks"
_MARKED = "slow"
left_out = pytest.StashKey[int]()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what test_core_alone runs, where all of it and test_core_alone were to run."""
    theirs = [item for item in items if _is_quick(item)]
    here = any(item.name == RUNS_THEM for item in items)
    config.stash[left_out] = len(theirs) if here and _asks_for_everything(config) else 0
    if config.stash[left_out]:
        config.hook.pytest_deselected(items=theirs)
        items[:] = [item for item in items if not _is_quick(item)]


def _is_quick(item: pytest.Item) -> bool:
    inside = any(item.path.is_relative_to(ROOT / folder) for folder in QUICK)
    return inside and item.get_closest_marker(_MARKED) is None


def _asks_for_everything(config: pytest.Config) -> bool:
    """The whole folder of tests, and no words or marks that choose among them."""
    whole = [str(config.rootpath / folder) for folder in config.getini("testpaths")]
    asked = [str(config.invocation_params.dir / folder) for folder in config.args]
    return asked == whole and not config.option.keyword and not config.option.markexpr
