"""One signed handover: its signatures, its hash, and the files made of it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial

from textual.content import Content
from textual.widget import Widget

from console.commands.table import keys_of
from console.screens.archive.acts import SignedActs
from console.screens.detail import DetailScreen
from console.screens.lineages import Lineages
from console.widgets.facts import Fact
from console.widgets.progress import JobProgressPanel
from storage.handovers.views import HandoverView, handover
from storage.taxonomy.roles import ROLE_LABELS, Role
from storage.text import visible


class SignedScreen(SignedActs, Lineages, DetailScreen):
    """A signed handover, and the exports being made of it."""

    ID = "signed"
    BINDINGS = keys_of(ID)

    def __init__(self, draft_id: str) -> None:
        super().__init__()
        self._draft_id = draft_id
        self._shown: HandoverView | None = None

    def body(self) -> Iterable[Widget]:
        """Running exports above the facts."""
        yield JobProgressPanel("handover", self._draft_id)
        yield from super().body()

    def question(self) -> Callable[[], HandoverView]:
        """The handover."""
        return partial(handover, self._draft_id)

    def show(self, answer: HandoverView) -> None:
        """Draw it."""
        self._shown = answer
        super().show(answer)

    def signed_in_hand(self) -> HandoverView | None:
        """This one."""
        return self._shown

    def lineage_of(self) -> str | None:
        """The handover in hand."""
        signed = self.signed_in_hand()
        return signed.draft_id if signed else None

    def title_of(self, answer: HandoverView) -> str:
        """Its number."""
        return f"Signed handover {answer.document_number}"

    def facts(self, answer: HandoverView) -> Sequence[Fact]:
        """All of it, and each export with its files."""
        shown = signed_facts(answer, self.full_time)
        for export in answer.exports:
            shown.append(("", Content("")))
            said = f"by {visible(export.exporter)} · "
            shown.append((export.type, Content.assemble(said, self.full_time(export.at))))
            shown.append(
                ("folder", Content(visible(str(self.console.home.absolute() / export.path))))
            )
            shown += [("file", Content(f"{visible(n)}  {h}")) for n, h in export.hashes.items()]
            if export.recipients:
                shown.append(("to", Content(visible(", ".join(export.recipients)))))
        return shown


def signed_facts(signed: HandoverView, time: Callable[[datetime], Content]) -> list[Fact]:
    """A signed handover in facts."""
    people = [
        (
            person.position.value,
            Content(f"{visible(person.name)}, {ROLE_LABELS[Role(person.role)]} · ")
            + time(person.signed_at),
        )
        for person in signed.signatories
    ]
    return [
        *standing_facts(signed),
        *people,
        ("signed", time(signed.signed_at)),
        ("exports", Content(", ".join(e.type for e in signed.exports) or "none yet")),
        ("document", Content(signed.document_number)),
        ("hash", Content(signed.document_hash)),
        ("from", time(signed.period_from)),
        ("to", time(signed.period_to)),
        ("draft id", Content(signed.draft_id)),
    ]


def standing_facts(signed: HandoverView) -> list[Fact]:
    """What a correction has to do with it, if one has."""
    facts: list[Fact] = []
    if signed.superseded_by:
        words = f"superseded by {signed.superseded_by}"
        facts.append(("standing", Content.styled(words, "$say-warning")))
    if signed.supersedes:
        corrected = f"{signed.supersedes.document_number}: {signed.supersedes.reason}"
        facts.append(("corrects", Content(visible(corrected))))
    return facts
