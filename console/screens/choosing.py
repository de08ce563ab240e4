"""Which rows of a list an act is about: the marked ones, or all that match."""

from typing import Any, ClassVar

from console.screens.bulk import BulkActs, Scope
from console.snapshots.places import Page
from console.widgets.rows import RowList
from storage.audit.in_bulk import check_size
from storage.errors import BadInput
from storage.filtering import query_in_words


class Choosing(BulkActs):
    """The choice; a list says what its rows are called and which query a filter is."""

    NOUN: ClassVar[tuple[str, str]]
    """One, many."""
    query_text: str
    page: Page[Any]

    def why_not_mark_all(self) -> str | None:
        """Nothing there, or more than one act may be about."""
        if not self.page.total:
            return f"There is no {self.NOUN[0]} to choose."
        try:
            check_size(self.page.total)
        except BadInput as problem:
            return str(problem)
        return None

    def action_mark_all(self) -> None:
        """ctrl+a: all that match, also those further down than is loaded."""
        self.query_one("#list", RowList).choose_everything()

    def scope(self) -> Scope | None:
        """All that match, or the marked rows; nothing of the two: the row under the cursor."""
        rows, many = self.query_one("#list", RowList), self.NOUN[1]
        if rows.everything:
            query, total = self.query_of(self.query_text), self.page.total
            which = f"({query_in_words(query)})"
            words = f"All {total:,} {self.NOUN[total != 1]} that match {which}"
            return Scope(query, total, words, everything=True)
        if not rows.marked:
            return None
        count = len(rows.marked)
        these = f"These {count} marked {many}" if count > 1 else f"The marked {self.NOUN[0]}"
        return Scope(self.query_of("").model_copy(update={"ids": rows.marked}), count, these)

    def acted(self) -> None:
        """The marks have served their purpose."""
        self.query_one("#list", RowList).clear_marks()
        self.ask_again()

    def query_of(self, text: str) -> Any:
        """The store's own query for a filter: what the list shows is what an act is about.

        Raises:
            BadInput: the filter cannot be read.
        """
        raise NotImplementedError

    def is_selecting(self) -> bool:
        """Marked rows must not move."""
        rows = self.query_one("#list", RowList)
        return bool(rows.marked) or rows.everything
