"""Drafts: sections of items with sources, and everything people decide in review."""

from typing import Any

FROZEN = "('ACCEPTED', 'SIGNED', 'EXPORTED')"
BUCKETS = "('Command', 'Engineering', 'ETO_AVIT', 'Deck', 'Interior', 'Admin_Compliance')"


def _frozen_after_acceptance(table: str, draft_of: str) -> tuple[str, ...]:
    """Triggers that refuse any change to a draft's content once it is accepted (DOMAIN §6)."""
    made = []
    for verb, row in (("INSERT", "new"), ("UPDATE", "old"), ("DELETE", "old")):
        made.append(
            f"""
            CREATE TRIGGER {table}_frozen_{verb.lower()} BEFORE {verb} ON {table}
            WHEN (SELECT state FROM draft WHERE id = {draft_of.format(row=row)}) IN {FROZEN}
            BEGIN SELECT RAISE(ABORT, 'the content is frozen since acceptance'); END
            """
        )
    return tuple(made)


STATEMENTS = (
    """
    CREATE TABLE draft (
        id TEXT PRIMARY KEY,
        vessel_id TEXT NOT NULL REFERENCES vessel (id),
        handover_type TEXT NOT NULL CHECK (
            handover_type IN ('bridge_watch', 'engine_watch', 'rotation', 'change_of_command')
        ),
        state TEXT NOT NULL CHECK (
            state IN ('DRAFT', 'IN_REVIEW', 'ACCEPTED', 'SIGNED', 'EXPORTED')
        ),
        period_from TEXT NOT NULL,
        period_to TEXT NOT NULL,
        fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
        trace_id TEXT NOT NULL,
        job_id TEXT,
        review_round INTEGER NOT NULL DEFAULT 1 CHECK (review_round > 0),
        revision INTEGER NOT NULL DEFAULT 1 CHECK (revision > 0),
        content_hash TEXT CHECK (content_hash IS NULL OR length(content_hash) = 64),
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        CHECK (period_from <= period_to),
        CHECK ((state IN ('ACCEPTED', 'SIGNED', 'EXPORTED')) = (content_hash IS NOT NULL))
    ) STRICT
    """,
    """
    CREATE UNIQUE INDEX one_open_draft_per_vessel ON draft (vessel_id)
    WHERE state IN ('DRAFT', 'IN_REVIEW', 'ACCEPTED')
    """,
    "CREATE INDEX draft_created ON draft (created_at, id)",
    """
    CREATE TRIGGER draft_never_goes BEFORE DELETE ON draft
    BEGIN SELECT RAISE(ABORT, 'drafts are kept'); END
    """,
    """
    CREATE TRIGGER draft_signed_only_exports BEFORE UPDATE ON draft
    WHEN old.state IN ('SIGNED', 'EXPORTED') AND NOT (
        new.state = 'EXPORTED' AND new.id = old.id AND new.vessel_id = old.vessel_id
        AND new.handover_type = old.handover_type AND new.review_round = old.review_round
        AND new.period_from = old.period_from AND new.period_to = old.period_to
        AND new.content_hash = old.content_hash AND new.fingerprint = old.fingerprint
        AND new.trace_id = old.trace_id AND new.job_id IS old.job_id
        AND new.created_at = old.created_at
    )
    BEGIN SELECT RAISE(ABORT, 'a signed handover never changes'); END
    """,
    f"""
    CREATE TABLE draft_item (
        id TEXT PRIMARY KEY,
        draft_id TEXT NOT NULL REFERENCES draft (id),
        key TEXT NOT NULL,
        bucket TEXT NOT NULL CHECK (bucket IN {BUCKETS}),
        domain TEXT NOT NULL,
        position INTEGER NOT NULL,
        status TEXT NOT NULL CHECK (
            status IN ('shown', 'merged', 'split', 'suppressed', 'withdrawn')
        ),
        merged_into TEXT REFERENCES draft_item (id),
        touched INTEGER NOT NULL CHECK (touched IN (0, 1)),
        text TEXT NOT NULL CHECK (length(text) > 0),
        machine_text TEXT NOT NULL,
        sentences TEXT NOT NULL,
        risk_tags TEXT NOT NULL,
        confidence TEXT NOT NULL CHECK (confidence IN ('HIGH', 'MEDIUM', 'LOW')),
        state TEXT NOT NULL CHECK (state IN ('open', 'done', 'restriction', 'none')),
        conflict INTEGER NOT NULL CHECK (conflict IN (0, 1)),
        uncertain INTEGER NOT NULL CHECK (uncertain IN (0, 1)),
        note TEXT NOT NULL,
        summarised INTEGER NOT NULL CHECK (summarised IN (0, 1)),
        planning TEXT NOT NULL,
        first_raised_at TEXT,
        carried_count INTEGER NOT NULL CHECK (carried_count >= 0),
        CHECK ((status = 'merged') = (merged_into IS NOT NULL)),
        CHECK ((bucket = 'Command') = (domain LIKE 'CMD-%')),
        CHECK (bucket <> 'Command' OR (touched = 0 AND text = machine_text))
    ) STRICT
    """,
    "CREATE UNIQUE INDEX draft_item_key ON draft_item (draft_id, key)",
    "CREATE INDEX draft_item_place ON draft_item (draft_id, bucket, position)",
    """
    CREATE TABLE draft_item_source (
        item_id TEXT NOT NULL REFERENCES draft_item (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('entry', 'event', 'document')),
        source_id TEXT NOT NULL,
        PRIMARY KEY (item_id, kind, source_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX draft_item_source_back ON draft_item_source (kind, source_id, item_id)",
    """
    CREATE TABLE draft_edit (
        id TEXT PRIMARY KEY,
        draft_id TEXT NOT NULL REFERENCES draft (id),
        item_id TEXT NOT NULL REFERENCES draft_item (id),
        kind TEXT NOT NULL CHECK (kind IN ('edit', 'move', 'merge', 'split', 'suppress')),
        original TEXT NOT NULL,
        new TEXT NOT NULL,
        editor_id TEXT NOT NULL,
        editor TEXT NOT NULL,
        at TEXT NOT NULL,
        reason TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX draft_edit_item ON draft_edit (item_id, id)",
    "CREATE INDEX draft_edit_draft ON draft_edit (draft_id, id)",
    """
    CREATE TABLE merge_proposal (
        id TEXT PRIMARY KEY,
        draft_id TEXT NOT NULL REFERENCES draft (id),
        key TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('duplicate', 'progress')),
        position INTEGER NOT NULL,
        entry_ids TEXT NOT NULL,
        item_ids TEXT NOT NULL,
        score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 100),
        reason TEXT NOT NULL,
        merged_text TEXT NOT NULL,
        answer TEXT CHECK (answer IN ('merge', 'keep-both', 'progress')),
        answered_by TEXT,
        answered_at TEXT,
        CHECK ((answer IS NULL) = (answered_by IS NULL)),
        CHECK ((answer IS NULL) = (answered_at IS NULL))
    ) STRICT
    """,
    "CREATE UNIQUE INDEX merge_proposal_key ON merge_proposal (draft_id, key)",
    """
    CREATE TABLE draft_concern (
        id TEXT PRIMARY KEY,
        draft_id TEXT NOT NULL REFERENCES draft (id),
        key TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('conflict', 'uncertainty', 'planning')),
        position INTEGER NOT NULL,
        entry_ids TEXT NOT NULL,
        item_ids TEXT NOT NULL,
        reason TEXT NOT NULL,
        note TEXT,
        acknowledged_by TEXT,
        acknowledged_at TEXT,
        CHECK ((note IS NULL) = (acknowledged_by IS NULL)),
        CHECK ((note IS NULL) = (acknowledged_at IS NULL))
    ) STRICT
    """,
    "CREATE UNIQUE INDEX draft_concern_key ON draft_concern (draft_id, key)",
    """
    CREATE TABLE draft_slot (
        draft_id TEXT NOT NULL REFERENCES draft (id),
        slot TEXT NOT NULL,
        position INTEGER NOT NULL,
        label TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('stated', 'stated_nil', 'not_covered')),
        item_ids TEXT NOT NULL,
        PRIMARY KEY (draft_id, slot)
    ) STRICT, WITHOUT ROWID
    """,
    f"""
    CREATE TABLE section_view (
        draft_id TEXT NOT NULL REFERENCES draft (id),
        bucket TEXT NOT NULL CHECK (bucket IN {BUCKETS}),
        person_id TEXT NOT NULL REFERENCES person (id),
        review_round INTEGER NOT NULL,
        seen_at TEXT NOT NULL,
        PRIMARY KEY (draft_id, bucket, person_id, review_round)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE refused_pair (
        first_entry TEXT NOT NULL REFERENCES entry (id),
        second_entry TEXT NOT NULL REFERENCES entry (id),
        by_name TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (first_entry, second_entry),
        CHECK (first_entry < second_entry)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TRIGGER draft_edit_never_changes BEFORE UPDATE ON draft_edit
    BEGIN SELECT RAISE(ABORT, 'an edit is history'); END
    """,
    """
    CREATE TRIGGER draft_edit_never_goes BEFORE DELETE ON draft_edit
    BEGIN SELECT RAISE(ABORT, 'an edit is history'); END
    """,
    *_frozen_after_acceptance("draft_item", "{row}.draft_id"),
    *_frozen_after_acceptance("draft_slot", "{row}.draft_id"),
    *_frozen_after_acceptance("draft_concern", "{row}.draft_id"),
    *_frozen_after_acceptance("merge_proposal", "{row}.draft_id"),
    *_frozen_after_acceptance(
        "draft_item_source", "(SELECT draft_id FROM draft_item WHERE id = {row}.item_id)"
    ),
)


def up(migrator: Any, db: Any) -> None:
    """Lay out the tables and triggers."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
