"""What a person does with a handover: each command asks on a sheet and calls one verb."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from console.keys_aboard import key
from console.screens.asking import Choose
from console.screens.handover.accept import AcceptSheet
from console.screens.handover.changes import ItemChanges
from console.screens.handover.concerns import ConcernSheet
from console.screens.handover.countersign import CountersignSheet
from console.screens.handover.looking import LookSheet, completeness_blocks, history_blocks
from console.screens.handover.merges import MergeSheet
from console.screens.handover.writing import ReasonSheet
from storage.drafts import review
from storage.drafts.content import HandoverType
from storage.drafts.requesting import request_draft, request_renewal
from storage.drafts.states import Answer, Move
from storage.drafts.views import DraftView, draft
from storage.entries.views import entries_by_id
from storage.handovers import signing
from storage.handovers.attempts import attempt
from storage.handovers.printing import request_print
from storage.jobs.kinds import JobKind
from storage.people.views import CrewMember

P = ParamSpec("P")
T = TypeVar("T")
RENEWALS = {
    "regenerate": JobKind.HANDOVER_REGENERATE,
    "refresh_command": JobKind.COMMAND_REFRESH,
}
TYPE_WORDS = {kind.value: kind.replace("_", " ") for kind in HandoverType}


class HandoverActs(ItemChanges):
    """The commands that ask the worker, answer a question, or sign."""

    def __init__(self) -> None:
        super().__init__()
        self._requested: dict[JobKind, str] = {}
        """The newest job of each kind that was asked for here."""

    # From entries to a draft

    async def action_generate(self) -> None:
        """g: have the worker draft the handover."""
        person = await self.require_person("to draft the handover")
        options = sorted(TYPE_WORDS.items(), key=lambda option: option[0] != _usual(person))
        words = "The kind decides which points it should cover; every department is in it."
        kind = await self.ask(Choose("Draft the handover", words, options))
        vessel_id = self.picture.vessel_id if self.picture else ""
        arguments = {"handover_type": kind}
        self.requested(await self.call(request_draft, person.actor, vessel_id, arguments))

    async def action_regenerate(self) -> None:
        """r: take the newest entries in."""
        await self._renew(JobKind.HANDOVER_REGENERATE, "to draft it again")

    async def action_refresh_command(self) -> None:
        """C: write Command again."""
        await self._renew(JobKind.COMMAND_REFRESH, "to refresh Command")

    async def action_print_draft(self) -> None:
        """P: on paper, marked as not authoritative."""
        person = await self.require_person("to print the draft")
        self.requested(await self.call(request_print, person.actor, self._open_draft().id))

    def why_not_regenerate(self) -> str | None:
        """Asked for, and not heard to end."""
        return self._under_way(JobKind.HANDOVER_REGENERATE)

    def why_not_refresh_command(self) -> str | None:
        """Asked for, and not heard to end: a second one would find nothing to do."""
        return self._under_way(JobKind.COMMAND_REFRESH)

    def attempt(self, command_id: str, person: CrewMember) -> Callable[[], object] | None:
        """What is under way is legal: the store would not refuse it, it would be done again."""
        kind = RENEWALS.get(command_id)
        return None if kind and self._under_way(kind) else super().attempt(command_id, person)

    def _under_way(self, kind: JobKind) -> str | None:
        job = self._requested.get(kind)
        if job is None or not self.console.session.awaits(job):
            return None
        return f"Requested already; {self.unless_it_waits()}."

    async def _renew(self, kind: JobKind, what: str) -> None:
        person = await self.require_person(what)
        draft_id = self._open_draft().id
        job = await self.call(request_renewal, person.actor, draft_id, kind)
        self._requested[kind] = job.job_id
        self.requested(job)

    # Review

    async def action_begin_review(self) -> None:
        """b: open it for review."""
        person = await self.require_person("to review the handover")
        await self.call(review.begin_review, person.actor, self._open_draft().id)
        self._done(
            f"In review. Read each section to its end; {key('go_on')} always does the next step."
        )

    async def action_merge(self) -> None:
        """m: merge the marked items, or answer the proposals."""
        person = await self.require_person("to merge items")
        if self.items_view.marked:
            await self._merge_marked(person)
            return
        current = self._open_draft()
        ids = {entry for asked in current.merge_proposals for entry in asked.entries}
        entries = await self.call(entries_by_id, ids)

        def answer(proposal_id: str, given: Answer) -> DraftView:
            review.answer(person.actor, proposal_id, given)
            return draft(current.id)

        await self.ask(MergeSheet(current, entries, answer, self.times, home=self.home))
        self._done("Every merge proposal is answered.")

    async def action_concerns(self) -> None:
        """c: conflicts, uncertainties and assigned work."""
        person = await self.require_person("to acknowledge concerns")
        current = self._open_draft()
        ids = {entry for concern in current.conflicts for entry in concern.entries}
        entries = await self.call(entries_by_id, ids)

        def acknowledge(concern_id: str, note: str) -> DraftView:
            review.acknowledge(person.actor, concern_id, note=note)
            return draft(current.id)

        sheet = ConcernSheet(current, entries, acknowledge, self.times, home=self.home)
        await self.ask(sheet)
        self._done("Every concern is acknowledged.")

    async def action_history(self) -> None:
        """h: what people did to the item."""
        if self.item is not None:
            title = f"Item {self.item.number}: what people did to it"
            await self.ask(LookSheet(title, history_blocks(self.item, self.times)))

    async def action_completeness(self) -> None:
        """t: what is covered."""
        blocks = completeness_blocks(self._open_draft())
        await self.ask(LookSheet("What this handover covers", blocks))

    # Signatures, and the ways back

    async def action_accept(self) -> None:
        """a: the signature of the officer who hands over."""
        person = await self.require_person("to accept the handover")
        current = self._open_draft()
        await self.call(attempt, person.actor, current.id, Move.ACCEPT)

        def verb(pin: str, is_ticked: bool) -> None:
            signing.accept(person.actor, current.id, pin=pin, confirmed=is_ticked)

        await self.ask(AcceptSheet(current, person, verb, home=self.home))
        signs_in, signs = f"signs in with {key('sign_in_as')}", f"countersigns with {key('sign')}"
        self._done(f"Accepted. Your relief {signs_in}, reads it and {signs}.")

    async def action_sign(self) -> None:
        """s: the signature of the relief, another person."""
        person = await self.require_person("to countersign the handover")
        draft_id = self._open_draft().id
        await self.call(attempt, person.actor, draft_id, Move.COUNTERSIGN)
        current = await self.call(draft, draft_id, role=person.role, person_id=person.id)

        def verb(spoken: dict[str, str], pin: str, is_ticked: bool) -> None:
            signing.countersign(
                person.actor, draft_id, read_backs=spoken, pin=pin, confirmed=is_ticked
            )

        signed = self.picture.acceptance if self.picture else None
        await self.ask(CountersignSheet(current, person, signed, verb, home=self.home))
        self._done("Signed. The worker prepares the documents.")

    async def action_decline(self) -> None:
        """d: the relief refuses or puts it off."""
        await self._send_back("Decline the handover", signing.decline, "to decline the handover")

    async def action_reopen(self) -> None:
        """u: the acceptance is taken back."""
        await self._send_back("Reopen the handover", signing.reopen, "to reopen the handover")

    # Parts of the above

    async def _send_back(self, title: str, verb: Callable[..., None], what: str) -> None:
        person = await self.require_person(what)
        draft_id = self._open_draft().id

        def send_back(reason: str) -> None:
            verb(person.actor, draft_id, reason=reason)

        words = "It goes back to review; everybody reads it again. The reason is printed."
        name = f"send-back-{draft_id}"
        await self.ask(ReasonSheet(title, words, send_back, home=self.home, draft_name=name))
        self._done("Back in review.")


def _usual(person: CrewMember) -> str:
    """The kind of handover a person usually writes."""
    engineer = person.role.endswith("engineer")
    return HandoverType.ENGINE_WATCH if engineer else HandoverType.BRIDGE_WATCH
