"""The verbs of `draft` that sign, and the ways back. Each signature shows its meaning first."""

from typing import Annotated

import typer

from console.cli.answer import Answer, note
from console.cli.items import numbered
from console.cli.nouns.draft_verbs import AN_ID, verbs
from console.cli.options import As, Confirm, DraftId, PinStdin, Reason
from console.cli.people import acting, read_pin
from console.cli.words import both_times, facts, one_line
from storage.drafts import views
from storage.drafts.views import DraftView
from storage.errors import BadInput
from storage.handovers import signing
from storage.handovers.composing import critical_items
from storage.handovers.notices import see_notice, unseen_notices
from storage.handovers.snapshot import BANNER, MEANINGS, Position

WAYS_BACK = {"decline": "declined", "reopen": "reopened"}


@verbs.verb(
    "accept", f'eightbells draft accept {AN_ID} --as "Mara Lindqvist" --confirm --pin-stdin'
)
def accept(
    draft_id: DraftId, who: As, confirm: Confirm = False, pin_stdin: PinStdin = False
) -> Answer:
    """Sign as the outgoing officer; from here on the content is frozen."""
    actor = acting(who)
    note(BANNER)
    note(MEANINGS[Position.OUTGOING])
    pin = read_pin(actor.name, from_stdin=pin_stdin)
    signing.accept(actor, draft_id, pin=pin, confirmed=confirm)
    state = views.draft_summary(draft_id).state
    value = {"id": draft_id, "state": state, "content_hash": views.draft(draft_id).content_hash}
    return Answer(value, facts(value))


@verbs.verb(
    "sign",
    f'eightbells draft sign {AN_ID} --as "Tomas Ferreira" --confirm '
    '--read-back "2.1=Port pump is out, starboard in use" --pin-stdin',
)
def sign(
    draft_id: DraftId,
    who: As,
    read_back: Annotated[
        list[str] | None,
        typer.Option(metavar="ITEM=TEXT", help="A critical item in your own words; repeat."),
    ] = None,
    confirm: Confirm = False,
    pin_stdin: PinStdin = False,
) -> Answer:
    """Countersign as the incoming officer, reading back every critical item."""
    actor, draft = acting(who), views.draft(draft_id)
    spoken = dict(_read_back(draft, text) for text in read_back or ())
    _tell_critical(draft)
    note(MEANINGS[Position.INCOMING])
    pin = read_pin(actor.name, from_stdin=pin_stdin)
    document_hash = signing.countersign(
        actor, draft_id, read_backs=spoken, pin=pin, confirmed=confirm
    )
    state = views.draft_summary(draft_id).state
    value = {"id": draft_id, "state": state, "document_hash": document_hash}
    return Answer(value, facts(value))


@verbs.verb("decline", f'eightbells draft decline {AN_ID} --reason "Unfit" --as "Tomas Ferreira"')
def decline(draft_id: DraftId, who: As, reason: Reason) -> Answer:
    """Refuse or defer taking over: back to review, with a reason that is printed."""
    signing.decline(acting(who), draft_id, reason=reason)
    return _sent_back(draft_id)


@verbs.verb(
    "reopen", f'eightbells draft reopen {AN_ID} --reason "Pump fixed" --as "Mara Lindqvist"'
)
def reopen(draft_id: DraftId, who: As, reason: Reason) -> Answer:
    """Take your own acceptance back, with a reason that is printed."""
    signing.reopen(acting(who), draft_id, reason=reason)
    return _sent_back(draft_id)


@verbs.verb("notices", 'eightbells draft notices --as "Mara Lindqvist"')
def notices(who: As) -> Answer:
    """Print what was sent back and you have not seen yet, and record it as seen."""
    actor = acting(who)
    found = unseen_notices(actor.id)

    def record_as_seen() -> None:
        for notice in found:
            see_notice(actor, notice.id)

    lines = [
        f"{WAYS_BACK[notice.kind]} by {notice.by}, {both_times(notice.at)}, "
        f"draft {notice.draft_id}: {one_line(notice.reason)}"
        for notice in found
    ]
    nothing = f"There is nothing {actor.name} has not seen."
    return Answer(found, lines or [nothing], afterwards=record_as_seen)


def _sent_back(draft_id: str) -> Answer:
    value = {"id": draft_id, "state": views.draft_summary(draft_id).state}
    return Answer(value, facts(value))


def _read_back(draft: DraftView, text: str) -> tuple[str, str]:
    item, equals, words = text.partition("=")
    if not equals:
        raise BadInput(why=f"{text!r} is not a read-back like 2.1=your own words.")
    return numbered(draft, item.strip()), words


def _tell_critical(draft: DraftView) -> None:
    items = draft.items()
    for item_id, number in critical_items(draft).items():
        note(f"to be read back: {number}  {items[item_id].text}")
