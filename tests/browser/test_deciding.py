"""Deciding on plans in a browser: from a scan to a verified resolution; edit, reject, stale, and two approvers."""

from playwright.sync_api import Page, expect

from tests.browser.office import Office, keyed, picture, press, settled


def approve(page: Page) -> None:
    page.get_by_role("button", name="Approve").click()
    settled(page)


def test_from_a_scan_to_a_verified_resolution(office: Office) -> None:
    page = office.page("mary", "/scans")
    press(page, "scan-now")
    expect(page.get_by_text("The scan is done.")).to_be_visible()
    picture(page, "scan")

    office.go(page, "/")
    expect(page.get_by_text("Waits for you")).to_be_visible()
    picture(page, "today")
    office.go(page, "/inbox")
    picture(page, "inbox")

    office.go(page, "/inbox?case=CASE-2")
    expect(page.get_by_text("What happened and why")).to_be_visible()
    picture(page, "case")
    approve(page)
    expect(page.get_by_text("Approved. The desk carries out the plan now.")).to_be_visible()
    expect(page.get_by_text("✓ Verified")).to_be_visible()
    picture(page, "case-verified")


def test_an_edited_plan_is_simulated_at_once_and_approved_by_somebody_else(office: Office) -> None:
    page = office.page("dana", "/inbox?case=CASE-4")
    page.get_by_text("Edit the plan").click()
    page.get_by_label("Units").fill("65")
    page.get_by_label("Why", exact=True).last.fill("all that lacks")
    page.get_by_role("button", name="See what it would do").click()
    settled(page)
    expect(page.get_by_text("It would do:")).to_be_visible()
    picture(page, "edit")
    page.get_by_role("button", name="Put it before people instead").click()
    expect(page.get_by_text("The edited plan waits for another person's decision.")).to_be_visible()
    expect(page.get_by_text("You may not decide on this plan.")).to_be_visible()

    other = office.page("mary", "/inbox?case=CASE-4")
    expect(keyed(other, "decision").get_by_text("1. Buy 65 of BC-S")).to_be_visible()
    approve(other)
    expect(other.get_by_text("✓ Verified")).to_be_visible()


def test_a_plan_is_rejected_only_with_a_reason_and_the_case_is_open_again(office: Office) -> None:
    page = office.page("mary", "/inbox?case=CASE-10")
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_text("Say in the comment why you reject the plan")).to_be_visible()

    page.get_by_label("Comment (needed to reject)").fill("BB-03 is to be phased out")
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_text("Rejected. The case is open again.")).to_be_visible()
    page.get_by_role("tab", name="Decisions").click()
    expect(page.get_by_text("BB-03 is to be phased out")).to_be_visible()
    picture(page, "rejected")


def test_a_plan_that_was_replaced_meanwhile_is_not_approved_by_the_old_button(office: Office) -> None:
    page = office.page("mary", "/inbox?case=CASE-3")
    other = office.page("bob", "/inbox?case=CASE-3")
    other.get_by_text("Put another way out forward").click()
    keyed(other, "forward-CASE-3").get_by_label("Why").fill("sooner for all three customers")
    press(other, "forward")
    expect(other.get_by_text("It waits for a decision now.")).to_be_visible()

    page.get_by_role("button", name="Approve").click()

    expect(page.get_by_text("Your decision was not taken.")).to_be_visible()
    picture(page, "stale")
    expect(keyed(page, "decision").get_by_text("1. Buy 4 of MO-10 from NORDRIVE")).to_be_visible()


def test_a_plan_of_much_money_takes_two_people(office: Office) -> None:
    dana = office.page("dana", "/inbox?case=CASE-9")
    dana.get_by_text("Edit the plan").click()
    dana.get_by_label("Units").fill("6")
    dana.get_by_label("Why", exact=True).last.fill("enough for the year")
    dana.get_by_role("button", name="See what it would do").click()
    dana.get_by_role("button", name="Put it before people instead").click()
    expect(dana.get_by_text("The edited plan waits for another person's decision.")).to_be_visible()

    mary = office.page("mary", "/inbox?case=CASE-9")
    expect(mary.get_by_text("Approvals: 0 of 2")).to_be_visible()
    approve(mary)
    expect(mary.get_by_text("Your approval counts. 1 more is needed.")).to_be_visible()
    picture(mary, "two-approvers")
    expect(mary.get_by_text("You may not decide on this plan.")).to_be_visible()
    expect(mary.get_by_role("button", name="Approve")).to_have_count(0)

    bob = office.page("bob", "/inbox?case=CASE-9")
    approve(bob)
    expect(bob.get_by_text("✓ Verified")).to_be_visible()
