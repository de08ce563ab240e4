"""New entries as rows. Every entry is born here, many at a time or one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from storage.audit.actor import Actor
from storage.engine import insert_rows
from storage.entries.rules import NewEntry
from storage.entries.states import EntryStatus
from storage.entries.tables import Entry, EntrySource
from storage.identity import new_id
from storage.taxonomy.classification import Classification


def insert_entries(
    actor: Actor, vessel_id: str, read: Sequence[tuple[NewEntry, Classification]], at: datetime
) -> list[str]:
    """Write entries with their classification, inside the caller's act; returns their ids."""
    ids = [new_id() for _ in read]
    insert_rows(
        Entry,
        [
            {"id": entry_id, "vessel_id": vessel_id, "recorded_at": at, "recorded_by": actor.name}
            | _said(actor, new, at)
            | _classified(reading)
            for entry_id, (new, reading) in zip(ids, read, strict=True)
        ],
    )
    insert_rows(
        EntrySource,
        [
            {"entry_id": entry_id, "kind": kind, "source_id": source_id}
            for entry_id, (new, _) in zip(ids, read, strict=True)
            for kind, sources in (("event", new.event_ids), ("document", new.document_ids))
            for source_id in dict.fromkeys(sources)
        ],
    )
    return ids


def _said(actor: Actor, new: NewEntry, at: datetime) -> dict[str, Any]:
    own_words = new.author in (None, actor.name)
    return {
        "created_at": new.at or at,
        "author_id": actor.id if own_words else None,
        "author": new.author or actor.name,
        "role": new.role or (actor.role if own_words else None) or "unknown",
        "narrative": new.narrative,
        "context": new.context,
        "status": EntryStatus.CANDIDATE.value,
        "classification_flagged": False,
    }


def _classified(reading: Classification) -> dict[str, Any]:
    return {
        "primary_domain": reading.primary_domain,
        "bucket": reading.bucket.value,
        "secondary_domains": list(reading.secondary_domains),
        "risk_tags": list(reading.risk_tags),
        "owner_roles": list(reading.owner_roles),
        "confidence": reading.confidence.value,
        "reasons": list(reading.reasons),
        "runner_up": reading.runner_up.model_dump() if reading.runner_up else None,
        "planning": list(reading.planning),
    }
