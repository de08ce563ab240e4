"""Private tables of the drafts."""

import peewee

from storage.engine import JsonField, Table, UtcField


class Draft(Table):
    """A handover from generation to signature. One open draft per vessel (I5)."""

    id = peewee.TextField(primary_key=True)
    vessel_id = peewee.TextField()
    handover_type = peewee.TextField()
    state = peewee.TextField()
    period_from = UtcField()
    period_to = UtcField()
    fingerprint = peewee.TextField()
    trace_id = peewee.TextField()
    job_id = peewee.TextField(null=True)
    review_round = peewee.IntegerField(default=1)
    revision = peewee.IntegerField(default=1)
    content_hash = peewee.TextField(null=True)
    command_takes_in = peewee.TextField(null=True)
    created_at = UtcField()
    updated_at = UtcField()


class DraftItem(Table):
    """One item; rows that are merged, split or suppressed stay as history."""

    id = peewee.TextField(primary_key=True)
    draft_id = peewee.TextField()
    key = peewee.TextField()
    bucket = peewee.TextField()
    domain = peewee.TextField()
    position = peewee.IntegerField()
    status = peewee.TextField()
    merged_into = peewee.TextField(null=True)
    touched = peewee.BooleanField()
    text = peewee.TextField()
    machine_text = peewee.TextField()
    sentences = JsonField()
    risk_tags = JsonField()
    confidence = peewee.TextField()
    state = peewee.TextField()
    conflict = peewee.BooleanField()
    uncertain = peewee.BooleanField()
    note = peewee.TextField()
    summarised = peewee.BooleanField()
    planning = JsonField()
    first_raised_at = UtcField(null=True)
    carried_count = peewee.IntegerField()

    class Meta:
        table_name = "draft_item"


class DraftItemSource(Table):
    """What an item rests on."""

    item_id = peewee.TextField()
    kind = peewee.TextField()
    source_id = peewee.TextField()

    class Meta:
        table_name = "draft_item_source"
        primary_key = peewee.CompositeKey("item_id", "kind", "source_id")


class DraftEdit(Table):
    """What a person did to an item; never changes."""

    id = peewee.TextField(primary_key=True)
    draft_id = peewee.TextField()
    item_id = peewee.TextField()
    kind = peewee.TextField()
    original = peewee.TextField()
    new = peewee.TextField()
    editor_id = peewee.TextField()
    editor = peewee.TextField()
    at = UtcField()
    reason = peewee.TextField()

    class Meta:
        table_name = "draft_edit"


class MergeProposal(Table):
    """Items that may be one; a person answers."""

    id = peewee.TextField(primary_key=True)
    draft_id = peewee.TextField()
    key = peewee.TextField()
    kind = peewee.TextField()
    position = peewee.IntegerField()
    entry_ids = JsonField()
    item_ids = JsonField()
    score = peewee.IntegerField()
    reason = peewee.TextField()
    merged_text = peewee.TextField()
    answer = peewee.TextField(null=True)
    answered_by = peewee.TextField(null=True)
    answered_at = UtcField(null=True)

    class Meta:
        table_name = "merge_proposal"


class DraftConcern(Table):
    """A conflict, an uncertainty or planning language; a person acknowledges."""

    id = peewee.TextField(primary_key=True)
    draft_id = peewee.TextField()
    key = peewee.TextField()
    kind = peewee.TextField()
    position = peewee.IntegerField()
    entry_ids = JsonField()
    item_ids = JsonField()
    reason = peewee.TextField()
    note = peewee.TextField(null=True)
    acknowledged_by = peewee.TextField(null=True)
    acknowledged_at = UtcField(null=True)

    class Meta:
        table_name = "draft_concern"


class DraftSlot(Table):
    """One line of the completeness table."""

    draft_id = peewee.TextField()
    slot = peewee.TextField()
    position = peewee.IntegerField()
    label = peewee.TextField()
    state = peewee.TextField()
    item_ids = JsonField()

    class Meta:
        table_name = "draft_slot"
        primary_key = peewee.CompositeKey("draft_id", "slot")


class SectionView(Table):
    """That a person saw a section to its end in this round of review."""

    draft_id = peewee.TextField()
    bucket = peewee.TextField()
    person_id = peewee.TextField()
    review_round = peewee.IntegerField()
    seen_at = UtcField()

    class Meta:
        table_name = "section_view"
        primary_key = peewee.CompositeKey("draft_id", "bucket", "person_id", "review_round")


class RefusedPair(Table):
    """Two entries a person said are not the same; never proposed again."""

    first_entry = peewee.TextField()
    second_entry = peewee.TextField()
    by_name = peewee.TextField()
    at = UtcField()

    class Meta:
        table_name = "refused_pair"
        primary_key = peewee.CompositeKey("first_entry", "second_entry")


class Supersession(Table):
    """Which signed handover a draft corrects, and why; never changes."""

    draft_id = peewee.TextField(primary_key=True)
    supersedes = peewee.TextField(unique=True)
    reason = peewee.TextField()
    by_id = peewee.TextField()
    by_name = peewee.TextField()
    role = peewee.TextField()
    at = UtcField()
