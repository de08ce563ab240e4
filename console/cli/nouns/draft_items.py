"""The verbs of `draft` on single items, merge proposals and conflicts, while in review."""

from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.items import resolved
from console.cli.nouns.draft_verbs import AN_ID, verbs
from console.cli.options import As, Item, MaybeReason, Reason
from console.cli.people import acting
from console.cli.words import facts
from storage.drafts import editing, review
from storage.drafts.states import Answer as MergeAnswer


@verbs.verb("edit", 'eightbells draft edit 2.3 --text "Pump 2 in use" --as "Mara Lindqvist"')
def edit(
    item: Item,
    who: As,
    text: Annotated[str, typer.Option("--text", help="What it shall say.")],
    reason: MaybeReason = "",
) -> Answer:
    """Reword an item; the original stays beside it."""
    item_id = resolved(item)
    editing.edit(acting(who), item_id, text, reason=reason)
    return _done(item_id, "edited")


@verbs.verb("move", 'eightbells draft move 2.3 --to 1 --as "Mara Lindqvist"')
def move(
    item: Item,
    who: As,
    to: Annotated[int, typer.Option("--to", metavar="PLACE", help="Its new place; 1 is first.")],
    reason: MaybeReason = "",
) -> Answer:
    """Move an item within its section."""
    item_id = resolved(item)
    editing.move(acting(who), item_id, to, reason=reason)
    return _done(item_id, f"moved to place {to}")


@verbs.verb("merge", 'eightbells draft merge 2.3 2.4 --as "Mara Lindqvist"')
def merge(
    items: Annotated[list[str], typer.Argument(metavar="ITEM ITEM…", help="Two or more items.")],
    who: As,
    text: Annotated[str | None, typer.Option("--text", help="What it shall say.")] = None,
    reason: MaybeReason = "",
) -> Answer:
    """Make several items of one section one; the originals stay as history."""
    ids = [resolved(item) for item in items]
    kept = editing.merge(acting(who), ids, text=text, reason=reason)
    return _done(kept, "merged")


@verbs.verb("split", 'eightbells draft split 2.3 --text "A" --text "B" --as "Mara Lindqvist"')
def split(
    item: Item,
    who: As,
    text: Annotated[list[str], typer.Option("--text", help="One part; give two or more.")],
    reason: MaybeReason = "",
) -> Answer:
    """Make one item several, each with all its sources."""
    item_id = resolved(item)
    parts = editing.split(acting(who), item_id, text, reason=reason)
    return Answer({"item": item_id, "done": "split", "parts": parts}, parts)


@verbs.verb("suppress", 'eightbells draft suppress 2.3 --reason "Settled" --as "Mara Lindqvist"')
def suppress(item: Item, who: As, reason: Reason) -> Answer:
    """Leave an item out of this handover; who and why stay on record."""
    item_id = resolved(item)
    editing.suppress(acting(who), item_id, reason=reason)
    return _done(item_id, "suppressed")


@verbs.verb("answer", f'eightbells draft answer {AN_ID} keep-both --as "Mara Lindqvist"')
def answer(
    proposal: Annotated[str, typer.Argument(metavar="PROPOSAL", help="The merge proposal.")],
    how: Annotated[MergeAnswer, typer.Argument(help="What the items are to each other.")],
    who: As,
) -> Answer:
    """Answer a merge proposal."""
    review.answer(acting(who), proposal, how)
    return Answer({"proposal": proposal, "answer": how}, [f"Answered {how}."])


@verbs.verb(
    "acknowledge", f'eightbells draft acknowledge {AN_ID} --note "Checked" --as "Mara Lindqvist"'
)
def acknowledge(
    conflict: Annotated[
        str, typer.Argument(metavar="CONFLICT", help="A conflict, uncertainty or planning line.")
    ],
    who: As,
    note: Annotated[str, typer.Option("--note", help="What is known about it; it is printed.")],
) -> Answer:
    """Acknowledge a conflict, an uncertainty or planning language with a note."""
    review.acknowledge(acting(who), conflict, note=note)
    return Answer({"conflict": conflict, "acknowledged": True}, ["Acknowledged."])


def _done(item_id: str, what: str) -> Answer:
    value = {"item": item_id, "done": what}
    return Answer(value, facts(value))
