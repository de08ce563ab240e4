"""The Handover place: sections, items, evidence. A section read to its end counts as seen."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from console.commands.handover import GoOn
from console.commands.table import COMMANDS, keys_of
from console.screens.handover.looking import LookSheet, evidence_blocks, notice_blocks
from console.screens.handover.reading import HandoverPicture, read_evidence, read_handover
from console.screens.handover.reasons import NOT_READ_YET
from console.screens.handover.sections import SectionReading, Work
from console.screens.handover.steps import next_step, unseen_sections
from console.snapshots.bridge import Bridge
from console.widgets.handover.card import card, fitted, heading, step_line
from console.widgets.handover.drafted_again import is_drafted_again, what_is_new
from console.widgets.handover.evidence import EvidenceView
from console.widgets.handover.items import ItemsView, Row
from console.widgets.handover.lines import END, EndRow, ItemRow
from console.widgets.handover.sections import SectionsView
from console.widgets.progress import JobProgressPanel
from storage.drafts.views import DraftView, ItemView
from storage.handovers.notices import NoticeView, see_notice
from storage.people.views import CrewMember
from storage.taxonomy.roles import ROLE_LABELS

BY_ID = {command.id(): command for command in COMMANDS}


class HandoverPlace(SectionReading):
    """Where a handover is read, reviewed, accepted and countersigned."""

    ID = "handover"
    BINDINGS: ClassVar[list[BindingType]] = [*keys_of("handover")]

    _asker: CrewMember | None = None
    _evidence_of: ItemView | None = None

    def __init__(self) -> None:
        super().__init__()
        self._told: set[str] = set()

    def body(self) -> Iterable[Widget]:
        """Where it stands and what is next; then sections, items and evidence."""
        yield Static(id="heading", markup=False)
        yield JobProgressPanel("draft", "", id="drafting")
        yield JobProgressPanel("handover", "", id="exporting")
        with Horizontal(id="panes"):
            yield SectionsView(id="sections")
            yield ItemsView(id="items")
            yield EvidenceView(id="evidence")
        yield Static(id="card", markup=False)

    # What the store says

    def question(self) -> Callable[[], HandoverPicture]:
        """The draft as the person at the keyboard reads it."""
        person = self._asker = self.person
        if person is None:
            return partial(read_handover, None, None)
        return partial(read_handover, person.id, person.role)

    def show(self, answer: HandoverPicture) -> None:
        """Draw the picture; cursor, scroll and marks stay where they are."""
        if answer.reader != (self.person and self.person.id):
            return  # asked for whoever sat here before; the answer for this person is on its way
        if self.picture is None and self._status().sentence == NOT_READ_YET:
            self.say("")
        draft, drafted = answer.draft, self.draft
        shown = draft.items() if draft else {}
        self._begin_reading(draft, shown)
        if drafted and draft and is_drafted_again(drafted, draft):
            self.say(what_is_new(self.shown, shown))
        self.picture, self.shown = answer, shown
        self.set_class(draft is None, "-none")
        self.query_one("#drafting", JobProgressPanel).watch_resource(answer.vessel_id)
        if answer.last:
            self.query_one("#exporting", JobProgressPanel).watch_resource(answer.last.draft_id)
        if draft is None:
            self._bucket = None
            self.set_focus(None)  # a list that is not shown must not take the keys, g among them
            self.query_one("#card", Static).update(card(answer, self.times, self.home))
        else:
            self._show_draft(draft)
        if self.bridge:
            super().show_bridge(self.bridge)  # the panels may look at another thing now
        self._draw_heading()
        self.refresh_keys()
        self._tell_notices(answer)

    def show_bridge(self, bridge: Bridge) -> None:
        """Draw the time and what runs."""
        super().show_bridge(bridge)
        self._draw_heading()

    def draw_person(self) -> None:
        """Somebody else reads: another order, other marks."""
        super().draw_person()
        if self.person != self._asker:
            self.ask_again()

    def is_selecting(self) -> bool:
        """Marked items must not move."""
        return bool(self.items_view.marked)

    def _tell_notices(self, picture: HandoverPicture) -> None:
        """What was sent back comes before anything else, until this person has seen it."""
        new = [notice for notice in picture.notices if notice.id not in self._told]
        if new and self.person and self.console.screen is self:
            self._told.update(notice.id for notice in new)
            self._begin(partial(self._tell, self.person, new))

    async def _tell(self, person: CrewMember, notices: Sequence[NoticeView]) -> None:
        sheet = LookSheet("Sent back to review", notice_blocks(notices, self.times))
        await self.app.push_screen_wait(sheet)
        for notice in notices:
            await self.quietly(see_notice, person.actor, notice.id)
        self.ask_again()

    # Reading

    def on_items_view_moved(self, event: ItemsView.Moved) -> None:
        """The cursor moved: show the evidence, and see whether the section is read."""
        self._draw_heading()
        if not self.is_selecting():
            self._release()
        self._show_evidence()
        self.refresh_keys()
        section = self.section
        if event.row_id == END and section is not None and not section.seen:
            self._read_to_end(section)

    def on_resize(self) -> None:
        """The evidence may have found room, and the heading less of it."""
        self._draw_heading()
        self._show_evidence()

    async def action_evidence(self) -> None:
        """Enter: the whole evidence of the item; on the last row, what is to be read next."""
        item = self.item
        if item is None:
            self._leave_section()
            return
        picture = await self.call(read_evidence, item)
        title = f"Item {item.number}"
        await self.ask(LookSheet(title, evidence_blocks(picture, self.times)))

    def why_not(self, command_id: str) -> str | None:
        """As the rules say; Enter on the last row of a section always leads on."""
        if command_id == "evidence" and self.items_view.current == END:
            return None
        return super().why_not(command_id)

    def why_not_clear_marks(self) -> str | None:
        """Nothing is marked."""
        return None if self.is_selecting() else "No item is marked."

    def action_clear_marks(self) -> None:
        """Esc: no item is marked any more."""
        self.items_view.clear_marks()
        self._release()
        self._draw_heading()
        self.refresh_keys()

    # Drawing

    def _show_draft(self, draft: DraftView) -> None:
        buckets = [section.bucket for section in draft.sections]
        if self._bucket not in buckets:
            first = next(iter(unseen_sections(draft)), None)
            self._bucket = first.bucket if first else next(iter(buckets), None)
            self.items_view.focus()
            self.show_section(at=self._top())
        else:
            self.show_section()

    def show_section(self, *, at: str | None = None) -> None:
        """Draw the section on screen; `at` is the item to go to."""
        draft, section = self.draft, self.section
        if draft is None or section is None:
            self.items_view.show([])
            return
        self.query_one(SectionsView).show(draft, self._bucket, self._order())
        rows: list[Row] = [ItemRow(item, self.has_class("-tall")) for item in section.items]
        rows.append(EndRow(section, self._following()))
        self.items_view.show(rows, at=at)
        self._show_evidence()

    def _draw_heading(self) -> None:
        if self.picture is None:
            return
        step = next_step(self.picture, self.person, len(self.items_view.marked), self._bucket)
        command = BY_ID.get(step.command or "", GoOn)
        key = command.key_label(self.console.keymap)
        room = self.size.width - 2
        lines = fitted(heading(self.picture, self.times), room, self.size.height)
        lines.append(step_line(step, key, room))
        self.query_one("#heading", Static).update(Content("\n").join(lines))

    def _show_evidence(self) -> None:
        item = self.item
        if item is None or not self.query_one(EvidenceView).display:
            return
        if item != self._evidence_of:
            work: Work = partial(self._read_evidence, item)
            self.run_worker(work, group="evidence", exclusive=True)

    async def _read_evidence(self, item: ItemView) -> None:
        picture = await self.quietly(read_evidence, item)
        is_new = self._evidence_of is None or self._evidence_of.id != item.id
        self._evidence_of = item
        view = self.query_one(EvidenceView)
        view.show(evidence_blocks(picture, self.times), anew=is_new)

    def _order(self) -> str:
        return ROLE_LABELS[self.person.role] if self.person else "the document"
