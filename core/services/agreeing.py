"""Changes of master data that another person has to agree to: asked for, decided on once, by somebody who may."""

from core.domain.errors import AlreadyDecidedError, HashMismatchError, NotAuthorisedError
from core.domain.master_data import MAY_CHANGE, MasterDataKind, MasterDataRequest, RequestState
from core.domain.users import User
from core.ports.storage import UnitOfWork


def check_may_change(user: User, kind: MasterDataKind) -> None:
    """NotAuthorisedError unless the person may make changes of the kind, and agree to them."""
    if user.is_person and user.active and user.role in MAY_CHANGE[kind]:
        return
    may = " or ".join(role.value for role in MAY_CHANGE[kind])
    raise NotAuthorisedError(f"{user.name!r} ({user.role}) may not change {kind.value}; {may} may", user=user.name)


def settle(uow: UnitOfWork, code: str, *, digest: str, agree: bool, comment: str) -> MasterDataRequest:
    """The word of the one who acts on a request as it was shown; carrying it out is the caller's.

    NotAuthorisedError for who asked for it and who may not, AlreadyDecidedError when it was decided before,
    HashMismatchError when it asks for something else than was shown.
    """
    request, user = uow.master_data.get(code), uow.users.get(uow.actor)
    check_may_change(user, request.kind)
    asked = [one for one in uow.users.all() if one.name == request.asked_by]
    if user.name == request.asked_by or user.human in {one.human for one in asked}:
        raise NotAuthorisedError(f"{user.name!r} asked for {code!r}; another person agrees to it", user=user.name)
    if request.state is not RequestState.PENDING:
        raise AlreadyDecidedError(f"request {code!r} was {request.state} by {request.decided_by!r}; it is decided once")
    if request.digest != digest:
        raise HashMismatchError(f"request {code!r} asks for something else than was shown; look at it again")
    uow.master_data.decide(code, to=RequestState.AGREED if agree else RequestState.REFUSED, comment=comment)
    return request


def check_may_load(uow: UnitOfWork) -> None:
    """NotAuthorisedError unless the one who acts may load packs; while the books are set up, nobody has to be known."""
    if not uow.master_data.somebody_may_agree():
        return
    known = {user.name: user for user in uow.users.all()}
    user = known.get(uow.actor)
    if user is None:
        may = " or ".join(role.value for role in MAY_CHANGE[MasterDataKind.PACK])
        raise NotAuthorisedError(f"{uow.actor!r} may not load packs into books that are set up; {may} may")
    check_may_change(user, MasterDataKind.PACK)
