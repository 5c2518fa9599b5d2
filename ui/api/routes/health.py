"""Whether the server lives, and whether it can work."""

from fastapi import APIRouter

from core.services.halting import is_halted
from ui.api.door import NOBODY, AtDoor
from ui.schemas import HealthReply

router = APIRouter(tags=["health"])


@router.get("/healthz", operation_id="health")
def health(door: AtDoor) -> HealthReply:
    """The API runs and its database answers; 503 when the database does not."""
    with door.open_uow(NOBODY) as uow:
        uow.company.loaded_hash()
        return HealthReply(status="ok", halted=is_halted(uow) is not None)


@router.get("/readyz", operation_id="ready")
def ready(door: AtDoor) -> HealthReply:
    """The server takes requests: 503 while it stops, or when the database does not answer."""
    door.check_ready()
    return health(door)
