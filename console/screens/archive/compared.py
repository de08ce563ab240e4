"""A signed handover beside the one signed before it."""

from collections.abc import Callable, Iterator, Sequence

from textual.content import Content

from console.commands.table import keys_of
from console.screens.detail import DetailScreen
from console.widgets.facts import Fact
from console.widgets.handover.differences import side_by_side
from console.widgets.handover.marks import DIM, TITLE, carried_words, plural
from console.words.signed import GAP, headline
from storage.handovers.comparing import Compared, Comparison, Standing
from storage.text import visible

HEADINGS = {
    Standing.NEW: "new in this one",
    Standing.CHANGED: "said otherwise before",
    Standing.CARRIED: "still as it was",
    Standing.GONE: "not in this one any more",
}


class ComparedScreen(DetailScreen):
    """What is new, changed (the differing words marked), still there with its age, and gone."""

    ID = "compared"
    BINDINGS = keys_of(ID)

    def __init__(self, comparison: Comparison) -> None:
        super().__init__()
        self._comparison = comparison

    def question(self) -> Callable[[], Comparison]:
        """What is known already: signed handovers never change."""
        return lambda: self._comparison

    def title_of(self, answer: Comparison) -> str:
        """Both numbers."""
        return f"{answer.number} compared with {answer.previous}, signed before it"

    def facts(self, answer: Comparison) -> Sequence[Fact]:
        """The figures, then each fact under its heading."""
        figures = " · ".join(f"{len(answer.of(way))} {way}" for way in Standing)
        shown: list[Fact] = [("items", Content(figures))]
        for way, heading in HEADINGS.items():
            found = answer.of(way)
            if found:
                title = f"{plural(len(found), 'item')} {heading}"
                shown += [GAP, (way.value, Content.styled(title, TITLE))]
            for fact in found:
                shown += compared_facts(fact)
        return shown


def compared_facts(fact: Compared) -> Iterator[Fact]:
    """One fact: both texts where they differ, its age where it is carried."""
    if fact.item is None:
        (gone,) = fact.before
        yield f"was {gone.number}", headline(gone)
        yield "", Content(visible(gone.text))
        return
    yield fact.item.number, headline(fact.item)
    now, *before = side_by_side([fact.item.text, *(item.text for item in fact.before)])
    if fact.standing is not Standing.CHANGED or fact.item.text == fact.before[0].text:
        yield "", Content(visible(fact.item.text))
    else:
        yield "now", now
        yield from zip((f"was {item.number}" for item in fact.before), before, strict=True)
    for aspect in fact.aspects:
        yield "", Content.styled(visible(aspect), DIM)
    if fact.item.carried:
        yield "age", Content.styled(carried_words(fact.item), DIM)
