"""Merge proposals, one after the other: both texts side by side, the differing words marked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from console.keys_aboard import fixed, key, legend
from console.screens.handover.pages import PagedSheet
from console.widgets.handover.differences import side_by_side
from console.widgets.handover.evidence_lines import Times
from console.widgets.handover.marks import DIM, GOOD, KEY, TITLE
from storage.drafts.content import ProposalKind
from storage.drafts.states import Answer
from storage.drafts.views import DraftView, ItemView, ProposalView
from storage.entries.views import EntryView
from storage.errors import WrongState
from storage.text import visible

QUESTIONS = {
    ProposalKind.DUPLICATE: "Do these say the same?",
    ProposalKind.PROGRESS: "Is this one fact moving on (reported, diagnosed, repaired)?",
}
ANSWER_WORDS = {
    Answer.MERGE: "merged",
    Answer.KEEP_BOTH: "both kept",
    Answer.PROGRESS: "it is progress, both kept",
}
KEYS = legend(
    ("m", "merge"), ("k", "keep both"), ("p", "it is progress"), ("tab", "next"), ("escape", "back")
)


class MergeSheet(PagedSheet):
    """A person decides; nothing is merged by itself (I10).

    `answer` answers one proposal and returns the draft as it is then.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "answer('merge')", "merge", show=False),
        Binding("k", "answer('keep-both')", "keep both", show=False),
        Binding("p", "answer('progress')", "it is progress", show=False),
    ]

    def __init__(
        self,
        draft: DraftView,
        entries: Mapping[str, EntryView],
        answer: Callable[[str, Answer], DraftView],
        times: Times,
        *,
        home: Path,
    ) -> None:
        name = f"merges-{draft.id}"
        super().__init__("Merge proposals", keys=KEYS, home=home, draft_name=name)
        self._draft, self._entries, self._times = draft, entries, times
        self._answer = answer

    def page_ids(self) -> Sequence[str]:
        """Every proposal, answered or not."""
        return [proposal.id for proposal in self._draft.merge_proposals]

    def first_page(self) -> str:
        """The first that is open, else the first of all."""
        return next(self._open(), self.page_ids()[0])

    def heading_of(self, page: str) -> Content:
        """`2 of 5 · Do these say the same?  93 % alike, nearly the same words`."""
        proposal = self._proposal(page)
        why = f"{proposal.score} % alike: {visible(proposal.reason)}"
        question = QUESTIONS[proposal.kind]
        return Content.assemble(
            (f"{self.place_words(page)} · ", DIM), (question, TITLE), (f"\n{why}", DIM)
        )

    def statements_of(self, page: str) -> list[Content]:
        """The texts under their numbers, and who said each when; a word the others lack is
        underlined."""
        items = self._items(page)
        texts = side_by_side([item.text for item in items])
        return [
            Content.assemble(
                (f"{item.number}  {item.domain}\n", KEY), (self._said_by(item), DIM), text
            )
            for item, text in zip(items, texts, strict=True)
        ]

    def footing_of(self, page: str) -> Content:
        """How the merged item would read, or how the question was answered."""
        proposal = self._proposal(page)
        if proposal.answer:
            told = (
                f"{ANSWER_WORDS[Answer(proposal.answer)]} · {visible(proposal.answered_by or '')}"
            )
            return Content.styled(f"✓ answered: {told}", GOOD)
        if len(proposal.items) < 2:
            return Content.styled(
                "Only one of them is still shown: keeping both keeps it as it is.", DIM
            )
        return Content.assemble(("merged it would read\n", DIM), visible(proposal.merged_text))

    def action_answer(self, answer: str) -> None:
        """m, k, p: answer this one and go to the next that is open."""
        page = self.page
        self.carry_out(lambda: self._answer_or_refuse(page, Answer(answer)), self._answered)

    def _answer_or_refuse(self, page: str, answer: Answer) -> DraftView:
        if self._proposal(page).answer is not None:
            raise WrongState(why=f"This one is answered; {fixed('tab')} goes to the next.")
        return self._answer(page, answer)

    def _answered(self, draft: Any) -> None:
        before, self._draft = self._draft, draft
        self._tell(before)
        following = next(self._open(), None)
        if following is None:
            self._close(True)
        else:
            self.turn_to(following)

    def _said_by(self, item: ItemView) -> str:
        said = [self._entries[entry] for entry in item.sources.entries if entry in self._entries]
        return "".join(
            f"{visible(entry.author)}, {self._times(entry.created_at)}\n" for entry in said
        )

    def _tell(self, before: DraftView) -> None:
        """A merge is not asked about twice, so it says how it is undone (CONSOLE rule 3)."""
        proposal = self._proposal(self.page)
        if proposal.answer == Answer.MERGE:
            shown = before.items()
            were = ", ".join(shown[item].number for item in proposal.items if item in shown)
            now = ", ".join(item.number for item in self._items(self.page))
            words = f"Merged into {now or were}; {key('split')} on it splits it again."
            self.app.notify(words, timeout=5, markup=False)

    def _open(self) -> Iterator[str]:
        return (p.id for p in self._draft.merge_proposals if p.answer is None)

    def _proposal(self, page: str) -> ProposalView:
        return next(p for p in self._draft.merge_proposals if p.id == page)

    def _items(self, page: str) -> list[ItemView]:
        shown = self._draft.items()
        return [shown[item] for item in self._proposal(page).items]
