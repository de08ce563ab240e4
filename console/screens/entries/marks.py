"""What people may put on an entry: a flag, resolved, suppressed; each with a reason."""

from collections.abc import Callable
from typing import Any

from console.screens.asking import Choose
from console.screens.bulk import BulkActs, Scope
from console.screens.writing import AskReason
from storage.audit.in_bulk import Tally
from storage.entries.actions import flag, resolve, suppress
from storage.entries.bulk import resolve_all, suppress_all
from storage.entries.states import LEGAL, EntryStatus
from storage.entries.views import EntryView
from storage.taxonomy.domains import ASSIGNABLE, DOMAINS


class EntryMarks(BulkActs):
    """The three commands, for the list and for the entry opened from it."""

    def entry_in_hand(self) -> EntryView | None:
        """The entry the commands are about."""
        raise NotImplementedError

    def why_not_flag(self) -> str | None:
        """No entry, no flag."""
        if self.scope():
            return "Flag one entry at a time."
        return None if self.entry_in_hand() else "There is no entry under the cursor."

    def why_not_resolve(self) -> str | None:
        """Only an open entry is resolved."""
        return self._why_not_marked(EntryStatus.RESOLVED)

    def why_not_suppress(self) -> str | None:
        """Only an open entry is suppressed."""
        return self._why_not_marked(EntryStatus.SUPPRESSED)

    def _why_not_marked(self, mark: EntryStatus) -> str | None:
        if self.scope():
            return None
        entry = self.entry_in_hand()
        if entry is None:
            return "There is no entry under the cursor."
        if (entry.status, mark) not in LEGAL:
            return f"The entry is {entry.status} already."
        return None

    async def action_flag(self) -> None:
        """f: the classification should be looked at again."""
        entry = self._entry()
        person = await self.require_person("to flag a classification")
        options = [("", "I do not know, somebody should look")]
        options += [(code, f"{code} {DOMAINS[code].name}") for code in ASSIGNABLE]
        where = f"It is filed under {entry.primary_domain}. Where does it belong?"
        code = await self.ask(Choose("Flag the classification", where, options))
        kept = self.half_written("flag", entry.id)
        why = AskReason("Flag the classification", "Why? It stays on record.", kept=kept)
        reason = await self.ask(why)
        await self.call(flag, person.actor, entry.id, reason=reason, suggested_domain=code or None)
        self.say("Flagged; the original classification stays as it is.", "done")

    async def action_resolve(self) -> None:
        """v: the fact is settled."""
        if scope := self.scope():
            sentence = "will be settled, and no longer carried forward."
            await self._mark_all("Resolve", resolve_all, scope, sentence, "resolved")
            return
        await self._mark("resolve", resolve, "It is no longer carried forward. What settled it?")
        self.say("Resolved.", "done")

    async def action_suppress(self) -> None:
        """x: leave it out of drafts."""
        if scope := self.scope():
            sentence = "will stay on record, but in no later draft."
            await self._mark_all("Suppress", suppress_all, scope, sentence, "suppressed")
            return
        await self._mark("suppress", suppress, "It stays on record, but in no later draft. Why?")
        self.say("Suppressed; it stays on record.", "done")

    async def _mark_all(
        self, title: str, verb: Callable[..., Tally], scope: Scope, sentence: str, done: str
    ) -> None:
        person = await self.require_person(f"to {title.lower()} entries")
        await self.confirm(title, f"{sentence} This cannot be undone.", scope, yes=title.lower())
        kept = self.half_written(title.lower(), "many")
        why = AskReason(f"{title} {scope.shown:,} entries", "One reason for all:", kept=kept)
        reason = await self.ask(why)
        await self.do_to_all(verb, person.actor, scope, done, reason=reason)

    async def _mark(self, what: str, verb: Callable[..., Any], sentence: str) -> None:
        entry = self._entry()
        person = await self.require_person(f"to {what} an entry")
        kept = self.half_written(what, entry.id)
        reason = await self.ask(AskReason(f"{what.capitalize()} the entry", sentence, kept=kept))
        await self.call(verb, person.actor, entry.id, reason=reason)

    def _entry(self) -> EntryView:
        entry = self.entry_in_hand()
        assert entry is not None
        return entry
