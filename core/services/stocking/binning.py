"""Where an item lies in a location, so that pick lists lead through it in order."""

from dataclasses import dataclass

from core.domain.checking_values import checked
from core.domain.errors import InvalidValueError
from core.domain.ids import ItemCode, LocationCode
from core.ports.storage import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PutInBin:
    """An item lies in this zone and bin of a location from now on."""

    key: str
    location: LocationCode
    item: ItemCode
    zone: str
    bin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BinKept:
    """Where the item lies."""

    zone: str
    bin: str


def put_in_bin(uow: UnitOfWork, command: PutInBin) -> BinKept:
    """Say where an item lies; what was said before is forgotten."""
    if not checked(command).bin.strip():
        raise InvalidValueError("a bin has a name; none was given", field="bin")

    def act() -> BinKept:
        uow.nodes.put_in_bin(command.location, command.item, zone=command.zone, bin=command.bin)
        return BinKept(zone=command.zone, bin=command.bin)

    return uow.commands.once(command.key, command, BinKept, act)
