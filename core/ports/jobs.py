"""What the services need of the queue of jobs: asking for work in the caller's transaction, and looking at it."""

from collections.abc import Mapping
from typing import Protocol

from core.domain.jobs import Deferral, Job, JobId, JobState


class JobStore(Protocol):
    """Jobs of this transaction: what is deferred begins when it is committed and never when it is rolled back.

    What is deferred is written as the last thing the transaction does, so that nobody waits long for the lock on a job
    that many ask for. `cancel` says whether the job was still waiting; `listed` gives the newest first.
    """

    def defer(self, wanted: Deferral, /) -> None: ...
    def cancel(self, job: JobId, /) -> bool: ...
    def listed(self, *states: JobState, limit: int) -> tuple[Job, ...]: ...
    def counts(self) -> Mapping[JobState, int]: ...
