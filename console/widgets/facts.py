"""Names on the left, what they are on the right, wrapped where it belongs."""

from collections.abc import Sequence

from textual.content import Content

from console.widgets.block import Block

Fact = tuple[str, Content]
"""A name (may be empty: the line goes on) and what is said of it, as long as it is."""


class Facts(Block):
    """A block of facts as high as it needs to be."""

    def __init__(
        self, facts: Sequence[Fact] = (), *, names: int = 12, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._facts, self._names = tuple(facts), names

    @property
    def text(self) -> str:
        """All of it as plain text, for copying."""
        return "\n".join(
            f"{name}: {said.plain}" if name else said.plain for name, said in self._facts
        )

    def show(self, facts: Sequence[Fact]) -> None:
        """Draw these facts, if they differ from those shown."""
        if tuple(facts) != self._facts or _styles(facts) != _styles(self._facts):
            self._facts = tuple(facts)
            self.refresh(layout=True)

    def lines(self, width: int) -> list[Content]:
        """Every name and what is said of it, wrapped under itself."""
        names = self._column(width)
        room = max(8, width - names)
        lines: list[Content] = []
        for name, said in self._facts:
            wrapped = said.wrap(room) if said else [Content("")]
            label = Content.assemble((name[: names - 1].ljust(names), "$muted"))
            lines += [
                Content.assemble(label if number == 0 else " " * names, part)
                for number, part in enumerate(wrapped)
            ]
        return lines

    def _column(self, width: int) -> int:
        """As wide as it was given, or as its longest name where there is room: keys can be long."""
        longest = max((len(name) + 1 for name, _ in self._facts if name), default=0)
        return max(self._names, min(longest, width // 4))


def _styles(facts: Sequence[Fact]) -> list[object]:
    return [said.spans for _, said in facts]
