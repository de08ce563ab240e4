"""The message is complete, is never addressed by accident, and is the same file every time."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

import pytest

from storage.errors import BadInput
from storage.handovers.snapshot import VesselFacts
from tests.worker.documents.snapshots import HASH, a_snapshot, one_with_everything
from worker.documents.eml import render_eml

PDF = b"%PDF-1.4 " + bytes(range(256)) * 40


def the_message(*recipients: str, name: str = "M/Y Halcyon Tide") -> EmailMessage:
    snapshot = a_snapshot(vessel=VesselFacts(id="v", name=name, imo=None))
    data = render_eml(snapshot, document_hash=HASH, pdf=PDF, recipients=recipients)
    return cast(EmailMessage, message_from_bytes(data, policy=default))


def test_the_message_carries_the_pdf_byte_for_byte_and_is_addressed_to_those_chosen() -> None:
    message = the_message("office@example.org", "dpa@example.org")
    (attached,) = message.iter_attachments()
    assert attached.get_content() == PDF
    assert attached.get_filename() == "handover-EB-2026-0007.pdf"
    assert message["To"] == "office@example.org, dpa@example.org"
    assert message["Date"].datetime.isoformat() == "2026-03-01T02:12:00+00:00"


def test_the_letter_says_which_handover_and_how_to_check_it() -> None:
    body = the_message("office@example.org").get_body()
    assert body is not None
    text = body.get_content()
    for part in (HASH, "EB-2026-0007", "04:00 LT (UTC+2)", "Tomás Ferreira", "official log book"):
        assert part in text


def test_nobody_is_named_as_sender_and_mail_programs_open_it_as_a_draft() -> None:
    message = the_message("office@example.org")
    assert message["From"] is None
    assert message["X-Unsent"] == "1"


def test_the_same_handover_to_the_same_people_is_the_same_file() -> None:
    first, second = (
        render_eml(one_with_everything(), document_hash=HASH, pdf=PDF, recipients=["a@b.example"])
        for _ in range(2)
    )
    assert first == second


@pytest.mark.parametrize(
    "recipient",
    ["", "office", "a@b\nBcc: c@d.example", "a@b.example, c@d.example", "@b", "a@", "é@b.example"],
)
def test_what_is_not_one_address_is_refused(recipient: str) -> None:
    with pytest.raises(BadInput):
        the_message(recipient)


def test_a_message_to_nobody_is_refused() -> None:
    with pytest.raises(BadInput, match="at least one recipient"):
        the_message()


def test_a_vessel_name_cannot_add_a_header() -> None:
    """I17: a line break in a name stays inside the subject."""
    message = the_message("a@b.example", name="Aurora\r\nBcc: thief@example.org\x1b")
    assert message["Bcc"] is None
    assert "Bcc: thief@example.org<U+001B>" in message["Subject"]
