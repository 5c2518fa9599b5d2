"""The description of the API: each operation with the errors it may answer, who may call it, and how to prove that."""

from collections.abc import Iterator, Sequence
from typing import Any

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, APIRouter

from ui.api.door import Needs
from ui.api.entrance import SECURE_COOKIE
from ui.api.errors import MEDIA_TYPE
from ui.schemas import Problem

PROBLEM = {"$ref": "#/components/schemas/Problem"}
SAID: dict[int, str] = {
    304: "What the client has is what there is",
    400: "The request means nothing",
    401: "Nobody is signed in, or no longer",
    403: "Whoever it is may not do this",
    404: "There is no such thing, or none the visitor sees",
    405: "This is not done here",
    408: "The body did not arrive in time",
    409: "Something stands against it now",
    412: "It has changed since it was read",
    413: "The body is larger than is taken",
    422: "A value is not of the kind a field accepts",
    423: "Everything is halted",
    428: "Say what was read: If-Match is missing",
    429: "Too often; Retry-After says when there is room",
    502: "A partner answered wrongly",
    503: "Overloaded, stopping, or the database does not answer; Retry-After says when to come again",
}
ALWAYS = (400, 405, 408, 413, 422, 503)
FOR_VISITORS = (401, 403, 404, 429)
FOR_ACTS = (409, 423, 502)
# Status, operation, the operation that follows, its parameter, and where in the answer that is.
LINKS = (
    ("200", "list_cases", "get_case", "case", "cases/0/id"),
    ("200", "list_cases", "take_case", "case", "cases/0/id"),
    ("200", "list_cases", "snooze_case", "case", "cases/0/id"),
    ("200", "list_cases", "triage_case", "case", "cases/0/id"),
    ("200", "list_cases", "resolve_case", "case", "cases/0/id"),
    ("200", "list_cases", "put_forward", "case", "cases/0/id"),
    ("200", "list_case_records", "get_case", "case", "items/0/id"),
    ("200", "list_case_records", "list_options", "case", "items/0/id"),
    ("200", "list_proposals", "get_approval", "approval", "items/0/approval"),
    ("200", "list_conversations", "get_conversation", "conversation", "items/0/id"),
    ("200", "list_approvals", "get_approval", "approval", "items/0/id"),
    ("200", "list_approvals", "decide", "approval", "items/0/id"),
    ("200", "get_case", "decide", "approval", "approval/id"),
    ("200", "list_runs", "get_run", "run", "items/0/id"),
    ("200", "list_runs", "follow_run", "run", "items/0/id"),
    ("201", "make_key", "get_key", "key", "id"),
    ("201", "make_key", "revoke_key", "key", "id"),
    ("200", "list_keys", "get_key", "key", "items/0/id"),
    ("201", "add_person", "get_person", "name", "name"),
    ("201", "add_person", "set_scope", "name", "name"),
    ("201", "add_person", "agree_to_person", "name", "name"),
    ("200", "list_people", "get_person", "name", "items/0/name"),
    ("201", "make_status_link", "revoke_status_link", "link", "id"),
    ("201", "begin_conversation", "get_conversation", "conversation", "id"),
    ("201", "begin_conversation", "ask", "conversation", "id"),
    ("202", "ask", "follow_conversation", "conversation", "conversation"),
    ("201", "take_in_letter", "get_draft", "draft", "head/id"),
    ("201", "take_in_letter", "set_draft_values", "draft", "head/id"),
    ("201", "take_in_letter", "confirm_draft", "draft", "head/id"),
    ("201", "take_in_letter", "reject_draft", "draft", "head/id"),
    ("200", "list_drafts", "get_draft", "draft", "items/0/id"),
    ("200", "list_orders", "get_order", "order", "items/0/number"),
    ("200", "list_orders", "make_status_link", "order", "items/0/number"),
    ("200", "list_order_lines", "list_promises", "order", "items/0/order"),
    ("200", "list_order_lines", "explain_promise", "order", "items/0/order"),
    ("200", "list_customers", "get_customer", "customer", "items/0/code"),
    ("200", "list_items", "get_item", "item", "items/0/code"),
    ("200", "list_stock", "available_to_promise", "item", "items/0/item"),
    ("200", "list_purchase_orders", "get_purchase_order", "order", "items/0/number"),
    ("200", "list_work_orders", "get_work_order", "order", "items/0/number"),
    ("200", "list_transfer_orders", "get_transfer_order", "order", "items/0/number"),
    ("200", "list_planned_orders", "get_planned_order", "order", "items/0/number"),
    ("200", "list_shipments", "get_shipment", "shipment", "items/0/number"),
    ("200", "list_returns", "get_return", "return", "items/0/number"),
    ("201", "make_webhook", "get_webhook", "webhook", "id"),
    ("201", "make_webhook", "ping_webhook", "webhook", "id"),
    ("200", "list_webhooks", "list_deliveries", "webhook", "items/0/id"),
    ("200", "list_deliveries", "resend_delivery", "delivery", "items/0/id"),
    ("201", "make_hook_source", "get_hook_source", "source", "name"),
    ("200", "list_hook_messages", "get_hook_message", "message", "items/0/id"),
    ("200", "list_hook_messages", "retry_hook_message", "message", "items/0/id"),
    ("201", "place_order", "get_order", "order", "order"),
    ("201", "place_order", "make_status_link", "order", "order"),
    ("201", "place_order", "list_status_links", "order", "order"),
)
METHODS = ("get", "post", "put", "patch", "delete")


def needed(route: APIRoute) -> Needs | None:
    """What a route needs of its visitor; None where it is open to everybody."""
    return next((one for one in _needs(route.dependant)), None)


def methods_at(routers: Sequence[APIRouter], path: str) -> tuple[str, ...]:
    """What may be done at a path, by whichever of its routes."""
    found = {method for route in routes_of(routers) if route.path_regex.match(path) for method in route.methods or ()}
    return tuple(sorted(found))


def described(schema: dict[str, Any], routers: Sequence[APIRouter]) -> dict[str, Any]:
    """The description with what FastAPI does not know of."""
    components = schema.setdefault("components", {})
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    inner = problem.pop("$defs", {})
    components.setdefault("schemas", {}).update({**inner, "Problem": problem})
    components["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer", "description": "A session's token, an API key, or a login's."},
        "session": {"type": "apiKey", "in": "cookie", "name": SECURE_COOKIE, "description": "With X-CSRF-Token."},
    }
    for route in routes_of(routers):
        for method in METHODS:
            operation = schema["paths"].get(route.path_format, {}).get(method)
            if operation is not None and method.upper() in (route.methods or ()):
                _describe(operation, method, needed(route))
                _link(operation)
    return schema


def _describe(operation: dict[str, Any], method: str, needs: Needs | None) -> None:
    statuses = [*ALWAYS, *(FOR_VISITORS if needs else (401, 404, 429))]
    statuses += FOR_ACTS if method != "get" else ()
    if any(one.get("name") == "If-Match" for one in operation.get("parameters", ())):
        statuses += (412, 428)
    responses = operation["responses"]
    for status in sorted(statuses):
        found = responses.setdefault(str(status), {"description": SAID[status]})
        found["content"] = {MEDIA_TYPE: {"schema": PROBLEM}}
    if method == "get" and "ETag" in responses.get("200", {}).get("headers", {}):
        responses["304"] = {"description": SAID[304]}
    if needs is not None:
        operation["security"] = [{"bearer": []}, {"session": []}]
        operation["x-permission"] = needs.permission.value
        operation["x-reach"] = needs.reach.value


def _link(operation: dict[str, Any]) -> None:
    """Where what was answered can be used next."""
    for status, answered, target, parameter, where in LINKS:
        if operation["operationId"] == answered:
            links = operation["responses"][status].setdefault("links", {})
            links[target] = {"operationId": target, "parameters": {parameter: f"$response.body#/{where}"}}


def routes_of(routers: Sequence[APIRouter]) -> Iterator[APIRoute]:
    """Every route of the API."""
    return (route for router in routers for route in router.routes if isinstance(route, APIRoute))


def _needs(dependant: Dependant) -> Iterator[Needs]:
    if isinstance(dependant.call, Needs):
        yield dependant.call
    for inner in dependant.dependencies:
        yield from _needs(inner)
