"""Whether Command still tells of the items as people left them (DOMAIN §5, I8, I11).

Command is derived. A merge, a split, other words or leaving an item out change what it counts and
quotes, and nothing but a refresh brings it up to date, so that a person sees what they sign.
"""

from storage.drafts.states import EditKind
from storage.drafts.tables import Draft, DraftEdit, DraftItem
from storage.engine import tuples
from storage.taxonomy.domains import Bucket
from storage.taxonomy.risks import RiskTag
from storage.taxonomy.states import ItemState


def newest_change(draft_id: str) -> str | None:
    """The id of the newest change people made to a draft: what a Command made now takes in."""
    newest = (
        DraftEdit.select(DraftEdit.id)
        .where(DraftEdit.draft_id == draft_id)
        .order_by(DraftEdit.id.desc())
        .first()
    )
    return newest.id if newest else None


def command_is_stale(draft_id: str) -> bool:
    """Whether an item Command counts was changed after Command was written.

    Moving an item changes nothing Command says, nor does what is settled or puts nothing at risk.
    """
    taken_in = Draft.get_by_id(draft_id).command_takes_in or ""
    changed = tuples(
        DraftItem.select(DraftItem.risk_tags, DraftItem.state)
        .join(DraftEdit, on=(DraftEdit.item_id == DraftItem.id))
        .where(
            DraftEdit.draft_id == draft_id,
            DraftEdit.id > taken_in,
            DraftEdit.kind != EditKind.MOVE.value,
            DraftItem.bucket != Bucket.COMMAND.value,
        )
    )
    return any(
        set(tags) - {RiskTag.INFORMATIONAL} and state != ItemState.DONE for tags, state in changed
    )
