-- What the dialect of the statements takes for granted and PostgreSQL has not: written once, here.
-- Letters are compared as the database's own locale knows them (UTF-8); columns order by bytes.

CREATE FUNCTION json_valid(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
    PERFORM $1::json;
    RETURN true;
EXCEPTION WHEN data_exception THEN
    RETURN false;
END $$;

-- `$.name` of an object, as text.
CREATE FUNCTION json_extract(text, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT
RETURN $1::json #>> string_to_array(substr($2, 3), '.');

CREATE FUNCTION json_each(text) RETURNS TABLE (value text) LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT value FROM json_array_elements_text($1::json) AS e (value)
$$;

-- Days since noon of 24 November 4714 BC, as SQLite counts them.
CREATE FUNCTION julianday(text) RETURNS double precision LANGUAGE sql STABLE STRICT
RETURN extract(epoch FROM $1::timestamptz)::double precision / 86400 + 2440587.5;

-- The smaller of two, not the smallest of many.
CREATE FUNCTION min(text, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT
RETURN least($1 COLLATE "C", $2 COLLATE "C");

-- The words of a text: letters and digits, lower case, without accents (as FTS5's unicode61 does).
CREATE FUNCTION words_of(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT RETURN (
    SELECT coalesce(array_agg(left(found[1], 500)), '{}') FROM regexp_matches(
        lower(regexp_replace(normalize($1 COLLATE "default", NFKD), '[\u0300-\u036f]', '', 'g')),
        '[[:alnum:]]+', 'g') AS found
);

CREATE FUNCTION word_vector(text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT RETURN (
    SELECT coalesce(string_agg(word || ':' || least(place, 16383), ' '), '')::tsvector
    FROM unnest(words_of($1)) WITH ORDINALITY AS w (word, place)
);

-- FTS5's quoted phrases, each with or without a star for "begins so": all of them.
CREATE FUNCTION word_query(text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT RETURN (
    SELECT string_agg('(' || array_to_string(words, ' <-> ') || begins || ')', ' & ')::tsquery
    FROM (
        SELECT words_of(replace(part[1], '""', '"')),
            CASE part[2] WHEN '*' THEN ':*' ELSE '' END
        FROM regexp_matches($1, '"((?:[^"]|"")*)"\s*(\*?)', 'g') AS part
    ) AS parts (words, begins) WHERE cardinality(words) > 0
);

CREATE TABLE alert_bucket (
        key TEXT COLLATE "C" PRIMARY KEY,
        milli BIGINT NOT NULL CHECK (milli BETWEEN 0 AND 5000),
        at TEXT COLLATE "C" NOT NULL
);

CREATE TABLE alert_reader (
        id BIGINT PRIMARY KEY CHECK (id = 1),
        seq BIGINT NOT NULL,
        looked_at TEXT COLLATE "C"
);

CREATE FUNCTION alert_reader_is_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id IS NULL THEN
        SELECT coalesce(max(id), 0) + 1 INTO NEW.id FROM alert_reader;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER alert_reader_is_numbered BEFORE INSERT ON alert_reader
    FOR EACH ROW EXECUTE FUNCTION alert_reader_is_numbered();

CREATE TABLE analytics_event (
        seq BIGINT PRIMARY KEY,
        type TEXT COLLATE "C" NOT NULL CHECK (type IN (
            'entry_captured', 'draft_generated', 'item_edited', 'item_kept', 'item_carried',
            'item_resolved', 'handover_signed', 'handover_declined', 'watch_ended', 'job_settled',
            'events_pruned')),
        subject_kind TEXT COLLATE "C" NOT NULL,
        subject_id TEXT COLLATE "C" NOT NULL,
        metadata TEXT COLLATE "C" NOT NULL CHECK (json_valid(metadata)),
        at TEXT COLLATE "C" NOT NULL,
        source TEXT COLLATE "C" NOT NULL,
        UNIQUE (type, source)
);

CREATE FUNCTION analytics_event_is_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq IS NULL THEN
        SELECT coalesce(max(seq), 0) + 1 INTO NEW.seq FROM analytics_event;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER analytics_event_is_numbered BEFORE INSERT ON analytics_event
    FOR EACH ROW EXECUTE FUNCTION analytics_event_is_numbered();

CREATE TABLE analytics_reader (
        id BIGINT PRIMARY KEY CHECK (id = 1),
        audit_seq BIGINT NOT NULL,
        entry_seq BIGINT NOT NULL,
        watches_until TEXT COLLATE "C",
        counted_seq BIGINT NOT NULL,
        counted_day TEXT COLLATE "C",
        changed_at TEXT COLLATE "C",
        judged_at TEXT COLLATE "C"
);

CREATE FUNCTION analytics_reader_is_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id IS NULL THEN
        SELECT coalesce(max(id), 0) + 1 INTO NEW.id FROM analytics_reader;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER analytics_reader_is_numbered BEFORE INSERT ON analytics_reader
    FOR EACH ROW EXECUTE FUNCTION analytics_reader_is_numbered();

CREATE TABLE audit_event (
        seq BIGINT PRIMARY KEY,
        at TEXT COLLATE "C" NOT NULL,
        actor_kind TEXT COLLATE "C" NOT NULL CHECK (actor_kind IN ('human', 'service', 'system')),
        actor_id TEXT COLLATE "C" NOT NULL,
        actor_name TEXT COLLATE "C" NOT NULL,
        action TEXT COLLATE "C" NOT NULL,
        outcome TEXT COLLATE "C" NOT NULL CHECK (outcome IN ('done', 'refused', 'dry_run')),
        subject_kind TEXT COLLATE "C" NOT NULL,
        subject_id TEXT COLLATE "C" NOT NULL,
        job_id TEXT COLLATE "C",
        trace_id TEXT COLLATE "C",
        detail TEXT COLLATE "C" NOT NULL,
        prev_hash TEXT COLLATE "C" NOT NULL CHECK (length(prev_hash) = 64),
        hash TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64)
);

CREATE FUNCTION audit_event_is_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq IS NULL THEN
        SELECT coalesce(max(seq), 0) + 1 INTO NEW.seq FROM audit_event;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER audit_event_is_numbered BEFORE INSERT ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_is_numbered();

CREATE TABLE daily_aggregate (
        day TEXT COLLATE "C" NOT NULL CHECK (length(day) = 10),
        metric TEXT COLLATE "C" NOT NULL CHECK (metric IN (
            'completion', 'acceptance', 'follow_through', 'retries', 'faults', 'entries',
            'drafts', 'declines')),
        subject TEXT COLLATE "C" NOT NULL,
        count BIGINT NOT NULL CHECK (count >= 0),
        base BIGINT CHECK (base >= 0),
        updated_at TEXT COLLATE "C" NOT NULL,
        PRIMARY KEY (day, metric, subject)
);

CREATE TABLE entry_words (
        rowid BIGINT PRIMARY KEY,
        narrative TEXT COLLATE "C" NOT NULL,
        found tsvector GENERATED ALWAYS AS (word_vector(narrative)) STORED
);

CREATE INDEX entry_words_found ON entry_words USING gin (found);

CREATE TABLE failure_words (
        rowid BIGINT PRIMARY KEY,
        words TEXT COLLATE "C" NOT NULL,
        found tsvector GENERATED ALWAYS AS (word_vector(words)) STORED
);

CREATE INDEX failure_words_found ON failure_words USING gin (found);

CREATE TABLE job (
        job_id TEXT COLLATE "C" PRIMARY KEY,
        trace_id TEXT COLLATE "C" NOT NULL,
        kind TEXT COLLATE "C" NOT NULL,
        status TEXT COLLATE "C" NOT NULL
            CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
        status_reason TEXT COLLATE "C" NOT NULL CHECK (status_reason <> ''),
        attempt BIGINT NOT NULL CHECK (attempt >= 0),
        attempt_id TEXT COLLATE "C",
        requeues BIGINT NOT NULL CHECK (requeues >= 0),
        queue TEXT COLLATE "C" NOT NULL,
        priority BIGINT NOT NULL CHECK (priority BETWEEN 0 AND 4),
        lock_key TEXT COLLATE "C" NOT NULL,
        duplicate_key TEXT COLLATE "C",
        idempotency_key TEXT COLLATE "C",
        origin TEXT COLLATE "C" NOT NULL CHECK (origin IN ('user', 'system', 'scheduled', 'group')),
        requested_by TEXT COLLATE "C" NOT NULL,
        requested_by_name TEXT COLLATE "C" NOT NULL,
        vessel_id TEXT COLLATE "C",
        subject TEXT COLLATE "C" NOT NULL,
        arguments TEXT COLLATE "C" NOT NULL CHECK (json_valid(arguments)),
        protocol_id TEXT COLLATE "C" NOT NULL,
        profile_id TEXT COLLATE "C" NOT NULL,
        capability_profile_id TEXT COLLATE "C" NOT NULL,
        access_mode TEXT COLLATE "C" NOT NULL
            CHECK (access_mode IN ('analysis_only', 'preview_only', 'apply_scoped')),
        safety_mode TEXT COLLATE "C" NOT NULL CHECK (safety_mode IN ('strict', 'normal', 'experimental')),
        entity_refs TEXT COLLATE "C" NOT NULL CHECK (json_valid(entity_refs)),
        planned_operations TEXT COLLATE "C" NOT NULL CHECK (json_valid(planned_operations)),
        parent_id TEXT COLLATE "C" REFERENCES job (job_id),
        group_id TEXT COLLATE "C",
        created_at TEXT COLLATE "C" NOT NULL,
        queued_at TEXT COLLATE "C" NOT NULL,
        available_at TEXT COLLATE "C" NOT NULL,
        started_at TEXT COLLATE "C",
        finished_at TEXT COLLATE "C",
        last_activity_at TEXT COLLATE "C" NOT NULL,
        cancel_requested_at TEXT COLLATE "C",
        CHECK ((status IN ('completed', 'failed', 'cancelled')) = (finished_at IS NOT NULL)),
        CHECK ((status = 'running') = (attempt_id IS NOT NULL)),
        rowid BIGINT NOT NULL UNIQUE
);

CREATE FUNCTION job_is_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.rowid IS NULL THEN
        SELECT coalesce(max(rowid), 0) + 1 INTO NEW.rowid FROM job;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER job_is_numbered BEFORE INSERT ON job
    FOR EACH ROW EXECUTE FUNCTION job_is_numbered();

CREATE TABLE job_count (
        status TEXT COLLATE "C" NOT NULL, kind TEXT COLLATE "C" NOT NULL, n BIGINT NOT NULL,
        PRIMARY KEY (status, kind)
);

CREATE TABLE job_pace (
        kind TEXT COLLATE "C" NOT NULL,
        slot BIGINT NOT NULL CHECK (slot >= 0),
        ms BIGINT NOT NULL CHECK (ms >= 0),
        PRIMARY KEY (kind, slot)
);

CREATE TABLE job_queue (
        name TEXT COLLATE "C" PRIMARY KEY,
        max_concurrent BIGINT CHECK (max_concurrent >= 0),
        paused_at TEXT COLLATE "C",
        paused_why TEXT COLLATE "C"
);

CREATE TABLE job_words (
        rowid BIGINT PRIMARY KEY,
        words TEXT COLLATE "C" NOT NULL,
        found tsvector GENERATED ALWAYS AS (word_vector(words)) STORED
);

CREATE INDEX job_words_found ON job_words USING gin (found);

CREATE TABLE job_worker (
        worker_id TEXT COLLATE "C" PRIMARY KEY,
        pool_id TEXT COLLATE "C" NOT NULL,
        host TEXT COLLATE "C" NOT NULL,
        pid BIGINT NOT NULL,
        boot_id TEXT COLLATE "C" NOT NULL,
        version TEXT COLLATE "C" NOT NULL,
        registered_at TEXT COLLATE "C" NOT NULL,
        heartbeat_at TEXT COLLATE "C" NOT NULL,
        stopped_at TEXT COLLATE "C",
        stop_reason TEXT COLLATE "C", draining_at TEXT COLLATE "C",
        CHECK ((stopped_at IS NULL) = (stop_reason IS NULL))
);

CREATE TABLE meta (name TEXT COLLATE "C" PRIMARY KEY, text TEXT COLLATE "C" NOT NULL
);

CREATE TABLE person (
        id TEXT COLLATE "C" PRIMARY KEY,
        name TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(name) > 0),
        role TEXT COLLATE "C" NOT NULL CHECK (role IN ('yacht_manager', 'captain', 'chief_engineer', 'eto', 'bosun', 'deckhand', 'chief_stew', 'stew', 'purser', 'chief_officer', 'second_officer', 'third_officer', 'second_engineer', 'third_engineer', 'rating', 'auditor')),
        is_admin BIGINT NOT NULL CHECK (is_admin IN (0, 1)),
        is_active BIGINT NOT NULL CHECK (is_active IN (0, 1)),
        pin_failures BIGINT NOT NULL DEFAULT 0 CHECK (pin_failures >= 0),
        created_at TEXT COLLATE "C" NOT NULL,
        failed_at TEXT COLLATE "C",
        failed_boot TEXT COLLATE "C" NOT NULL DEFAULT '',
        failed_uptime_ms BIGINT NOT NULL DEFAULT 0,
        left_at TEXT COLLATE "C",
        CHECK ((left_at IS NULL) = (is_active = 1))
);

CREATE TABLE schedule (
        name TEXT COLLATE "C" PRIMARY KEY,
        plan TEXT COLLATE "C" NOT NULL CHECK (json_valid(plan)),
        seen_until TEXT COLLATE "C" NOT NULL
);

CREATE TABLE scratch (
        job_id TEXT COLLATE "C" PRIMARY KEY,
        value TEXT COLLATE "C" NOT NULL
);

CREATE TABLE search_mark (
        name TEXT COLLATE "C" PRIMARY KEY CHECK (name IN ('job', 'failure')),
        upto BIGINT NOT NULL CHECK (upto >= 0)
);

CREATE TABLE signal (
        id TEXT COLLATE "C" PRIMARY KEY,
        rule TEXT COLLATE "C" NOT NULL CHECK (rule IN (
            'LOW_COMPLETION_RATE', 'LOW_ACCEPTANCE_RATE', 'LOW_FOLLOW_THROUGH', 'HIGH_RETRY',
            'RECURRING_FAULT')),
        subject TEXT COLLATE "C" NOT NULL CHECK (subject <> ''),
        first_day TEXT COLLATE "C" NOT NULL,
        last_day TEXT COLLATE "C" NOT NULL,
        severity TEXT COLLATE "C" NOT NULL CHECK (severity IN ('CRITICAL', 'WARNING')),
        count BIGINT NOT NULL CHECK (count >= 0),
        base BIGINT,
        message TEXT COLLATE "C" NOT NULL,
        entry_ids TEXT COLLATE "C" NOT NULL CHECK (json_valid(entry_ids)),
        created_at TEXT COLLATE "C" NOT NULL,
        job_id TEXT COLLATE "C",
        CHECK (first_day <= last_day),
        UNIQUE (rule, subject, first_day, last_day)
);

CREATE TABLE vessel (
        id TEXT COLLATE "C" PRIMARY KEY,
        name TEXT COLLATE "C" NOT NULL CHECK (length(name) > 0),
        imo TEXT COLLATE "C" CHECK (imo IS NULL OR length(imo) = 7),
        watch_bill TEXT COLLATE "C" NOT NULL,
        created_at TEXT COLLATE "C" NOT NULL
);

CREATE TABLE alert (
        alert_id TEXT COLLATE "C" PRIMARY KEY,
        source TEXT COLLATE "C" NOT NULL CHECK (source IN ('job', 'watch')),
        type TEXT COLLATE "C" CHECK (type IN (
            'store_unwritable', 'audit_chain_broken', 'disk_low', 'backup_old', 'worker_lost',
            'job_stuck', 'failure_spike', 'worker_stale', 'queue_backlog', 'clock_stepped')),
        severity TEXT COLLATE "C" NOT NULL CHECK (severity IN ('info', 'warning', 'error', 'critical')),
        title TEXT COLLATE "C" NOT NULL,
        message TEXT COLLATE "C" NOT NULL,
        same TEXT COLLATE "C",
        raised_at TEXT COLLATE "C" NOT NULL,
        last_seen_at TEXT COLLATE "C" NOT NULL,
        resolved_at TEXT COLLATE "C",
        suppressed BIGINT NOT NULL CHECK (suppressed >= 0),
        audit_seq BIGINT REFERENCES audit_event (seq),
        job_id TEXT COLLATE "C" REFERENCES job (job_id),
        acknowledged_at TEXT COLLATE "C",
        acknowledged_by TEXT COLLATE "C",
        acknowledged_why TEXT COLLATE "C",
        CHECK ((source = 'watch') = (type IS NOT NULL)),
        CHECK ((source = 'job') = (audit_seq IS NOT NULL)),
        CHECK ((source = 'job') = (same IS NOT NULL)),
        CHECK (source = 'watch' OR resolved_at IS NULL),
        CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL)),
        CHECK ((acknowledged_at IS NULL) = (acknowledged_why IS NULL))
);

CREATE TABLE draft (
        id TEXT COLLATE "C" PRIMARY KEY,
        vessel_id TEXT COLLATE "C" NOT NULL REFERENCES vessel (id),
        handover_type TEXT COLLATE "C" NOT NULL CHECK (
            handover_type IN ('bridge_watch', 'engine_watch', 'rotation', 'change_of_command')
        ),
        state TEXT COLLATE "C" NOT NULL CHECK (
            state IN ('DRAFT', 'IN_REVIEW', 'ACCEPTED', 'SIGNED', 'EXPORTED')
        ),
        period_from TEXT COLLATE "C" NOT NULL,
        period_to TEXT COLLATE "C" NOT NULL,
        fingerprint TEXT COLLATE "C" NOT NULL CHECK (length(fingerprint) = 64),
        trace_id TEXT COLLATE "C" NOT NULL,
        job_id TEXT COLLATE "C",
        review_round BIGINT NOT NULL DEFAULT 1 CHECK (review_round > 0),
        revision BIGINT NOT NULL DEFAULT 1 CHECK (revision > 0),
        content_hash TEXT COLLATE "C" CHECK (content_hash IS NULL OR length(content_hash) = 64),
        created_at TEXT COLLATE "C" NOT NULL,
        updated_at TEXT COLLATE "C" NOT NULL, command_takes_in TEXT COLLATE "C",
        CHECK (period_from <= period_to),
        CHECK ((state IN ('ACCEPTED', 'SIGNED', 'EXPORTED')) = (content_hash IS NOT NULL))
);

CREATE TABLE entry (
        seq BIGINT PRIMARY KEY,
        id TEXT COLLATE "C" NOT NULL UNIQUE,
        vessel_id TEXT COLLATE "C" NOT NULL REFERENCES vessel (id),
        created_at TEXT COLLATE "C" NOT NULL,
        recorded_at TEXT COLLATE "C" NOT NULL,
        recorded_by TEXT COLLATE "C" NOT NULL,
        author_id TEXT COLLATE "C" REFERENCES person (id),
        author TEXT COLLATE "C" NOT NULL,
        role TEXT COLLATE "C" NOT NULL,
        narrative TEXT COLLATE "C" NOT NULL CHECK (length(narrative) BETWEEN 1 AND 20000),
        primary_domain TEXT COLLATE "C" NOT NULL CHECK (primary_domain NOT ILIKE 'CMD-%'),
        bucket TEXT COLLATE "C" NOT NULL CHECK (
            bucket IN ('Engineering', 'ETO_AVIT', 'Deck', 'Interior', 'Admin_Compliance')
        ),
        secondary_domains TEXT COLLATE "C" NOT NULL,
        risk_tags TEXT COLLATE "C" NOT NULL,
        owner_roles TEXT COLLATE "C" NOT NULL,
        confidence TEXT COLLATE "C" NOT NULL CHECK (confidence IN ('HIGH', 'MEDIUM', 'LOW')),
        reasons TEXT COLLATE "C" NOT NULL,
        runner_up TEXT COLLATE "C",
        planning TEXT COLLATE "C" NOT NULL,
        context TEXT COLLATE "C" NOT NULL,
        status TEXT COLLATE "C" NOT NULL CHECK (status IN ('candidate', 'suppressed', 'resolved')),
        classification_flagged BIGINT NOT NULL CHECK (classification_flagged IN (0, 1))
);

CREATE FUNCTION entry_is_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq IS NULL THEN
        SELECT coalesce(max(seq), 0) + 1 INTO NEW.seq FROM entry;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER entry_is_numbered BEFORE INSERT ON entry
    FOR EACH ROW EXECUTE FUNCTION entry_is_numbered();

CREATE TABLE equipment_list (
        id TEXT COLLATE "C" PRIMARY KEY,
        vessel_id TEXT COLLATE "C" NOT NULL REFERENCES vessel (id),
        version BIGINT NOT NULL CHECK (version > 0),
        names TEXT COLLATE "C" NOT NULL,
        posted_by TEXT COLLATE "C" NOT NULL,
        posted_at TEXT COLLATE "C" NOT NULL
);

CREATE TABLE failure_group (
        failure_id TEXT COLLATE "C" PRIMARY KEY,
        kind TEXT COLLATE "C" NOT NULL,
        error_type TEXT COLLATE "C" NOT NULL,
        pattern TEXT COLLATE "C" NOT NULL,
        count BIGINT NOT NULL CHECK (count >= 1),
        first_at TEXT COLLATE "C" NOT NULL,
        last_at TEXT COLLATE "C" NOT NULL,
        last_job_id TEXT COLLATE "C" NOT NULL REFERENCES job (job_id),
        last_message TEXT COLLATE "C" NOT NULL
);

CREATE TABLE job_attempt (
        attempt_id TEXT COLLATE "C" PRIMARY KEY,
        job_id TEXT COLLATE "C" NOT NULL REFERENCES job (job_id),
        number BIGINT NOT NULL CHECK (number >= 1),
        worker_id TEXT COLLATE "C" NOT NULL,
        host TEXT COLLATE "C" NOT NULL,
        pid BIGINT NOT NULL,
        started_at TEXT COLLATE "C" NOT NULL,
        ended_at TEXT COLLATE "C",
        outcome TEXT COLLATE "C" CHECK (outcome IN ('completed', 'failed', 'cancelled')),
        reason TEXT COLLATE "C",
        error_type TEXT COLLATE "C",
        error_message TEXT COLLATE "C",
        traceback TEXT COLLATE "C",
        metrics TEXT COLLATE "C" NOT NULL CHECK (json_valid(metrics)),
        receipt TEXT COLLATE "C" CHECK (receipt IS NULL OR json_valid(receipt)),
        UNIQUE (job_id, number),
        CHECK ((outcome IS NULL) = (ended_at IS NULL)),
        CHECK ((outcome IS NULL) = (reason IS NULL)),
        rowid BIGINT NOT NULL UNIQUE
);

CREATE FUNCTION job_attempt_is_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.rowid IS NULL THEN
        SELECT coalesce(max(rowid), 0) + 1 INTO NEW.rowid FROM job_attempt;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER job_attempt_is_numbered BEFORE INSERT ON job_attempt
    FOR EACH ROW EXECUTE FUNCTION job_attempt_is_numbered();

CREATE TABLE job_group (
        group_id TEXT COLLATE "C" PRIMARY KEY,
        trace_id TEXT COLLATE "C" NOT NULL,
        label TEXT COLLATE "C" NOT NULL CHECK (label <> ''),
        parent_id TEXT COLLATE "C" REFERENCES job (job_id),
        opened_by TEXT COLLATE "C" NOT NULL,
        opened_by_name TEXT COLLATE "C" NOT NULL,
        state TEXT COLLATE "C" NOT NULL
            CHECK (state IN ('open', 'completed', 'failed', 'partial', 'cancelled')),
        total BIGINT NOT NULL,
        queued BIGINT NOT NULL CHECK (queued >= 0),
        running BIGINT NOT NULL CHECK (running >= 0),
        completed BIGINT NOT NULL CHECK (completed >= 0),
        failed BIGINT NOT NULL CHECK (failed >= 0),
        cancelled BIGINT NOT NULL CHECK (cancelled >= 0),
        opened_at TEXT COLLATE "C" NOT NULL,
        sealed_at TEXT COLLATE "C",
        cancel_requested_at TEXT COLLATE "C",
        closed_at TEXT COLLATE "C",
        follow_up TEXT COLLATE "C" CHECK (follow_up IS NULL OR json_valid(follow_up)),
        follow_up_job_id TEXT COLLATE "C" REFERENCES job (job_id),
        CHECK (total = queued + running + completed + failed + cancelled),
        CHECK ((state = 'open') = (closed_at IS NULL)),
        CHECK (closed_at IS NULL OR (sealed_at IS NOT NULL AND queued = 0 AND running = 0)),
        CHECK (follow_up_job_id IS NULL OR state IN ('completed', 'partial'))
);

CREATE TABLE job_log (
        seq BIGINT PRIMARY KEY,
        job_id TEXT COLLATE "C" NOT NULL REFERENCES job (job_id),
        attempt_id TEXT COLLATE "C",
        at TEXT COLLATE "C" NOT NULL,
        level TEXT COLLATE "C" NOT NULL CHECK (level IN ('INFO', 'WARN', 'ERROR')),
        event TEXT COLLATE "C" NOT NULL,
        message TEXT COLLATE "C" NOT NULL,
        context TEXT COLLATE "C" NOT NULL CHECK (json_valid(context))
);

CREATE FUNCTION job_log_is_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq IS NULL THEN
        SELECT coalesce(max(seq), 0) + 1 INTO NEW.seq FROM job_log;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER job_log_is_numbered BEFORE INSERT ON job_log
    FOR EACH ROW EXECUTE FUNCTION job_log_is_numbered();

CREATE TABLE job_progress (
        job_id TEXT COLLATE "C" PRIMARY KEY REFERENCES job (job_id),
        attempt_id TEXT COLLATE "C" NOT NULL,
        at TEXT COLLATE "C" NOT NULL,
        phase TEXT COLLATE "C" NOT NULL,
        current BIGINT NOT NULL CHECK (current >= 0),
        total BIGINT CHECK (total >= 0),
        unit TEXT COLLATE "C" NOT NULL,
        counters TEXT COLLATE "C" NOT NULL CHECK (json_valid(counters))
);

CREATE TABLE ledger_event (
        id TEXT COLLATE "C" PRIMARY KEY,
        vessel_id TEXT COLLATE "C" NOT NULL REFERENCES vessel (id),
        type TEXT COLLATE "C" NOT NULL CHECK (length(type) > 0),
        at TEXT COLLATE "C" NOT NULL,
        source TEXT COLLATE "C" NOT NULL,
        asset TEXT COLLATE "C" NOT NULL,
        text TEXT COLLATE "C" NOT NULL,
        context TEXT COLLATE "C" NOT NULL,
        recorded_at TEXT COLLATE "C" NOT NULL,
        recorded_by TEXT COLLATE "C" NOT NULL
);

CREATE TABLE person_key (
        id TEXT COLLATE "C" PRIMARY KEY,
        person_id TEXT COLLATE "C" NOT NULL REFERENCES person (id),
        public_key TEXT COLLATE "C" NOT NULL CHECK (length(public_key) = 64),
        sealed TEXT COLLATE "C" NOT NULL,
        created_at TEXT COLLATE "C" NOT NULL,
        retired_at TEXT COLLATE "C"
    , began_why TEXT COLLATE "C" NOT NULL DEFAULT 'joined'
        CHECK (began_why IN ('joined', 'reset', 'rotated')), ended_why TEXT COLLATE "C"
        CHECK (ended_why IN ('reset', 'rotated', 'left'))
);

CREATE TABLE pin_reset (
        id TEXT COLLATE "C" PRIMARY KEY,
        person_id TEXT COLLATE "C" NOT NULL REFERENCES person (id),
        proposed_by TEXT COLLATE "C" NOT NULL REFERENCES person (id) CHECK (proposed_by <> person_id),
        proposed_at TEXT COLLATE "C" NOT NULL,
        proposed_boot TEXT COLLATE "C" NOT NULL,
        proposed_uptime_ms BIGINT NOT NULL,
        state TEXT COLLATE "C" NOT NULL CHECK (state IN ('open', 'done', 'withdrawn')),
        confirmed_by TEXT COLLATE "C" REFERENCES person (id),
        ended_at TEXT COLLATE "C",
        CHECK ((ended_at IS NULL) = (state = 'open')),
        CHECK ((confirmed_by IS NOT NULL) = (state = 'done')),
        CHECK (confirmed_by <> person_id)
);

CREATE TABLE schedule_occurrence (
        seq BIGINT PRIMARY KEY,
        schedule TEXT COLLATE "C" NOT NULL REFERENCES schedule (name),
        occurrence TEXT COLLATE "C" NOT NULL CHECK (occurrence <> ''),
        state TEXT COLLATE "C" NOT NULL
            CHECK (state IN ('started', 'joined', 'by_hand', 'missed', 'made_up', 'skipped')),
        count BIGINT NOT NULL CHECK (count >= 1),
        first_due_at TEXT COLLATE "C" NOT NULL,
        due_at TEXT COLLATE "C" NOT NULL,
        noted_at TEXT COLLATE "C" NOT NULL,
        job_id TEXT COLLATE "C" REFERENCES job (job_id),
        answered_at TEXT COLLATE "C",
        UNIQUE (schedule, occurrence),
        CHECK (first_due_at <= due_at),
        CHECK ((state IN ('missed', 'skipped')) = (job_id IS NULL)),
        CHECK ((state IN ('made_up', 'skipped')) = (answered_at IS NOT NULL))
);

CREATE FUNCTION schedule_occurrence_is_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq IS NULL THEN
        SELECT coalesce(max(seq), 0) + 1 INTO NEW.seq FROM schedule_occurrence;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER schedule_occurrence_is_numbered BEFORE INSERT ON schedule_occurrence
    FOR EACH ROW EXECUTE FUNCTION schedule_occurrence_is_numbered();

CREATE TABLE ships_offset (
        id TEXT COLLATE "C" PRIMARY KEY,
        vessel_id TEXT COLLATE "C" NOT NULL REFERENCES vessel (id),
        since TEXT COLLATE "C" NOT NULL,
        minutes BIGINT NOT NULL CHECK (minutes BETWEEN -840 AND 840),
        rowid BIGINT NOT NULL UNIQUE
);

CREATE FUNCTION ships_offset_is_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.rowid IS NULL THEN
        SELECT coalesce(max(rowid), 0) + 1 INTO NEW.rowid FROM ships_offset;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER ships_offset_is_numbered BEFORE INSERT ON ships_offset
    FOR EACH ROW EXECUTE FUNCTION ships_offset_is_numbered();

CREATE TABLE source_document (
        id TEXT COLLATE "C" PRIMARY KEY,
        vessel_id TEXT COLLATE "C" NOT NULL REFERENCES vessel (id),
        name TEXT COLLATE "C" NOT NULL,
        sha256 TEXT COLLATE "C" NOT NULL CHECK (length(sha256) = 64),
        size BIGINT NOT NULL CHECK (size >= 0),
        path TEXT COLLATE "C" NOT NULL,
        uploaded_by TEXT COLLATE "C" NOT NULL,
        uploaded_at TEXT COLLATE "C" NOT NULL
);

CREATE TABLE suggestion (
        id TEXT COLLATE "C" PRIMARY KEY,
        signal_id TEXT COLLATE "C" NOT NULL REFERENCES signal (id),
        scope TEXT COLLATE "C" NOT NULL CHECK (scope IN ('handover', 'draft', 'entry', 'job')),
        type TEXT COLLATE "C" NOT NULL CHECK (type IN ('propose_entry', 'regenerate')),
        target TEXT COLLATE "C" NOT NULL CHECK (target <> ''),
        severity TEXT COLLATE "C" NOT NULL CHECK (severity IN ('CRITICAL', 'WARNING')),
        text TEXT COLLATE "C" NOT NULL,
        status TEXT COLLATE "C" NOT NULL CHECK (status IN ('OPEN', 'ACCEPTED', 'DISMISSED')),
        created_at TEXT COLLATE "C" NOT NULL,
        UNIQUE (signal_id, type, target)
);

CREATE TABLE classification_correction (
        id TEXT COLLATE "C" PRIMARY KEY,
        entry_id TEXT COLLATE "C" NOT NULL REFERENCES entry (id),
        original_domain TEXT COLLATE "C" NOT NULL,
        suggested_domain TEXT COLLATE "C",
        reason TEXT COLLATE "C" NOT NULL CHECK (length(reason) > 0),
        requested_by TEXT COLLATE "C" NOT NULL,
        requested_at TEXT COLLATE "C" NOT NULL
);

CREATE TABLE draft_concern (
        id TEXT COLLATE "C" PRIMARY KEY,
        draft_id TEXT COLLATE "C" NOT NULL REFERENCES draft (id),
        key TEXT COLLATE "C" NOT NULL,
        kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('conflict', 'uncertainty', 'planning')),
        position BIGINT NOT NULL,
        entry_ids TEXT COLLATE "C" NOT NULL,
        item_ids TEXT COLLATE "C" NOT NULL,
        reason TEXT COLLATE "C" NOT NULL,
        note TEXT COLLATE "C",
        acknowledged_by TEXT COLLATE "C",
        acknowledged_at TEXT COLLATE "C",
        CHECK ((note IS NULL) = (acknowledged_by IS NULL)),
        CHECK ((note IS NULL) = (acknowledged_at IS NULL))
);

CREATE TABLE draft_item (
        id TEXT COLLATE "C" PRIMARY KEY,
        draft_id TEXT COLLATE "C" NOT NULL REFERENCES draft (id),
        key TEXT COLLATE "C" NOT NULL,
        bucket TEXT COLLATE "C" NOT NULL CHECK (bucket IN ('Command', 'Engineering', 'ETO_AVIT', 'Deck', 'Interior', 'Admin_Compliance')),
        domain TEXT COLLATE "C" NOT NULL,
        position BIGINT NOT NULL,
        status TEXT COLLATE "C" NOT NULL CHECK (
            status IN ('shown', 'merged', 'split', 'suppressed', 'withdrawn')
        ),
        merged_into TEXT COLLATE "C" REFERENCES draft_item (id),
        touched BIGINT NOT NULL CHECK (touched IN (0, 1)),
        text TEXT COLLATE "C" NOT NULL CHECK (length(text) > 0),
        machine_text TEXT COLLATE "C" NOT NULL,
        sentences TEXT COLLATE "C" NOT NULL,
        risk_tags TEXT COLLATE "C" NOT NULL,
        confidence TEXT COLLATE "C" NOT NULL CHECK (confidence IN ('HIGH', 'MEDIUM', 'LOW')),
        state TEXT COLLATE "C" NOT NULL CHECK (state IN ('open', 'done', 'restriction', 'none')),
        conflict BIGINT NOT NULL CHECK (conflict IN (0, 1)),
        uncertain BIGINT NOT NULL CHECK (uncertain IN (0, 1)),
        note TEXT COLLATE "C" NOT NULL,
        summarised BIGINT NOT NULL CHECK (summarised IN (0, 1)),
        planning TEXT COLLATE "C" NOT NULL,
        first_raised_at TEXT COLLATE "C",
        carried_count BIGINT NOT NULL CHECK (carried_count >= 0),
        CHECK ((status = 'merged') = (merged_into IS NOT NULL)),
        CHECK ((bucket = 'Command') = (domain ILIKE 'CMD-%')),
        CHECK (bucket <> 'Command' OR (touched = 0 AND text = machine_text))
);

CREATE TABLE draft_slot (
        draft_id TEXT COLLATE "C" NOT NULL REFERENCES draft (id),
        slot TEXT COLLATE "C" NOT NULL,
        position BIGINT NOT NULL,
        label TEXT COLLATE "C" NOT NULL,
        state TEXT COLLATE "C" NOT NULL CHECK (state IN ('stated', 'stated_nil', 'not_covered')),
        item_ids TEXT COLLATE "C" NOT NULL,
        PRIMARY KEY (draft_id, slot)
);

CREATE TABLE entry_mark (
        id TEXT COLLATE "C" PRIMARY KEY,
        entry_id TEXT COLLATE "C" NOT NULL REFERENCES entry (id),
        mark TEXT COLLATE "C" NOT NULL CHECK (mark IN ('resolved', 'suppressed')),
        reason TEXT COLLATE "C" NOT NULL CHECK (length(reason) > 0),
        by_id TEXT COLLATE "C" NOT NULL,
        by_name TEXT COLLATE "C" NOT NULL,
        at TEXT COLLATE "C" NOT NULL
);

CREATE TABLE entry_proposal (
        id TEXT COLLATE "C" PRIMARY KEY,
        source_kind TEXT COLLATE "C" NOT NULL CHECK (source_kind IN ('event', 'suggestion')),
        source_id TEXT COLLATE "C" NOT NULL,
        text TEXT COLLATE "C" NOT NULL,
        status TEXT COLLATE "C" NOT NULL CHECK (status IN ('open', 'accepted', 'dismissed')),
        entry_id TEXT COLLATE "C" REFERENCES entry (id),
        decided_by TEXT COLLATE "C",
        decided_at TEXT COLLATE "C",
        reason TEXT COLLATE "C",
        created_at TEXT COLLATE "C" NOT NULL,
        UNIQUE (source_kind, source_id),
        CHECK ((status = 'open') = (decided_at IS NULL)),
        CHECK ((status = 'accepted') = (entry_id IS NOT NULL))
);

CREATE TABLE entry_source (
        entry_id TEXT COLLATE "C" NOT NULL REFERENCES entry (id),
        kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('event', 'document')),
        source_id TEXT COLLATE "C" NOT NULL,
        PRIMARY KEY (entry_id, kind, source_id)
);

CREATE TABLE failure_acknowledgement (
        seq BIGINT PRIMARY KEY,
        failure_id TEXT COLLATE "C" NOT NULL REFERENCES failure_group (failure_id),
        count BIGINT NOT NULL CHECK (count >= 1),
        reason TEXT COLLATE "C" NOT NULL CHECK (reason <> ''),
        owner TEXT COLLATE "C" NOT NULL CHECK (owner <> ''),
        acknowledged_by TEXT COLLATE "C" NOT NULL,
        acknowledged_by_name TEXT COLLATE "C" NOT NULL,
        at TEXT COLLATE "C" NOT NULL
);

CREATE FUNCTION failure_acknowledgement_is_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq IS NULL THEN
        SELECT coalesce(max(seq), 0) + 1 INTO NEW.seq FROM failure_acknowledgement;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER failure_acknowledgement_is_numbered BEFORE INSERT ON failure_acknowledgement
    FOR EACH ROW EXECUTE FUNCTION failure_acknowledgement_is_numbered();

CREATE TABLE handover (
        draft_id TEXT COLLATE "C" PRIMARY KEY REFERENCES draft (id),
        vessel_id TEXT COLLATE "C" NOT NULL REFERENCES vessel (id),
        document_number TEXT COLLATE "C" NOT NULL UNIQUE,
        snapshot TEXT COLLATE "C" NOT NULL,
        document_hash TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(document_hash) = 64),
        checkpoint_size BIGINT NOT NULL,
        checkpoint_root TEXT COLLATE "C" NOT NULL,
        signed_at TEXT COLLATE "C" NOT NULL
);

CREATE TABLE handover_decline (
        id TEXT COLLATE "C" PRIMARY KEY,
        draft_id TEXT COLLATE "C" NOT NULL REFERENCES draft (id),
        kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('decline', 'reopen')),
        by_id TEXT COLLATE "C" NOT NULL REFERENCES person (id),
        by_name TEXT COLLATE "C" NOT NULL,
        role TEXT COLLATE "C" NOT NULL,
        at TEXT COLLATE "C" NOT NULL,
        reason TEXT COLLATE "C" NOT NULL CHECK (length(reason) > 0)
);

CREATE TABLE handover_signature (
        id TEXT COLLATE "C" PRIMARY KEY,
        draft_id TEXT COLLATE "C" NOT NULL REFERENCES draft (id),
        review_round BIGINT NOT NULL,
        position TEXT COLLATE "C" NOT NULL CHECK (position IN ('outgoing', 'incoming')),
        person_id TEXT COLLATE "C" NOT NULL REFERENCES person (id),
        name TEXT COLLATE "C" NOT NULL,
        role TEXT COLLATE "C" NOT NULL,
        signed_at TEXT COLLATE "C" NOT NULL,
        meaning TEXT COLLATE "C" NOT NULL,
        statement TEXT COLLATE "C" NOT NULL,
        public_key TEXT COLLATE "C" NOT NULL CHECK (length(public_key) = 64),
        signature TEXT COLLATE "C" NOT NULL CHECK (length(signature) = 128),
        UNIQUE (draft_id, review_round, position),
        UNIQUE (draft_id, review_round, person_id)
);

CREATE TABLE job_failure (
        seq BIGINT PRIMARY KEY,
        failure_id TEXT COLLATE "C" NOT NULL REFERENCES failure_group (failure_id),
        job_id TEXT COLLATE "C" NOT NULL REFERENCES job (job_id),
        attempt_id TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES job_attempt (attempt_id),
        at TEXT COLLATE "C" NOT NULL
);

CREATE FUNCTION job_failure_is_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq IS NULL THEN
        SELECT coalesce(max(seq), 0) + 1 INTO NEW.seq FROM job_failure;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER job_failure_is_numbered BEFORE INSERT ON job_failure
    FOR EACH ROW EXECUTE FUNCTION job_failure_is_numbered();

CREATE TABLE merge_proposal (
        id TEXT COLLATE "C" PRIMARY KEY,
        draft_id TEXT COLLATE "C" NOT NULL REFERENCES draft (id),
        key TEXT COLLATE "C" NOT NULL,
        kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('duplicate', 'progress')),
        position BIGINT NOT NULL,
        entry_ids TEXT COLLATE "C" NOT NULL,
        item_ids TEXT COLLATE "C" NOT NULL,
        score BIGINT NOT NULL CHECK (score BETWEEN 0 AND 100),
        reason TEXT COLLATE "C" NOT NULL,
        merged_text TEXT COLLATE "C" NOT NULL,
        answer TEXT COLLATE "C" CHECK (answer IN ('merge', 'keep-both', 'progress')),
        answered_by TEXT COLLATE "C",
        answered_at TEXT COLLATE "C",
        CHECK ((answer IS NULL) = (answered_by IS NULL)),
        CHECK ((answer IS NULL) = (answered_at IS NULL))
);

CREATE TABLE refused_pair (
        first_entry TEXT COLLATE "C" NOT NULL REFERENCES entry (id),
        second_entry TEXT COLLATE "C" NOT NULL REFERENCES entry (id),
        by_name TEXT COLLATE "C" NOT NULL,
        at TEXT COLLATE "C" NOT NULL,
        PRIMARY KEY (first_entry, second_entry),
        CHECK (first_entry < second_entry)
);

CREATE TABLE regeneration (
        id TEXT COLLATE "C" PRIMARY KEY,
        suggestion_id TEXT COLLATE "C" NOT NULL REFERENCES suggestion (id),
        retry_of TEXT COLLATE "C" UNIQUE REFERENCES regeneration (id),
        reason TEXT COLLATE "C" NOT NULL CHECK (retry_of IS NULL OR reason <> ''),
        approved_by_id TEXT COLLATE "C" NOT NULL,
        approved_by TEXT COLLATE "C" NOT NULL,
        approved_at TEXT COLLATE "C" NOT NULL,
        status TEXT COLLATE "C" NOT NULL CHECK (status IN ('PENDING', 'COMPLETED', 'FAILED')),
        detail TEXT COLLATE "C",
        finished_at TEXT COLLATE "C",
        job_id TEXT COLLATE "C",
        CHECK ((status = 'PENDING') = (finished_at IS NULL)),
        CHECK ((status = 'FAILED') = (detail IS NOT NULL))
);

CREATE TABLE section_view (
        draft_id TEXT COLLATE "C" NOT NULL REFERENCES draft (id),
        bucket TEXT COLLATE "C" NOT NULL CHECK (bucket IN ('Command', 'Engineering', 'ETO_AVIT', 'Deck', 'Interior', 'Admin_Compliance')),
        person_id TEXT COLLATE "C" NOT NULL REFERENCES person (id),
        review_round BIGINT NOT NULL,
        seen_at TEXT COLLATE "C" NOT NULL,
        PRIMARY KEY (draft_id, bucket, person_id, review_round)
);

CREATE TABLE supersession (
        draft_id TEXT COLLATE "C" PRIMARY KEY REFERENCES draft (id),
        supersedes TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES draft (id),
        reason TEXT COLLATE "C" NOT NULL CHECK (length(reason) > 0),
        by_id TEXT COLLATE "C" NOT NULL REFERENCES person (id),
        by_name TEXT COLLATE "C" NOT NULL,
        role TEXT COLLATE "C" NOT NULL,
        at TEXT COLLATE "C" NOT NULL,
        CHECK (draft_id <> supersedes)
);

CREATE TABLE work_order (
        order_id TEXT COLLATE "C" PRIMARY KEY,
        name TEXT COLLATE "C" NOT NULL UNIQUE CHECK (name <> ''),
        sha256 TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(sha256) = 64),
        source TEXT COLLATE "C" NOT NULL,
        workflow TEXT COLLATE "C" NOT NULL,
        mode TEXT COLLATE "C" NOT NULL,
        lines BIGINT NOT NULL CHECK (lines >= entries),
        entries BIGINT NOT NULL CHECK (entries >= 1),
        tasks TEXT COLLATE "C" NOT NULL CHECK (json_valid(tasks)),
        state TEXT COLLATE "C" NOT NULL CHECK (state IN ('planned', 'dispatched', 'withdrawn')),
        trace_id TEXT COLLATE "C" NOT NULL,
        planned_at TEXT COLLATE "C" NOT NULL,
        planned_by TEXT COLLATE "C" NOT NULL,
        planned_by_name TEXT COLLATE "C" NOT NULL,
        plan_job_id TEXT COLLATE "C" REFERENCES job (job_id),
        dispatched_at TEXT COLLATE "C",
        dispatched_by TEXT COLLATE "C",
        dispatched_by_name TEXT COLLATE "C",
        round BIGINT NOT NULL CHECK (round >= 0),
        group_id TEXT COLLATE "C" REFERENCES job_group (group_id),
        withdrawn_at TEXT COLLATE "C",
        CHECK ((state = 'dispatched') = (dispatched_at IS NOT NULL)),
        CHECK ((dispatched_at IS NULL) = (dispatched_by IS NULL)),
        CHECK ((dispatched_at IS NULL) = (dispatched_by_name IS NULL)),
        CHECK ((dispatched_at IS NULL) = (group_id IS NULL)),
        CHECK ((dispatched_at IS NULL) = (round = 0)),
        CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL))
);

CREATE TABLE correction_decision (
        seq BIGINT PRIMARY KEY,
        correction_id TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES classification_correction (id),
        entry_id TEXT COLLATE "C" NOT NULL REFERENCES entry (id),
        decision TEXT COLLATE "C" NOT NULL CHECK (decision IN ('accepted', 'rejected')),
        reason TEXT COLLATE "C" NOT NULL,
        decided_by_id TEXT COLLATE "C" NOT NULL,
        decided_by TEXT COLLATE "C" NOT NULL,
        decided_at TEXT COLLATE "C" NOT NULL,
        primary_domain TEXT COLLATE "C" CHECK (primary_domain NOT ILIKE 'CMD-%'),
        bucket TEXT COLLATE "C" CHECK (
            bucket IN ('Engineering', 'ETO_AVIT', 'Deck', 'Interior', 'Admin_Compliance')
        ),
        secondary_domains TEXT COLLATE "C",
        owner_roles TEXT COLLATE "C",
        CHECK ((decision = 'accepted') = (primary_domain IS NOT NULL)),
        CHECK ((decision = 'accepted') = (bucket IS NOT NULL)),
        CHECK ((decision = 'accepted') = (secondary_domains IS NOT NULL)),
        CHECK ((decision = 'accepted') = (owner_roles IS NOT NULL)),
        CHECK (decision = 'accepted' OR length(reason) > 0)
);

CREATE FUNCTION correction_decision_is_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq IS NULL THEN
        SELECT coalesce(max(seq), 0) + 1 INTO NEW.seq FROM correction_decision;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER correction_decision_is_numbered BEFORE INSERT ON correction_decision
    FOR EACH ROW EXECUTE FUNCTION correction_decision_is_numbered();

CREATE TABLE draft_edit (
        id TEXT COLLATE "C" PRIMARY KEY,
        draft_id TEXT COLLATE "C" NOT NULL REFERENCES draft (id),
        item_id TEXT COLLATE "C" NOT NULL REFERENCES draft_item (id),
        kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('edit', 'move', 'merge', 'split', 'suppress')),
        original TEXT COLLATE "C" NOT NULL,
        new TEXT COLLATE "C" NOT NULL,
        editor_id TEXT COLLATE "C" NOT NULL,
        editor TEXT COLLATE "C" NOT NULL,
        at TEXT COLLATE "C" NOT NULL,
        reason TEXT COLLATE "C" NOT NULL
);

CREATE TABLE draft_item_source (
        item_id TEXT COLLATE "C" NOT NULL REFERENCES draft_item (id) ON DELETE CASCADE,
        kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('entry', 'event', 'document')),
        source_id TEXT COLLATE "C" NOT NULL,
        PRIMARY KEY (item_id, kind, source_id)
);

CREATE TABLE handover_export (
        id TEXT COLLATE "C" PRIMARY KEY,
        draft_id TEXT COLLATE "C" NOT NULL REFERENCES handover (draft_id),
        type TEXT COLLATE "C" NOT NULL CHECK (type IN ('signed', 'pdf', 'html', 'json', 'email')),
        path TEXT COLLATE "C" NOT NULL,
        hashes TEXT COLLATE "C" NOT NULL,
        exporter_id TEXT COLLATE "C" NOT NULL REFERENCES person (id),
        exporter TEXT COLLATE "C" NOT NULL,
        recipients TEXT COLLATE "C" NOT NULL,
        job_id TEXT COLLATE "C",
        at TEXT COLLATE "C" NOT NULL
);

CREATE TABLE manifest_link (
        order_id TEXT COLLATE "C" NOT NULL REFERENCES work_order (order_id),
        line BIGINT NOT NULL CHECK (line >= 1),
        round BIGINT NOT NULL CHECK (round >= 1),
        entry_id TEXT COLLATE "C" NOT NULL CHECK (entry_id <> ''),
        job_id TEXT COLLATE "C" NOT NULL REFERENCES job (job_id),
        PRIMARY KEY (order_id, line, round)
);

CREATE TABLE manifest_verdict (
        verdict_id TEXT COLLATE "C" PRIMARY KEY,
        order_id TEXT COLLATE "C" NOT NULL REFERENCES work_order (order_id),
        job_id TEXT COLLATE "C" NOT NULL REFERENCES job (job_id),
        at TEXT COLLATE "C" NOT NULL,
        round BIGINT NOT NULL CHECK (round >= 1),
        sha256 TEXT COLLATE "C" NOT NULL,
        unchanged BIGINT NOT NULL CHECK (unchanged IN (0, 1)),
        total BIGINT NOT NULL,
        ok BIGINT NOT NULL CHECK (ok >= 0),
        failed BIGINT NOT NULL CHECK (failed >= 0),
        pending BIGINT NOT NULL CHECK (pending >= 0),
        missing BIGINT NOT NULL CHECK (missing >= 0),
        mismatch BIGINT NOT NULL CHECK (mismatch >= 0),
        left_over TEXT COLLATE "C" NOT NULL CHECK (json_valid(left_over)),
        CHECK (total = ok + failed + pending + missing + mismatch)
);

CREATE TABLE notice (
        id TEXT COLLATE "C" PRIMARY KEY,
        decline_id TEXT COLLATE "C" NOT NULL REFERENCES handover_decline (id),
        person_id TEXT COLLATE "C" NOT NULL REFERENCES person (id),
        at TEXT COLLATE "C" NOT NULL,
        seen_at TEXT COLLATE "C",
        UNIQUE (decline_id, person_id)
);

CREATE TABLE read_back (
        draft_id TEXT COLLATE "C" NOT NULL REFERENCES draft (id),
        item_id TEXT COLLATE "C" NOT NULL REFERENCES draft_item (id),
        text TEXT COLLATE "C" NOT NULL CHECK (length(text) > 0),
        by_id TEXT COLLATE "C" NOT NULL REFERENCES person (id),
        by_name TEXT COLLATE "C" NOT NULL,
        at TEXT COLLATE "C" NOT NULL,
        PRIMARY KEY (draft_id, item_id)
);

CREATE TABLE regeneration_output (
        id TEXT COLLATE "C" PRIMARY KEY,
        regeneration_id TEXT COLLATE "C" UNIQUE REFERENCES regeneration (id),
        restores TEXT COLLATE "C" REFERENCES regeneration_output (id),
        scope TEXT COLLATE "C" NOT NULL,
        target TEXT COLLATE "C" NOT NULL,
        version BIGINT NOT NULL CHECK (version > 0),
        title TEXT COLLATE "C" NOT NULL,
        lines TEXT COLLATE "C" NOT NULL CHECK (json_valid(lines)),
        content_hash TEXT COLLATE "C" NOT NULL CHECK (length(content_hash) = 64),
        made_at TEXT COLLATE "C" NOT NULL,
        CHECK ((regeneration_id IS NULL) = (restores IS NOT NULL)),
        UNIQUE (scope, target, version)
);

CREATE TABLE suggestion_decision (
        suggestion_id TEXT COLLATE "C" PRIMARY KEY REFERENCES suggestion (id),
        decision TEXT COLLATE "C" NOT NULL CHECK (decision IN ('ACCEPTED', 'DISMISSED')),
        reason TEXT COLLATE "C" NOT NULL CHECK (decision = 'ACCEPTED' OR reason <> ''),
        decided_by_id TEXT COLLATE "C" NOT NULL,
        decided_by TEXT COLLATE "C" NOT NULL,
        decided_at TEXT COLLATE "C" NOT NULL,
        proposal_id TEXT COLLATE "C" REFERENCES entry_proposal (id),
        regeneration_id TEXT COLLATE "C" REFERENCES regeneration (id),
        CHECK ((decision = 'ACCEPTED')
            = ((proposal_id IS NULL) <> (regeneration_id IS NULL))),
        CHECK (decision = 'ACCEPTED' OR proposal_id IS NULL)
);

CREATE TABLE manifest_finding (
        verdict_id TEXT COLLATE "C" NOT NULL REFERENCES manifest_verdict (verdict_id),
        line BIGINT NOT NULL CHECK (line >= 1),
        entry_id TEXT COLLATE "C" NOT NULL,
        job_id TEXT COLLATE "C",
        verdict TEXT COLLATE "C" NOT NULL CHECK (verdict IN ('failed', 'pending', 'missing', 'mismatch')),
        why TEXT COLLATE "C" NOT NULL CHECK (why <> ''),
        PRIMARY KEY (verdict_id, line)
);

CREATE TABLE output_decision (
        output_id TEXT COLLATE "C" PRIMARY KEY REFERENCES regeneration_output (id),
        decision TEXT COLLATE "C" NOT NULL CHECK (decision IN ('approved', 'rejected')),
        reason TEXT COLLATE "C" NOT NULL CHECK (decision = 'approved' OR reason <> ''),
        decided_by_id TEXT COLLATE "C" NOT NULL,
        decided_by TEXT COLLATE "C" NOT NULL,
        decided_at TEXT COLLATE "C" NOT NULL
);

CREATE UNIQUE INDEX alert_of_event ON alert (audit_seq) WHERE audit_seq IS NOT NULL;

CREATE INDEX alert_raised ON alert (raised_at, alert_id);

CREATE INDEX alert_same ON alert (same, audit_seq) WHERE same IS NOT NULL;

CREATE UNIQUE INDEX alert_standing ON alert (type)
    WHERE type IS NOT NULL AND resolved_at IS NULL;

CREATE INDEX alert_title ON alert (title, audit_seq) WHERE audit_seq IS NOT NULL;

CREATE INDEX analytics_event_at ON analytics_event (at);

CREATE INDEX audit_event_action ON audit_event (action, seq);

CREATE INDEX audit_event_actor ON audit_event (actor_id, seq);

CREATE INDEX audit_event_job ON audit_event (job_id, seq) WHERE job_id IS NOT NULL;

CREATE INDEX audit_event_subject ON audit_event (subject_kind, subject_id, seq);

CREATE INDEX correction_decision_entry ON correction_decision (entry_id, seq);

CREATE INDEX correction_entry ON classification_correction (entry_id);

CREATE INDEX correction_requested ON classification_correction (requested_at, id);

CREATE INDEX daily_aggregate_metric ON daily_aggregate (metric, day);

CREATE UNIQUE INDEX draft_concern_key ON draft_concern (draft_id, key);

CREATE INDEX draft_created ON draft (created_at, id);

CREATE INDEX draft_edit_draft ON draft_edit (draft_id, id);

CREATE INDEX draft_edit_item ON draft_edit (item_id, id);

CREATE UNIQUE INDEX draft_item_key ON draft_item (draft_id, key);

CREATE INDEX draft_item_place ON draft_item (draft_id, bucket, position);

CREATE INDEX draft_item_source_back ON draft_item_source (kind, source_id, item_id);

CREATE INDEX entry_created ON entry (created_at, id);

CREATE INDEX entry_mark_entry ON entry_mark (entry_id);

CREATE INDEX entry_proposal_entry ON entry_proposal (entry_id) WHERE entry_id IS NOT NULL;

CREATE INDEX entry_proposal_status ON entry_proposal (status, created_at, id);

CREATE INDEX entry_source_back ON entry_source (kind, source_id, entry_id);

CREATE INDEX entry_status ON entry (status, created_at, id);

CREATE UNIQUE INDEX equipment_list_version ON equipment_list (vessel_id, version);

CREATE INDEX failure_acknowledgement_of ON failure_acknowledgement (failure_id, seq);

CREATE INDEX failure_group_newest ON failure_group (last_at, failure_id);

CREATE INDEX handover_decline_draft ON handover_decline (draft_id, id);

CREATE INDEX handover_export_draft ON handover_export (draft_id, id);

CREATE INDEX handover_signed_at ON handover (signed_at, draft_id);

CREATE INDEX job_attempt_open ON job_attempt (worker_id) WHERE outcome IS NULL;

CREATE INDEX job_cooldown ON job (duplicate_key, finished_at)
    WHERE status = 'completed' AND duplicate_key IS NOT NULL;

CREATE INDEX job_created ON job (created_at, job_id);

CREATE UNIQUE INDEX job_duplicate ON job (duplicate_key)
    WHERE status IN ('queued', 'running') AND duplicate_key IS NOT NULL;

CREATE INDEX job_failure_alike ON job_failure (failure_id, seq);

CREATE INDEX job_group_parent ON job_group (parent_id) WHERE sealed_at IS NULL;

CREATE UNIQUE INDEX job_idempotency ON job (idempotency_key)
    WHERE idempotency_key IS NOT NULL;

CREATE INDEX job_kind ON job (kind, created_at, job_id);

CREATE UNIQUE INDEX job_lock ON job (lock_key) WHERE status = 'running' AND lock_key <> '';

CREATE INDEX job_log_job ON job_log (job_id, seq);

CREATE INDEX job_of_group ON job (group_id, created_at, job_id) WHERE group_id IS NOT NULL;

CREATE INDEX job_running ON job (queue, lock_key) WHERE status = 'running';

CREATE INDEX job_status ON job (status, created_at, job_id);

CREATE INDEX job_subject ON job (subject, created_at) WHERE subject <> '';

CREATE INDEX job_trace ON job (trace_id);

CREATE INDEX job_waiting ON job (queue, lock_key, priority, available_at, job_id)
    WHERE status = 'queued';

CREATE INDEX job_worker_lost ON job_worker (stopped_at) WHERE stop_reason = 'lost';

CREATE INDEX job_worker_open ON job_worker (worker_id) WHERE stopped_at IS NULL;

CREATE INDEX ledger_event_at ON ledger_event (at, id);

CREATE INDEX manifest_link_job ON manifest_link (job_id);

CREATE INDEX manifest_verdict_of ON manifest_verdict (order_id, verdict_id);

CREATE UNIQUE INDEX merge_proposal_key ON merge_proposal (draft_id, key);

CREATE INDEX notice_unseen ON notice (person_id, id) WHERE seen_at IS NULL;

CREATE UNIQUE INDEX one_open_draft_per_vessel ON draft (vessel_id)
    WHERE state IN ('DRAFT', 'IN_REVIEW', 'ACCEPTED');

CREATE UNIQUE INDEX one_signed_set ON handover_export (draft_id) WHERE type = 'signed';

CREATE UNIQUE INDEX person_key_in_use ON person_key (person_id) WHERE retired_at IS NULL;

CREATE UNIQUE INDEX pin_reset_open ON pin_reset (person_id) WHERE state = 'open';

CREATE UNIQUE INDEX regeneration_first ON regeneration (suggestion_id)
    WHERE retry_of IS NULL;

CREATE INDEX regeneration_pending ON regeneration (id) WHERE status = 'PENDING';

CREATE INDEX schedule_occurrence_due ON schedule_occurrence (schedule, due_at);

CREATE INDEX schedule_occurrence_open ON schedule_occurrence (schedule)
    WHERE state = 'missed';

CREATE INDEX schedule_occurrence_run ON schedule_occurrence (schedule, seq)
    WHERE job_id IS NOT NULL;

CREATE INDEX ships_offset_since ON ships_offset (vessel_id, since);

CREATE INDEX signal_created ON signal (created_at, id);

CREATE INDEX suggestion_status ON suggestion (status, created_at, id);

CREATE INDEX work_order_planned ON work_order (planned_at, order_id);

CREATE INDEX work_order_source ON work_order (source) WHERE source <> '';

CREATE FUNCTION alert_acknowledged_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.acknowledged_at IS NOT NULL THEN
        RAISE EXCEPTION USING MESSAGE = 'an acknowledgement never changes', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER alert_acknowledged_once BEFORE UPDATE OF acknowledged_at, acknowledged_by, acknowledged_why ON alert
    FOR EACH ROW EXECUTE FUNCTION alert_acknowledged_once();

CREATE FUNCTION alert_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'alerts are kept', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER alert_never_goes BEFORE DELETE ON alert
    FOR EACH ROW EXECUTE FUNCTION alert_never_goes();

CREATE TRIGGER alert_never_goes_at_once BEFORE TRUNCATE ON alert
    FOR EACH STATEMENT EXECUTE FUNCTION alert_never_goes();

CREATE FUNCTION alert_origin_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'what an alert was raised for never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER alert_origin_never_changes BEFORE UPDATE OF alert_id, source, type, severity, title, same, raised_at, audit_seq, job_id ON alert
    FOR EACH ROW EXECUTE FUNCTION alert_origin_never_changes();

CREATE FUNCTION alert_resolves_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.resolved_at IS NOT NULL THEN
        RAISE EXCEPTION USING MESSAGE = 'a resolved alert stays resolved', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER alert_resolves_once BEFORE UPDATE OF resolved_at ON alert
    FOR EACH ROW EXECUTE FUNCTION alert_resolves_once();

CREATE FUNCTION analytics_event_goes_by_pruning() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM analytics_event p WHERE p.type = 'events_pruned' AND p.subject_id > OLD.at) THEN
        RAISE EXCEPTION USING MESSAGE = 'an event goes only when it is pruned', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER analytics_event_goes_by_pruning BEFORE DELETE ON analytics_event
    FOR EACH ROW EXECUTE FUNCTION analytics_event_goes_by_pruning();

CREATE FUNCTION analytics_event_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'what happened never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER analytics_event_never_changes BEFORE UPDATE ON analytics_event
    FOR EACH ROW EXECUTE FUNCTION analytics_event_never_changes();

CREATE FUNCTION audit_event_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'the audit log never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER audit_event_never_changes BEFORE UPDATE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_never_changes();

CREATE FUNCTION audit_event_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'the audit log never shrinks', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER audit_event_never_goes BEFORE DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_never_goes();

CREATE TRIGGER audit_event_never_goes_at_once BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_never_goes();

CREATE FUNCTION classification_correction_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'history never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER classification_correction_never_changes BEFORE UPDATE ON classification_correction
    FOR EACH ROW EXECUTE FUNCTION classification_correction_never_changes();

CREATE FUNCTION classification_correction_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'history never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER classification_correction_never_goes BEFORE DELETE ON classification_correction
    FOR EACH ROW EXECUTE FUNCTION classification_correction_never_goes();

CREATE TRIGGER classification_correction_never_goes_at_once BEFORE TRUNCATE ON classification_correction
    FOR EACH STATEMENT EXECUTE FUNCTION classification_correction_never_goes();

CREATE FUNCTION correction_decision_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'a decision is history', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER correction_decision_never_changes BEFORE UPDATE ON correction_decision
    FOR EACH ROW EXECUTE FUNCTION correction_decision_never_changes();

CREATE FUNCTION correction_decision_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'a decision is history', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER correction_decision_never_goes BEFORE DELETE ON correction_decision
    FOR EACH ROW EXECUTE FUNCTION correction_decision_never_goes();

CREATE TRIGGER correction_decision_never_goes_at_once BEFORE TRUNCATE ON correction_decision
    FOR EACH STATEMENT EXECUTE FUNCTION correction_decision_never_goes();

CREATE FUNCTION daily_aggregate_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'aggregates are kept', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER daily_aggregate_never_goes BEFORE DELETE ON daily_aggregate
    FOR EACH ROW EXECUTE FUNCTION daily_aggregate_never_goes();

CREATE TRIGGER daily_aggregate_never_goes_at_once BEFORE TRUNCATE ON daily_aggregate
    FOR EACH STATEMENT EXECUTE FUNCTION daily_aggregate_never_goes();

CREATE FUNCTION daily_aggregate_stays_itself() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'a count is of one day and one thing', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER daily_aggregate_stays_itself BEFORE UPDATE OF day, metric, subject ON daily_aggregate
    FOR EACH ROW EXECUTE FUNCTION daily_aggregate_stays_itself();

CREATE FUNCTION draft_concern_frozen_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM draft WHERE id = old.draft_id) IN ('ACCEPTED', 'SIGNED', 'EXPORTED') THEN
        RAISE EXCEPTION USING MESSAGE = 'the content is frozen since acceptance', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER draft_concern_frozen_delete BEFORE DELETE ON draft_concern
    FOR EACH ROW EXECUTE FUNCTION draft_concern_frozen_delete();

CREATE FUNCTION draft_concern_frozen_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM draft WHERE id = new.draft_id) IN ('ACCEPTED', 'SIGNED', 'EXPORTED') THEN
        RAISE EXCEPTION USING MESSAGE = 'the content is frozen since acceptance', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER draft_concern_frozen_insert BEFORE INSERT ON draft_concern
    FOR EACH ROW EXECUTE FUNCTION draft_concern_frozen_insert();

CREATE FUNCTION draft_concern_frozen_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM draft WHERE id = old.draft_id) IN ('ACCEPTED', 'SIGNED', 'EXPORTED') THEN
        RAISE EXCEPTION USING MESSAGE = 'the content is frozen since acceptance', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER draft_concern_frozen_update BEFORE UPDATE ON draft_concern
    FOR EACH ROW EXECUTE FUNCTION draft_concern_frozen_update();

CREATE FUNCTION draft_edit_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'an edit is history', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER draft_edit_never_changes BEFORE UPDATE ON draft_edit
    FOR EACH ROW EXECUTE FUNCTION draft_edit_never_changes();

CREATE FUNCTION draft_edit_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'an edit is history', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER draft_edit_never_goes BEFORE DELETE ON draft_edit
    FOR EACH ROW EXECUTE FUNCTION draft_edit_never_goes();

CREATE TRIGGER draft_edit_never_goes_at_once BEFORE TRUNCATE ON draft_edit
    FOR EACH STATEMENT EXECUTE FUNCTION draft_edit_never_goes();

CREATE FUNCTION draft_item_frozen_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM draft WHERE id = old.draft_id) IN ('ACCEPTED', 'SIGNED', 'EXPORTED') THEN
        RAISE EXCEPTION USING MESSAGE = 'the content is frozen since acceptance', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER draft_item_frozen_delete BEFORE DELETE ON draft_item
    FOR EACH ROW EXECUTE FUNCTION draft_item_frozen_delete();

CREATE FUNCTION draft_item_frozen_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM draft WHERE id = new.draft_id) IN ('ACCEPTED', 'SIGNED', 'EXPORTED') THEN
        RAISE EXCEPTION USING MESSAGE = 'the content is frozen since acceptance', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER draft_item_frozen_insert BEFORE INSERT ON draft_item
    FOR EACH ROW EXECUTE FUNCTION draft_item_frozen_insert();

CREATE FUNCTION draft_item_frozen_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM draft WHERE id = old.draft_id) IN ('ACCEPTED', 'SIGNED', 'EXPORTED') THEN
        RAISE EXCEPTION USING MESSAGE = 'the content is frozen since acceptance', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER draft_item_frozen_update BEFORE UPDATE ON draft_item
    FOR EACH ROW EXECUTE FUNCTION draft_item_frozen_update();

CREATE FUNCTION draft_item_source_frozen_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM draft WHERE id = (SELECT draft_id FROM draft_item WHERE id = old.item_id)) IN ('ACCEPTED', 'SIGNED', 'EXPORTED') THEN
        RAISE EXCEPTION USING MESSAGE = 'the content is frozen since acceptance', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER draft_item_source_frozen_delete BEFORE DELETE ON draft_item_source
    FOR EACH ROW EXECUTE FUNCTION draft_item_source_frozen_delete();

CREATE FUNCTION draft_item_source_frozen_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM draft WHERE id = (SELECT draft_id FROM draft_item WHERE id = new.item_id)) IN ('ACCEPTED', 'SIGNED', 'EXPORTED') THEN
        RAISE EXCEPTION USING MESSAGE = 'the content is frozen since acceptance', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER draft_item_source_frozen_insert BEFORE INSERT ON draft_item_source
    FOR EACH ROW EXECUTE FUNCTION draft_item_source_frozen_insert();

CREATE FUNCTION draft_item_source_frozen_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM draft WHERE id = (SELECT draft_id FROM draft_item WHERE id = old.item_id)) IN ('ACCEPTED', 'SIGNED', 'EXPORTED') THEN
        RAISE EXCEPTION USING MESSAGE = 'the content is frozen since acceptance', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER draft_item_source_frozen_update BEFORE UPDATE ON draft_item_source
    FOR EACH ROW EXECUTE FUNCTION draft_item_source_frozen_update();

CREATE FUNCTION draft_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'drafts are kept', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER draft_never_goes BEFORE DELETE ON draft
    FOR EACH ROW EXECUTE FUNCTION draft_never_goes();

CREATE TRIGGER draft_never_goes_at_once BEFORE TRUNCATE ON draft
    FOR EACH STATEMENT EXECUTE FUNCTION draft_never_goes();

CREATE FUNCTION draft_signed_keeps_its_command() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF old.state IN ('SIGNED', 'EXPORTED') THEN
        RAISE EXCEPTION USING MESSAGE = 'what was signed never changes', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER draft_signed_keeps_its_command BEFORE UPDATE OF command_takes_in ON draft
    FOR EACH ROW EXECUTE FUNCTION draft_signed_keeps_its_command();

CREATE FUNCTION draft_signed_only_exports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF old.state IN ('SIGNED', 'EXPORTED') AND NOT (
        new.state = 'EXPORTED' AND new.id = old.id AND new.vessel_id = old.vessel_id
        AND new.handover_type = old.handover_type AND new.review_round = old.review_round
        AND new.period_from = old.period_from AND new.period_to = old.period_to
        AND new.content_hash = old.content_hash AND new.fingerprint = old.fingerprint
        AND new.trace_id = old.trace_id AND new.job_id IS NOT DISTINCT FROM old.job_id
        AND new.created_at = old.created_at
    ) THEN
        RAISE EXCEPTION USING MESSAGE = 'a signed handover never changes', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER draft_signed_only_exports BEFORE UPDATE ON draft
    FOR EACH ROW EXECUTE FUNCTION draft_signed_only_exports();

CREATE FUNCTION draft_slot_frozen_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM draft WHERE id = old.draft_id) IN ('ACCEPTED', 'SIGNED', 'EXPORTED') THEN
        RAISE EXCEPTION USING MESSAGE = 'the content is frozen since acceptance', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER draft_slot_frozen_delete BEFORE DELETE ON draft_slot
    FOR EACH ROW EXECUTE FUNCTION draft_slot_frozen_delete();

CREATE FUNCTION draft_slot_frozen_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM draft WHERE id = new.draft_id) IN ('ACCEPTED', 'SIGNED', 'EXPORTED') THEN
        RAISE EXCEPTION USING MESSAGE = 'the content is frozen since acceptance', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER draft_slot_frozen_insert BEFORE INSERT ON draft_slot
    FOR EACH ROW EXECUTE FUNCTION draft_slot_frozen_insert();

CREATE FUNCTION draft_slot_frozen_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM draft WHERE id = old.draft_id) IN ('ACCEPTED', 'SIGNED', 'EXPORTED') THEN
        RAISE EXCEPTION USING MESSAGE = 'the content is frozen since acceptance', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER draft_slot_frozen_update BEFORE UPDATE ON draft_slot
    FOR EACH ROW EXECUTE FUNCTION draft_slot_frozen_update();

CREATE FUNCTION entry_is_searchable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO entry_words (rowid, narrative) VALUES (new.seq, new.narrative);
    RETURN NULL;
END $$;

CREATE TRIGGER entry_is_searchable AFTER INSERT ON entry
    FOR EACH ROW EXECUTE FUNCTION entry_is_searchable();

CREATE FUNCTION entry_mark_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'history never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER entry_mark_never_changes BEFORE UPDATE ON entry_mark
    FOR EACH ROW EXECUTE FUNCTION entry_mark_never_changes();

CREATE FUNCTION entry_mark_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'history never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER entry_mark_never_goes BEFORE DELETE ON entry_mark
    FOR EACH ROW EXECUTE FUNCTION entry_mark_never_goes();

CREATE TRIGGER entry_mark_never_goes_at_once BEFORE TRUNCATE ON entry_mark
    FOR EACH STATEMENT EXECUTE FUNCTION entry_mark_never_goes();

CREATE FUNCTION entry_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'entries are never deleted', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry
    FOR EACH ROW EXECUTE FUNCTION entry_never_goes();

CREATE TRIGGER entry_never_goes_at_once BEFORE TRUNCATE ON entry
    FOR EACH STATEMENT EXECUTE FUNCTION entry_never_goes();

CREATE FUNCTION entry_source_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'history never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER entry_source_never_changes BEFORE UPDATE ON entry_source
    FOR EACH ROW EXECUTE FUNCTION entry_source_never_changes();

CREATE FUNCTION entry_source_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'history never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER entry_source_never_goes BEFORE DELETE ON entry_source
    FOR EACH ROW EXECUTE FUNCTION entry_source_never_goes();

CREATE TRIGGER entry_source_never_goes_at_once BEFORE TRUNCATE ON entry_source
    FOR EACH STATEMENT EXECUTE FUNCTION entry_source_never_goes();

CREATE FUNCTION entry_words_never_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'what was captured never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER entry_words_never_change BEFORE UPDATE OF seq, id, vessel_id, created_at, recorded_at, recorded_by, author_id, author, role,
        narrative, primary_domain, bucket, secondary_domains, risk_tags, owner_roles, context,
        confidence, reasons, runner_up, planning ON entry
    FOR EACH ROW EXECUTE FUNCTION entry_words_never_change();

CREATE FUNCTION equipment_list_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'a posted list is history', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER equipment_list_never_changes BEFORE UPDATE ON equipment_list
    FOR EACH ROW EXECUTE FUNCTION equipment_list_never_changes();

CREATE FUNCTION equipment_list_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'a posted list is history', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER equipment_list_never_goes BEFORE DELETE ON equipment_list
    FOR EACH ROW EXECUTE FUNCTION equipment_list_never_goes();

CREATE TRIGGER equipment_list_never_goes_at_once BEFORE TRUNCATE ON equipment_list
    FOR EACH STATEMENT EXECUTE FUNCTION equipment_list_never_goes();

CREATE FUNCTION failure_acknowledgement_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'acknowledgements are kept as they were', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER failure_acknowledgement_never_changes BEFORE UPDATE ON failure_acknowledgement
    FOR EACH ROW EXECUTE FUNCTION failure_acknowledgement_never_changes();

CREATE FUNCTION failure_acknowledgement_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'acknowledgements are kept as they were', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER failure_acknowledgement_never_goes BEFORE DELETE ON failure_acknowledgement
    FOR EACH ROW EXECUTE FUNCTION failure_acknowledgement_never_goes();

CREATE TRIGGER failure_acknowledgement_never_goes_at_once BEFORE TRUNCATE ON failure_acknowledgement
    FOR EACH STATEMENT EXECUTE FUNCTION failure_acknowledgement_never_goes();

CREATE FUNCTION handover_decline_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'what is signed never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER handover_decline_never_changes BEFORE UPDATE ON handover_decline
    FOR EACH ROW EXECUTE FUNCTION handover_decline_never_changes();

CREATE FUNCTION handover_decline_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'what is signed never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER handover_decline_never_goes BEFORE DELETE ON handover_decline
    FOR EACH ROW EXECUTE FUNCTION handover_decline_never_goes();

CREATE TRIGGER handover_decline_never_goes_at_once BEFORE TRUNCATE ON handover_decline
    FOR EACH STATEMENT EXECUTE FUNCTION handover_decline_never_goes();

CREATE FUNCTION handover_export_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'what is signed never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER handover_export_never_changes BEFORE UPDATE ON handover_export
    FOR EACH ROW EXECUTE FUNCTION handover_export_never_changes();

CREATE FUNCTION handover_export_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'what is signed never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER handover_export_never_goes BEFORE DELETE ON handover_export
    FOR EACH ROW EXECUTE FUNCTION handover_export_never_goes();

CREATE TRIGGER handover_export_never_goes_at_once BEFORE TRUNCATE ON handover_export
    FOR EACH STATEMENT EXECUTE FUNCTION handover_export_never_goes();

CREATE FUNCTION handover_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'what is signed never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER handover_never_changes BEFORE UPDATE ON handover
    FOR EACH ROW EXECUTE FUNCTION handover_never_changes();

CREATE FUNCTION handover_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'what is signed never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER handover_never_goes BEFORE DELETE ON handover
    FOR EACH ROW EXECUTE FUNCTION handover_never_goes();

CREATE TRIGGER handover_never_goes_at_once BEFORE TRUNCATE ON handover
    FOR EACH STATEMENT EXECUTE FUNCTION handover_never_goes();

CREATE FUNCTION handover_signature_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'what is signed never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER handover_signature_never_changes BEFORE UPDATE ON handover_signature
    FOR EACH ROW EXECUTE FUNCTION handover_signature_never_changes();

CREATE FUNCTION handover_signature_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'what is signed never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER handover_signature_never_goes BEFORE DELETE ON handover_signature
    FOR EACH ROW EXECUTE FUNCTION handover_signature_never_goes();

CREATE TRIGGER handover_signature_never_goes_at_once BEFORE TRUNCATE ON handover_signature
    FOR EACH STATEMENT EXECUTE FUNCTION handover_signature_never_goes();

CREATE FUNCTION job_attempt_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.outcome IS NOT NULL THEN
        RAISE EXCEPTION USING MESSAGE = 'an ended attempt never changes', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER job_attempt_ends_once BEFORE UPDATE ON job_attempt
    FOR EACH ROW EXECUTE FUNCTION job_attempt_ends_once();

CREATE FUNCTION job_attempt_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'attempts are kept', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER job_attempt_never_goes BEFORE DELETE ON job_attempt
    FOR EACH ROW EXECUTE FUNCTION job_attempt_never_goes();

CREATE TRIGGER job_attempt_never_goes_at_once BEFORE TRUNCATE ON job_attempt
    FOR EACH STATEMENT EXECUTE FUNCTION job_attempt_never_goes();

CREATE FUNCTION job_attempt_start_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'how an attempt began never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER job_attempt_start_never_changes BEFORE UPDATE OF attempt_id, job_id, number, worker_id, host, pid, started_at ON job_attempt
    FOR EACH ROW EXECUTE FUNCTION job_attempt_start_never_changes();

CREATE FUNCTION job_belongs_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'a job never changes its group or its parent', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER job_belongs_for_good BEFORE UPDATE OF parent_id, group_id ON job
    FOR EACH ROW EXECUTE FUNCTION job_belongs_for_good();

CREATE FUNCTION job_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO job_count (status, kind, n) VALUES (NEW.status, NEW.kind, 1)
        ON CONFLICT (status, kind) DO UPDATE SET n = job_count.n + 1;
    RETURN NULL;
END $$;

CREATE TRIGGER job_counted AFTER INSERT ON job
    FOR EACH ROW EXECUTE FUNCTION job_counted();

CREATE FUNCTION job_failure_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'failures are kept as they were', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER job_failure_never_changes BEFORE UPDATE ON job_failure
    FOR EACH ROW EXECUTE FUNCTION job_failure_never_changes();

CREATE FUNCTION job_failure_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'failures are kept as they were', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER job_failure_never_goes BEFORE DELETE ON job_failure
    FOR EACH ROW EXECUTE FUNCTION job_failure_never_goes();

CREATE TRIGGER job_failure_never_goes_at_once BEFORE TRUNCATE ON job_failure
    FOR EACH STATEMENT EXECUTE FUNCTION job_failure_never_goes();

CREATE FUNCTION job_group_closes_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'open' THEN
        RAISE EXCEPTION USING MESSAGE = 'a closed group never changes', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER job_group_closes_once BEFORE UPDATE ON job_group
    FOR EACH ROW EXECUTE FUNCTION job_group_closes_once();

CREATE FUNCTION job_group_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.group_id IS NOT NULL THEN
        UPDATE job_group SET total = total + 1, queued = queued + (NEW.status = 'queued')::int, running = running + (NEW.status = 'running')::int, completed = completed + (NEW.status = 'completed')::int, failed = failed + (NEW.status = 'failed')::int, cancelled = cancelled + (NEW.status = 'cancelled')::int WHERE group_id = NEW.group_id;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER job_group_counted AFTER INSERT ON job
    FOR EACH ROW EXECUTE FUNCTION job_group_counted();

CREATE FUNCTION job_group_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'groups are kept', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER job_group_never_goes BEFORE DELETE ON job_group
    FOR EACH ROW EXECUTE FUNCTION job_group_never_goes();

CREATE TRIGGER job_group_never_goes_at_once BEFORE TRUNCATE ON job_group
    FOR EACH STATEMENT EXECUTE FUNCTION job_group_never_goes();

CREATE FUNCTION job_group_recounted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.group_id IS NOT NULL AND OLD.status <> NEW.status THEN
        UPDATE job_group SET queued = queued + (NEW.status = 'queued')::int - (OLD.status = 'queued')::int, running = running + (NEW.status = 'running')::int - (OLD.status = 'running')::int, completed = completed + (NEW.status = 'completed')::int - (OLD.status = 'completed')::int, failed = failed + (NEW.status = 'failed')::int - (OLD.status = 'failed')::int, cancelled = cancelled + (NEW.status = 'cancelled')::int - (OLD.status = 'cancelled')::int WHERE group_id = NEW.group_id AND state = 'open';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER job_group_recounted AFTER UPDATE OF status ON job
    FOR EACH ROW EXECUTE FUNCTION job_group_recounted();

CREATE FUNCTION job_group_request_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'what was asked of a group never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER job_group_request_never_changes BEFORE UPDATE OF group_id, trace_id, label, parent_id, opened_by, opened_by_name, opened_at, follow_up ON job_group
    FOR EACH ROW EXECUTE FUNCTION job_group_request_never_changes();

CREATE FUNCTION job_joins_an_open_group() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.group_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM job_group WHERE group_id = NEW.group_id AND sealed_at IS NULL) THEN
        RAISE EXCEPTION USING MESSAGE = 'that group takes no more jobs', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER job_joins_an_open_group BEFORE INSERT ON job
    FOR EACH ROW EXECUTE FUNCTION job_joins_an_open_group();

CREATE FUNCTION job_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> NEW.status AND OLD.status || '>' || NEW.status NOT IN (
        'queued>running', 'queued>cancelled', 'running>completed', 'running>failed',
        'running>cancelled', 'failed>queued', 'failed>cancelled') THEN
        RAISE EXCEPTION USING MESSAGE = 'that is not a legal move of a job', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER job_moves BEFORE UPDATE OF status ON job
    FOR EACH ROW EXECUTE FUNCTION job_moves();

CREATE FUNCTION job_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'jobs are kept', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER job_never_goes BEFORE DELETE ON job
    FOR EACH ROW EXECUTE FUNCTION job_never_goes();

CREATE TRIGGER job_never_goes_at_once BEFORE TRUNCATE ON job
    FOR EACH STATEMENT EXECUTE FUNCTION job_never_goes();

CREATE FUNCTION job_paced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'completed' AND NEW.started_at IS NOT NULL THEN
        INSERT INTO job_pace (kind, slot, ms) VALUES (NEW.kind,
            coalesce((SELECT n FROM job_count WHERE status = 'completed' AND kind = NEW.kind), 0)
                % 20,
            greatest(0, CAST(round(
                (julianday(NEW.finished_at) - julianday(NEW.started_at)) * 86400000) AS BIGINT)))
        ON CONFLICT (kind, slot) DO UPDATE SET ms = excluded.ms;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER job_paced AFTER UPDATE OF status ON job
    FOR EACH ROW EXECUTE FUNCTION job_paced();

CREATE FUNCTION job_recounted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> NEW.status THEN
        UPDATE job_count SET n = n - 1 WHERE status = OLD.status AND kind = OLD.kind;
        INSERT INTO job_count (status, kind, n) VALUES (NEW.status, NEW.kind, 1)
        ON CONFLICT (status, kind) DO UPDATE SET n = job_count.n + 1;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER job_recounted AFTER UPDATE OF status ON job
    FOR EACH ROW EXECUTE FUNCTION job_recounted();

CREATE FUNCTION job_request_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'what was asked of a job never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER job_request_never_changes BEFORE UPDATE OF job_id, trace_id, kind, lock_key, idempotency_key, origin, requested_by, vessel_id,
        subject, arguments, access_mode, entity_refs, planned_operations, created_at ON job
    FOR EACH ROW EXECUTE FUNCTION job_request_never_changes();

CREATE FUNCTION ledger_event_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'evidence never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_event_never_changes BEFORE UPDATE ON ledger_event
    FOR EACH ROW EXECUTE FUNCTION ledger_event_never_changes();

CREATE FUNCTION ledger_event_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'evidence never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER ledger_event_never_goes BEFORE DELETE ON ledger_event
    FOR EACH ROW EXECUTE FUNCTION ledger_event_never_goes();

CREATE TRIGGER ledger_event_never_goes_at_once BEFORE TRUNCATE ON ledger_event
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_event_never_goes();

CREATE FUNCTION manifest_finding_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'findings are kept as they were', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER manifest_finding_never_changes BEFORE UPDATE ON manifest_finding
    FOR EACH ROW EXECUTE FUNCTION manifest_finding_never_changes();

CREATE FUNCTION manifest_finding_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'findings are kept as they were', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER manifest_finding_never_goes BEFORE DELETE ON manifest_finding
    FOR EACH ROW EXECUTE FUNCTION manifest_finding_never_goes();

CREATE TRIGGER manifest_finding_never_goes_at_once BEFORE TRUNCATE ON manifest_finding
    FOR EACH STATEMENT EXECUTE FUNCTION manifest_finding_never_goes();

CREATE FUNCTION manifest_link_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'links are kept as they were', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER manifest_link_never_changes BEFORE UPDATE ON manifest_link
    FOR EACH ROW EXECUTE FUNCTION manifest_link_never_changes();

CREATE FUNCTION manifest_link_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'links are kept as they were', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER manifest_link_never_goes BEFORE DELETE ON manifest_link
    FOR EACH ROW EXECUTE FUNCTION manifest_link_never_goes();

CREATE TRIGGER manifest_link_never_goes_at_once BEFORE TRUNCATE ON manifest_link
    FOR EACH STATEMENT EXECUTE FUNCTION manifest_link_never_goes();

CREATE FUNCTION manifest_verdict_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'verdicts are kept as they were', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER manifest_verdict_never_changes BEFORE UPDATE ON manifest_verdict
    FOR EACH ROW EXECUTE FUNCTION manifest_verdict_never_changes();

CREATE FUNCTION manifest_verdict_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'verdicts are kept as they were', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER manifest_verdict_never_goes BEFORE DELETE ON manifest_verdict
    FOR EACH ROW EXECUTE FUNCTION manifest_verdict_never_goes();

CREATE TRIGGER manifest_verdict_never_goes_at_once BEFORE TRUNCATE ON manifest_verdict
    FOR EACH STATEMENT EXECUTE FUNCTION manifest_verdict_never_goes();

CREATE FUNCTION merge_proposal_frozen_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM draft WHERE id = old.draft_id) IN ('ACCEPTED', 'SIGNED', 'EXPORTED') THEN
        RAISE EXCEPTION USING MESSAGE = 'the content is frozen since acceptance', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER merge_proposal_frozen_delete BEFORE DELETE ON merge_proposal
    FOR EACH ROW EXECUTE FUNCTION merge_proposal_frozen_delete();

CREATE FUNCTION merge_proposal_frozen_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM draft WHERE id = new.draft_id) IN ('ACCEPTED', 'SIGNED', 'EXPORTED') THEN
        RAISE EXCEPTION USING MESSAGE = 'the content is frozen since acceptance', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER merge_proposal_frozen_insert BEFORE INSERT ON merge_proposal
    FOR EACH ROW EXECUTE FUNCTION merge_proposal_frozen_insert();

CREATE FUNCTION merge_proposal_frozen_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM draft WHERE id = old.draft_id) IN ('ACCEPTED', 'SIGNED', 'EXPORTED') THEN
        RAISE EXCEPTION USING MESSAGE = 'the content is frozen since acceptance', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER merge_proposal_frozen_update BEFORE UPDATE ON merge_proposal
    FOR EACH ROW EXECUTE FUNCTION merge_proposal_frozen_update();

CREATE FUNCTION notice_is_seen_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF old.seen_at IS NOT NULL OR new.seen_at IS NULL OR new.id <> old.id
        OR new.decline_id <> old.decline_id OR new.person_id <> old.person_id OR new.at <> old.at THEN
        RAISE EXCEPTION USING MESSAGE = 'of a notice only that it was seen is ever added', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER notice_is_seen_once BEFORE UPDATE ON notice
    FOR EACH ROW EXECUTE FUNCTION notice_is_seen_once();

CREATE FUNCTION notice_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'a notice is kept', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER notice_never_goes BEFORE DELETE ON notice
    FOR EACH ROW EXECUTE FUNCTION notice_never_goes();

CREATE TRIGGER notice_never_goes_at_once BEFORE TRUNCATE ON notice
    FOR EACH STATEMENT EXECUTE FUNCTION notice_never_goes();

CREATE FUNCTION output_decision_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'a decision never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER output_decision_never_changes BEFORE UPDATE ON output_decision
    FOR EACH ROW EXECUTE FUNCTION output_decision_never_changes();

CREATE FUNCTION output_decision_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'a decision is kept', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER output_decision_never_goes BEFORE DELETE ON output_decision
    FOR EACH ROW EXECUTE FUNCTION output_decision_never_goes();

CREATE TRIGGER output_decision_never_goes_at_once BEFORE TRUNCATE ON output_decision
    FOR EACH STATEMENT EXECUTE FUNCTION output_decision_never_goes();

CREATE FUNCTION person_key_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.retired_at IS NOT NULL OR (NEW.retired_at IS NULL) <> (NEW.ended_why IS NULL)
        OR (NEW.retired_at IS NULL) = (NEW.sealed = '{}') THEN
        RAISE EXCEPTION USING MESSAGE = 'a key ends once, with a reason, and its private half goes', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER person_key_ends_once BEFORE UPDATE ON person_key
    FOR EACH ROW EXECUTE FUNCTION person_key_ends_once();

CREATE FUNCTION person_key_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'a key that may have signed never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER person_key_never_changes BEFORE UPDATE OF id, person_id, public_key, created_at, began_why ON person_key
    FOR EACH ROW EXECUTE FUNCTION person_key_never_changes();

CREATE FUNCTION person_key_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'a key that may have signed is kept', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER person_key_never_goes BEFORE DELETE ON person_key
    FOR EACH ROW EXECUTE FUNCTION person_key_never_goes();

CREATE TRIGGER person_key_never_goes_at_once BEFORE TRUNCATE ON person_key
    FOR EACH STATEMENT EXECUTE FUNCTION person_key_never_goes();

CREATE FUNCTION person_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'whoever served is kept', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER person_never_goes BEFORE DELETE ON person
    FOR EACH ROW EXECUTE FUNCTION person_never_goes();

CREATE TRIGGER person_never_goes_at_once BEFORE TRUNCATE ON person
    FOR EACH STATEMENT EXECUTE FUNCTION person_never_goes();

CREATE FUNCTION pin_reset_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'open' THEN
        RAISE EXCEPTION USING MESSAGE = 'who reset a PIN is kept', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER pin_reset_ends_once BEFORE UPDATE ON pin_reset
    FOR EACH ROW EXECUTE FUNCTION pin_reset_ends_once();

CREATE FUNCTION pin_reset_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'who reset a PIN is kept', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER pin_reset_never_changes BEFORE UPDATE OF id, person_id, proposed_by, proposed_at, proposed_boot, proposed_uptime_ms ON pin_reset
    FOR EACH ROW EXECUTE FUNCTION pin_reset_never_changes();

CREATE FUNCTION pin_reset_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'who reset a PIN is kept', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER pin_reset_never_goes BEFORE DELETE ON pin_reset
    FOR EACH ROW EXECUTE FUNCTION pin_reset_never_goes();

CREATE TRIGGER pin_reset_never_goes_at_once BEFORE TRUNCATE ON pin_reset
    FOR EACH STATEMENT EXECUTE FUNCTION pin_reset_never_goes();

CREATE FUNCTION read_back_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'what is signed never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER read_back_never_changes BEFORE UPDATE ON read_back
    FOR EACH ROW EXECUTE FUNCTION read_back_never_changes();

CREATE FUNCTION read_back_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'what is signed never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER read_back_never_goes BEFORE DELETE ON read_back
    FOR EACH ROW EXECUTE FUNCTION read_back_never_goes();

CREATE TRIGGER read_back_never_goes_at_once BEFORE TRUNCATE ON read_back
    FOR EACH STATEMENT EXECUTE FUNCTION read_back_never_goes();

CREATE FUNCTION regeneration_begins_pending() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status <> 'PENDING' THEN
        RAISE EXCEPTION USING MESSAGE = 'a regeneration begins pending', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER regeneration_begins_pending BEFORE INSERT ON regeneration
    FOR EACH ROW EXECUTE FUNCTION regeneration_begins_pending();

CREATE FUNCTION regeneration_is_processed_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> 'PENDING' THEN
        RAISE EXCEPTION USING MESSAGE = 'only a pending regeneration is processed', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER regeneration_is_processed_once BEFORE UPDATE ON regeneration
    FOR EACH ROW EXECUTE FUNCTION regeneration_is_processed_once();

CREATE FUNCTION regeneration_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'what was approved never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER regeneration_never_changes BEFORE UPDATE OF id, suggestion_id, retry_of, reason, approved_by_id, approved_by, approved_at ON regeneration
    FOR EACH ROW EXECUTE FUNCTION regeneration_never_changes();

CREATE FUNCTION regeneration_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'regenerations are kept', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER regeneration_never_goes BEFORE DELETE ON regeneration
    FOR EACH ROW EXECUTE FUNCTION regeneration_never_goes();

CREATE TRIGGER regeneration_never_goes_at_once BEFORE TRUNCATE ON regeneration
    FOR EACH STATEMENT EXECUTE FUNCTION regeneration_never_goes();

CREATE FUNCTION regeneration_output_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'an output never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER regeneration_output_never_changes BEFORE UPDATE ON regeneration_output
    FOR EACH ROW EXECUTE FUNCTION regeneration_output_never_changes();

CREATE FUNCTION regeneration_output_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'an output is kept', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER regeneration_output_never_goes BEFORE DELETE ON regeneration_output
    FOR EACH ROW EXECUTE FUNCTION regeneration_output_never_goes();

CREATE TRIGGER regeneration_output_never_goes_at_once BEFORE TRUNCATE ON regeneration_output
    FOR EACH STATEMENT EXECUTE FUNCTION regeneration_output_never_goes();

CREATE FUNCTION schedule_occurrence_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state || '>' || NEW.state NOT IN ('missed>made_up', 'missed>skipped') THEN
        RAISE EXCEPTION USING MESSAGE = 'what became of an occurrence never changes', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER schedule_occurrence_moves BEFORE UPDATE OF state, job_id, answered_at ON schedule_occurrence
    FOR EACH ROW EXECUTE FUNCTION schedule_occurrence_moves();

CREATE FUNCTION schedule_occurrence_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'when an occurrence was due never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER schedule_occurrence_never_changes BEFORE UPDATE OF seq, schedule, occurrence, count, first_due_at, due_at, noted_at ON schedule_occurrence
    FOR EACH ROW EXECUTE FUNCTION schedule_occurrence_never_changes();

CREATE FUNCTION schedule_occurrence_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'occurrences are kept', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER schedule_occurrence_never_goes BEFORE DELETE ON schedule_occurrence
    FOR EACH ROW EXECUTE FUNCTION schedule_occurrence_never_goes();

CREATE TRIGGER schedule_occurrence_never_goes_at_once BEFORE TRUNCATE ON schedule_occurrence
    FOR EACH STATEMENT EXECUTE FUNCTION schedule_occurrence_never_goes();

CREATE FUNCTION ships_offset_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'the time a ship kept never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER ships_offset_never_changes BEFORE UPDATE ON ships_offset
    FOR EACH ROW EXECUTE FUNCTION ships_offset_never_changes();

CREATE FUNCTION ships_offset_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'the time a ship kept never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER ships_offset_never_goes BEFORE DELETE ON ships_offset
    FOR EACH ROW EXECUTE FUNCTION ships_offset_never_goes();

CREATE TRIGGER ships_offset_never_goes_at_once BEFORE TRUNCATE ON ships_offset
    FOR EACH STATEMENT EXECUTE FUNCTION ships_offset_never_goes();

CREATE FUNCTION signal_is_raised_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM signal s WHERE s.rule = NEW.rule AND s.subject = NEW.subject
        AND s.first_day <= NEW.last_day AND s.last_day >= NEW.first_day) THEN
        RAISE EXCEPTION USING MESSAGE = 'a signal stands for that period already', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER signal_is_raised_once BEFORE INSERT ON signal
    FOR EACH ROW EXECUTE FUNCTION signal_is_raised_once();

CREATE FUNCTION signal_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'a signal never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER signal_never_changes BEFORE UPDATE ON signal
    FOR EACH ROW EXECUTE FUNCTION signal_never_changes();

CREATE FUNCTION signal_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'a signal is kept', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER signal_never_goes BEFORE DELETE ON signal
    FOR EACH ROW EXECUTE FUNCTION signal_never_goes();

CREATE TRIGGER signal_never_goes_at_once BEFORE TRUNCATE ON signal
    FOR EACH STATEMENT EXECUTE FUNCTION signal_never_goes();

CREATE FUNCTION source_document_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'evidence never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER source_document_never_changes BEFORE UPDATE ON source_document
    FOR EACH ROW EXECUTE FUNCTION source_document_never_changes();

CREATE FUNCTION source_document_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'evidence never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER source_document_never_goes BEFORE DELETE ON source_document
    FOR EACH ROW EXECUTE FUNCTION source_document_never_goes();

CREATE TRIGGER source_document_never_goes_at_once BEFORE TRUNCATE ON source_document
    FOR EACH STATEMENT EXECUTE FUNCTION source_document_never_goes();

CREATE FUNCTION suggestion_decision_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'a decision never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER suggestion_decision_never_changes BEFORE UPDATE ON suggestion_decision
    FOR EACH ROW EXECUTE FUNCTION suggestion_decision_never_changes();

CREATE FUNCTION suggestion_decision_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'a decision is kept', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER suggestion_decision_never_goes BEFORE DELETE ON suggestion_decision
    FOR EACH ROW EXECUTE FUNCTION suggestion_decision_never_goes();

CREATE TRIGGER suggestion_decision_never_goes_at_once BEFORE TRUNCATE ON suggestion_decision
    FOR EACH STATEMENT EXECUTE FUNCTION suggestion_decision_never_goes();

CREATE FUNCTION suggestion_is_decided_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status || '>' || NEW.status NOT IN ('OPEN>ACCEPTED', 'OPEN>DISMISSED') THEN
        RAISE EXCEPTION USING MESSAGE = 'a suggestion is decided once', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER suggestion_is_decided_once BEFORE UPDATE OF status ON suggestion
    FOR EACH ROW EXECUTE FUNCTION suggestion_is_decided_once();

CREATE FUNCTION suggestion_is_made_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status <> 'OPEN' THEN
        RAISE EXCEPTION USING MESSAGE = 'a suggestion begins open', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER suggestion_is_made_open BEFORE INSERT ON suggestion
    FOR EACH ROW EXECUTE FUNCTION suggestion_is_made_open();

CREATE FUNCTION suggestion_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'what was suggested never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER suggestion_never_changes BEFORE UPDATE OF id, signal_id, scope, type, target, severity, text, created_at ON suggestion
    FOR EACH ROW EXECUTE FUNCTION suggestion_never_changes();

CREATE FUNCTION suggestion_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'suggestions are kept', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER suggestion_never_goes BEFORE DELETE ON suggestion
    FOR EACH ROW EXECUTE FUNCTION suggestion_never_goes();

CREATE TRIGGER suggestion_never_goes_at_once BEFORE TRUNCATE ON suggestion
    FOR EACH STATEMENT EXECUTE FUNCTION suggestion_never_goes();

CREATE FUNCTION supersession_keeps_the_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (new.period_from <> old.period_from OR new.period_to <> old.period_to)
        AND EXISTS (SELECT 1 FROM supersession WHERE draft_id = old.id) THEN
        RAISE EXCEPTION USING MESSAGE = 'a correction keeps the period of what it corrects', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER supersession_keeps_the_period BEFORE UPDATE OF period_from, period_to ON draft
    FOR EACH ROW EXECUTE FUNCTION supersession_keeps_the_period();

CREATE FUNCTION supersession_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'what a draft corrects never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER supersession_never_changes BEFORE UPDATE ON supersession
    FOR EACH ROW EXECUTE FUNCTION supersession_never_changes();

CREATE FUNCTION supersession_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'what a draft corrects never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER supersession_never_goes BEFORE DELETE ON supersession
    FOR EACH ROW EXECUTE FUNCTION supersession_never_goes();

CREATE TRIGGER supersession_never_goes_at_once BEFORE TRUNCATE ON supersession
    FOR EACH STATEMENT EXECUTE FUNCTION supersession_never_goes();

CREATE FUNCTION supersession_of_a_signed_handover() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM draft WHERE id = new.supersedes) NOT IN ('SIGNED', 'EXPORTED')
        OR (SELECT state FROM draft WHERE id = new.draft_id) <> 'DRAFT' THEN
        RAISE EXCEPTION USING MESSAGE = 'a new draft corrects a signed handover', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER supersession_of_a_signed_handover BEFORE INSERT ON supersession
    FOR EACH ROW EXECUTE FUNCTION supersession_of_a_signed_handover();

CREATE FUNCTION work_order_dispatched_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.dispatched_at IS NOT NULL THEN
        RAISE EXCEPTION USING MESSAGE = 'a work order is dispatched once', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER work_order_dispatched_once BEFORE UPDATE OF dispatched_at, dispatched_by, dispatched_by_name ON work_order
    FOR EACH ROW EXECUTE FUNCTION work_order_dispatched_once();

CREATE FUNCTION work_order_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
        'planned>dispatched', 'planned>withdrawn') THEN
        RAISE EXCEPTION USING MESSAGE = 'that is not a legal move of a work order', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER work_order_moves BEFORE UPDATE OF state ON work_order
    FOR EACH ROW EXECUTE FUNCTION work_order_moves();

CREATE FUNCTION work_order_never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'work orders are kept', ERRCODE = 'integrity_constraint_violation';
    RETURN OLD;
END $$;

CREATE TRIGGER work_order_never_goes BEFORE DELETE ON work_order
    FOR EACH ROW EXECUTE FUNCTION work_order_never_goes();

CREATE TRIGGER work_order_never_goes_at_once BEFORE TRUNCATE ON work_order
    FOR EACH STATEMENT EXECUTE FUNCTION work_order_never_goes();

CREATE FUNCTION work_order_plan_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'what was planned never changes', ERRCODE = 'integrity_constraint_violation';
    RETURN NEW;
END $$;

CREATE TRIGGER work_order_plan_never_changes BEFORE UPDATE OF order_id, name, sha256, source, workflow, mode, lines, entries, tasks, trace_id,
        planned_at, planned_by, planned_by_name, plan_job_id ON work_order
    FOR EACH ROW EXECUTE FUNCTION work_order_plan_never_changes();

CREATE FUNCTION work_order_rounds_go_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.round <> OLD.round + 1 THEN
        RAISE EXCEPTION USING MESSAGE = 'each round of a work order follows the one before', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER work_order_rounds_go_on BEFORE UPDATE OF round, group_id ON work_order
    FOR EACH ROW EXECUTE FUNCTION work_order_rounds_go_on();

INSERT INTO alert_reader (id, seq, looked_at) VALUES (1, 0, NULL);

INSERT INTO analytics_reader (id, audit_seq, entry_seq, watches_until, counted_seq, counted_day, changed_at, judged_at) VALUES (1, 0, 0, NULL, 0, NULL, NULL, NULL);

INSERT INTO search_mark (name, upto) VALUES ('job', 0);

INSERT INTO search_mark (name, upto) VALUES ('failure', 0);
