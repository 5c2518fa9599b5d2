"""A person is erased by two people: no value that tells who it was stands anywhere, and the audit chains are whole."""

import base64
import json
from collections.abc import Sequence
from datetime import timedelta

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.exc import IntegrityError

from core.db.roles import dsn_of
from core.domain.conversations import Heard, Saying, Speaker
from core.domain.errors import ConflictError, InvalidValueError, NotAuthorisedError
from core.domain.identity import Identity, KeyId, LinkId
from core.domain.ids import UserName
from core.domain.jobs import JobName
from core.domain.permissions import Permission
from core.domain.users import Role, User
from core.services.erasing import Erased, ErasePerson, ask_erasure, decide_erasure
from core.services.identity import MakeKey, begin_session, make_key, make_status_link
from core.services.intake.settling import RejectDraft, reject_draft
from core.services.intake.taking import INTAKE_NAME, take_in
from tests.builders import HARBOR, MARIA, OMAR, SO_1, transfer
from tests.core.services.inbound.partners import arrives, envelope, program, source, worked
from tests.core.services.intake.readings import ordered
from tests.desk import Desk

NAME, MAIL, PHONE = "Zoë Quistgård", "z.quistgaard@harbor.example", "+45 7777 123456"
MARKS = (NAME, MAIL, PHONE)
HEAD = b"Message-ID: <z1@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
RAW = HEAD + base64.b64encode(f"{NAME}, {MAIL}: call {PHONE}".encode())
PLAIN = f"From: {NAME.upper()}\r\n\r\ncall me".encode()
ACCOUNT = UserName("p-4711")
WANTED = ErasePerson(marks=MARKS, user=None, salt="s")


@pytest.fixture
def planted(desk: Desk) -> Desk:
    """The contact in master data, a mail, a letter that was turned down, a message and a chat; and an account."""
    desk.alter("UPDATE items SET list_price = 30 WHERE code = 'VALVE-3'")
    desk.alter("UPDATE customers SET email = 'z.quistgaard@harbor.example' WHERE code = 'HARBOR'")
    desk.let_in(User(name=ACCOUNT, role=Role.PLANNER, limit=None))
    program(desk)
    source(desk)
    arrives(desk, envelope("nothing.known", {"contact": NAME, "phone": PHONE}))
    worked(desk)
    with desk.open(INTAKE_NAME) as uow:
        uow.mails.keep(RAW, message_id="<z1@x>")
        uow.mails.keep(PLAIN, message_id="")
        taken = take_in(uow, ordered(("VALVE-3", "12"), sender=f"{NAME} <{MAIL}>", message_id="<z1@x>"))
    with desk.open(MARIA.name) as uow:
        reject_draft(uow, RejectDraft(key="r", draft=taken.id, version=taken.version, why=f"{NAME} called"), MARIA)
        account = uow.users.get(ACCOUNT)
        begin_session(uow, account, token="exs_token")
        uow.identity.link(Identity(issuer="https://login", subject="zq-oidc", user=ACCOUNT, linked_at=uow.now))
        talk = uow.conversations.begin(ACCOUNT)
        said = Saying(speaker=Speaker.PERSON, text=f"who is {NAME}?", arguments={}, data={"phone": PHONE})
        uow.conversations.add(talk.id, said)
        uow.conversations.remember(talk.id, {"who": NAME})
        uow.conversations.prefer(ACCOUNT, "site", "RENO")
        uow.chat_events.add(talk.id, [(Heard.ASKED, {"text": f"call {NAME} {PHONE}"})])
    with desk.open(ACCOUNT) as uow:
        make_status_link(uow, SO_1, id=LinkId("l1"), token="exl_token", life=timedelta(days=1))
        wanted = MakeKey(
            owner=ACCOUNT, name=NAME, permissions=frozenset({Permission.ORDERS_READ}), life=timedelta(days=1)
        )
        make_key(uow, wanted, id=KeyId("k1"), secret="secret")
    return desk


def asked(desk: Desk, wanted: ErasePerson = WANTED, *, code: str = "E-1", by: UserName = OMAR.name) -> dict[str, int]:
    with desk.open(by) as uow:
        return dict(ask_erasure(uow, wanted, code=code).found)


def agreed(desk: Desk, *, code: str = "E-1", by: UserName = MARIA.name, agree: bool = True) -> Erased:
    with desk.open(by) as uow:
        return decide_erasure(uow, code, agree=agree, unknown_token=f"random {code}")


def places_of(desk: Desk, *marks: str) -> set[str]:
    """Every table of every schema with a mark in any column, whatever its type; bytes as text, encoded or not."""
    marks = (*marks, *(mark.upper() for mark in marks))
    needles = [json.dumps(mark.lower(), ensure_ascii=False)[1:-1] for mark in marks] + [
        mark.encode().hex() for mark in marks
    ]
    found = set[str]()
    with psycopg.connect(dsn_of(desk.urls.owner)) as owner:
        tables = owner.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'jobs')"
        ).fetchall()
        for schema, table in tables:
            query = sql.SQL("SELECT lower(to_jsonb(t)::text) FROM {} t").format(sql.Identifier(schema, table))
            if any(needle in row for (row,) in owner.execute(query) for needle in needles):
                found.add(table)
    return found


def mails_left(desk: Desk) -> Sequence[object]:
    """The mails that still have words, encoded ones too."""
    with psycopg.connect(dsn_of(desk.urls.owner)) as owner:
        return owner.execute("SELECT message_id FROM mails WHERE raw <> '' OR forgotten_at IS NULL").fetchall()


def test_a_contact_is_gone_from_every_table_and_the_chains_are_as_they_were(planted: Desk) -> None:
    before = places_of(planted, *MARKS)
    with psycopg.connect(dsn_of(planted.urls.owner)) as owner:
        chained = owner.execute("SELECT * FROM audit_log ORDER BY scope, sequence").fetchall()
    preview = asked(planted)

    done = agreed(planted)
    again = asked(planted, code="E-2"), agreed(planted, code="E-2").rows

    assert {"customers", "letters", "mails", "inbound_events", "chat_events", "api_keys", "order_drafts"} <= before
    assert mails_left(planted) == []
    assert set(preview) == before - {"audit_log"} | {"master_data_changes"}
    assert (places_of(planted, *MARKS), done.stand_in) == (set(), "erased-E-1")
    assert again == ({}, {"master_data_requests": 1})
    with psycopg.connect(dsn_of(planted.urls.owner)) as owner:
        now = owner.execute("SELECT * FROM audit_log ORDER BY scope, sequence").fetchall()
        assert set(chained) <= set(now)
    with planted.open() as uow:
        assert uow.company.customer(HARBOR).email == "erased-E-1"
        trail = [(event, subject) for _, _, event, subject, _ in uow.audit.trail("erasures")]
        (job,) = (one for one in uow.jobs.listed(limit=9) if one.name is JobName.RETENTION)
    assert job.args == {"at_once": True}
    assert trail[:2] == [("erasure_agreed", "erased-E-1"), ("person_erased", "erased-E-1")]


def test_an_account_is_let_in_by_nothing_any_more_and_what_it_asked_is_gone(planted: Desk) -> None:
    wanted = ErasePerson(marks=(), user=ACCOUNT, salt="s")
    asked(planted, wanted)

    rows = dict(agreed(planted).rows)

    assert rows == {
        "api_keys": 1, "chat_events": 1, "chat_preferences": 1, "conversation_turns": 1, "conversations": 1,
        "identities": 1, "sessions": 1, "status_links": 1,
    }  # fmt: skip
    with planted.open() as uow:
        assert not uow.users.get(ACCOUNT).active
        assert uow.identity.key(KeyId("k1")).revoked_at is not None
    assert places_of(planted, "zq-oidc", "exs_token") == set()


def test_nobody_erases_alone_and_refused_is_refused(planted: Desk) -> None:
    asked(planted)
    before = places_of(planted, *MARKS)

    with pytest.raises(NotAuthorisedError, match="another person agrees"):
        agreed(planted, by=OMAR.name)
    with pytest.raises(NotAuthorisedError):
        asked(planted, code="E-2", by=ACCOUNT)
    refused = agreed(planted, agree=False)

    assert (refused.rows, places_of(planted, *MARKS)) == ({}, before)
    with planted.open() as uow, pytest.raises(IntegrityError, match="nobody agreed to an erasure E-1"):
        uow.erasures.erase("E-1", stand_in="x")


def test_one_that_is_killed_leaves_everything_as_it_was(planted: Desk) -> None:
    asked(planted)
    before = places_of(planted, *MARKS)

    def killed() -> None:
        with planted.open(MARIA.name) as uow:
            assert decide_erasure(uow, "E-1", agree=True, unknown_token="random").rows
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()

    assert places_of(planted, *MARKS) == before
    agreed(planted)
    assert places_of(planted, *MARKS) == set()


@pytest.mark.parametrize(
    ("marks", "user", "error", "why"),
    [
        (("Anna",), None, InvalidValueError, "has 5 to 200 characters"),
        ((), None, InvalidValueError, "an erasure names values"),
        (("maria",), None, ConflictError, "is part of the account name 'maria'"),
        ((), OMAR.name, ConflictError, "is who acts here"),
        ((), UserName("edi-in"), InvalidValueError, "is a program"),
    ],
)
def test_what_cannot_be_erased_is_refused(
    planted: Desk, marks: tuple[str, ...], user: UserName | None, error: type[Exception], why: str
) -> None:
    with pytest.raises(error, match=why):
        asked(planted, ErasePerson(marks=marks, user=user, salt="s"))


def test_the_letter_of_an_open_draft_stays(desk: Desk) -> None:
    desk.alter("UPDATE items SET list_price = 30 WHERE code = 'VALVE-3'")
    with desk.open(INTAKE_NAME) as uow:
        take_in(uow, ordered(("VALVE-3", "12"), sender=f"{NAME} <{MAIL}>"))

    with pytest.raises(ConflictError, match="DRAFT-1 rests on a letter of theirs and is open"):
        asked(desk)


def test_an_account_whose_proposal_waits_stays(planted: Desk) -> None:
    _, (chosen,) = planted.offered([transfer()])
    waits = planted.propose(chosen, by=ACCOUNT)

    with pytest.raises(ConflictError, match=f"{waits.id} of 'p-4711' waits to be decided"):
        asked(planted, ErasePerson(marks=(), user=ACCOUNT, salt="s"))
