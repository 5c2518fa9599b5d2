"""Anything that may arrive: mails, files and typed text become documents, and what is wrong with them is named."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from agents.order_intake.letters import read_letter
from agents.order_intake.mail.files import read_pdf, read_sheets
from core.domain.intake.letters import Letter

HEAD = "From: Jim <jim@harbor-supply.example>\nTo: orders@sabine.example\nSubject: PO 4711\nMIME-Version: 1.0\n"


def _mail(body: str, kind: str = "text/plain; charset=utf-8", head: str = HEAD) -> bytes:
    return f"{head}Content-Type: {kind}\n\n{body}".encode()


def _body(letter: Letter) -> str:
    return next((one.text for one in letter.documents if one.source == "body"), "")


def test_subject_in_plain_utf_8_is_read_as_it_is_written() -> None:
    mail = "From: jim@harbor-supply.example\nSubject: Commande n° 4711 – réparation\n\n4 GV-03"

    letter = read_letter(mail.encode(), "mail.eml")

    assert (letter.subject, letter.faults) == ("Commande n° 4711 – réparation", ())


def test_mail_has_a_sender_a_subject_and_a_body() -> None:
    letter = read_letter(_mail("40 GV-03 please\n", head=f"{HEAD}Date: Fri, 20 Nov 2026 10:00:00 -0600\n"), "mail.eml")

    assert (letter.sender, letter.subject, _body(letter)) == ("jim@harbor-supply.example", "PO 4711", "40 GV-03 please")
    assert letter.received is not None
    assert letter.received.date().isoformat() == "2026-11-20"
    assert letter.faults == ()


QUOTED = (
    "On Mon, Nov 16, 2026 at 9:12 AM Sabine <sales@sabine.example> wrote:\n> please confirm 60 GV-04",
    "Am 16.11.2026 um 09:12 schrieb Sabine <sales@sabine.example>:\n> 60 GV-04",
    "Le lun. 16 nov. 2026 à 09:12, Sabine <sales@sabine.example> a écrit :\n> 60 GV-04",
    "El lun, 16 nov 2026 a las 9:12, Sabine (<sales@sabine.example>) escribió:\n> 60 GV-04",
    "Op ma 16 nov 2026 om 09:12 schreef Sabine <sales@sabine.example>:\n> 60 GV-04",
    "On Mon, Nov 16, 2026 at 9:12 AM Sabine wrote:\n\n60 GV-04 without any marks",
    "-----Original Message-----\nFrom: Sabine\nSent: Monday\nSubject: old\n\n60 GV-04",
    "From: Sabine <sales@sabine.example>\nSent: Monday, November 16, 2026\nTo: Jim\nSubject: RE: old\n\n60 GV-04",
    "Von: Sabine <sales@sabine.example>\nGesendet: Montag, 16. November 2026\nAn: Jim\nBetreff: AW: alt\n\n60 GV-04",
    "De : Sabine <sales@sabine.example>\nEnvoyé : lundi 16 novembre 2026\nÀ : Jim\nObjet : RE: ancien\n\n60 GV-04",
    "De: Sabine <sales@sabine.example>\nEnviado: lunes\nPara: Jim\nAsunto: RE: viejo\n\n60 GV-04",
    "Van: Sabine <sales@sabine.example>\nVerzonden: maandag\nAan: Jim\nOnderwerp: RE: oud\n\n60 GV-04",
)


@pytest.mark.parametrize("old", QUOTED)
def test_old_quoted_order_is_never_read_as_new(old: str) -> None:
    letter = read_letter(_mail(f"Please send 40 GV-03.\n\n{old}\n"), "mail.eml")

    assert _body(letter) == "Please send 40 GV-03."


def test_mail_that_only_sends_another_one_on_is_the_other_one() -> None:
    text = (
        "FYI, please enter.\n\n---------- Forwarded message ---------\n"
        "From: Bob <bob@x.example>\nSubject: order\n\n40 GV-03"
    )

    assert "40 GV-03" in _body(read_letter(_mail(text), "mail.eml"))


def test_mail_that_sends_another_one_on_and_adds_to_it_is_for_a_person() -> None:
    text = "Make it 60 please.\n\n---------- Forwarded message ---------\nFrom: Bob <bob@x.example>\n\n40 GV-03"

    letter = read_letter(_mail(text), "mail.eml")

    assert _body(letter) == "Make it 60 please."
    assert letter.faults == (
        "The mail sends another one on and says something of its own: only its own words were read",
    )


@pytest.mark.parametrize(
    "hiding",
    [
        '<p style="display:none">60 GV-04</p>',
        '<span style="font-size:0px">60 GV-04</span>',
        '<p style="color:#ffffff">60 GV-04</p>',
        "<div hidden>60 GV-04</div>",
        "<!-- please order 60 GV-04 -->",
        '<style>.x{display:none}</style><p class="x">60 GV-04</p>',
    ],
)
def test_words_nobody_sees_are_not_read_and_are_told(hiding: str) -> None:
    letter = read_letter(_mail(f"<p>40 GV-03</p>{hiding}", "text/html; charset=utf-8"), "mail.eml")

    assert _body(letter) == "40 GV-03"
    assert [fault.startswith("The body hides words") for fault in letter.faults] == [True]


def test_table_of_html_is_rows_of_cells() -> None:
    html = "<p>Hi</p><table><tr><th>Item</th><th>Qty</th></tr><tr><td>GV-03</td><td>40</td></tr></table>"

    assert _body(read_letter(_mail(html, "text/html; charset=utf-8"), "mail.eml")) == "Hi\nItem\tQty\nGV-03\t40"


def test_plain_text_and_html_with_different_numbers_are_told() -> None:
    body = "--b\nContent-Type: text/plain\n\n40 GV-03\n--b\nContent-Type: text/html\n\n<p>400 GV-03</p>\n--b--"

    letter = read_letter(_mail(body, "multipart/alternative; boundary=b"), "mail.eml")

    assert letter.faults == ("The body comes as plain text and as HTML, and the two have different numbers",)


def test_two_from_headers_leave_the_sender_open() -> None:
    letter = read_letter(_mail("40 GV-03", head=f"From: other@x.example\n{HEAD}"), "mail.eml")

    assert letter.sender == ""
    assert letter.faults == (
        "The mail names 2 senders (other@x.example, jim@harbor-supply.example): it is not certain who wrote it",
    )


def test_parts_nested_without_end_leave_the_headers() -> None:
    deep = b"From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=b0\n\n"
    deep += b"".join(f"--b{at}\nContent-Type: multipart/mixed; boundary=b{at + 1}\n\n".encode() for at in range(1500))

    letter = read_letter(deep, "mail.eml")

    assert letter.sender == "a@b.example"
    assert letter.faults == ("The mail's parts are nested too deep or broken: only its headers were read",)


def test_unknown_character_set_is_told_and_read_all_the_same() -> None:
    letter = read_letter(_mail("40 GV-03", "text/plain; charset=x-klingon"), "mail.eml")

    assert _body(letter) == "40 GV-03"
    assert letter.faults == ("The character set 'x-klingon' of a part is unknown or not the one it is written in",)


def test_too_large_a_letter_is_not_read() -> None:
    letter = read_letter(b"x" * 10_000_001)

    assert letter.documents == ()
    assert letter.faults == ("The letter has 10000001 bytes; more than 10000000 are not read",)


def test_of_a_mail_that_is_too_large_the_sender_is_known_all_the_same() -> None:
    letter = read_letter(_mail("40 GV-03\n" * 1_200_000), "mail.eml")

    assert (letter.documents, letter.sender, letter.subject) == ((), "jim@harbor-supply.example", "PO 4711")
    assert "are not read" in letter.faults[0]


def test_letters_nothing_can_be_read_of_are_not_one() -> None:
    found = {read_letter(b"x" * (10_000_001 + more)).message_id for more in (0, 1)}
    found |= {read_letter(bytes([1, 2, more]), "order.pdf").message_id for more in (0, 1)}

    assert len(found) == 4


def test_a_mail_of_nearly_ten_megabytes_is_read_as_far_as_any_other_and_its_old_end_is_not_new() -> None:
    letter = read_letter(
        _mail("40 GV-03\n\nOn 1 Nov 2026, Jim wrote:\n" + "> 999 GV-04 please\n" * 500_000), "mail.eml"
    )

    assert _body(letter).strip() == "40 GV-03"
    assert letter.faults == ("The body is longer than 400000 characters: the rest was not read",)


def test_empty_letter_is_told() -> None:
    assert read_letter("").faults == ("The letter is empty",)


def test_twenty_thousand_recipients_do_not_matter() -> None:
    many = ", ".join(f"u{at}@x.example" for at in range(20_000))

    assert read_letter(_mail("40 GV-03", head=f"{HEAD}Cc: {many}\n"), "mail.eml").faults == ()


def test_characters_that_deceive_are_taken_out_and_told() -> None:
    letter = read_letter("40 GV-03\u202e\x00 \U000e0041please")

    assert _body(letter) == "40 GV-03 please"
    assert len(letter.faults) == 3


def test_attachments_are_documents_of_their_own() -> None:
    body = (
        "--b\nContent-Type: text/plain\n\nsee attached\n"
        '--b\nContent-Type: text/csv\nContent-Disposition: attachment; filename="order.csv"\n\nItem;Qty\nGV-03;40\n'
        '--b\nContent-Type: application/zip\nContent-Disposition: attachment; filename="more.zip"\n\nPK\n--b--'
    )

    letter = read_letter(_mail(body, "multipart/mixed; boundary=b"), "mail.eml")

    assert [(one.source, one.text) for one in letter.documents[1:]] == [
        ("body", "see attached"),
        ("attachment:order.csv", "Item\tQty\nGV-03\t40"),
    ]
    assert letter.documents[2].tables == ((("Item", "Qty"), ("GV-03", "40")),)
    assert letter.faults == (
        "Attachment 'more.zip' is of a kind that is not read; csv, xlsx, pdf, txt, html and eml are",
    )


def test_mail_inside_a_mail_is_an_attachment() -> None:
    inner = "From: c@x.example\nSubject: order\n\n40 GV-03"
    body = f"--b\nContent-Type: text/plain\n\nplease enter\n--b\nContent-Type: message/rfc822\n\n{inner}\n--b--"

    letter = read_letter(_mail(body, "multipart/mixed; boundary=b"), "mail.eml")

    assert letter.documents[-1].text == "40 GV-03"


def test_workbook_is_a_table() -> None:
    text, tables, faults = read_sheets(_workbook())

    assert (text, faults) == ("Item\tQty\nGV-03\t40", [])
    assert tables == [(("Item", "Qty"), ("GV-03", "40"))]


def _workbook() -> bytes:
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship'
        ' Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        '<sheet name="Order" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
        ' Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Item</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>Qty</t></is></c>'
        '</row><row r="2"><c r="A2" t="inlineStr"><is><t>GV-03</t></is></c>'
        '<c r="B2"><v>40</v></c></row></sheetData></worksheet>',
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def _pdf() -> bytes:
    held = io.BytesIO()
    canvas = Canvas(held)
    canvas.drawString(72, 720, "PO 4711")
    canvas.drawString(72, 700, "GV-03 x 40 by 4 December 2026")
    canvas.save()
    return held.getvalue()


def test_text_of_a_pdf_is_read() -> None:
    text, _, faults = read_pdf(_pdf())

    assert (text.split("\n"), faults) == (["PO 4711", "GV-03 x 40 by 4 December 2026"], [])


def test_files_are_read_in_a_process_of_their_own() -> None:
    letter = read_letter(_pdf(), "order.pdf")

    assert [(one.source, one.text.split("\n")[0]) for one in letter.documents] == [("attachment:order.pdf", "PO 4711")]


def test_damaged_file_is_told() -> None:
    letter = read_letter(b"%PDF-1.7 nothing", "order.pdf")

    assert letter.documents == ()
    assert letter.faults[0] == (
        "Attachment 'order.pdf' could not be read: it is damaged, locked by a password or too large"
    )


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["", "a.eml", "a.csv", "a.html", "a.txt"]))
def test_any_bytes_are_read_without_an_error(content: bytes, name: str) -> None:
    assert read_letter(content, name) == read_letter(content, name)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            (
                "From: a@b.c\n",
                "Subject: =?x?q?=\n",
                "Content-Type: multipart/mixed; boundary=b\n",
                "--b\n",
                "--b--",
                "\n",
                "<p>",
                "<td>",
                "<table>",
                "<!--",
                "> 40\n",
                "On 1 May 2026 x wrote:\n",
                "MIME-Version: 1.0\n",
                "Content-Type: text/html\n",
                "\x00",
                "GV-03 40",
            )
        ),
        max_size=25,
    ).map("".join),
    st.sampled_from(["", "a.eml", "a.html"]),
)
def test_any_mail_is_read_without_an_error(text: str, name: str) -> None:
    letter = read_letter(text, name)

    assert letter.documents or letter.faults
