"""Situations in which the verbs about handovers that have no other place succeed."""

from storage.handovers.sealing import record_seal
from tests.builders import a_signed_handover
from tests.contents import contents
from tests.storage.situations import Call, a_simple_item


def to_record_seal() -> Call:
    """A signed handover whose sealed PDF has been made."""
    draft_id = a_signed_handover(contents(a_simple_item()))
    hashes = {"handover.sealed.pdf": "0" * 64}
    return lambda actor: record_seal(actor, draft_id, "e-1", "handover/x", hashes, by="M/Y Aurora")
