"""Deciding on plans in a browser: from a scan to a verified resolution; edit, reject, stale, and two approvers."""

from playwright.sync_api import Page, expect

from tests.browser.office import Office, keyed, picture, press, settled, told


def approve(page: Page) -> None:
    page.get_by_role("button", name="Approve").click()
    settled(page)


def edit(page: Page, *, units: str, why: str) -> None:
    """The first part of the plan that waits, with other units, simulated."""
    page.get_by_text("Edit the plan").click()
    page.get_by_label("Units").fill(units)
    page.get_by_label("Why", exact=True).last.fill(why)
    page.get_by_role("button", name="See what it would do").click()
    told(page, "It would do:")


def test_from_a_scan_to_a_verified_resolution(office: Office) -> None:
    page = office.page("mary", "/scans")
    press(page, "scan-now")
    told(page, "The scan is done.")
    picture(page, "scan")

    office.go(page, "/")
    told(page, "Waits for you")
    picture(page, "today")
    office.go(page, "/inbox")
    picture(page, "inbox")

    office.go(page, "/inbox?case=CASE-2")
    told(page, "What happened and why")
    picture(page, "case")
    approve(page)
    told(page, "Approved. The desk carries out the plan now.")
    told(page, "✓ Verified")
    picture(page, "case-verified")


def test_an_edited_plan_is_simulated_at_once_and_approved_by_somebody_else(office: Office) -> None:
    page = office.page("dana", "/inbox?case=CASE-4")
    edit(page, units="65", why="all that lacks")
    page.get_by_text("Put it before people instead").scroll_into_view_if_needed()
    picture(page, "edit")
    page.get_by_role("button", name="Put it before people instead").click()
    told(page, "The edited plan waits for another person's decision.")
    told(page, "You may not decide on this plan.")

    other = office.page("mary", "/inbox?case=CASE-4")
    expect(keyed(other, "decision").get_by_text("1. Buy 65 of BC-S")).to_be_visible()
    approve(other)
    told(other, "✓ Verified")


def test_a_plan_is_rejected_only_with_a_reason_and_the_case_is_open_again(office: Office) -> None:
    page = office.page("mary", "/inbox?case=CASE-10")
    page.get_by_role("button", name="Reject").click()
    told(page, "Say in the comment why you reject the plan")

    page.get_by_label("Comment (needed to reject)").fill("BB-03 is to be phased out")
    page.get_by_role("button", name="Reject").click()
    told(page, "Rejected. The case is open again.")
    page.get_by_role("tab", name="Decisions").click()
    told(page, "BB-03 is to be phased out")
    picture(page, "rejected")


def test_a_plan_that_was_replaced_meanwhile_is_not_approved_by_the_old_button(office: Office) -> None:
    page = office.page("mary", "/inbox?case=CASE-3")
    other = office.page("bob", "/inbox?case=CASE-3")
    other.get_by_text("Put another way out forward").click()
    keyed(other, "forward-CASE-3").get_by_label("Why").fill("sooner for all three customers")
    press(other, "forward")
    told(other, "It waits for a decision now.")

    page.get_by_role("button", name="Approve").click()

    told(page, "Your decision was not taken.")
    picture(page, "stale")
    expect(keyed(page, "decision").get_by_text("1. Buy 4 of MO-10 from NORDRIVE")).to_be_visible()


def test_a_plan_of_much_money_takes_two_people(office: Office) -> None:
    dana = office.page("dana", "/inbox?case=CASE-9")
    edit(dana, units="6", why="enough for the year")
    dana.get_by_role("button", name="Put it before people instead").click()
    told(dana, "The edited plan waits for another person's decision.")

    mary = office.page("mary", "/inbox?case=CASE-9")
    told(mary, "Approvals: 0 of 2")
    approve(mary)
    told(mary, "Your approval counts. 1 more is needed.")
    picture(mary, "two-approvers")
    told(mary, "You may not decide on this plan.")
    expect(mary.get_by_role("button", name="Approve")).to_have_count(0)

    bob = office.page("bob", "/inbox?case=CASE-9")
    approve(bob)
    told(bob, "✓ Verified")
