"""Rewording, splitting, placing and leaving out an item, asked for line by line."""

from console.plain.conversation import Talk
from console.plain.review import open_draft
from storage.drafts import editing
from storage.drafts.views import ItemView
from storage.errors import BadInput, NotFound


def edit(talk: Talk) -> None:
    """Reword an item; the words before stay beside it, with your name."""
    actor, item = talk.who().actor, _item(talk)
    editing.edit(actor, item.id, talk.ask("What shall it say?"))
    talk.say(f"Item {item.number} is reworded.")


def split(talk: Talk) -> None:
    """Make an item several, a line for each; an empty line ends them."""
    actor, item = talk.who().actor, _item(talk)
    parts = [talk.ask("The first part:")]
    while part := talk.hear("The next part, or an empty line:"):
        parts.append(part)
    editing.split(actor, item.id, parts)
    talk.say(f"Item {item.number} is now {len(parts)} items.")


def move(talk: Talk) -> None:
    """Put an item at another place of its section."""
    actor, item = talk.who().actor, _item(talk)
    place = talk.ask("Its new place in the section; 1 is first:")
    if not place.isdecimal():
        raise BadInput(why=f"{place!r} is no place; say a number.")
    editing.move(actor, item.id, int(place))
    talk.say(f"Item {item.number} is at place {int(place)} now.")


def leave_out(talk: Talk) -> None:
    """Leave an item out of this handover; who and why stay on record."""
    actor, item = talk.who().actor, _item(talk)
    editing.suppress(actor, item.id, reason=talk.ask("Why is it left out?"))
    talk.say(f"Item {item.number} is left out.")


def _item(talk: Talk) -> ItemView:
    """The item of the number that is said.

    Raises:
        NotFound: there is no open draft, or no such item in it.
    """
    items, said = open_draft(talk).items().values(), talk.ask("The number of the item:")
    found = next((item for item in items if item.number == said), None)
    if found is None:
        raise NotFound(kind="item", id=said)
    return found
