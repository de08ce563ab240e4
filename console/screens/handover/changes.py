"""Changing items in review: other words, another place, one for several, several for one."""

import re

from textual.content import Content

from console.screens.handover.desk import HandoverDesk
from console.screens.handover.writing import ReasonSheet, WordsSheet
from console.widgets.handover.differences import side_by_side
from console.widgets.handover.evidence_lines import item_block
from console.widgets.handover.marks import KEY
from storage.drafts import editing
from storage.people.views import CrewMember

PARTS = re.compile(r"\n\s*\n")


class ItemChanges(HandoverDesk):
    """Each command asks on a sheet and calls one verb."""

    async def action_edit_item(self) -> None:
        """e: other words."""
        person, item = await self._person_and_item("to edit the handover")

        def verb(text: str, reason: str) -> None:
            editing.edit(person.actor, item.id, text, reason=reason)

        words = "The words before stay beside it."
        name = f"edit-{item.id}"
        sheet = WordsSheet(
            f"Edit item {item.number}", words, item.text, verb, home=self.home, draft_name=name
        )
        await self.ask(sheet)
        self._done(f"Item {item.number} is reworded.")

    async def action_split(self) -> None:
        """S: one item becomes several."""
        person, item = await self._person_and_item("to split an item")

        def verb(text: str, reason: str) -> None:
            parts = [part for part in PARTS.split(text) if part.strip()]
            editing.split(person.actor, item.id, parts, reason=reason)

        words = "Put an empty line where a new item begins; each keeps all the sources."
        name = f"split-{item.id}"
        sheet = WordsSheet(
            f"Split item {item.number}", words, item.text, verb, home=self.home, draft_name=name
        )
        await self.ask(sheet)
        self._done(f"Item {item.number} is split.")

    async def action_leave_out(self) -> None:
        """X: not in this handover."""
        person, item = await self._person_and_item("to leave an item out")

        def verb(reason: str) -> None:
            editing.suppress(person.actor, item.id, reason=reason)

        sheet = ReasonSheet(
            f"Leave item {item.number} out", "It stays on record, with your name and reason.",
            verb, home=self.home, draft_name=f"leave-out-{item.id}", above=item_block(item),
        )  # fmt: skip
        await self.ask(sheet)
        self._done(f"Item {item.number} is left out.")

    async def action_move_up(self) -> None:
        """ctrl+↑: one place up in the document."""
        await self._move(-1)

    async def action_move_down(self) -> None:
        """ctrl+↓: one place down in the document."""
        await self._move(1)

    async def _merge_marked(self, person: CrewMember) -> None:
        shown = self._open_draft().items()
        items = [shown[row_id] for row_id in self.items_view.marked if row_id in shown]
        texts = zip(items, side_by_side([item.text for item in items]), strict=True)

        def verb(text: str, reason: str) -> None:
            editing.merge(person.actor, [item.id for item in items], text=text, reason=reason)

        sheet = WordsSheet(
            "Merge the marked items", "", "\n".join(dict.fromkeys(i.text for i in items)), verb,
            home=self.home, draft_name="merge-" + items[0].id,
            above=Content("\n").join(
                Content.assemble((f"{item.number}  ", KEY), text) for item, text in texts
            ),
        )  # fmt: skip
        await self.ask(sheet)
        self.items_view.clear_marks()
        self._done(f"{len(items)} items are one now; all sources stand under it.")

    async def _move(self, by: int) -> None:
        person, item = await self._person_and_item("to move an item")
        place = int(item.number.rpartition(".")[2])
        await self.call(editing.move, person.actor, item.id, place + by)
        self._done(f"Item {item.number} is at place {place + by} of its section.")
