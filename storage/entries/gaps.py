"""Entries that are filed nowhere, and asking an officer to file them (DOMAIN §2, §4).

A domain the taxonomy does not know puts an entry into no section. What was captured never changes,
so it is filed the way a wrong classification is: by a request that an officer decides about.
"""

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.engine import tuples
from storage.entries.correction_views import stands_as
from storage.entries.tables import ClassificationCorrection, Entry
from storage.entries.views import entry
from storage.errors import BadInput
from storage.identity import new_id
from storage.taxonomy.domains import ASSIGNABLE


def unclassified(limit: int) -> list[str]:
    """Entries in no domain an entry can have, about which nobody has been asked; oldest first."""
    asked = Entry.select(Entry.id).where(
        stands_as("primary_domain").not_in(sorted(ASSIGNABLE)),
        Entry.classification_flagged == False,  # noqa: E712
    )
    return [found for (found,) in tuples(asked.order_by(Entry.created_at, Entry.id).limit(limit))]


def ask_to_classify(
    actor: Actor,
    entry_id: str,
    domain: str,
    reasons: tuple[str, ...],
    *,
    job_id: str,
    trace_id: str,
) -> bool:
    """Ask an officer to file an entry under `domain`; whether anybody had to be asked.

    Raises:
        NotFound. BadInput: no entry may carry that domain.
    """
    ids = {"job_id": job_id, "trace_id": trace_id}
    with act(actor, "entry.classification_asked", "entry", entry_id, **ids) as deed:
        found = entry(entry_id)
        if domain not in ASSIGNABLE:
            raise BadInput(why=f"{domain!r} is not a domain an entry can have.")
        if found.primary_domain in ASSIGNABLE or found.classification_flagged:
            deed.unchanged()
            return False
        why = f"It is filed nowhere; its words say {domain}: {'; '.join(reasons) or 'by default'}."
        ClassificationCorrection.insert(
            id=new_id(), entry_id=entry_id, original_domain=found.primary_domain,
            suggested_domain=domain, reason=why[:2000], requested_by=actor.name,
            requested_at=deed.at,
        ).execute()  # fmt: skip
        Entry.update(classification_flagged=True).where(Entry.id == entry_id).execute()
        deed.detail = {"suggested": domain}
        return True
