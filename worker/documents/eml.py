"""A ready-to-send message with the PDF attached. A person sends it; Eight Bells never does."""

from collections.abc import Sequence
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from storage.clock import both_times
from storage.errors import BadInput
from storage.handovers.snapshot import Snapshot
from storage.text import visible


def render_eml(
    snapshot: Snapshot, *, document_hash: str, pdf: bytes, recipients: Sequence[str]
) -> bytes:
    """The message as RFC 5322 bytes, to be opened in a mail program as a draft.

    Its date is that of the last signature and its marks come from `document_hash`, so that the same
    handover to the same people is the same file. There is no sender: that is who sends it.

    Raises:
        BadInput: no recipient, or one that is not an address.
    """
    message = EmailMessage(policy=SMTP)
    message["To"] = _addresses(recipients)
    message["Subject"] = _one_line(
        f"Handover {snapshot.document_number}, {snapshot.vessel.name}, signed"
    )
    message["Date"] = format_datetime(max(s.signed_at for s in snapshot.signatures))
    message["Message-ID"] = f"<{document_hash[:32]}@eightbells.invalid>"
    message["X-Unsent"] = "1"
    message.set_content(_letter(snapshot, document_hash))
    name = f"handover-{snapshot.document_number}.pdf"
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=name)
    message.set_boundary(f"eightbells-{document_hash[:32]}")
    return message.as_bytes()


def _letter(snapshot: Snapshot, document_hash: str) -> str:
    offset = snapshot.offset_minutes
    signed = "\n".join(
        f"{s.position.capitalize()}: {_one_line(s.name)}, {both_times(s.signed_at, offset)}"
        for s in snapshot.signatures
    )
    return (
        f"Handover {_one_line(snapshot.document_number)} of {_one_line(snapshot.vessel.name)}.\n\n"
        f"From: {both_times(snapshot.period_from, offset)}\n"
        f"To: {both_times(snapshot.period_to, offset)}\n"
        f"{signed}\n\n"
        f"Document hash (SHA-256): {document_hash}\n"
        f"{snapshot.note}\n"
    )


def _addresses(recipients: Sequence[str]) -> tuple[Address, ...]:
    if not recipients:
        raise BadInput(why="A message needs at least one recipient.")
    return tuple(map(_address, recipients))


def _address(text: str) -> Address:
    try:
        address = Address(addr_spec=text.strip())
    except (MessageError, ValueError, IndexError):
        address = None
    if address is None or not (address.username and address.domain and text.isascii()):
        raise BadInput(why=f"{visible(text)[:80]!r} is not an e-mail address.")
    return address


def _one_line(text: str) -> str:
    return visible(text).replace("\n", " ")
