"""Lines of configurable products: one question for what is open, answers that settle it, and a variant born once."""

from dataclasses import replace

import pytest

from core.domain.errors import ConflictError, InvalidValueError
from core.domain.ids import ItemCode
from core.domain.intake.drafts import DraftOrder, DraftState, Level
from core.domain.intake.wording import question_mail
from core.services.configuring import ConfigureItem, configure_item
from core.services.intake.answering import SetValues, merge_reply, set_values
from core.services.intake.settling import ConfirmDraft, confirm_draft
from core.services.intake.taking import INTAKE_NAME, take_in
from tests.builders import MARIA, day
from tests.core.services.configuring.blowers import BLOWER, add_blower
from tests.core.services.intake.readings import letter, ordered
from tests.desk import Desk


def taken(desk: Desk, words: str, *, count: str = "2", po: str = "4711", language: str = "en") -> DraftOrder:
    command = ordered((words, count), po=po)
    transcript = replace(command.reading.transcript, language=language)
    with desk.open_agent_uow(INTAKE_NAME) as uow:
        return take_in(uow, replace(command, reading=replace(command.reading, transcript=transcript)))


def setting(draft: DraftOrder, *values: tuple[str, str]) -> SetValues:
    return SetValues(key=f"s{draft.version}", draft=draft.id, version=draft.version, values=values)


def test_a_described_line_is_promised_as_its_variant_and_the_variant_is_born_once_with_the_order(desk: Desk) -> None:
    add_blower(desk)
    draft = taken(desk, "twin motor side blowers")
    (line,) = draft.lines
    code = ItemCode(line.item.value or "")

    assert (draft.state, draft.level, draft.questions) == (DraftState.READY, Level.HIGH, ())
    assert (line.product, line.price, line.units) == ("BLOWER", 1150.5, 2)
    assert [(name, one.value) for name, one in line.options] == [("motors", "2")]
    assert line.promise is not None
    with desk.open() as uow:
        done = confirm_draft(uow, ConfirmDraft(key="c1", draft=draft.id, version=1), MARIA)
    with desk.open() as uow:
        (entered,) = uow.orders.lines(done.order or "")  # type: ignore[arg-type]
        variant = uow.company.item(code)
        (born,) = uow.audit.trail(f"item:{code}")
        assert uow.configurations.variants() == {code: "BLOWER"}
    assert done.promised
    assert (entered.item, entered.promised, entered.unit_price) == (code, line.promise.day, line.price)
    assert born[1:4] == ("maria", "variant_born", code)
    assert (variant.name, variant.phantom) == ("Blower: Motors twin motor; Seal plain seal", False)

    again = taken(desk, "twin motor side blowers", count="3", po="4712")
    assert again.lines[0].item.value == code
    with desk.open() as uow:
        confirm_draft(uow, ConfirmDraft(key="c2", draft=again.id, version=1), MARIA)
        assert len(uow.configurations.variants()) == 1


def test_what_is_missing_is_one_question_in_the_letters_language_and_a_set_value_settles_it(desk: Desk) -> None:
    add_blower(desk)
    draft = taken(desk, "side blowers", language="fr")

    assert draft.state is DraftState.ASKING
    assert [(one.about, one.choices) for one in draft.questions] == [("options.motors", ("single motor", "twin motor"))]
    mail = question_mail(draft, name="Harbor", company="Sabine")
    assert mail is not None
    assert "quel choix pour moteurs ? (sont possibles : single motor, twin motor)" in mail.body
    with desk.open() as uow, pytest.raises(InvalidValueError, match="motors 'nine' is not accepted; accepted are"):
        set_values(uow, setting(draft, ("line1.options.motors", "nine")), MARIA)
    with desk.open() as uow:
        ready = set_values(uow, setting(draft, ("line1.options.motors", "twin motor")), MARIA)
    assert (ready.state, ready.questions, ready.lines[0].price) == (DraftState.READY, (), 1150.5)


def test_a_contradiction_is_a_question_with_the_rule_in_words_and_the_customers_answer_settles_it(desk: Desk) -> None:
    add_blower(desk)
    draft = taken(desk, "twin motor side blowers, double seal")

    (question,) = draft.questions
    assert (question.about, question.choices) == ("options.seal", ("plain seal",))
    assert question.why == "rule B1: twin motors leave no room for a double seal"
    answer = ordered(("side blowers", "2"), text="4711: side blowers 2 with plain seal, 2024-10-14")
    body = letter("Then with a plain seal, please.", in_reply_to="")
    with desk.open_agent_uow(INTAKE_NAME) as uow:
        merged = merge_reply(uow, draft, replace(answer, letter=body))
    assert (merged.state, merged.questions) == (DraftState.READY, ())
    assert dict(merged.lines[0].options)["seal"].value == "plain"


def test_a_product_that_is_made_otherwise_since_is_looked_at_again(desk: Desk) -> None:
    add_blower(desk)
    draft = taken(desk, "twin motor side blowers")
    desk.alter("UPDATE configurable_products SET materials = materials - 2")

    with desk.open() as uow, pytest.raises(ConflictError, match="what BLOWER is made of has changed since"):
        confirm_draft(uow, ConfirmDraft(key="c1", draft=draft.id, version=1), MARIA)


def test_an_item_is_configured_priced_and_promised_without_writing_anything(desk: Desk) -> None:
    add_blower(desk)
    with desk.open_agent_uow(INTAKE_NAME) as uow:
        asked = ConfigureItem(
            product=ItemCode(BLOWER),
            words="with double seal",
            options=(("motors", "1"),),
            quantity=2,
            requested=day(10),
        )
        made = configure_item(uow, replace(asked, customer=None))
        wrong = configure_item(uow, replace(asked, options=(("motors", "2"),)))

    assert made.variant is not None
    assert [(one.component, one.quantity_per) for one in made.variant.components] == [("MOTOR", 1), ("SEAL", 2)]
    assert (made.list_price, made.born, made.promise is not None) == (900, False, True)
    assert [str(one) for one in wrong.faults] == [
        "seal 'double': rule B1: twin motors leave no room for a double seal; accepted is plain"
    ]
