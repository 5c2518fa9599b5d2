"""Order entry over an application: letters taken in under the agents' rights, and the run of a letter to its end."""

from agents.order_intake.services import GraphServices, IntakeServices, Surroundings
from core.bootstrap.application import Application
from core.domain.intake.drafts import DraftId, DraftOrder
from core.domain.intake.letters import Letter
from core.domain.intake.readings import ReadLetter
from core.domain.intake.transcripts import ReadBy
from core.domain.users import WORKER_NAME
from core.services.dispatching import dispatch
from core.services.intake.answering import receive
from core.services.intake.taking import INTAKE_NAME, TakeIn


def intake_services(app: Application) -> IntakeServices:
    """Reading master data and keeping drafts; drafts are no commitments, so the agents' rights are enough."""

    def keep(letter: Letter, reading: ReadLetter) -> DraftOrder:
        with app.open_agent_uow(INTAKE_NAME) as uow:
            return receive(uow, TakeIn(letter=letter, reading=reading))

    return IntakeServices(surroundings=lambda: _surroundings(app), keep=keep)


def graph_services(app: Application) -> GraphServices:
    """What the graph of a letter is given; it sends only what a person's confirmation has written."""

    def letter(content: str) -> Letter:
        with app.open_agent_uow(INTAKE_NAME) as uow:
            return uow.drafts.letter(content)

    def keep_reading(content: str, reading: ReadLetter) -> None:
        with app.open_agent_uow(INTAKE_NAME) as uow:
            uow.drafts.keep_reading(content, reading)

    def draft_of(content: str, by: ReadBy) -> DraftOrder:
        with app.open_agent_uow(INTAKE_NAME) as uow:
            reading = uow.drafts.reading(content, by)
            assert reading is not None, "the node before keeps the reading"
            return receive(uow, TakeIn(letter=uow.drafts.letter(content), reading=reading))

    def draft(wanted: DraftId) -> DraftOrder:
        with app.open_agent_uow(INTAKE_NAME) as uow:
            return uow.drafts.get(wanted)

    def send(_: DraftId) -> None:
        dispatch(app.open_uow, suppliers=app.suppliers, mail=app.mail, by=WORKER_NAME)

    return GraphServices(
        surroundings=lambda: _surroundings(app),
        letter=letter,
        keep_reading=keep_reading,
        draft_of=draft_of,
        draft=draft,
        send=send,
    )


def _surroundings(app: Application) -> Surroundings:
    with app.open_agent_uow(INTAKE_NAME) as uow:
        return Surroundings(vocabulary=uow.catalogue.names().vocabulary(), today=uow.company.settings().as_of)
