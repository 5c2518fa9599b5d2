"""A pytest plugin: each property with a few examples; what many prove is proved where everything is installed."""

from collections.abc import Sequence

import pytest
from hypothesis import is_hypothesis_test, settings

EXAMPLES = 5


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Hypothesis has no option for it: a count that a test names goes before that of a profile."""
    for item in items:
        if isinstance(item, pytest.Function) and is_hypothesis_test(item.obj):
            given = item.obj._hypothesis_internal_use_settings
            few = settings(given, max_examples=min(EXAMPLES, given.max_examples))
            item.obj._hypothesis_internal_use_settings = few
