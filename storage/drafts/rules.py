"""What review allows and what is still missing, as questions with reasons (pure; DOMAIN §6)."""

from collections.abc import Collection, Mapping, Sequence

from storage.drafts.states import (
    REGENERABLE,
    STATE_WORDS,
    ConcernKind,
    DraftState,
    ItemStatus,
)
from storage.errors import BadInput, NotPermitted, TooLong, WrongState
from storage.taxonomy.domains import BUCKET_LABELS, Bucket

MAX_ITEM_TEXT = 20_000

CONCERN_WORDS = {
    ConcernKind.CONFLICT: "conflict",
    ConcernKind.UNCERTAINTY: "uncertainty",
    ConcernKind.PLANNING: "line of planning language",
}

STALE_COMMAND = "Command is older than your changes; refresh it, then read it"


def check_reviewable(state: DraftState) -> None:
    """Raise WrongState unless people may change items now."""
    if state is not DraftState.IN_REVIEW:
        raise WrongState(why=f"The handover is {STATE_WORDS[state]}; items change only in review.")


def check_generable(state: DraftState) -> None:
    """Raise WrongState unless an open handover in this state may still be drafted afresh."""
    if state is DraftState.IN_REVIEW:
        raise WrongState(
            why="The open handover is in review; regenerate it to take in new entries."
        )
    if state is not DraftState.DRAFT:
        raise WrongState(
            why=f"The open handover is {STATE_WORDS[state]}; it is signed or declined first."
        )


def check_regenerable(state: DraftState) -> None:
    """Raise WrongState from ACCEPTED on: the content is frozen."""
    if state not in REGENERABLE:
        raise WrongState(why=f"The handover is {STATE_WORDS[state]}; its content is frozen.")


def check_readable(state: DraftState) -> None:
    """Raise WrongState unless sections may be marked as seen now."""
    if state not in (DraftState.IN_REVIEW, DraftState.ACCEPTED):
        raise WrongState(
            why=f"The handover is {STATE_WORDS[state]}; sections are read in review or before "
            "countersigning."
        )


def check_changeable(bucket: str, status: str, text: str) -> None:
    """Raise NotPermitted for a Command item, WrongState for one that is no longer shown."""
    if bucket == Bucket.COMMAND:
        raise NotPermitted(
            why="Command statements are derived from their sources and are never edited."
        )
    if status != ItemStatus.SHOWN:
        raise WrongState(why=f"The item {text[:40]!r} is {status} and no longer in the handover.")


def check_item_text(text: str) -> str:
    """An item's new text without outer spaces.

    Raises:
        BadInput: empty, or half a character. TooLong: over 20,000 characters.
    """
    text = text.strip()
    if not text:
        raise BadInput(why="An item needs words; suppress it to leave it out.")
    if len(text) > MAX_ITEM_TEXT:
        raise TooLong(what="text", length=len(text), limit=MAX_ITEM_TEXT)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadInput(why="The text is not valid (half a character).") from None
    return text


def missing_to_accept(
    *,
    sections: Sequence[Bucket],
    seen: Collection[Bucket],
    unanswered: int,
    unacknowledged: Mapping[ConcernKind, int],
    command_stale: bool,
) -> list[str]:
    """What stands between this person and accepting, a sentence each; empty when nothing (I11)."""
    missing = missing_sections(sections, seen)
    if unanswered:
        missing.append(_count(unanswered, "merge proposal") + " not answered")
    for kind, number in unacknowledged.items():
        if number:
            missing.append(_count(number, CONCERN_WORDS[kind]) + " not acknowledged")
    if command_stale:
        missing.append(STALE_COMMAND)
    return missing


def missing_to_sign(
    *,
    sections: Sequence[Bucket],
    seen: Collection[Bucket],
    critical: Mapping[str, str],
    unsaid: Mapping[str, str],
) -> list[str]:
    """What stands between this person and countersigning (I12).

    `critical` maps item id to printed number; `unsaid` item id to why it is not read back.
    """
    missing = missing_sections(sections, seen)
    missing += [
        f"item {number} {unsaid[item]}" for item, number in critical.items() if item in unsaid
    ]
    return missing


def missing_sections(sections: Sequence[Bucket], seen: Collection[Bucket]) -> list[str]:
    """The sections not yet read to their end, one sentence each."""
    return [
        f"section {BUCKET_LABELS[bucket]} not read to its end"
        for bucket in sections
        if bucket not in seen
    ]


def _count(number: int, noun: str) -> str:
    if number == 1:
        return f"1 {noun}"
    plural = "uncertainties" if noun == "uncertainty" else noun.replace("line", "lines", 1)
    return f"{number} {plural if plural != noun else noun + 's'}"
