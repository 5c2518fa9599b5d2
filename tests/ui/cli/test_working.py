"""`expediter worker` does what waits, and `expediter jobs` says in plain words what does."""

from datetime import timedelta

from core.domain.jobs import Deferral, JobName
from core.services.deferring import advance_soon
from tests.desk import Desk
from tests.ui.cli.offices import Office


def wait_for_work(desk: Desk) -> None:
    with desk.open() as uow:
        uow.jobs.defer(Deferral(name=JobName.OUTBOX_DELIVER))
        advance_soon(uow, uow.cases.all()[0].id, begin=True, after=timedelta(days=9999))


def test_what_waits_is_listed_and_done(here: Office) -> None:
    with here.desk() as desk:
        desk.offered()
        wait_for_work(desk)

    before = here.run("jobs")
    what = [job["what"] for job in here.run("jobs", "--json").json()["jobs"]]
    worked = here.run("worker", "--once", "--queues", "delivery, upkeep")
    after = here.run("jobs", "--all", "--json").json()

    assert "2 waiting, 0 running, 0 done, 0 failed, 0 cancelled" in before.text
    assert what == ["take CASE-1 as far as it gets without a person", "send what the outbox holds"]
    assert "Nobody is at work: `expediter worker` does what waits." in before.text
    assert (worked.code, worked.text.endswith("Stopped.")) == (0, True)
    assert [(job["name"], job["state"]) for job in after["jobs"]] == [
        ("case.advance", "waiting"),
        ("outbox.deliver", "done"),
    ]


def test_a_queue_nobody_knows_is_refused(here: Office) -> None:
    refused = here.run("worker", "--queues", "cases,mail")

    assert (refused.code, refused.errors) == (2, ["wrong_usage"])
