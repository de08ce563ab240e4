"""Going through the sections. A section read to its end counts as seen by the one who reads."""

from collections.abc import Mapping
from functools import partial

from textual.worker import WorkType

from console.keys_aboard import key
from console.screens.handover.acts import HandoverActs
from console.screens.handover.steps import NEXT_UNSEEN, next_step, unseen_sections
from console.widgets.handover.lines import END
from console.widgets.handover.marks import plural
from storage.drafts.review import mark_seen
from storage.drafts.states import DraftState
from storage.drafts.views import DraftView, ItemView, SectionView
from storage.errors import EightBellsError
from storage.people.views import CrewMember
from storage.taxonomy.domains import Bucket

Work = WorkType[None]
"""Work for later: begun only when its turn comes, so superseded work never was."""


class SectionReading(HandoverActs):
    """Which section is on screen, and what of it the reader has had on screen."""

    _bucket: Bucket | None = None
    _reader: object = None

    def show_section(self, *, at: str | None = None) -> None:
        """Draw the section on screen; `at` is the item to go to."""
        raise NotImplementedError

    @property
    def section(self) -> SectionView | None:
        """The section on screen."""
        sections = self.draft.sections if self.draft else ()
        return next((s for s in sections if s.bucket is self._bucket), None)

    def action_go_on(self) -> None:
        """.: whatever comes next."""
        if self.picture is None:
            return
        step = next_step(self.picture, self.person, len(self.items_view.marked), self._bucket)
        if step.command == NEXT_UNSEEN:
            self._read_on()
        elif step.command:
            self.action_do(step.command)

    def action_next_section(self) -> None:
        """]: the next section."""
        self._step_section(1)

    def action_previous_section(self) -> None:
        """[: the section before."""
        self._step_section(-1)

    def _step_section(self, by: int) -> None:
        draft = self.draft
        if draft is None or not draft.sections:
            return
        buckets = [section.bucket for section in draft.sections]
        here = buckets.index(self._bucket) if self._bucket in buckets else 0
        self._go_to_section(buckets[(here + by) % len(buckets)])

    def _leave_section(self) -> None:
        """From the last row on: to what is to be read next, else to the next section."""
        leads_to = self._next_to_read()
        if leads_to is not None:
            self._go_to_section(leads_to.bucket)
        else:
            self._step_section(1)

    def _next_to_read(self) -> SectionView | None:
        """The next section that is not seen yet, round from this one."""
        if self.draft is None or self.section is None:
            return None
        sections, unseen = self.draft.sections, unseen_sections(self.draft)
        here = sections.index(self.section)
        return next((s for s in (*sections[here + 1 :], *sections[:here]) if s in unseen), None)

    def _go_to_section(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self.items_view.clear_marks()
        self._release()
        self.show_section(at=self._top())
        self.refresh_keys()

    def _top(self) -> str | None:
        return self.section.items[0].id if self.section and self.section.items else None

    def _read_on(self) -> None:
        """The next page of what is not seen yet, or the first section that is not."""
        draft, section = self.draft, self.section
        if draft is None:
            return
        unseen = unseen_sections(draft)
        if section not in unseen:
            self._go_to_section(unseen[0].bucket)
        elif self.items_view.current == END:
            unread = self._unread(section)
            self.items_view.go_to(unread[0].id if unread else section.items[0].id)
        else:
            self.items_view.action_page(1)

    def _following(self) -> str:
        if self.draft is None or self.section is None:
            return ""
        if self.section.seen or self.person is None:
            leads_to = self._next_to_read()
            if leads_to is not None:
                return f"{key('evidence')} goes on to {leads_to.label}."
            return f"{key('go_on')} does the next step."
        if self.draft.state is DraftState.DRAFT:
            return f"It counts once the review has begun: {key('begin_review')}."
        return "Come here after every item was on the screen."

    def _begin_reading(self, draft: DraftView | None, shown: Mapping[str, ItemView]) -> None:
        """Another draft, round or reader begins at the top with nothing on screen yet, and an
        item that reads differently now has not been on screen either."""
        on_screen = self.items_view.on_screen
        reader = (draft and (draft.id, draft.review_round), self.person and self.person.id)
        if reader != self._reader:
            self._reader, self._bucket = reader, None
            on_screen.clear()
        old = self.shown
        on_screen -= {
            i for i in on_screen & old.keys() if i in shown and old[i].text != shown[i].text
        }

    def _unread(self, section: SectionView) -> list[ItemView]:
        return [item for item in section.items if item.id not in self.items_view.on_screen]

    def _read_to_end(self, section: SectionView) -> None:
        draft, person, unread = self.draft, self.person, self._unread(section)
        if draft is None or person is None:
            return
        if draft.state is DraftState.DRAFT:
            begins = key("begin_review")
            self.say(f"Reading counts once the review has begun: {begins} begins it.", "warning")
            return
        if unread:
            words = f"{plural(len(unread), 'item')} above not on the screen yet"
            self.say(f"{words}; {key('go_on')} goes to the first, {unread[0].number}.", "warning")
            return
        work: Work = partial(self._mark_seen, draft, person, section)
        self.run_worker(work, group="seen", exclusive=True)

    async def _mark_seen(self, draft: DraftView, person: CrewMember, section: SectionView) -> None:
        try:
            await self.quietly(mark_seen, person.actor, draft.id, section.bucket)
        except EightBellsError as error:
            self.say(str(error), "warning")
            return
        self.say(f"{section.label} is seen.", "done")
        self.ask_again()
