"""The body of most places: a list, and beside or below it a pane about the line it is on."""

from collections.abc import Iterable, Sequence

from textual.containers import Container, VerticalScroll
from textual.widget import Widget

from console.widgets.facts import Facts
from console.widgets.rows import Column, RowList


def list_and_peek(columns: Sequence[Column]) -> Iterable[Widget]:
    """`#list` with these columns, and `#peek` with the facts of the line under the cursor."""
    with Container(classes="split"):
        yield RowList(columns, id="list")
        with VerticalScroll(id="peek", can_focus=False):
            yield Facts()
