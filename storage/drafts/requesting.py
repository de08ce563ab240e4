"""Asking the worker for a draft: what it would have to refuse is refused before it is queued."""

from typing import Any

from storage.audit.actions import asking
from storage.audit.actor import Actor
from storage.drafts.generation import open_draft, regenerable
from storage.drafts.rules import check_generable
from storage.jobs.kinds import JobKind
from storage.jobs.record import Submitted
from storage.jobs.submission import submit


def request_draft(actor: Actor, vessel_id: str, arguments: dict[str, Any]) -> Submitted:
    """Have the vessel's next handover drafted; `arguments` are those of `handover_generate`.

    Raises:
        WrongState: the open one is in review or accepted. BadInput.
    """
    attempt_draft(actor, vessel_id)
    return submit(actor, JobKind.HANDOVER_GENERATE, arguments, vessel_id=vessel_id)


def attempt_draft(actor: Actor, vessel_id: str) -> None:
    """Refuse, on record (I1), to draft a handover while the open one is past being a draft.

    Raises:
        WrongState: it is in review or accepted.
    """
    with asking(actor, "job.submitted", "draft"):
        still_open = open_draft(vessel_id)
        if still_open is not None:
            check_generable(still_open.state)


def request_renewal(actor: Actor, draft_id: str, kind: JobKind) -> Submitted:
    """Have an open draft made again (`handover_regenerate`), or its Command (`command_refresh`).

    Raises:
        NotFound. WrongState: from ACCEPTED on the content is frozen.
    """
    vessel_id = attempt_renewal(actor, draft_id)
    arguments = {"draft_id": draft_id}
    return submit(actor, kind, arguments, subject=draft_id, vessel_id=vessel_id)


def attempt_renewal(actor: Actor, draft_id: str) -> str:
    """Refuse, on record (I1), to make frozen content again; else the id of the draft's vessel.

    Raises:
        NotFound. WrongState: from ACCEPTED on the content is frozen.
    """
    with asking(actor, "job.submitted", "draft", draft_id):
        return regenerable(draft_id).vessel_id
