"""One entry with everything that was decided about it."""

from collections.abc import Callable, Sequence
from functools import partial

from textual.content import Content

from console.commands.table import keys_of
from console.drawing import glyphs
from console.screens.detail import DetailScreen
from console.screens.entries.correction_desk import CorrectionDesk
from console.screens.entries.marks import EntryMarks
from console.screens.lineages import Lineages
from console.widgets.facts import Fact
from storage.entries.correction_views import Corrected, CorrectionView, OpenCorrection
from storage.entries.views import EntryDetail, EntryView, entry
from storage.taxonomy.domains import BUCKET_LABELS, DOMAINS
from storage.taxonomy.roles import role_words
from storage.text import visible


class EntryScreen(EntryMarks, CorrectionDesk, Lineages, DetailScreen):
    """The entry, verbatim, with its reading, sources, marks and flags."""

    ID = "entry"
    BINDINGS = keys_of(ID)

    def __init__(self, entry_id: str) -> None:
        super().__init__()
        self._entry_id = entry_id
        self._shown: EntryDetail | None = None

    def question(self) -> Callable[[], EntryDetail]:
        """The entry."""
        return partial(entry, self._entry_id)

    def show(self, answer: EntryDetail) -> None:
        """Draw it."""
        self._shown = answer
        super().show(answer)

    def entry_in_hand(self) -> EntryView | None:
        """This one."""
        return self._shown

    def correction_in_hand(self) -> OpenCorrection | None:
        """The oldest request about it nobody has decided."""
        entry = self._shown
        waiting = [asked for asked in entry.corrections if not asked.decision] if entry else []
        if entry is None or not waiting:
            return None
        asked = waiting[0].model_dump(include=set(OpenCorrection.model_fields))
        return OpenCorrection(
            **asked, entry_id=entry.id, narrative=entry.narrative, filed_under=entry.primary_domain
        )

    def lineage_of(self) -> str | None:
        """The entry in hand."""
        entry = self.entry_in_hand()
        return entry.id if entry else None

    def title_of(self, answer: EntryDetail) -> str:
        """Domain and author."""
        return f"Entry · {DOMAINS[answer.primary_domain].name} · {answer.author}"

    def facts(self, answer: EntryDetail) -> Sequence[Fact]:
        """The words, their reading, and what people did about it."""
        shown = entry_facts(answer, self.full_time(answer.created_at))
        shown += [
            ("source", Content(visible(i))) for i in (*answer.event_ids, *answer.document_ids)
        ]
        for mark in answer.marks:
            said = f"by {visible(mark.by)}: {visible(mark.reason)} · "
            shown.append((mark.mark.value, Content.assemble(said, self.full_time(mark.at))))
        for asked in answer.corrections:
            shown.append(("flagged", self._asked(asked)))
        shown.append(("id", Content(answer.id)))
        return shown

    def _asked(self, asked: CorrectionView) -> Content:
        wanted = f" → {asked.suggested_domain}" if asked.suggested_domain else ""
        said = f"{asked.original_domain}{wanted}, {asked.requested_by}: {asked.reason}"
        if asked.decision is None or asked.decided_at is None:
            return Content(f"{visible(said)} · not decided yet")
        why = f": {asked.decision_reason}" if asked.decision_reason else ""
        decided = f" · {asked.decision} by {asked.decided_by}{why} · "
        return Content.assemble(visible(said + decided), self.full_time(asked.decided_at))


def entry_facts(item: EntryView, at: Content) -> list[Fact]:
    """An entry in facts: its words first."""
    domain = DOMAINS[item.primary_domain]
    reasons = " · ".join(visible(word) for word in item.reasons) or "no word it knows"
    shown: list[Fact] = [
        ("said", Content(visible(item.narrative))),
        ("when", at),
        ("by", Content(f"{visible(item.author)}, {visible(role_words(item.role))}")),
        ("filed under", Content(f"{domain.code} {domain.name} · {BUCKET_LABELS[item.bucket]}")),
        ("because of", Content(reasons)),
        ("nearly", Content(_runner_up(item))),
        ("risk", Content.assemble(glyphs.risks(item.risk_tags), f"  confidence {item.confidence}")),
        ("for", Content(", ".join(visible(role_words(role)) for role in item.owner_roles))),
    ]
    if item.corrected:
        shown.append(("first read", Content(_first_reading(item.corrected))))
    shown += [("! plans work", Content(visible(words))) for words in item.planning]
    if item.classification_flagged:
        shown.append(("flagged", Content("its classification is to be looked at again")))
    return shown


def _first_reading(corrected: Corrected) -> str:
    """How the entry was filed before an officer corrected it."""
    domain = DOMAINS[corrected.original.primary_domain]
    reasons = " · ".join(visible(word) for word in corrected.original.reasons)
    return f"{domain.code} {domain.name}" + (f" because of {reasons}" if reasons else "")


def _runner_up(item: EntryView) -> str:
    if not item.runner_up:
        return "nothing else"
    other = DOMAINS[item.runner_up["domain"]]
    return f"{other.code} {other.name}, behind by {item.runner_up['margin']} of 100"
