"""What people may do with a signed handover: verify it, have documents made of it, correct it."""

import re

from console.keys_aboard import key
from console.screens.archive.compared import ComparedScreen
from console.screens.archive.document import DocumentScreen
from console.screens.asking import Choose, Tell
from console.screens.live import LiveScreen
from console.screens.writing import AskReason
from console.widgets.verdict import verdict_lines
from storage.drafts.superseding import request_correction
from storage.handovers.exports import SIGNED_SET, request_export
from storage.handovers.verification import verify_path
from storage.handovers.views import HandoverView, compared

KINDS = (
    ("pdf", "PDF, for printing"),
    ("html", "HTML, for reading on a screen"),
    ("json", "JSON, the signed snapshot itself"),
    ("email", "an e-mail ready to send, to people you name"),
)
NOTHING = "There is no signed handover under the cursor."


class SignedActs(LiveScreen):
    """The commands, for the list and for the handover opened from it."""

    def signed_in_hand(self) -> HandoverView | None:
        """The handover the commands are about."""
        raise NotImplementedError

    def why_not_verify(self) -> str | None:
        """Nothing to verify."""
        signed = self.signed_in_hand()
        if signed is None:
            return NOTHING
        return None if _signed_folder(signed) else _not_written()

    def why_not_export(self) -> str | None:
        """Nothing to export."""
        return None if self.signed_in_hand() else NOTHING

    def why_not_correct(self) -> str | None:
        """Nothing to correct, or what is in force now is another."""
        signed = self.signed_in_hand()
        if signed is None:
            return NOTHING
        if signed.superseded_by:
            return f"{signed.superseded_by} has taken its place already; that one is corrected."
        return None

    def why_not_read_document(self) -> str | None:
        """Nothing to read."""
        return None if self.signed_in_hand() else NOTHING

    def why_not_compare(self) -> str | None:
        """Nothing to compare."""
        return None if self.signed_in_hand() else NOTHING

    async def action_read_document(self) -> None:
        """d: what was signed, section by section."""
        signed = self.signed_in_hand()
        assert signed is not None
        self.app.push_screen(DocumentScreen(signed.draft_id))

    async def action_compare(self) -> None:
        """=: beside the one before."""
        signed = self.signed_in_hand()
        assert signed is not None
        comparison = await self.call(compared, signed.draft_id)
        if comparison is None:
            self.say(f"{signed.document_number} is the first: no handover was signed before it.")
        else:
            self.app.push_screen(ComparedScreen(comparison))

    async def action_verify(self) -> None:
        """v: every file, both signatures, the content."""
        signed = self.signed_in_hand()
        assert signed is not None
        folder = self.console.home / (_signed_folder(signed) or "")
        verdict = await self.call(verify_path, folder)
        failed = ", ".join(check.name for check in verdict.checks if not check.ok)
        words = (
            "Everything is as it was signed."
            if verdict.ok
            else f"NOT as it was signed. What failed: {failed}."
        )
        self.say(words, "done" if verdict.ok else "error")
        await self.ask(Tell(f"Verified {signed.document_number}", verdict_lines(verdict), words))

    async def action_export(self) -> None:
        """e: the worker makes a document from the snapshot."""
        signed = self.signed_in_hand()
        assert signed is not None
        person = await self.require_person("to export a handover")
        kind = await self.ask(Choose("Export", f"Of {signed.document_number}, as:", KINDS))
        to: list[str] = []
        if kind == "email":
            sheet = AskReason(
                "Export", "To whom? Addresses, a space between.", placeholder="name@example.com"
            )
            to = re.split(r"[\s,;]+", await self.ask(sheet))
        submitted = await self.call(request_export, person.actor, signed.draft_id, kind, to=to)
        self.requested(submitted)

    async def action_correct(self) -> None:
        """c: a new draft over the same period, which supersedes it once both have signed."""
        signed = self.signed_in_hand()
        assert signed is not None
        person = await self.require_person("to correct a handover")
        words = (
            f"What is wrong with {signed.document_number}? Nothing of it changes; a new one over "
            "the same period takes its place. This is printed."
        )
        sheet = AskReason("Correct", words, kept=self.half_written("correct", signed.draft_id))
        reason = await self.ask(sheet)
        submitted = await self.call(
            request_correction, person.actor, signed.draft_id, reason=reason
        )
        self.requested(submitted, f"{key('go_handover')} reviews it when it is drafted")


def _signed_folder(signed: HandoverView) -> str | None:
    return next((e.path for e in signed.exports if e.type == SIGNED_SET), None)


def _not_written() -> str:
    jobs = key("go_jobs")
    return f"Its signed set is not written yet; the job of its export says why ({jobs})."
