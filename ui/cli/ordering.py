"""`expediter order`, `drafts` and `draft`: a text becomes a draft, and a person makes the draft an order."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from agents.order_intake.letters import read_letter
from agents.worker.letters import letter_reader
from agents.worker.models import model_settings
from core.domain.errors import UsageError
from core.domain.intake.drafts import OPEN_STATES, DraftId, DraftOrder
from core.domain.intake.letters import Letter
from core.domain.intake.wording import Written, question_mail
from core.domain.users import User
from core.ports.storage import UnitOfWork
from core.services.inquiring.matching import inquiries_named
from core.services.intake.answering import SetValues, set_values
from core.services.intake.settling import (
    AskCustomer,
    ConfirmDraft,
    DraftConfirmed,
    RejectDraft,
    ask_customer,
    confirm_draft,
    reject_draft,
)
from ui.cli import options
from ui.cli.asking import agreed
from ui.cli.demo_books import Demo, books, settling
from ui.cli.drafts_shown import draft_json, draft_table, say_next, show_draft
from ui.cli.failing import failures_said
from ui.cli.printing import console, print_json, say
from ui.cli.workplace import CLI, PackChoice, Workplace

Set = Annotated[
    list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Give a value, such as line1.quantity=40.")
]
Version = Annotated[int | None, typer.Option("--version", help="The version you read; without it you are asked.")]


@options.takes_pack
def order_command(
    choice: PackChoice,
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help="The order in plain words.")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="A mail (.eml), text, CSV, sheet or PDF.")
    ] = None,
    demo: Demo = False,
    confirm: Annotated[bool, typer.Option("--confirm", help="Make it an order, if it can be one.")] = False,
    second: Annotated[bool, typer.Option("--second", help="With --confirm: a second order is meant.")] = False,
    version: Version = None,
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """Read an order from words, a mail or a file: a draft, or one question that asks for all that is missing."""
    with failures_said():
        letter = _letter(text, file)
        with books(choice, demo=demo) as (place, is_demo):
            _check_no_reply(place, letter, words=_words(choice, demo=is_demo))
            reader = letter_reader(place.application, models=model_settings(place.config.environment))
            draft = reader(letter)
            done = None
            if confirm:
                who = settling(place, is_demo=is_demo, user=user, token_file=token_file)
                done = _confirmed(place, draft, who, second=second, version=version, shown=as_json)
            _tell(place, draft.id, done, words=_words(choice, demo=is_demo), as_json=as_json)


@options.takes_pack
def drafts_command(
    choice: PackChoice,
    demo: Demo = False,
    everything: Annotated[bool, typer.Option("--all", help="Those that are over, too.")] = False,
    as_json: options.Json = False,
) -> None:
    """List the draft orders somebody has to settle, the newest first."""
    with failures_said(), books(choice, demo=demo) as (place, is_demo):
        with place.application.open_uow(CLI) as uow:
            found = uow.drafts.listed(*(() if everything else sorted(OPEN_STATES)))
        if as_json:
            print_json([draft_json(one) for one in found])
        elif found:
            console.print(draft_table(found))
            say(f"Next: `expediter draft {found[0].id}{_words(choice, demo=is_demo)}` shows one.")
        else:
            say(f"No drafts. `expediter order TEXT{_words(choice, demo=is_demo)}` makes one.")


@options.takes_pack
def draft_command(
    draft: Annotated[str, typer.Argument(metavar="ID", help="Such as DRAFT-3.")],
    choice: PackChoice,
    demo: Demo = False,
    values: Set = None,
    ask: Annotated[bool, typer.Option("--ask", help="Send the customer the question.")] = False,
    confirm: Annotated[bool, typer.Option("--confirm", help="Make it an order.")] = False,
    second: Annotated[bool, typer.Option("--second", help="With --confirm: a second order is meant.")] = False,
    reject: Annotated[str | None, typer.Option("--reject", metavar="TEXT", help="Drop it, and say why.")] = None,
    version: Version = None,
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """Show a draft order, give it values, have the customer asked, confirm it, or reject it."""
    with failures_said():
        if sum((ask, confirm, reject is not None)) > 1:
            raise UsageError("--ask, --confirm and --reject are three answers; give one")
        with books(choice, demo=demo) as (place, is_demo):
            held = _held(place, DraftId(draft))
            done = None
            if values or ask or confirm or reject is not None:
                who = settling(place, is_demo=is_demo, user=user, token_file=token_file)
                if values:
                    held = _set(place, held, values, who)
                if ask:
                    _act(
                        place,
                        who,
                        lambda uow: ask_customer(
                            uow, AskCustomer(key=_key(), draft=held.id, version=held.version), who
                        ),
                    )
                if reject is not None:
                    _act(place, who, lambda uow: reject_draft(uow, _rejection(held, reject), who))
                if confirm:
                    done = _confirmed(place, held, who, second=second, version=version, shown=as_json)
            _tell(place, held.id, done, words=_words(choice, demo=is_demo), as_json=as_json)


def _letter(text: str | None, file: Path | None) -> Letter:
    if (text is None) is (file is None):
        raise UsageError("give the order's text, or --file FILE, and not both")
    if file is not None:
        return read_letter(file.read_bytes(), file.name)
    if not (text or "").strip():
        raise UsageError("the order's text is empty; say who orders what, how many and by when")
    return read_letter(text or "")


def _check_no_reply(place: Workplace, letter: Letter, *, words: str) -> None:
    """What a supplier answers to a letter of ours is no order."""
    with place.application.open_uow(CLI) as uow:
        named = inquiries_named(uow, letter)
    if named:
        raise UsageError(
            f"this mail answers a letter to a supplier; `expediter inquiry {named[0]} --reply FILE{words}` takes it in"
        )


def _held(place: Workplace, draft: DraftId) -> DraftOrder:
    with place.application.open_uow(CLI) as uow:
        return uow.drafts.get(draft)


def _set(place: Workplace, draft: DraftOrder, values: list[str], who: User) -> DraftOrder:
    pairs: list[tuple[str, str]] = []
    for one in values:
        name, equals, value = one.partition("=")
        if not equals:
            raise UsageError(f"--set {one!r} has no '='; accepted is such as line1.quantity=40")
        pairs.append((name, value))
    with place.application.open_uow(who.name) as uow:
        return set_values(uow, SetValues(key=_key(), draft=draft.id, version=draft.version, values=tuple(pairs)), who)


def _confirmed(
    place: Workplace, draft: DraftOrder, who: User, *, second: bool, version: int | None, shown: bool
) -> DraftConfirmed | None:
    """The order a person's yes makes, None after a no. What is confirmed is the version that was displayed."""
    if version is None and not shown:
        with place.application.open_uow(CLI) as uow:
            show_draft(draft, currency=uow.company.settings().currency, mail=None)
    if version is None and not agreed(
        f"Enter {draft.id} as it is shown?", otherwise=f"say which version you read: --version {draft.version}"
    ):
        return None
    command = ConfirmDraft(
        key=_key(), draft=draft.id, version=draft.version if version is None else version, second_meant=second
    )
    with place.application.open_uow(who.name) as uow:
        return confirm_draft(uow, command, who)


def _tell(place: Workplace, draft: DraftId, done: DraftConfirmed | None, *, words: str, as_json: bool) -> None:
    with place.application.open_uow(CLI) as uow:
        now = uow.drafts.get(draft)
        mail = _mail(uow, now)
        currency = uow.company.settings().currency
        lines = uow.orders.lines(done.order) if done and done.order and not done.signal else ()
    if as_json:
        print_json(draft_json(now, mail))
        return
    show_draft(now, currency=currency, mail=mail)
    if done is not None and done.signal:
        say(f"The change of {done.order} is said as {done.signal}; `expediter scan{words}` makes a case of it.")
    elif done is not None:
        for line in lines:
            say(f"  {line.order}/{line.line}: {line.ordered} {line.item}, promised for {line.promised or 'no day yet'}")
        say(f"Entered as {done.order}." + (f" Not promised yet: {done.why}" if done.why else ""), style="bold")
    else:
        say_next(now, words)


def _mail(uow: UnitOfWork, draft: DraftOrder) -> Written | None:
    """The mail that would ask; there is none where nobody knows yet whom to ask."""
    if draft.state not in OPEN_STATES or not draft.customer_code:
        return None
    name = uow.company.customer(draft.customer_code).name
    return question_mail(draft, name=name, company=uow.company.settings().name)


def _rejection(draft: DraftOrder, why: str) -> RejectDraft:
    return RejectDraft(key=_key(), draft=draft.id, version=draft.version, why=why)


def _act(place: Workplace, who: User, act: Callable[[UnitOfWork], object]) -> None:
    with place.application.open_uow(who.name) as uow:
        act(uow)


def _key() -> str:
    return f"cli:{uuid4()}"


def _words(choice: PackChoice, *, demo: bool) -> str:
    return " --demo" if demo else choice.words
