"""The schedule names jobs that somebody knows how to do, and every job has words and a queue."""

from agents.worker.schedule import SCHEDULE
from agents.worker.shift import DONE_BY
from core.domain.jobs import QUEUE_OF, QUEUES, JobName
from ui.cli.working import WORDS

BY_THE_QUEUE = {JobName.REAP, JobName.FORGET}


def test_every_job_is_done_by_somebody_and_has_words_and_a_queue() -> None:
    everything = set(JobName)

    assert DONE_BY.keys() | BY_THE_QUEUE == everything == WORDS.keys() == QUEUE_OF.keys()
    assert set(QUEUE_OF.values()) == set(QUEUES)


def test_what_nobody_asks_for_is_on_the_schedule_once() -> None:
    names = [one.name for one in SCHEDULE]

    assert len(names) == len(set(names))
    asked_for = {
        JobName.CASE_ADVANCE, JobName.TAKE_IN, JobName.SHIPMENT_TELL, JobName.LETTER_SEND, JobName.NEGOTIATE,
    }  # fmt: skip
    assert set(JobName) - set(names) == asked_for
