"""Tying an entry to what shows it: the newest events and documents, any number of them."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from console.drawing import glyphs
from console.keys_aboard import legend
from console.screens.dialog import Dialog
from console.snapshots.sources import Source
from console.widgets.fields import QuietInput

KEYS = legend(
    ("up,down", "choose"), ("enter", "tie or untie"), ("ctrl+s", "done"), ("escape", "back")
)
SENTENCE = "What shows it? Newest first, by ship's time; words find others."
NONE = "No event or document has been recorded yet."


class EvidenceSheet(Dialog[tuple[Source, ...]]):
    """The answer is what the entry is tied to now; Esc leaves it as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("ctrl+s", "done", show=False, priority=True),
    ]

    def __init__(self, sources: Sequence[Source], tied: Iterable[Source]) -> None:
        super().__init__("Evidence", SENTENCE if sources else NONE, keys=KEYS)
        self._tied = {source.id: source for source in tied}
        self._sources = self._tied | {source.id: source for source in sources}

    def body(self) -> Iterable[Widget]:
        """A line for words, and what they find; the keys reach both at once."""
        yield QuietInput(placeholder="words")
        found = OptionList()
        found.can_focus = False
        yield found

    def on_mount(self) -> None:
        """Everything, and the cursor where words are written."""
        self._find("")
        self.query_one(QuietInput).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """A key: what these words find."""
        self._find(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: tie the one under the cursor, or untie it."""
        found = self.query_one(OptionList)
        if found.highlighted is None:
            self.complain("No event and no document has all these words.")
            return
        option = found.get_option_at_index(found.highlighted)
        source = self._sources[option.id or ""]
        if self._tied.pop(source.id, None) is None:
            self._tied[source.id] = source
        found.replace_option_prompt_at_index(found.highlighted, self._line(source))

    def action_step(self, by: int) -> None:
        """↑↓: the next."""
        found = self.query_one(OptionList)
        if found.option_count:
            found.highlighted = ((found.highlighted or 0) + by) % found.option_count

    def action_done(self) -> None:
        """ctrl+s: tied to these."""
        self.dismiss(tuple(self._tied.values()))

    def _find(self, words: str) -> None:
        options = [
            Option(self._line(source), id=source.id)
            for source in self._sources.values()
            if source.matches(words)
        ]
        found = self.query_one(OptionList)
        found.clear_options().add_options(options)
        found.highlighted = 0 if options else None
        self.complain("")

    def _line(self, source: Source) -> Content:
        mark = "[x] " if source.id in self._tied else "[ ] "
        return Content(mark) + glyphs.one_line(source.line)
