"""What a group's state and follow-up mean, in the same words on screen and on the command line."""

from storage.jobs.together import GroupRecord


def state_words(group: GroupRecord) -> str:
    """Whether it has closed, is cancelled, or what it waits for."""
    if group.closed_at is not None:
        retried = group.retried_since
        since = f"; {retried} {'job' if retried == 1 else 'jobs'} retried since" * bool(retried)
        return f"closed, and counted as it closed{since}"
    if group.cancel_requested_at is not None:
        return "cancelled; what runs is left to end"
    return "all were added" if group.sealed_at else "jobs are still being added"


def follow_up_words(group: GroupRecord) -> str:
    """What follows it, or followed."""
    if group.follow_up is None:
        return "–"
    if group.follow_up_job_id:
        return f"{group.follow_up.kind}, as job {group.follow_up_job_id}"
    if group.closed_at is None:
        return f"{group.follow_up.kind}, once it has closed as completed or partial"
    return f"{group.follow_up.kind} was not submitted"
