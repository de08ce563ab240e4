"""Insights: raw events, daily aggregates, signals, suggestions, regenerations and their outputs.

An old store is read from its last ninety days on: older events would only be pruned again. The
table of proposals is made anew, because its CHECK did not know suggestions.
"""

from typing import Any

PROPOSAL_COLUMNS = (
    "id, source_kind, source_id, text, status, entry_id, decided_by, decided_at, reason, created_at"
)
WRITTEN_ONCE = (
    ("signal", "a signal"),
    ("suggestion_decision", "a decision"),
    ("regeneration_output", "an output"),
    ("output_decision", "a decision"),
)

STATEMENTS = (
    """
    CREATE TABLE analytics_event (
        seq INTEGER PRIMARY KEY,
        type TEXT NOT NULL CHECK (type IN (
            'entry_captured', 'draft_generated', 'item_edited', 'item_kept', 'item_carried',
            'item_resolved', 'handover_signed', 'handover_declined', 'watch_ended', 'job_settled',
            'events_pruned')),
        subject_kind TEXT NOT NULL,
        subject_id TEXT NOT NULL,
        metadata TEXT NOT NULL CHECK (json_valid(metadata)),
        at TEXT NOT NULL,
        source TEXT NOT NULL,
        UNIQUE (type, source)
    ) STRICT
    """,
    "CREATE INDEX analytics_event_at ON analytics_event (at)",
    """
    CREATE TRIGGER analytics_event_never_changes BEFORE UPDATE ON analytics_event
    BEGIN SELECT RAISE(ABORT, 'what happened never changes'); END
    """,
    """
    CREATE TRIGGER analytics_event_goes_by_pruning BEFORE DELETE ON analytics_event
    WHEN NOT EXISTS (
        SELECT 1 FROM analytics_event p WHERE p.type = 'events_pruned' AND p.subject_id > OLD.at)
    BEGIN SELECT RAISE(ABORT, 'an event goes only when it is pruned'); END
    """,
    """
    CREATE TABLE analytics_reader (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        audit_seq INTEGER NOT NULL,
        entry_seq INTEGER NOT NULL,
        watches_until TEXT,
        counted_seq INTEGER NOT NULL,
        counted_day TEXT,
        changed_at TEXT,
        judged_at TEXT
    ) STRICT
    """,
    """
    INSERT INTO analytics_reader (id, audit_seq, entry_seq, watches_until, counted_seq)
    WITH since (at) AS (SELECT strftime('%Y-%m-%dT%H:%M:%S', max(at), '-90 days') FROM (
        SELECT at FROM audit_event ORDER BY seq DESC LIMIT 1))
    SELECT 1,
        coalesce((SELECT max(seq) FROM audit_event WHERE at < (SELECT at FROM since)), 0),
        coalesce((SELECT max(seq) FROM entry WHERE recorded_at < (SELECT at FROM since)), 0),
        NULL, 0
    """,
    """
    CREATE TABLE daily_aggregate (
        day TEXT NOT NULL CHECK (length(day) = 10),
        metric TEXT NOT NULL CHECK (metric IN (
            'completion', 'acceptance', 'follow_through', 'retries', 'faults', 'entries',
            'drafts', 'declines')),
        subject TEXT NOT NULL,
        count INTEGER NOT NULL CHECK (count >= 0),
        base INTEGER CHECK (base >= 0),
        updated_at TEXT NOT NULL,
        PRIMARY KEY (day, metric, subject)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX daily_aggregate_metric ON daily_aggregate (metric, day)",
    """
    CREATE TRIGGER daily_aggregate_stays_itself BEFORE UPDATE OF day, metric, subject
    ON daily_aggregate
    BEGIN SELECT RAISE(ABORT, 'a count is of one day and one thing'); END
    """,
    """
    CREATE TRIGGER daily_aggregate_never_goes BEFORE DELETE ON daily_aggregate
    BEGIN SELECT RAISE(ABORT, 'aggregates are kept'); END
    """,
    """
    CREATE TABLE signal (
        id TEXT PRIMARY KEY,
        rule TEXT NOT NULL CHECK (rule IN (
            'LOW_COMPLETION_RATE', 'LOW_ACCEPTANCE_RATE', 'LOW_FOLLOW_THROUGH', 'HIGH_RETRY',
            'RECURRING_FAULT')),
        subject TEXT NOT NULL CHECK (subject <> ''),
        first_day TEXT NOT NULL,
        last_day TEXT NOT NULL,
        severity TEXT NOT NULL CHECK (severity IN ('CRITICAL', 'WARNING')),
        count INTEGER NOT NULL CHECK (count >= 0),
        base INTEGER,
        message TEXT NOT NULL,
        entry_ids TEXT NOT NULL CHECK (json_valid(entry_ids)),
        created_at TEXT NOT NULL,
        job_id TEXT,
        CHECK (first_day <= last_day),
        UNIQUE (rule, subject, first_day, last_day)
    ) STRICT
    """,
    "CREATE INDEX signal_created ON signal (created_at, id)",
    """
    CREATE TRIGGER signal_is_raised_once BEFORE INSERT ON signal
    WHEN EXISTS (
        SELECT 1 FROM signal s WHERE s.rule = NEW.rule AND s.subject = NEW.subject
        AND s.first_day <= NEW.last_day AND s.last_day >= NEW.first_day)
    BEGIN SELECT RAISE(ABORT, 'a signal stands for that period already'); END
    """,
    """
    CREATE TABLE suggestion (
        id TEXT PRIMARY KEY,
        signal_id TEXT NOT NULL REFERENCES signal (id),
        scope TEXT NOT NULL CHECK (scope IN ('handover', 'draft', 'entry', 'job')),
        type TEXT NOT NULL CHECK (type IN ('propose_entry', 'regenerate')),
        target TEXT NOT NULL CHECK (target <> ''),
        severity TEXT NOT NULL CHECK (severity IN ('CRITICAL', 'WARNING')),
        text TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('OPEN', 'ACCEPTED', 'DISMISSED')),
        created_at TEXT NOT NULL,
        UNIQUE (signal_id, type, target)
    ) STRICT
    """,
    "CREATE INDEX suggestion_status ON suggestion (status, created_at, id)",
    """
    CREATE TRIGGER suggestion_is_made_open BEFORE INSERT ON suggestion
    WHEN NEW.status <> 'OPEN'
    BEGIN SELECT RAISE(ABORT, 'a suggestion begins open'); END
    """,
    """
    CREATE TRIGGER suggestion_is_decided_once BEFORE UPDATE OF status ON suggestion
    WHEN OLD.status || '>' || NEW.status NOT IN ('OPEN>ACCEPTED', 'OPEN>DISMISSED')
    BEGIN SELECT RAISE(ABORT, 'a suggestion is decided once'); END
    """,
    """
    CREATE TRIGGER suggestion_never_changes BEFORE UPDATE OF
        id, signal_id, scope, type, target, severity, text, created_at ON suggestion
    BEGIN SELECT RAISE(ABORT, 'what was suggested never changes'); END
    """,
    """
    CREATE TRIGGER suggestion_never_goes BEFORE DELETE ON suggestion
    BEGIN SELECT RAISE(ABORT, 'suggestions are kept'); END
    """,
    """
    CREATE TABLE regeneration (
        id TEXT PRIMARY KEY,
        suggestion_id TEXT NOT NULL REFERENCES suggestion (id),
        retry_of TEXT UNIQUE REFERENCES regeneration (id),
        reason TEXT NOT NULL CHECK (retry_of IS NULL OR reason <> ''),
        approved_by_id TEXT NOT NULL,
        approved_by TEXT NOT NULL,
        approved_at TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('PENDING', 'COMPLETED', 'FAILED')),
        detail TEXT,
        finished_at TEXT,
        job_id TEXT,
        CHECK ((status = 'PENDING') = (finished_at IS NULL)),
        CHECK ((status = 'FAILED') = (detail IS NOT NULL))
    ) STRICT
    """,
    """
    CREATE UNIQUE INDEX regeneration_first ON regeneration (suggestion_id)
    WHERE retry_of IS NULL
    """,
    "CREATE INDEX regeneration_pending ON regeneration (id) WHERE status = 'PENDING'",
    """
    CREATE TRIGGER regeneration_begins_pending BEFORE INSERT ON regeneration
    WHEN NEW.status <> 'PENDING'
    BEGIN SELECT RAISE(ABORT, 'a regeneration begins pending'); END
    """,
    """
    CREATE TRIGGER regeneration_is_processed_once BEFORE UPDATE ON regeneration
    WHEN OLD.status <> 'PENDING'
    BEGIN SELECT RAISE(ABORT, 'only a pending regeneration is processed'); END
    """,
    """
    CREATE TRIGGER regeneration_never_changes BEFORE UPDATE OF
        id, suggestion_id, retry_of, reason, approved_by_id, approved_by, approved_at
    ON regeneration
    BEGIN SELECT RAISE(ABORT, 'what was approved never changes'); END
    """,
    """
    CREATE TRIGGER regeneration_never_goes BEFORE DELETE ON regeneration
    BEGIN SELECT RAISE(ABORT, 'regenerations are kept'); END
    """,
    """
    CREATE TABLE regeneration_output (
        id TEXT PRIMARY KEY,
        regeneration_id TEXT UNIQUE REFERENCES regeneration (id),
        restores TEXT REFERENCES regeneration_output (id),
        scope TEXT NOT NULL,
        target TEXT NOT NULL,
        version INTEGER NOT NULL CHECK (version > 0),
        title TEXT NOT NULL,
        lines TEXT NOT NULL CHECK (json_valid(lines)),
        content_hash TEXT NOT NULL CHECK (length(content_hash) = 64),
        made_at TEXT NOT NULL,
        CHECK ((regeneration_id IS NULL) = (restores IS NOT NULL)),
        UNIQUE (scope, target, version)
    ) STRICT
    """,
    """
    CREATE TABLE output_decision (
        output_id TEXT PRIMARY KEY REFERENCES regeneration_output (id),
        decision TEXT NOT NULL CHECK (decision IN ('approved', 'rejected')),
        reason TEXT NOT NULL CHECK (decision = 'approved' OR reason <> ''),
        decided_by_id TEXT NOT NULL,
        decided_by TEXT NOT NULL,
        decided_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE proposal_anew (
        id TEXT PRIMARY KEY,
        source_kind TEXT NOT NULL CHECK (source_kind IN ('event', 'suggestion')),
        source_id TEXT NOT NULL,
        text TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('open', 'accepted', 'dismissed')),
        entry_id TEXT REFERENCES entry (id),
        decided_by TEXT,
        decided_at TEXT,
        reason TEXT,
        created_at TEXT NOT NULL,
        UNIQUE (source_kind, source_id),
        CHECK ((status = 'open') = (decided_at IS NULL)),
        CHECK ((status = 'accepted') = (entry_id IS NOT NULL))
    ) STRICT
    """,
    f"INSERT INTO proposal_anew ({PROPOSAL_COLUMNS}) SELECT {PROPOSAL_COLUMNS} FROM entry_proposal",
    "DROP TABLE entry_proposal",
    "ALTER TABLE proposal_anew RENAME TO entry_proposal",
    "CREATE INDEX entry_proposal_status ON entry_proposal (status, created_at, id)",
    "CREATE INDEX entry_proposal_entry ON entry_proposal (entry_id) WHERE entry_id IS NOT NULL",
    """
    CREATE TABLE suggestion_decision (
        suggestion_id TEXT PRIMARY KEY REFERENCES suggestion (id),
        decision TEXT NOT NULL CHECK (decision IN ('ACCEPTED', 'DISMISSED')),
        reason TEXT NOT NULL CHECK (decision = 'ACCEPTED' OR reason <> ''),
        decided_by_id TEXT NOT NULL,
        decided_by TEXT NOT NULL,
        decided_at TEXT NOT NULL,
        proposal_id TEXT REFERENCES entry_proposal (id),
        regeneration_id TEXT REFERENCES regeneration (id),
        CHECK ((decision = 'ACCEPTED')
            = ((proposal_id IS NULL) <> (regeneration_id IS NULL))),
        CHECK (decision = 'ACCEPTED' OR proposal_id IS NULL)
    ) STRICT
    """,
    *(
        f"""
        CREATE TRIGGER {table}_never_{verb[0]} BEFORE {verb[1]} ON {table}
        BEGIN SELECT RAISE(ABORT, '{words} {verb[2]}'); END
        """
        for table, words in WRITTEN_ONCE
        for verb in (("changes", "UPDATE", "never changes"), ("goes", "DELETE", "is kept"))
    ),
)


def up(migrator: Any, db: Any) -> None:
    """Lay out the tables, indexes and triggers."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
