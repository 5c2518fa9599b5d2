"""Suppliers' replies over an application: a mail that answers a letter of ours is read as a quote and kept."""

from collections.abc import Callable
from dataclasses import replace

from agents.order_intake.letters import read_letter
from agents.supplier_letters.reading import asked_of, read_reply_by_rules
from agents.supplier_letters.reading_by_model import PURPOSE, read_reply_by_model
from agents.worker.halting import halt_check
from agents.worker.models import NO_MODEL, ModelSettings, model_for
from core.bootstrap.application import Application
from core.domain.ids import InquiryId
from core.domain.inquiry_replies import QuoteRead, Reply, ReplyId
from core.domain.intake.letters import Letter
from core.domain.users import AGENT_NAME, WORKER_NAME, User
from core.services.inquiring.matching import inquiry_meant
from core.services.inquiring.settling import PlaceReply, check_may_settle, place_reply
from core.services.inquiring.taking import TakeReply, take_reply
from core.services.mail_in import keep_mail

ReplyReader = Callable[[Letter, str], Reply | None]


def reply_reader(app: Application, *, models: ModelSettings = NO_MODEL) -> ReplyReader:
    """What takes in a mail that is kept under its hash: the reply it is, or None where it answers no letter of ours."""

    def taken(letter: Letter, content_hash: str) -> Reply | None:
        with app.open_agent_uow(AGENT_NAME) as uow:
            known, meant = uow.replies.of_content(content_hash), inquiry_meant(uow, letter)
        if known is not None or meant is None:
            return known
        command = TakeReply(content_hash=content_hash, letter=letter, inquiry=meant.inquiry, among=meant.among)
        return _take(app, command, models)

    return taken


def take_in_reply(app: Application, raw: bytes, inquiry: InquiryId, who: User, *, models: ModelSettings) -> Reply:
    """A mail somebody has as a file, as the reply to this letter; what it names itself counts before that. A plain one
    is reckoned with at once, so only who may settle replies may bring one."""
    check_may_settle(who)
    letter = read_letter(raw, "mail.eml")
    with app.open_uow(who.name) as uow:
        uow.inquiries.get(inquiry)
        content = keep_mail(uow, raw)
    found = reply_reader(app, models=models)(letter, content)
    return found or _take(app, TakeReply(content_hash=content, letter=letter, inquiry=inquiry), models)


def place(app: Application, reply: ReplyId, inquiry: InquiryId, who: User, *, key: str, models: ModelSettings) -> Reply:
    """A reply that answers no letter for sure, read as the answer to this one on a person's word."""
    with app.open_uow(who.name) as uow:
        raw = uow.mails.raw(uow.replies.get(reply).content_hash)
    letter = read_letter(raw, "mail.eml")
    command = PlaceReply(
        key=key, reply=reply, inquiry=inquiry, letter=letter, reads=_reads(app, letter, inquiry, models)
    )
    with app.open_uow(who.name) as uow:
        return place_reply(uow, command, who)


def _take(app: Application, command: TakeReply, models: ModelSettings) -> Reply:
    reads = _reads(app, command.letter, command.inquiry, models) if command.inquiry else ()
    with app.open_uow(WORKER_NAME) as uow:  # the core checks and judges what was read; agents may ask nobody
        return take_reply(uow, replace(command, reads=reads))


def _reads(app: Application, letter: Letter, wanted: InquiryId, models: ModelSettings) -> tuple[QuoteRead, ...]:
    """The rules' reading, and the model's beside it where there is a model and it answers."""
    with app.open_agent_uow(AGENT_NAME) as uow:
        inquiry, today = uow.inquiries.get(wanted), uow.company.settings().as_of
    asked = asked_of(inquiry, as_of=today)
    by_rules = read_reply_by_rules(letter, asked)
    if models.model is None:
        return (by_rules,)
    halt_check(app.open_uow)()
    with app.open_agent_uow(AGENT_NAME) as uow:
        run = uow.runs.begin(graph=PURPOSE, subject=wanted)
    model = model_for(app, models)(run)
    assert model is not None, "a model is in the settings"
    found = read_reply_by_model(letter, asked, inquiry.facts, model)
    with app.open_agent_uow(AGENT_NAME) as uow:
        uow.runs.end(run, outcome="read" if found.read else found.reason)
    return (by_rules, found.read) if found.read else (by_rules,)
