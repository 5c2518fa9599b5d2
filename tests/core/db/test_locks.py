"""Advisory locks: one holder at a time, let go of when the block, or the process, ends."""

import pytest

from core.db.locks import advisory_lock, lock_key
from core.db.roles import RoleUrls
from core.domain.errors import StorageUnavailableError


def test_a_lock_has_one_holder_at_a_time(worker_role_urls: RoleUrls) -> None:
    with (
        advisory_lock(worker_role_urls.app, "case:CASE-1") as first,
        advisory_lock(worker_role_urls.app, "case:CASE-1") as second,
    ):
        assert (first, second) == (True, False)

    with advisory_lock(worker_role_urls.app, "case:CASE-1") as third:
        assert third


def test_locks_of_other_names_are_free(worker_role_urls: RoleUrls) -> None:
    with (
        advisory_lock(worker_role_urls.app, "case:CASE-1") as first,
        advisory_lock(worker_role_urls.app, "case:CASE-11") as second,
    ):
        assert (first, second) == (True, True)


def test_an_error_in_the_block_lets_go(worker_role_urls: RoleUrls) -> None:
    with pytest.raises(RuntimeError, match="a defect"), advisory_lock(worker_role_urls.app, "case:CASE-1"):
        raise RuntimeError("a defect")

    with advisory_lock(worker_role_urls.app, "case:CASE-1") as held:
        assert held


def test_keys_fit_postgres_and_differ() -> None:
    keys = {lock_key(f"case:CASE-{number}") for number in range(1000)}

    assert len(keys) == 1000
    assert all(-(2**63) <= key < 2**63 for key in keys)


def test_a_database_that_is_down_is_said_so() -> None:
    with (
        pytest.raises(StorageUnavailableError),
        advisory_lock("postgresql+psycopg://nobody:x@127.0.0.1:9/none", "case:CASE-1"),
    ):
        pass
