"""Answers of other tools' people as commands of our own: by id and hash, and no more than was asked.

Nothing is decided here. A command says what somebody wants; the surface gives it to the services under that person's
own session, and they look at the approval, the person and the world.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar, assert_never

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from agents.hitl.request import ApprovalRequest, Word
from agents.llm.wire import parse_json
from core.domain.errors import HashMismatchError, InvalidValueError, NotFoundError
from core.domain.ids import ApprovalId, CaseId
from core.domain.plan_text import decode_action
from core.domain.plans import Action

MOST_ACTIONS = 50
LONGEST_ARGUMENT = 100_000
IGNORED = "Set aside in the inbox, with no reason given."


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """Yes or no to exactly what the hash is of."""

    approval: ApprovalId
    plan_hash: str
    decision: Literal["approve", "reject"]
    comment: str = ""

    @property
    def body(self) -> dict[str, str]:
        """What the API takes at `/v1/approvals/ID/decision`, from the person who is signed in there."""
        return {"decision": self.decision, "plan_hash": self.plan_hash, "comment": self.comment}


@dataclass(frozen=True, slots=True, kw_only=True)
class PutInstead:
    """Another plan in the place of the one shown: checked, priced and gated anew, and approved by somebody else."""

    approval: ApprovalId
    case: CaseId
    plan_hash: str
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAbout:
    """A question about what waits; it goes on waiting."""

    approval: ApprovalId
    case: CaseId
    plan_hash: str
    question: str


Answer = Decide | PutInstead | AskAbout


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Approve(_Form):
    type: Literal["approve"]


class _NamedAction(_Form):
    name: str
    args: dict[str, Any]


class _Edit(_Form):
    type: Literal["edit"]
    edited_action: _NamedAction


class _Reject(_Form):
    type: Literal["reject"]
    message: str = ""


class _Respond(_Form):
    type: Literal["respond"]
    message: str


_Said = Annotated[_Approve | _Edit | _Reject | _Respond, Field(discriminator="type")]


class _Response(_Form):
    decisions: tuple[_Said, ...]


class _InboxAction(_Form):
    action: str
    args: dict[str, Any]


class _InboxAnswer(_Form):
    type: Literal["accept", "ignore", "response", "edit"]
    args: _InboxAction | str | None = None


_SAID: TypeAdapter[_Said] = TypeAdapter(_Said)
_RESPONSE = TypeAdapter(_Response)
_INBOX = TypeAdapter(tuple[_InboxAnswer, ...])
Parsed = TypeVar("Parsed")


def from_langchain(given: object, shown: Sequence[ApprovalRequest]) -> tuple[Answer, ...]:
    """LangChain's HITLResponse. `{"decisions": [...]}` alone goes by position and is taken for one request only;
    otherwise `{key: {"decisions": [...]}}` with the key of each request that is answered."""

    def read(value: object, request: ApprovalRequest) -> Answer:
        return _answer(_only(_parsed(_RESPONSE.validate_python, value).decisions), request)

    bare = isinstance(given, Mapping) and "decisions" in given
    return tuple(read(value, request) for value, request in _paired(given, shown, bare=bare))


def from_tool_approval(given: object, shown: Sequence[ApprovalRequest]) -> tuple[Answer, ...]:
    """Answers to single calls, `{tool_call_id: decision}`; a decision alone where one request was shown."""
    bare = isinstance(given, Mapping) and "type" in given
    return tuple(
        _answer(_parsed(_SAID.validate_python, value), request) for value, request in _paired(given, shown, bare=bare)
    )


def from_agent_inbox(given: object, shown: Sequence[ApprovalRequest]) -> tuple[Answer, ...]:
    """Agent Inbox's `[HumanResponse]`, alone for one request or under its key."""

    def read(value: object, request: ApprovalRequest) -> Answer:
        return _answer(_of_inbox(_only(_parsed(_INBOX.validate_python, value)), request), request)

    return tuple(read(value, request) for value, request in _paired(given, shown, bare=isinstance(given, list)))


def _paired(given: object, shown: Sequence[ApprovalRequest], *, bare: bool) -> list[tuple[object, ApprovalRequest]]:
    """Each answer with the request it is to."""
    if bare:
        if len(shown) != 1:
            keys = [one.key for one in shown]
            raise InvalidValueError(
                f"{len(shown)} requests wait and the answer names none; give it under its key, one of {keys}",
                field="decisions",
            )
        return [(given, shown[0])]
    if not isinstance(given, Mapping) or not given:
        raise InvalidValueError("an answer is an object with the key of each request it is to", field="decisions")
    return [(value, _named(str(key), shown)) for key, value in given.items()]


def _named(key: str, shown: Sequence[ApprovalRequest]) -> ApprovalRequest:
    for one in shown:
        if one.key == key:
            return one
    approval = key.partition(":")[0]
    if any(one.approval_id == approval for one in shown):
        raise HashMismatchError(f"what was shown for {approval!r} is not what waits now; look at it again")
    raise NotFoundError(f"no request {key[:120]!r} waits here", what="approval")


def _only(values: Sequence[Parsed]) -> Parsed:
    if len(values) != 1:
        raise InvalidValueError(f"one request takes one decision, got {len(values)}", field="decisions")
    return values[0]


def _parsed(read: Callable[[object], Parsed], value: object) -> Parsed:
    try:
        return read(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        path = ".".join(str(part) for part in first["loc"]) or "decisions"
        raise InvalidValueError(f"{path}: {first['msg']}", field=path) from error


def _answer(said: _Said, request: ApprovalRequest) -> Answer:
    _check_allowed(said.type, request)
    approval, case = ApprovalId(request.approval_id), CaseId(request.case_id)
    match said:
        case _Approve():
            return Decide(approval=approval, plan_hash=request.action_hash, decision="approve")
        case _Reject():
            return Decide(
                approval=approval, plan_hash=request.action_hash, decision="reject", comment=said.message.strip()
            )
        case _Respond():
            return AskAbout(approval=approval, case=case, plan_hash=request.action_hash, question=said.message)
        case _Edit():
            actions = _edited(said.edited_action, request)
            return PutInstead(approval=approval, case=case, plan_hash=request.action_hash, actions=actions)
        case _:
            assert_never(said)


def _check_allowed(word: Word, request: ApprovalRequest) -> None:
    if word not in request.allowed:
        raise InvalidValueError(
            f"{word!r} is not taken for {request.approval_id}; {', '.join(request.allowed)} are", field="type"
        )


def _edited(action: _NamedAction, request: ApprovalRequest) -> tuple[Action, ...]:
    """What is wanted instead. Only the actions may differ: not the tool, and not whose approval it is."""
    if action.name != request.action:
        raise InvalidValueError(
            f"{action.name[:80]!r} was not asked for; an edit of {request.approval_id} is a {request.action!r}",
            field="edited_action.name",
        )
    if set(action.args) != set(request.args):
        raise InvalidValueError(f"an edit gives exactly {sorted(request.args)}", field="edited_action.args")
    for name, value in request.args.items():
        if name != "actions" and action.args[name] != value:
            raise InvalidValueError(f"{name} cannot be edited; it is {value!r}", field=f"edited_action.args.{name}")
    wanted = action.args["actions"]
    if not isinstance(wanted, list) or not 1 <= len(wanted) <= MOST_ACTIONS:
        raise InvalidValueError(f"actions is a list of 1 to {MOST_ACTIONS}", field="edited_action.args.actions")
    return tuple(_action(one) for one in wanted)


def _action(value: object) -> Action:
    if not isinstance(value, dict):
        raise InvalidValueError("an action is an object with its kind", field="edited_action.args.actions")
    return decode_action(value)


def _of_inbox(said: _InboxAnswer, request: ApprovalRequest) -> _Said:
    """The inbox's words in LangChain's: accept, ignore, response and edit."""
    match said.type, said.args:
        case "accept", _:
            return _Approve(type="approve")
        case "ignore", _:
            return _Reject(type="reject", message=IGNORED)
        case "response", str() as text:
            return _Respond(type="respond", message=text)
        case "edit", _InboxAction() as edited:
            args = {name: _restored(value, request.args.get(name)) for name, value in edited.args.items()}
            return _Edit(type="edit", edited_action=_NamedAction(name=edited.action, args=args))
        case kind, _:
            raise InvalidValueError(f"{kind!r} comes without what it needs in `args`", field="args")


def _restored(value: object, shown: object) -> object:
    """The inbox sends every value as text; what was no text before is read back."""
    if not isinstance(value, str) or isinstance(shown, str):
        return value
    if len(value) > LONGEST_ARGUMENT:
        raise InvalidValueError(f"an argument has at most {LONGEST_ARGUMENT} characters", field="args")
    try:
        return parse_json(value)
    except (ValueError, RecursionError) as error:
        raise InvalidValueError("an argument that was no text before is not JSON now", field="args") from error
