"""What stands on a pick list and on a packing slip, for a document port to print."""

from core.domain.orders import SalesOrder
from core.domain.papers import Paper
from core.ports.storage import UnitOfWork
from core.services.business_day import business_day


def pick_list_paper(uow: UnitOfWork, number: str) -> Paper:
    """A pick list in walking order, with a place to write what was picked."""
    listed = uow.shipments.pick_list(number)
    shipments = sorted({line.shipment for line in listed.lines})
    return Paper(
        title="Pick list",
        number=number,
        printed_on=business_day(uow),
        facts=(("Location", listed.location), ("Shipments", ", ".join(shipments))),
        columns=("Zone", "Bin", "Item", "Name", "Lot", "Quantity", "Unit", "Shipment", "Picked"),
        rows=tuple(
            (x.zone, x.bin, x.item, x.name, x.lot, str(x.quantity), x.unit, f"{x.shipment}/{x.position}", "____")
            for x in listed.lines
        ),
    )


def packing_slip_paper(uow: UnitOfWork, number: str) -> Paper:
    """What is in which package of a shipment, and for whom."""
    shipment = uow.shipments.get(number)
    order = uow.orders.order(shipment.order)
    customer = uow.company.customer(order.customer)
    lines = {line.position: line for line in shipment.lines}
    items = {item: uow.company.item(item) for item in {line.item for line in shipment.lines}}
    rows: list[tuple[str, ...]] = []
    for package in uow.shipments.packages(number):
        for part in package.contents:
            line = lines[part.position]
            name, unit = items[line.item].name, items[line.item].unit
            what = (str(package.package), str(line.line), line.item, name, line.lot)
            rows.append((*what, " ".join(line.serials), str(part.quantity), unit))
    return Paper(
        title="Packing slip",
        number=number,
        printed_on=business_day(uow),
        facts=(
            ("Order", shipment.order),
            ("Your order", order.customer_po),
            ("Customer", f"{customer.name} ({customer.code})"),
            *_address(uow, order),
            ("From", shipment.location),
            ("Carrier", " ".join(part for part in (shipment.carrier or "", shipment.service) if part)),
        ),
        columns=("Package", "Line", "Item", "Name", "Lot", "Serial numbers", "Quantity", "Unit"),
        rows=tuple(rows),
        footer=f"{len(uow.shipments.packages(number))} packages",
    )


def _address(uow: UnitOfWork, order: SalesOrder) -> tuple[tuple[str, str], ...]:
    if order.address is None:
        return ()
    to = uow.nodes.address(order.customer, order.address)
    parts = (to.name, to.street, f"{to.postcode} {to.city}".strip(), to.region, to.country)
    return (("Ship to", ", ".join(part for part in parts if part)),)
