"""The lines above the panes, and what is shown when there is no open handover (pure)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from textual.content import Content

from console.drawing.glyphs import one_line
from console.keys_aboard import key
from console.widgets.handover.marks import ALERT, DIM, GOOD, KEY, TITLE, plural
from console.widgets.handover.sections import state_style, state_words
from storage.drafts.states import REGENERABLE, DraftState
from storage.drafts.views import DraftView
from storage.handovers.snapshot import DeclineRecord, Superseded
from storage.handovers.views import HandoverView, Signatory
from storage.taxonomy.roles import ROLE_LABELS, Role
from storage.text import visible

Times = Callable[[datetime], str]
FEW_ROWS = 14


class Picture(Protocol):
    """What these lines are drawn from."""

    @property
    def draft(self) -> DraftView | None:
        """The draft that is open, if one is."""
        ...

    @property
    def acceptance(self) -> Signatory | None:
        """Who accepted it, once somebody has."""
        ...

    @property
    def decline(self) -> DeclineRecord | None:
        """Why it was last sent back, if it was."""
        ...

    @property
    def corrects(self) -> Superseded | None:
        """The signed handover it corrects, if it corrects one."""
        ...

    @property
    def last(self) -> HandoverView | None:
        """The handover signed last."""
        ...

    @property
    def newer(self) -> int:
        """How many entries are newer than the draft."""
        ...

    @property
    def entries(self) -> int:
        """How many entries there are to draft from."""
        ...


class Step(Protocol):
    """What `step_line` is drawn from."""

    @property
    def facts(self) -> str:
        """What is still open, in full."""
        ...

    @property
    def short(self) -> str:
        """The same in few words, for a narrow line."""
        ...

    @property
    def words(self) -> str:
        """What to do next."""
        ...


def heading(picture: Picture, times: Times) -> list[Content]:
    """`IN REVIEW  bridge watch up to 2026-03-01 06:00 LT (UTC+2) · 04:00 UTC`; why it is back."""
    draft = picture.draft
    if draft is None:
        return [Content.styled("NO OPEN HANDOVER", DIM)]
    kind = draft.handover_type.replace("_", " ")
    lines = [
        Content.assemble(
            (state_words(draft), state_style(draft.state)), f"  {kind}",
            (f" up to {times(draft.period_to)}", DIM),
        )
    ]  # fmt: skip
    if picture.corrects:
        number = f"Corrects {picture.corrects.document_number}: "
        lines.append(Content.assemble((number, ALERT), one_line(picture.corrects.reason)))
    if picture.newer and draft.state in REGENERABLE:
        takes_in = f"{key('regenerate')} takes {'it' if picture.newer == 1 else 'them'} in"
        words = f"{plural(picture.newer, 'entry')} since this draft; {takes_in}."
        lines.append(Content.styled(words, ALERT))
    if draft.command_stale and draft.state in REGENERABLE:
        refreshes = key("refresh_command")
        words = f"Command is older than the changes people made since; {refreshes} refreshes it."
        lines.append(Content.styled(words, ALERT))
    if picture.decline and draft.state is DraftState.IN_REVIEW:
        who = f"Sent back by {visible(picture.decline.by)}: "
        lines.append(Content.assemble((who, ALERT), one_line(picture.decline.reason)))
    return lines


def fitted(lines: Sequence[Content], width: int, rows: int) -> list[Content]:
    """The lines of a heading in a room of so many cells and rows, which is there for the items.

    A note of any length takes two rows; in few rows there is the state alone, and the step below
    it says what is to be done.
    """
    if rows < FEW_ROWS:
        return [lines[0].truncate(width, ellipsis=True)]
    return [line.truncate(2 * width - 8, ellipsis=True) for line in lines]


def step_line(step: Step, key: str, width: int) -> Content:
    """`4/6 sections seen · 2 merges open → . read Deck to its end`; shorter where it must be."""
    todo = Content.assemble((" → ", DIM), (key, KEY), f" {step.words}")
    fits = (facts for facts in (step.facts, step.short) if len(facts) + todo.cell_length <= width)
    return Content(next(fits, "")) + todo


def card(picture: Picture, times: Times, home: Path) -> Content:
    """Why nothing is here, what was signed last, and what to press (CONSOLE rule 11)."""
    if picture.last:
        lines = [*signed_lines(picture.last, times, home), Content("")]
    else:
        lines = [Content("No handover has been drafted on this vessel yet."), Content("")]
    lines.append(_drafting(picture))
    lines.append(Content.assemble((key("new_entry"), KEY), " writes down something that matters."))
    return Content("\n").join(lines)


def _drafting(picture: Picture) -> Content:
    if not picture.entries:
        return Content("There are no entries to draft one from.")
    what = f" drafts the handover from {plural(picture.entries, 'entry')}."
    if picture.last:
        what = " drafts the next handover: what is new, and what is still open."
    return Content.assemble((key("generate"), KEY), what)


def signed_lines(signed: HandoverView, times: Times, home: Path) -> list[Content]:
    """The last signed handover: number, hash, who and when, and its exports below `home`."""
    lines = [
        Content.assemble(("✓ SIGNED  ", GOOD), (f"handover {signed.document_number}", TITLE)),
        Content.styled(times(signed.signed_at), DIM),
        *(_signatory(signatory) for signatory in signed.signatories),
        *_corrected(signed),
        Content.assemble(("document hash  ", DIM), signed.document_hash),
    ]
    if not signed.exports:
        lines.append(Content.styled("Its documents are being prepared by the worker.", DIM))
    for export in signed.exports:
        names = ", ".join(sorted(export.hashes))
        lines.append(
            Content.assemble(
                ("exported  ", GOOD), f"{visible(str(home.absolute() / export.path))}: {names}"
            )
        )
    return lines


def _corrected(signed: HandoverView) -> list[Content]:
    if signed.supersedes is None:
        return []
    said = f"{signed.supersedes.document_number}: {visible(signed.supersedes.reason)}"
    return [Content.assemble(("corrects  ", DIM), said)]


def _signatory(signatory: Signatory) -> Content:
    role = ROLE_LABELS[Role(signatory.role)]
    name = visible(signatory.name)
    return Content.assemble((f"{signatory.position:<10}", DIM), f"{name}, {role}")
