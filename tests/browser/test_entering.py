"""Asking and entering in a browser: a mail becomes an order, a question a proposal, a scenario a comparison."""

from playwright.sync_api import expect

from tests.browser.office import Office, keyed, picture, press, settled, told

MAIL = """Hello,

please send us 20 of GV-03 by 18 December 2026, our PO number is 4711-B.

Kind regards
Beaumont Boiler Works"""


def test_a_mail_becomes_an_order(office: Office) -> None:
    page = office.page("mary", "/entry")
    page.get_by_label("Paste a mail").fill(MAIL)
    page.get_by_role("button", name="Read the order").click()
    told(page, "What was received")
    expect(page.locator("mark", has_text="GV-03")).to_be_visible()
    picture(page, "entry")

    page.get_by_role("button", name="Confirm the order").click()

    told(page, "The order is in the books")
    told(page, "Nothing is left to do.")
    number = (keyed(page, "settle").get_by_text("Order SO-").inner_text()).removeprefix("Order ").strip(".")
    office.go(page, f"/orders?order={number}")
    expect(page.get_by_text(f"{number}: Beaumont Boiler Works")).to_be_visible()
    picture(page, "order")


def test_a_question_leads_to_a_proposal_that_waits_for_people(office: Office) -> None:
    page = office.page("mary", "/inbox?case=CASE-8")
    page.get_by_label("Comment (needed to reject)").fill("not from one supplier alone")
    page.get_by_role("button", name="Reject").click()
    told(page, "Rejected. The case is open again.")

    office.go(page, "/chat")
    ask = page.get_by_placeholder("Ask about orders, stock, supply and cases")
    for question, answer in (("what is wrong today?", "CASE-"), ("propose CASE-8-1B", "waits for people")):
        ask.fill(question)
        ask.press("Enter")
        expect(page.get_by_text(answer).last).to_be_visible()
        settled(page)
    picture(page, "chat")
    page.get_by_role("button", name="CASE-8", exact=True).last.click()

    told(page, "What happened and why")
    expect(keyed(page, "decision").get_by_text("1. Take 40 CA-02 off")).to_be_visible()


def test_a_scenario_is_set_beside_the_books_as_they_are(office: Office) -> None:
    page = office.page("mary", "/scans")
    page.get_by_role("tab", name="What if").click()
    page.get_by_label("Supplier code").fill("GULF")
    page.get_by_role("button", name="Add", exact=True).click()
    settled(page)

    told(page, "A supplier delivers nothing: GULF, 7")
    expect(page.get_by_text("Lines late", exact=True)).to_be_visible()
    picture(page, "what-if")
    press(page, "part-0-1")
    told(page, "Add what might happen; nothing of it is kept.")
