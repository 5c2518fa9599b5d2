"""Papers of the warehouse are printed from the books, and an unknown one is said."""

from tests.builders import RENO, day
from tests.core.services.fulfilment.warehouse import Warehouse
from tests.ui.cli.offices import Office


def test_a_pick_list_and_a_packing_slip_are_printed(here: Office) -> None:
    with here.desk() as desk:
        house = Warehouse(desk)
        (shipment,) = house.release().shipments
        house.pick_list(day(30_000), at=RENO)
        house.pick(shipment)
        house.pack(shipment)
        listed = house.shipment(shipment).pick_list
    listing, slip = here.folder / "list.pdf", here.folder / "slip.pdf"

    printed = here.run("print", "pick-list", listed, "--to", listing)
    packed = here.run("print", "packing-slip", shipment, "--to", slip)

    assert (printed.code, printed.text.strip()) == (0, f"Pick list {listed} is in {listing}")
    assert (packed.code, packed.text.strip()) == (0, f"Packing slip {shipment} is in {slip}")
    assert [file.read_bytes()[:5] for file in (listing, slip)] == [b"%PDF-", b"%PDF-"]


def test_a_paper_nobody_knows_is_not_printed(here: Office) -> None:
    wrong = here.run("print", "pick-list", "PL-77", "--to", here.folder / "list.pdf")

    assert wrong.code == 2
    assert "PL-77" in wrong.err
    assert not (here.folder / "list.pdf").exists()
