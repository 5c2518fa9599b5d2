"""`expediter inquire`, `inquiries` and `inquiry`: letters to suppliers, and what a person says about their answers."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from agents.worker.models import model_settings
from agents.worker.replies import place, take_in_reply
from core.domain.errors import ConflictError, InvalidValueError, UsageError
from core.domain.ids import CaseId, InquiryId, SupplierCode, UserName
from core.domain.inquiries import Inquiry, InquiryState
from core.domain.inquiry_replies import FOR_PEOPLE, Reply, ReplyId, ReplyState
from core.domain.users import AGENT_NAME, User
from core.ports.storage import UnitOfWork
from core.services.inquiring.letters import DraftLetter, EditLetter, draft_letter, edit_letter
from core.services.inquiring.proposing import ProposeLetter, propose_letter
from core.services.inquiring.settling import SettleReply, settle_reply
from ui.cli import options
from ui.cli.demo_books import Demo, books, settling
from ui.cli.failing import failures_said
from ui.cli.inquiries_shown import inquiry_json, inquiry_table, say_next, show_inquiry
from ui.cli.printing import console, print_json, say
from ui.cli.workplace import CLI, PackChoice, Workplace

ENDED = frozenset({InquiryState.ANSWERED, InquiryState.REFUSED, InquiryState.WITHDRAWN, InquiryState.SUPERSEDED})
Text = Annotated[Path | None, typer.Option("--text", metavar="FILE", help="Another text for the letter.")]
ReplyFile = Annotated[
    Path | None, typer.Option("--reply", metavar="FILE", help="A mail (.eml) that answers the letter.")
]
Answers = Annotated[str | None, typer.Option("--answers", metavar="INQ-ID", help="The letter a stray reply answers.")]
Settle = Annotated[
    list[str] | None,
    typer.Option("--settle", metavar="NAME=VALUE", help="Say a value the reply leaves open, as lead_time_days=14."),
]


@options.takes_pack
def inquire_command(
    case: Annotated[str, typer.Argument(metavar="CASE", help="Such as CASE-3.")],
    choice: PackChoice,
    supplier: Annotated[
        list[str] | None, typer.Option("--supplier", metavar="CODE", help="Whom to ask; else all who sell the item.")
    ] = None,
    quantity: Annotated[int | None, typer.Option(help="Base units; else what the case lacks.")] = None,
    by: Annotated[datetime | None, typer.Option("--by", formats=["%Y-%m-%d"], help="Needed by this day.")] = None,
    language: Annotated[str, typer.Option(help="en, de, es, fr or nl; else that of the supplier's country.")] = "",
    draft: Annotated[bool, typer.Option("--draft", help="Do not put the letters before people yet.")] = False,
    demo: Demo = False,
    as_json: options.Json = False,
) -> None:
    """Write to suppliers about what a case lacks, and put the letters before people; nothing is sent before a yes."""
    with failures_said(), books(choice, demo=demo) as (place_, is_demo):
        with place_.application.open_uow(AGENT_NAME) as uow:
            asked = [SupplierCode(one) for one in supplier or ()] or _who_sells(uow, CaseId(case))
            made = [
                draft_letter(
                    uow,
                    DraftLetter(
                        case=CaseId(case),
                        supplier=one,
                        quantity=quantity,
                        needed_by=by.date() if by else None,
                        language=language,
                    ),
                )
                for one in asked
            ]
            if not draft:
                for one in made:
                    if uow.inquiries.get(one).state is InquiryState.DRAFT:
                        propose_letter(uow, ProposeLetter(inquiry=one, proposed_by=AGENT_NAME))
        _tell(place_, made, words=_words(choice, demo=is_demo), as_json=as_json)


@options.takes_pack
def inquiries_command(
    choice: PackChoice,
    demo: Demo = False,
    everything: Annotated[bool, typer.Option("--all", help="Those that are over, too.")] = False,
    as_json: options.Json = False,
) -> None:
    """List the letters to suppliers, the newest first, and the replies that wait for a person."""
    with failures_said(), books(choice, demo=demo) as (place_, is_demo):
        with place_.application.open_uow(CLI) as uow:
            found = uow.inquiries.listed(*(() if everything else [one for one in InquiryState if one not in ENDED]))
            replies = {one.id: uow.replies.of_inquiry(one.id) for one in found}
            strays = uow.replies.listed(ReplyState.STRAY)
        if as_json:
            print_json(
                {
                    "inquiries": [inquiry_json(one, replies[one.id], ()) for one in found],
                    "strays": [one.id for one in strays],
                }
            )
            return
        words = _words(choice, demo=is_demo)
        if not found and not strays:
            say(f"No letters to suppliers. `expediter inquire CASE{words}` writes some.")
            return
        console.print(inquiry_table(found, replies))
        for one in strays:
            say(f"{one.id} from {one.sender or 'nobody certain'} answers no letter for sure", style="yellow")
            say(f"  `expediter inquiry {one.id} --answers INQ-ID{words}` says which")


@options.takes_pack
def inquiry_command(
    target: Annotated[str, typer.Argument(metavar="ID", help="A letter or a reply: INQ-3 or REPLY-4.")],
    choice: PackChoice,
    demo: Demo = False,
    text: Text = None,
    version: Annotated[int | None, typer.Option("--version", help="The version you read, with --text.")] = None,
    propose: Annotated[bool, typer.Option("--propose", help="Put the letter before people.")] = False,
    reply: ReplyFile = None,
    answers: Answers = None,
    settle: Settle = None,
    use: Annotated[bool, typer.Option("--use", help="The offer may be reckoned with.")] = False,
    declines: Annotated[bool, typer.Option("--declines", help="The supplier declines.")] = False,
    dismiss: Annotated[str, typer.Option("--dismiss", metavar="TEXT", help="It is of no use, and why.")] = "",
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """Show a letter with its replies; change or propose it, take a reply in, or settle what a reply leaves open."""
    with failures_said(), books(choice, demo=demo) as (place_, is_demo):
        if sum((use, declines, bool(dismiss))) > 1:
            raise UsageError("--use, --declines and --dismiss are three answers; give one")
        is_settled = bool(settle or use or declines or dismiss)
        if text or propose or reply or answers or is_settled:
            who = settling(place_, is_demo=is_demo, user=user, token_file=token_file)
            _work_on(place_, InquiryId(target), who, text=text, version=version, propose=propose, reply=reply)
            target = _place(place_, target, answers, who) if answers else target
            if is_settled:
                said = _Said(values=_pairs(settle or []), use=use, declines=declines, dismiss=dismiss)
                _settle(place_, target, said, who)
        _tell_target(place_, target, words=_words(choice, demo=is_demo), as_json=as_json)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What a person says about a reply."""

    values: tuple[tuple[str, str], ...]
    use: bool
    declines: bool
    dismiss: str


def _settle(place_: Workplace, target: str, said: _Said, who: User) -> None:
    command = SettleReply(
        key=_key(),
        reply=_meant(place_, target).id,
        values=said.values,
        use=said.use,
        declines=said.declines,
        dismiss=said.dismiss,
    )
    with place_.application.open_uow(who.name) as uow:
        settle_reply(uow, command, who)


def _work_on(
    place_: Workplace,
    inquiry: InquiryId,
    who: User,
    *,
    text: Path | None,
    version: int | None,
    propose: bool,
    reply: Path | None,
) -> None:
    """What is done to a letter, in the order in which it is done."""
    if text is not None:
        _edit(place_, inquiry, text, version, who)
    if propose:
        _propose(place_, inquiry, who.name)
    if reply is not None:
        _take_in(place_, inquiry, reply, who)


def _who_sells(uow: UnitOfWork, case: CaseId) -> list[SupplierCode]:
    item = uow.cases.get(case).detected.item
    found = sorted({one.supplier for one in uow.company.sources(item)})
    known = [uow.company.supplier(code) for code in found]
    able = [one.code for one in known if one.approved and one.active and one.email]
    if not able:
        raise InvalidValueError(f"nobody with an e-mail address on file sells {item!r}; accepted are {found}")
    return able


def _edit(place_: Workplace, inquiry: InquiryId, text: Path, version: int | None, who: User) -> None:
    with place_.application.open_uow(who.name) as uow:
        held = uow.inquiries.get(inquiry)
        words = text.read_text(encoding="utf-8")
        edit_letter(uow, EditLetter(inquiry=inquiry, version=version or held.version, text=words), who)


def _propose(place_: Workplace, inquiry: InquiryId, by: UserName) -> None:
    with place_.application.open_uow(by) as uow:
        propose_letter(uow, ProposeLetter(inquiry=inquiry, proposed_by=by))


def _take_in(place_: Workplace, inquiry: InquiryId, mail: Path, who: User) -> None:
    models = model_settings(place_.config.environment)
    found = take_in_reply(place_.application, mail.read_bytes(), inquiry, who, models=models)
    say(f"{found.id} is {found.state.value}" + (f" of {found.inquiry}" if found.inquiry != inquiry else ""))


def _place(place_: Workplace, reply: str, inquiry: str, who: User) -> str:
    models = model_settings(place_.config.environment)
    found = place(place_.application, ReplyId(reply), InquiryId(inquiry), who, key=_key(), models=models)
    return found.id


def _meant(place_: Workplace, target: str) -> Reply:
    """The reply named, or the only one of the letter named that waits for a person."""
    with place_.application.open_uow(CLI) as uow:
        if target.startswith("REPLY-"):
            return uow.replies.get(ReplyId(target))
        found = [one for one in uow.replies.of_inquiry(InquiryId(target)) if one.state in FOR_PEOPLE]
    if len(found) != 1:
        names = ", ".join(one.id for one in found) or "none"
        raise ConflictError(f"{target} has not one reply that waits for a person ({names}); name the reply")
    return found[0]


def _inquiry_of(place_: Workplace, target: str) -> InquiryId | None:
    if not target.startswith("REPLY-"):
        return InquiryId(target)
    with place_.application.open_uow(CLI) as uow:
        return uow.replies.get(ReplyId(target)).inquiry


def _tell_target(place_: Workplace, target: str, *, words: str, as_json: bool) -> None:
    inquiry = _inquiry_of(place_, target)
    if inquiry is None:
        _tell_stray(place_, ReplyId(target), words=words, as_json=as_json)
    else:
        _tell(place_, [inquiry], words=words, as_json=as_json)


def _tell(place_: Workplace, wanted: list[InquiryId], *, words: str, as_json: bool) -> None:
    with place_.application.open_uow(CLI) as uow:
        found: list[Inquiry] = [uow.inquiries.get(one) for one in wanted]
        replies = {one.id: uow.replies.of_inquiry(one.id) for one in found}
        approvals = {one.id: uow.approvals.of_inquiry(one.id) for one in found}
    if as_json:
        values = [inquiry_json(one, replies[one.id], approvals[one.id]) for one in found]
        print_json(values[0] if len(values) == 1 else {"inquiries": values})
        return
    for one in found:
        show_inquiry(one, replies[one.id], approvals[one.id])
        say_next(one, replies[one.id], approvals[one.id], words)


def _tell_stray(place_: Workplace, reply: ReplyId, *, words: str, as_json: bool) -> None:
    with place_.application.open_uow(CLI) as uow:
        held = uow.replies.get(reply)
    if as_json:
        print_json({"id": held.id, "state": held.state.value, "from": held.sender, "text": held.text})
        return
    say(f"{held.id} from {held.sender or 'nobody certain'}, {held.state.value}: {'; '.join(held.why)}")
    for line in held.text.splitlines():
        say(f"  | {line}", style="dim")
    say(f"Next: `expediter inquiry {held.id} --answers INQ-ID{words}` says which letter it answers.")


def _pairs(settle: list[str]) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    for one in settle:
        name, equals, value = one.partition("=")
        if not equals:
            raise UsageError(f"--settle {one!r} has no '='; accepted is such as lead_time_days=14")
        pairs.append((name, value))
    return tuple(pairs)


def _key() -> str:
    return f"cli:{uuid4()}"


def _words(choice: PackChoice, *, demo: bool) -> str:
    return " --demo" if demo else choice.words
