"""Commands about suppliers' letters that are accepted as they are."""

from agents.order_intake.letters import read_letter
from core.domain.ids import InquiryId
from core.domain.inquiry_replies import ReplyId
from core.services.inquiring.letters import DraftLetter, draft_letter
from core.services.inquiring.settling import PlaceReply, SettleReply, place_reply, settle_reply
from core.services.inquiring.taking import TakeReply, take_reply
from core.services.mail_in import keep_mail
from tests.builders import GULF, buy
from tests.core.services.corpus.selling import KEY
from tests.core.services.corpus.sitting import Service, Sitting

MAIL = b"From: Joe <joe@gulf.example>\nMessage-ID: <1@gulf>\nSubject: your inquiry\n\nUnit price: USD 12.00\n"
LETTER = read_letter(MAIL, "mail.eml")


def _stray(at: Sitting) -> ReplyId:
    """A mail of a supplier that answers no letter for sure."""
    command = TakeReply(content_hash=keep_mail(at.uow, MAIL), letter=LETTER, inquiry=None, among=(), reads=())
    return take_reply(at.uow, command).id


def _inquiry(at: Sitting) -> InquiryId:
    case, _ = at.offered([buy()])
    return draft_letter(at.uow, DraftLetter(case=case.id, supplier=GULF))


def _place(at: Sitting) -> PlaceReply:
    return PlaceReply(key=KEY, reply=_stray(at), inquiry=_inquiry(at), letter=LETTER, reads=())


def _settle(at: Sitting) -> SettleReply:
    return SettleReply(key=KEY, reply=_stray(at), dismiss="an advertisement")


WRITING = (
    Service(name="place_reply", call=place_reply, with_user=True, command=_place),
    Service(name="settle_reply", call=settle_reply, with_user=True, command=_settle),
)
