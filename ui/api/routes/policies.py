"""The policy: what is in force, what another would have done, and how it comes about by two people."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from core.db.codec import to_json
from core.domain.errors import NotFoundError
from core.domain.listing.records import PolicyFilter, RecordSort
from core.domain.permissions import Permission
from core.domain.policies import Policy
from core.ports.storage import UnitOfWork
from core.services.policies import policy_of
from core.services.policy_changing import (
    AgreeToPolicy,
    AskedPolicy,
    AskForPolicy,
    agree_to_policy,
    ask_for_policy,
    asked_policy,
)
from core.services.policy_trial import Trial, try_policy
from ui.api.door import IdempotencyKey, Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.api.listing import Asked, pages
from ui.api.matching import tagged
from ui.api.policy_words import autonomy_rows, setting_rows
from ui.schemas.desk import (
    AgreedReply,
    AgreeRequest,
    AskedReply,
    PolicyHistory,
    PolicyReply,
    PolicyRequest,
    PolicyVersionReply,
    TrialReply,
    TrialRequest,
)

router = APIRouter(prefix="/v1/policies", tags=["policies"], route_class=DoorRoute)
Reader = Annotated[Visitor, needs(Permission.POLICIES_READ, reach=Reach.WHOLE)]
Changer = Annotated[Visitor, needs(Permission.POLICIES_CHANGE, reach=Reach.WHOLE)]


@router.get("/current", operation_id="get_policy")
def current(visitor: Reader, request: Request, response: Response) -> PolicyReply:
    """The policy in force, rules that were taken down shown as such."""
    with visitor.reading() as uow:
        version, waits, policy = uow.policies.current(), uow.policies.waiting(), policy_of(uow)
        found = PolicyReply(
            version=version.policy.version,
            effective_at=version.effective_at,
            reason=version.reason,
            policy=to_json(Policy, policy),
            autonomy=autonomy_rows(policy),
            settings=setting_rows(policy),
            demoted=tuple(one.rule for one in uow.policies.demotions(version.number)),
            waiting=None if waits is None else waits.code,
        )
    return tagged(request, response, found)


@router.get("/history", operation_id="policy_history")
def history(
    visitor: Reader, asked: Annotated[Asked[RecordSort], pages(RecordSort, RecordSort.RECORDED, descending=True)]
) -> PolicyHistory:
    """The versions, the newest first."""
    with visitor.reading() as uow:
        page = uow.lists.policies(PolicyFilter(), asked.reading)
    return PolicyHistory(items=tuple(map(PolicyVersionReply.of, page.items)), next=asked.next(page.next))


@router.post("/trials", operation_id="try_policy")
def trial(visitor: Reader, body: TrialRequest, key: IdempotencyKey) -> TrialReply:
    """What another policy would have said to the proposals of the last days; nothing is kept."""
    with visitor.reading() as uow:
        return TrialReply(found=to_json(Trial, try_policy(uow, body.changes, days=body.days)))


@router.post("/requests", operation_id="ask_for_policy", status_code=201)
def ask(visitor: Changer, body: PolicyRequest, key: IdempotencyKey) -> AskedReply:
    """Ask for another policy; it holds once another person agrees to exactly this."""
    with visitor.acting() as (uow, _):
        code = ask_for_policy(uow, AskForPolicy(changes=body.changes, reason=body.reason)).code
        return _asked(uow, code)


@router.get("/requests/waiting", operation_id="waiting_policy")
def waiting(visitor: Changer) -> AskedReply:
    """The change that waits for another person."""
    with visitor.reading() as uow:
        return _asked(uow, _waiting(uow))


@router.post("/requests/waiting/decision", operation_id="agree_to_policy")
def agree(visitor: Changer, body: AgreeRequest, key: IdempotencyKey) -> AgreedReply:
    """Agree to the change that waits, as it was displayed, or refuse it; whoever asked for it may not."""
    with visitor.acting() as (uow, _):
        command = AgreeToPolicy(code=_waiting(uow), digest=body.digest, agree=body.agree, comment=body.comment)
        version = agree_to_policy(uow, command)
    return AgreedReply(version=None if version is None else version.policy.version)


def _waiting(uow: UnitOfWork) -> str:
    found = uow.policies.waiting()
    if found is None:
        raise NotFoundError("nobody asks for another policy")
    return found.code


def _asked(uow: UnitOfWork, code: str) -> AskedReply:
    request = uow.master_data.get(code)
    asked = to_json(AskedPolicy, asked_policy(uow, code))
    return AskedReply(code=code, asked_by=request.asked_by, digest=request.digest, asked=asked)
