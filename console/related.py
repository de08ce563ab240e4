"""What a job, a group or a failure is about, and where on the console that is (pure but for looks
whether a handover is signed and which work order a job is part of)."""

from enum import StrEnum

from storage.errors import NotFound
from storage.handovers.views import handover
from storage.jobs.record import JobDetail
from storage.jobs.together import FailureRecord, GroupRecord
from storage.manifests.finding import order_of_job
from storage.value import Value


class Where(StrEnum):
    """What sort of thing it is, and so which screen shows it."""

    DRAFT = "draft"
    SIGNED = "signed"
    GROUP = "group"
    JOB = "job"
    JOBS_OF_GROUP = "jobs_of_group"
    ORDER = "order"


ABOUT_A_DRAFT = ("draft", "handover")
"""What jobs work on that is a draft or what became of one."""


class Relation(Value):
    """One thing to go to, in words."""

    where: Where
    id: str
    words: str


def relations_of(job: JobDetail) -> tuple[Relation, ...]:
    """What a job works on, the group it belongs to, the job that made it."""
    found = [_resource(job)] if job.resource_type in ABOUT_A_DRAFT else []
    order_id = job.subject if job.resource_type == "order" else order_of_job(job.job_id)
    if order_id:
        words = "the work order it is part of"
        found.append(Relation(where=Where.ORDER, id=order_id, words=words))
    if job.group_id:
        found.append(Relation(where=Where.GROUP, id=job.group_id, words="the group it belongs to"))
    if job.parent_id:
        found.append(Relation(where=Where.JOB, id=job.parent_id, words="the job that asked for it"))
    return tuple(found)


def relations_of_group(group: GroupRecord) -> tuple[Relation, ...]:
    """The jobs of a group, what follows it, what made it."""
    found = [Relation(where=Where.JOBS_OF_GROUP, id=group.group_id, words="its jobs, as a list")]
    if group.follow_up_job_id:
        words = "the job that follows it"
        found.append(Relation(where=Where.JOB, id=group.follow_up_job_id, words=words))
    if group.parent_id:
        words = "the job that made it"
        found.append(Relation(where=Where.JOB, id=group.parent_id, words=words))
    return tuple(found)


def relations_of_failure(failure: FailureRecord) -> tuple[Relation, ...]:
    """The job it happened to last."""
    return (Relation(where=Where.JOB, id=failure.last_job_id, words="the job it happened to last"),)


def _resource(job: JobDetail) -> Relation:
    """The draft, or the signed handover it has become."""
    draft_id = job.subject or str((job.result or {}).get("draft_id", ""))
    try:
        signed = handover(draft_id)
    except NotFound:
        return Relation(where=Where.DRAFT, id=draft_id, words="the draft, in the Handover")
    words = f"the signed handover {signed.document_number}"
    return Relation(where=Where.SIGNED, id=draft_id, words=words)
