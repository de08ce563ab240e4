"""Reading and reviewing by words: each act is the store's own verb, asked for line by line."""

from console.plain.conversation import Talk
from console.plain.handover import (
    concern_lines,
    merge_lines,
    next_lines,
    open_concerns,
    open_merges,
    section_lines,
)
from console.screens.handover.reading import HandoverPicture, read_handover
from storage.database import read_only
from storage.drafts import review
from storage.drafts.states import Answer
from storage.drafts.views import DraftView
from storage.errors import BadInput, NotFound


def picture_of(talk: Talk) -> HandoverPicture:
    """The handover as the person of the talk reads it."""
    person = talk.person
    with read_only():
        return read_handover(person.id if person else None, person.role if person else None)


def open_draft(talk: Talk) -> DraftView:
    """The draft that is open.

    Raises:
        NotFound: there is none.
    """
    draft = picture_of(talk).draft
    if draft is None:
        raise NotFound(kind="open handover to", id="review")
    return draft


def tell_next(talk: Talk) -> None:
    """Say what to do next, and the word for it."""
    talk.say(*next_lines(picture_of(talk), talk.person))


def begin_review(talk: Talk) -> None:
    """Open the draft for review."""
    review.begin_review(talk.who().actor, open_draft(talk).id)
    tell_next(talk)


def read(talk: Talk) -> None:
    """Read the next section that you have not read, to its end; it counts as read then."""
    draft = open_draft(talk)
    section = next((one for one in draft.sections if not one.seen), None)
    if section is None:
        talk.say("You have read every section. Say: handover, to hear it all again.")
        return
    talk.say(*section_lines(section))
    if talk.person is not None:
        review.mark_seen(talk.person.actor, draft.id, section.bucket)
    tell_next(talk)


def merges(talk: Talk) -> None:
    """Answer the open merge proposals, one after the other; an empty line leaves them."""
    actor, draft = talk.who().actor, open_draft(talk)
    numbers = {item.id: item.number for item in draft.items().values()}
    for proposal in open_merges(draft):
        talk.say(*merge_lines(proposal, numbers))
        review.answer(actor, proposal.id, _answer(talk.ask("merge, keep-both or progress?")))
    tell_next(talk)


def concerns(talk: Talk) -> None:
    """Acknowledge the concerns, each with a note; an empty line leaves them."""
    actor, draft = talk.who().actor, open_draft(talk)
    numbers = {item.id: item.number for item in draft.items().values()}
    for concern in open_concerns(draft):
        talk.say(*concern_lines(concern, numbers))
        review.acknowledge(actor, concern.id, note=talk.ask("What is known about it?"))
    tell_next(talk)


def _answer(said: str) -> Answer:
    try:
        return Answer(said.casefold().replace(" ", "-"))
    except ValueError:
        raise BadInput(why=f"{said!r} is none of merge, keep-both, progress.") from None
