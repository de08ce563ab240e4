"""What can be asked of the audit log in one line: its fields, and what a bare word means."""

from operator import ge, lt
from typing import Any

from storage.audit.tables import AuditEvent
from storage.database import now
from storage.matching import Field, Language, begins, compares, equals, moment, number

FIELDS: dict[str, Field] = {
    "actor": Field("who acted, name or id", begins(AuditEvent.actor_name, AuditEvent.actor_id)),
    "action": Field("what was done, from its beginning", begins(AuditEvent.action)),
    "outcome": Field("done, refused or dry_run", begins(AuditEvent.outcome)),
    "about": Field("the sort of thing it was done to", begins(AuditEvent.subject_kind)),
    "subject": Field("the id it was done to", equals(AuditEvent.subject_id)),
    "job": Field("the job that did it", equals(AuditEvent.job_id)),
    "trace": Field("all that one request caused", equals(AuditEvent.trace_id)),
    "seq": Field("its place in the log", compares(AuditEvent.seq), number),
    "since": Field("from this time on", compares(AuditEvent.at, ge), moment(now)),
    "until": Field("before this time", compares(AuditEvent.at, lt), moment(now)),
}


def _occurs(word: str) -> Any:
    return (
        AuditEvent.action.contains(word)
        | AuditEvent.actor_name.contains(word)
        | AuditEvent.subject_id.startswith(word)
        | AuditEvent.detail.cast("text").contains(word)
    )


_LANGUAGE = Language(FIELDS, _occurs)
read_filter, matches = _LANGUAGE.read, _LANGUAGE.matches
