"""Deciding about a flagged classification: accept or reject, with a reason that stays on record."""

from console.keys_aboard import key
from console.screens.asking import Choose
from console.screens.live import LiveScreen
from console.screens.writing import AskReason
from storage.entries.correction_views import OpenCorrection
from storage.entries.corrections import decide
from storage.entries.rules import check_reviewer
from storage.entries.states import Decision
from storage.errors import NotPermitted
from storage.taxonomy.domains import ASSIGNABLE, DOMAINS

TITLE = "Decide about the classification"


class CorrectionDesk(LiveScreen):
    """The one command, for the inbox and for the entry itself."""

    def correction_in_hand(self) -> OpenCorrection | None:
        """The request the command is about."""
        raise NotImplementedError

    def why_not_decide_correction(self) -> str | None:
        """No request, no decision; and whoever asked does not decide."""
        asked = self.correction_in_hand()
        if asked is None:
            return (
                "No request to correct a classification is open here; "
                f"{key('flag')} on an entry makes one."
            )
        try:
            if self.person is not None:
                check_reviewer(self.person.actor, asked.requested_by)
        except NotPermitted as refusal:
            return str(refusal)
        return None

    async def action_decide_correction(self) -> None:
        """D: accept or reject it."""
        asked = self.correction_in_hand()
        assert asked is not None
        person = await self.require_person("to decide about a classification")
        decision = Decision(await self.ask(Choose(TITLE, question(asked), answers(asked))))
        domain = None
        if decision is Decision.ACCEPTED:
            domain = asked.suggested_domain or await self._domain(asked)
        kept = self.half_written("decide_correction", asked.id)
        why = f"{decision.capitalize()}. Why? It is recorded."
        reason = await self.ask(AskReason(TITLE, why, kept=kept))
        await self.call(decide, person.actor, asked.id, decision, reason=reason, domain=domain)
        if domain:
            self.say(f"Accepted: under {domain} now, in a draft when it is made again.", "done")
        else:
            self.say("Rejected; the request stays on record.", "done")

    async def _domain(self, asked: OpenCorrection) -> str:
        options = [
            (code, f"{code} {DOMAINS[code].name}")
            for code in ASSIGNABLE
            if code != asked.filed_under
        ]
        return await self.ask(Choose(TITLE, "The request names no domain. Which is it?", options))


def question(asked: OpenCorrection) -> str:
    """What was asked, by whom and why."""
    return f"“{asked.narrative}” — {asked.requested_by}: {asked.reason}"


def answers(asked: OpenCorrection) -> list[tuple[str, str]]:
    """Accept and reject, each with what it means."""
    wanted = asked.suggested_domain
    there = f"{wanted} {DOMAINS[wanted].name}" if wanted else "a domain you choose next"
    here = f"{asked.filed_under} {DOMAINS[asked.filed_under].name}"
    return [
        (Decision.ACCEPTED.value, f"accept: file it under {there}"),
        (Decision.REJECTED.value, f"reject: it stays under {here}"),
    ]
