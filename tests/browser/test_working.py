"""Working on orders and on the floor in a browser: an order is changed, its customer looks, a work order is made."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from core.domain.ids import OrderNo
from tests.browser.office import PICTURES, Office, keyed, picture, press, settled, told
from tests.database import server_home
from ui.cli.workplace import CLI, PackChoice, workplace

ORDER = "SO-1042"


def test_an_order_is_changed_after_its_consequences_were_shown(office: Office) -> None:
    page = office.page("mary", f"/orders?order={ORDER}")
    page.get_by_role("tab", name="Change it").click()
    page.get_by_label("Units ordered in all").fill("10")
    page.get_by_role("button", name="Add", exact=True).click()
    told(page, "Another quantity: line 1, 10")
    page.get_by_label("Why", exact=True).fill("they build one less")
    page.get_by_role("button", name="Show what it would do").click()
    told(page, "This is what it would do. Nothing of it has happened yet.")
    expect(page.get_by_text("Line 1: quantity 14 -> 10 EA")).to_be_visible()
    picture(page, "amend")

    page.get_by_role("button", name="Carry it out").click()

    told(page, "The order was changed.")


def test_the_customer_sees_the_order_behind_a_link_and_nobody_signs_in(office: Office) -> None:
    page = office.page("mary", f"/orders?order={ORDER}")
    page.get_by_role("tab", name="Link for the customer").click()
    settled(page)
    press(page, "make-link")
    told(page, "The link was made.")
    address = page.locator("code", has_text="/status/exl_").inner_text()

    with office.browser.new_context(viewport={"width": 390, "height": 800}) as stranger:
        shown = stranger.new_page()
        shown.goto(address)
        expect(shown.get_by_role("heading", name=f"Order {ORDER}")).to_be_visible()
        expect(shown.get_by_text("promised for").first).to_be_visible()
        shown.screenshot(path=PICTURES / "status.png")
    page.get_by_role("button", name="Revoke").click()
    told(page, "The link shows nothing any more.")
    with office.browser.new_context() as stranger:
        shown = stranger.new_page()
        shown.goto(address)
        expect(shown.get_by_text("not_found")).to_be_visible()


def test_a_work_order_is_started_reported_and_finished_on_a_phone(office: Office) -> None:
    page = office.page("mary", "/floor")
    page.set_viewport_size({"width": 390, "height": 844})
    scanned = page.get_by_label("Scan or type a work order or item")
    scanned.fill("WO-5004")
    scanned.press("Enter")
    told(page, "All work orders")
    page.get_by_label("Components are missing?").fill("they come at noon")
    press(page, "floor-start")
    told(page, "WO-5004 has started.")
    picture(page, "floor")

    while keyed(page, "step-good").count():
        page.get_by_role("button", name="Report", exact=True).click()
        settled(page)
    page.get_by_role("button", name="Finish", exact=True).click()

    told(page, "of WO-5004 are in stock")


def test_the_customer_asks_for_a_return_and_somebody_lets_it_come(office: Office, demo_pack: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPEDITER_HOME", str(server_home()))
        with workplace(PackChoice(folder=demo_pack, overlays=True)) as place, place.application.open_uow(CLI) as uow:
            uow.orders.count_line(OrderNo(ORDER), 3, shipped=2)
            uow.orders.count_line(OrderNo(ORDER), 3, delivered=2)
    page = office.page("mary", f"/orders?order={ORDER}")
    page.get_by_role("tab", name="Link for the customer").click()
    settled(page)
    press(page, "make-link")
    told(page, "The link was made.")
    address = page.locator("code", has_text="/status/exl_").inner_text()

    with office.browser.new_context(viewport={"width": 390, "height": 800}) as stranger:
        shown = stranger.new_page()
        shown.goto(address)
        shown.get_by_label("Why").select_option("damaged")
        shown.get_by_role("button", name="Ask to send it back").click()
        expect(shown.get_by_role("status")).to_contain_text(f"{ORDER}-R1")

    page.get_by_role("tab", name="Shipments and returns").click()
    settled(page)
    page.get_by_role("button", name="Let it come").click()
    told(page, "The goods may come.")
