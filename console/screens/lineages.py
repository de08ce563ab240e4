"""`I` on a thing shows where it came from and what it led to."""

from console.screens.live import LiveScreen


class Lineages(LiveScreen):
    """A screen about things that have a lineage."""

    def lineage_of(self) -> str | None:
        """The id of the thing in hand."""
        raise NotImplementedError

    def why_not_go_lineage(self) -> str | None:
        """There is nothing in hand."""
        return None if self.lineage_of() else "There is nothing under the cursor."

    def action_go_lineage(self) -> None:
        """I: from the signal to the handover."""
        from console.screens.lineage import LineageScreen  # late: details lead to one another

        subject = self.lineage_of()
        assert subject is not None
        self.app.push_screen(LineageScreen(subject))
