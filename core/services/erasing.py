"""Erasing a person: one asks and sees where the values stand, another agrees, and in that transaction they are gone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.domain.approval import ApprovalState
from core.domain.errors import ConflictError, InvalidValueError
from core.domain.ids import UserName
from core.domain.intake.drafts import OPEN_STATES
from core.domain.jobs import Deferral, JobName
from core.domain.master_data import MasterDataKind, MasterDataRequest
from core.ports.storage import UnitOfWork
from core.services.accounts import replace_token, set_active
from core.services.agreeing import check_may_change, settle

SHORTEST_MARK, LONGEST_MARK, MOST_MARKS = 5, 200, 20
_MARK = re.compile(r"[^\x00-\x1f\x7f\"\\]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePerson:
    """Who is to be erased: the values that tell who it is, such as full name, e-mail address and telephone number, and
    the account of a person who signs in. `salt` keeps the values from being guessed from the request's digest."""

    marks: tuple[str, ...]
    user: UserName | None
    salt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureAsked:
    """A request that waits for another person, and where the values stand now, as rows by table."""

    request: MasterDataRequest
    found: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What came of it: nothing where it was refused, else the stand-in and the rows that changed by table."""

    stand_in: str = ""
    rows: Mapping[str, int]


def ask_erasure(uow: UnitOfWork, wanted: ErasePerson, *, code: str) -> ErasureAsked:
    """Ask for an erasure under a code nobody can guess. Nothing changes but that it waits.

    InvalidValueError for values that are too short to be somebody's alone, ConflictError where something of theirs is
    still open.
    """
    check_may_change(uow.users.get(uow.actor), MasterDataKind.PEOPLE)
    _check_marks(wanted)
    _check_settled(uow, wanted)
    wanted = replace(wanted, marks=_in_every_case(wanted.marks))
    found = uow.erasures.found(wanted.marks)
    request = uow.master_data.ask(code=code, kind=MasterDataKind.PEOPLE, subject=code, command=wanted)
    return ErasureAsked(request=request, found=found)


def decide_erasure(uow: UnitOfWork, code: str, *, agree: bool, unknown_token: str) -> Erased:
    """Another person's word on it; agreed, the person is erased in this transaction. `unknown_token` is random text
    that nobody is told.

    NotAuthorisedError for who asked, AlreadyDecidedError when it was decided before.
    """
    request = uow.master_data.get(code)
    if request.command != ErasePerson.__name__:
        raise InvalidValueError(f"request {code!r} asks for {request.command}, not for an erasure", field="code")
    wanted = uow.master_data.asked(code, ErasePerson)
    settle(uow, code, digest=request.digest, agree=agree, comment="")
    if not agree:
        return Erased(rows={})
    _check_settled(uow, wanted)
    if wanted.user is not None:
        _close_account(uow, wanted.user, unknown_token=unknown_token)
    uow.jobs.defer(Deferral(name=JobName.RETENTION, args={"at_once": True}, once="checkpoints at once"))
    stand_in = f"erased-{code}"
    return Erased(stand_in=stand_in, rows=uow.erasures.erase(code, stand_in=stand_in))


def _close_account(uow: UnitOfWork, name: UserName, *, unknown_token: str) -> None:
    set_active(uow, name, active=False)
    replace_token(uow, name, token=unknown_token)
    if uow.users.password_hash(name) is not None:
        uow.users.clear_password(name)


def _check_marks(wanted: ErasePerson) -> None:
    if not wanted.marks and wanted.user is None:
        raise InvalidValueError("an erasure names values, an account, or both", field="marks")
    if len(wanted.marks) > MOST_MARKS:
        raise InvalidValueError(f"{len(wanted.marks)} values are too many; up to {MOST_MARKS}", field="marks")
    for mark in wanted.marks:
        if not SHORTEST_MARK <= len(mark) <= LONGEST_MARK or mark != mark.strip() or not _MARK.fullmatch(mark):
            says = f"has {SHORTEST_MARK} to {LONGEST_MARK} characters, no quotes, and no gaps at its ends"
            raise InvalidValueError(f"value {mark!r} is none; one {says}", field="marks")


def _in_every_case(marks: Sequence[str]) -> tuple[str, ...]:
    """Not every database knows the large and small letters of every alphabet, and bytes have none."""
    written = {form for mark in marks for form in (mark, mark.upper(), mark.lower(), mark.title())}
    return tuple(sorted(written))


def _check_settled(uow: UnitOfWork, wanted: ErasePerson) -> None:
    if wanted.user is not None:
        _check_account(uow, wanted.user)
    for user in uow.users.all():
        for mark in wanted.marks:
            if _stands_in(mark, user.name):
                raise ConflictError(
                    f"value {mark!r} is part of the account name {user.name!r}, which stays; give the full name"
                )
    for draft in uow.drafts.listed(*OPEN_STATES):
        for content in draft.letters:
            letter = uow.drafts.letter(content)
            if _marked(wanted.marks, [letter.sender, letter.subject, *(one.text for one in letter.documents)]):
                raise ConflictError(f"{draft.id} rests on a letter of theirs and is open; settle it first")


def _check_account(uow: UnitOfWork, name: UserName) -> None:
    if not uow.users.get(name).is_person:
        raise InvalidValueError(f"{name!r} is a program; only people are erased", field="user")
    if name == uow.actor:
        raise ConflictError(f"{name!r} is who acts here; other people ask for it and agree to it")
    read = (uow.approvals.listed, uow.approvals.letters, uow.approvals.mandates)
    waits = [one.id for kind in read for one in kind(ApprovalState.PENDING) if one.proposed_by == name]
    if waits:
        raise ConflictError(f"{', '.join(waits)} of {name!r} waits to be decided; reject it or let it be decided first")


def _marked(marks: Sequence[str], texts: Sequence[str]) -> bool:
    return any(_stands_in(mark, text) for mark in marks for text in texts)


def _stands_in(mark: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", text, re.IGNORECASE) is not None
