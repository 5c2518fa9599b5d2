"""What each job does: one function a name, called by whatever runs jobs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import MappingProxyType

import structlog

from agents.worker.forgetting import forget_all
from agents.worker.worker import Advance, Standing, Worker
from core.bootstrap.application import Application
from core.bootstrap.channels import Channels
from core.domain.cases import Case, CaseState
from core.domain.errors import DomainError
from core.domain.ids import ApprovalId, CaseId, NegotiationId
from core.domain.jobs import JobName
from core.domain.notices import outcome
from core.domain.retention import Terms
from core.domain.users import WORKER_NAME
from core.planning.rules import ScanRules
from core.ports.mailbox import MailboxPort
from core.ports.webhooks import HookReader, WebhookSender
from core.services.deferring import advance_soon
from core.services.expiring import expire_approvals
from core.services.inbound.processing import Processed, process
from core.services.inquiring.tending import tend_letters
from core.services.learning import learn
from core.services.mail_in import poll_mailbox
from core.services.negotiating.rounds import advance_negotiation, tend_negotiations
from core.services.notifying import (
    dispatch_notices,
    tell,
    tell_deadlines,
    tell_digest,
    tell_needs_decision,
    tell_shipped,
)
from core.services.rule_values import rules_of
from core.services.scanning import ScanCommand, ScanReport, scan
from core.services.tasks import ask_person
from core.services.triaging import in_turn, triage_cases
from core.services.webhooks.delivering import Delivering, deliver
from core.services.webhooks.gathering import gather

TRIES = 5
FIRST_PAUSE = timedelta(seconds=5)
# The case is at work elsewhere, everything is halted, or this process is about to end.
AGAIN_AFTER: Mapping[Standing, timedelta | None] = {
    Standing.BUSY: timedelta(seconds=2),
    Standing.HALTED: timedelta(minutes=1),
    Standing.DRAINED: None,
}
MOST_CASES_A_SCAN = 50
HELPED_AFTER = timedelta(minutes=2)
Args = Mapping[str, str | int | bool]
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What jobs work with: the application, the worker that drives cases, the mailbox orders come to if there is one,
    what reads a mail, given its bytes and its hash, what goes on with letters whose drafts people settled, and the
    channels people are told things on, if any, the way out of webhooks, what reads those that come in, and
    for how long things are kept."""

    app: Application
    worker: Worker
    mailbox: MailboxPort | None = None
    take_in: Callable[[bytes, str], object] | None = None
    tend_letters: Callable[[], object] | None = None
    channels: Channels | None = None
    webhooks: WebhookSender | None = None
    read_hook: HookReader | None = None
    terms: Terms = field(default_factory=Terms)


def perform(shift: Shift, name: JobName, args: Args) -> None:
    """Do a job. What it raises ends it as failed; a case is tried again by itself, all else by the next turn of the
    schedule."""
    DONE_BY[name](shift, args)


def _advance(shift: Shift, args: Args) -> None:
    case, begin, attempt = CaseId(str(args["case"])), bool(args["begin"]), int(args.get("attempt", 0))
    try:
        found = shift.worker.advance(case, begin=begin)
    except Exception as error:
        _try_again(shift, case, error, begin=begin, attempt=attempt + 1)
        raise
    _log.info("case_advanced", case=case, standing=found.standing.value, outcome=found.outcome)
    _tell_of(shift, found)
    if found.standing in AGAIN_AFTER:
        with shift.app.open_uow(WORKER_NAME) as uow:
            advance_soon(uow, case, begin=begin, after=AGAIN_AFTER[found.standing], attempt=attempt)


def _tell_of(shift: Shift, found: Advance) -> None:
    """People are told that their word is wanted, and what came of it."""
    if shift.channels is None:
        return
    with shift.app.open_uow(WORKER_NAME) as uow:
        if found.standing is Standing.WAITING and found.approval is not None:
            tell_needs_decision(uow, found.approval, shift.channels.subscriptions)
        elif found.standing is Standing.CLOSED and found.outcome:
            told = outcome(
                found.case,
                found.approval or "",
                ended=found.outcome,
                message=found.message,
                differences=found.differences,
            )
            tell(uow, told, shift.channels.subscriptions)


def _try_again(shift: Shift, case: CaseId, error: Exception, *, begin: bool, attempt: int) -> None:
    """After five tries, each after a longer pause, a person is asked."""
    code = error.code if isinstance(error, DomainError) else type(error).__name__
    _log.warning("case_failed", case=case, attempt=attempt, error=code)
    with shift.app.open_uow(WORKER_NAME) as uow:
        if attempt < TRIES:
            advance_soon(uow, case, begin=begin, after=FIRST_PAUSE * 4 ** (attempt - 1), attempt=attempt)
        else:
            text = f"work on {case} failed {attempt} times ({code}); `expediter jobs` shows it, `expediter resolve"
            ask_person(uow, f"job {case}", f"{text} {case}` tries again")


def _scan(shift: Shift, *, whole: bool) -> None:
    """Scan under the rules the cases follow, and have the desk take up what nobody has looked at yet, the most urgent
    first. `whole` reads every row again, else only those that changed since this process last looked."""
    open_uow = shift.app.open_whole_uow if whole else shift.app.open_uow
    with open_uow(WORKER_NAME) as uow:
        if uow.company.loaded_hash() is None:
            return
        last = uow.cases.last_scan()
        found = scan(uow, ScanCommand(rules=ScanRules() if last is None else rules_of(last[1])))
        said = triage_cases(uow)
        new = in_turn([case.id for case in found.cases if _is_new(case, found)], said)[:MOST_CASES_A_SCAN]
        for case in new:
            advance_soon(uow, case, begin=True)
    if whole:
        _learn(shift)
    _log.info("scanned", whole=whole, opened=len(found.opened), closed=len(found.closed), taken_up=len(new))


def _learn(shift: Shift) -> None:
    """Once a night: what people's decisions suggest is put before an operations manager; nothing applies itself."""
    with shift.app.open_uow(WORKER_NAME) as uow:
        learn(uow)


def _is_new(case: Case, found: ScanReport) -> bool:
    """Whether the desk should take the case up; a plan people turned down is not answered with another one."""
    return case.state is CaseState.OPEN and (case.id in found.opened or case.planning_round == 0)


def _tend(shift: Shift) -> None:
    """What time does to the books; what is approved and nobody executes; runs that wait for nobody."""
    shift.worker.keep_up()
    shift.worker.sweep(older_than=HELPED_AFTER)
    found = shift.worker.unattended()
    with shift.app.open_uow(WORKER_NAME) as uow:
        for case in found:
            advance_soon(uow, case, begin=False)


def _expire(shift: Shift) -> None:
    with shift.app.open_uow(WORKER_NAME) as uow:
        for case in expire_approvals(uow):
            advance_soon(uow, case, begin=False)
        if shift.channels is not None:
            tell_deadlines(uow, shift.channels.subscriptions)


def _deliver(shift: Shift) -> None:
    shift.worker.deliver()
    if shift.channels is not None:
        dispatch_notices(shift.app.open_uow, shift.channels.notices, by=WORKER_NAME)


def _send_letter(shift: Shift, args: Args) -> None:
    """Carry out what people approved; what is halted or overtaken meanwhile is seen to by the sweep, or ends there."""
    shift.worker.execute(ApprovalId(str(args["approval"])))
    shift.worker.deliver()


def _negotiate(shift: Shift, args: Args) -> None:
    """One round: what came back is answered within the mandate, and the answer goes out."""
    with shift.app.open_uow(WORKER_NAME) as uow:
        advance_negotiation(uow, NegotiationId(str(args["negotiation"])))
    shift.worker.deliver()


def _tend_letters(shift: Shift) -> None:
    """What nobody answered: one reminder is put before people, and then they are asked; runs of letters that wait for a
    person are gone on with."""
    with shift.app.open_uow(WORKER_NAME) as uow:
        found = tend_letters(uow)
        tend_negotiations(uow)
    _log.info("letters_tended", unanswered=len(found.unanswered), reminders=len(found.reminders))
    if shift.tend_letters is not None:
        shift.tend_letters()


def _digest(shift: Shift) -> None:
    if shift.channels is not None:
        with shift.app.open_uow(WORKER_NAME) as uow:
            tell_digest(uow, shift.channels.subscriptions)


def _tell_shipped(shift: Shift, args: Args) -> None:
    with shift.app.open_uow(WORKER_NAME) as uow:
        tell_shipped(uow, str(args["shipment"]))


def _deliver_webhooks(shift: Shift) -> None:
    if shift.webhooks is not None:
        app = shift.app
        gathered = gather(app.open_uow, app.open_visitor_uow, by=WORKER_NAME)
        found = deliver(app.open_uow, sender=shift.webhooks, by=WORKER_NAME)
        if gathered or found != Delivering():
            told = {"delivered": found.delivered, "waiting": found.waiting, "dead": found.dead}
            _log.info("webhooks_delivered", gathered=gathered, **told)


def _take_hooks(shift: Shift) -> None:
    if shift.read_hook is not None:
        found = process(shift.app.open_uow, shift.read_hook, by=WORKER_NAME)
        if found != Processed():
            _log.info("hooks_taken", done=found.done, quarantined=found.quarantined, later=found.later)


def _forget(shift: Shift, args: Args) -> None:
    """Once a night: what is over goes; after an erasure checkpoints nobody goes on with do, however new they are."""
    terms = replace(shift.terms, checkpoints=timedelta(0)) if args.get("at_once") else shift.terms
    found = forget_all(shift.app.open_uow, shift.worker.saver, terms, lock_url=shift.app.urls.app)
    _log.info("forgotten", **{kind.value: count for kind, count in found.items() if count})


def _poll(shift: Shift) -> None:
    if shift.mailbox is not None:
        found = poll_mailbox(shift.app.open_uow, shift.mailbox, by=WORKER_NAME)
        _log.info("mailbox_polled", kept=found.kept, known=found.known, too_large=found.too_large)


def _take_in(shift: Shift, args: Args) -> None:
    """Have a mail read; one that nobody can read is left to a person, and does not keep others waiting."""
    content_hash = str(args["mail"])
    with shift.app.open_uow(WORKER_NAME) as uow:
        raw = uow.mails.raw(content_hash)
    if shift.take_in is None:
        _leave_mail(shift, content_hash, "no reader is at work")
        return
    try:
        shift.take_in(raw, content_hash)
    except Exception as error:
        _leave_mail(shift, content_hash, error.code if isinstance(error, DomainError) else type(error).__name__)
        raise


def _leave_mail(shift: Shift, content_hash: str, why: str) -> None:
    with shift.app.open_uow(WORKER_NAME) as uow:
        ask_person(uow, f"mail {content_hash[:16]}", f"a mail could not be read ({why}); look at it in the mailbox")


DONE_BY: Mapping[JobName, Callable[[Shift, Args], object]] = MappingProxyType(
    {
        JobName.CASE_ADVANCE: _advance,
        JobName.SCAN_FULL: lambda shift, _: _scan(shift, whole=True),
        JobName.SCAN_INCREMENTAL: lambda shift, _: _scan(shift, whole=False),
        JobName.OUTBOX_DELIVER: lambda shift, _: _deliver(shift),
        JobName.MAILBOX_POLL: lambda shift, _: _poll(shift),
        JobName.TAKE_IN: _take_in,
        JobName.LETTER_SEND: _send_letter,
        JobName.LETTERS_TEND: lambda shift, _: _tend_letters(shift),
        JobName.NEGOTIATE: _negotiate,
        JobName.DIGEST_SEND: lambda shift, _: _digest(shift),
        JobName.SHIPMENT_TELL: _tell_shipped,
        JobName.UPKEEP_TEND: lambda shift, _: _tend(shift),
        JobName.APPROVALS_EXPIRE: lambda shift, _: _expire(shift),
        JobName.WEBHOOKS_DELIVER: lambda shift, _: _deliver_webhooks(shift),
        JobName.HOOKS_TAKE: lambda shift, _: _take_hooks(shift),
        JobName.RETENTION: _forget,
    }
)
