"""The rules of the console, parsed once.

Textual parses every rule anew whenever a place is first gone to, and twice while it starts: the
colours might have changed. Where they have not, the rules are still what they were.
"""

from textual.css.stylesheet import Stylesheet


class ParsedOnce(Stylesheet):
    """Rules that are parsed anew only when a variable in them has changed."""

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take the colours of a palette, if they are others."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse what has not been parsed with these variables."""
        self.parse()
