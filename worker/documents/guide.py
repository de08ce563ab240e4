"""HOW-TO-VERIFY.txt: what lies in a signed folder, and how a stranger checks it."""

from functools import cache
from importlib.resources import files
from string import Template

from storage.clock import both_times
from storage.handovers.proof import Proof
from storage.handovers.snapshot import Position, Snapshot
from storage.text import visible
from templates.verifier.paper import words_of


def render_guide(snapshot: Snapshot, proof: Proof) -> bytes:
    """The page for one handover; the same handover gives the same page."""
    signed = {
        s.position: f"{s.name}, {s.role}, {both_times(s.signed_at, snapshot.offset_minutes)}"
        for s in snapshot.signatures
    }
    said = {
        "vessel": snapshot.vessel.name,
        "number": snapshot.document_number,
        "outgoing": signed[Position.OUTGOING],
        "incoming": signed[Position.INCOMING],
        "document_hash": proof.document_hash,
        "words": words_of(proof.document_hash),
        "log": str(proof.log),
        "note": snapshot.note,
    }
    return _page().substitute({name: _one_line(text) for name, text in said.items()}).encode()


@cache
def _page() -> Template:
    page = files("templates").joinpath("handover", "how-to-verify.txt")
    return Template(page.read_text(encoding="utf-8"))


def _one_line(text: str) -> str:
    return visible(text).replace("\n", " ")
