"""The main job from end to end on a new store, with a real worker: what `demo --check` runs.

capture → draft → review → accept → countersign → signed snapshot → PDF → verified.
"""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from console import worker_process
from console.demo import aboard, choices
from console.demo.report import Report, Step
from console.demo.story import DemoPerson, Story
from storage import database
from storage.audit import views as audit
from storage.audit.anchor import write_anchor
from storage.drafts import editing, review
from storage.drafts import views as drafts
from storage.drafts.requesting import request_renewal
from storage.drafts.states import Answer, DraftState
from storage.errors import EightBellsError, Failed
from storage.handovers import exports, signing
from storage.handovers import views as handovers
from storage.handovers.composing import critical_items
from storage.handovers.verification import verify_path
from storage.jobs import views as jobs
from storage.jobs.actions import submit
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.record import JobQuery
from storage.jobs.states import JobStatus
from storage.taxonomy.roles import OFFICERS
from storage.vessel.views import the_vessel


@dataclass
class Voyage:
    """The run so far; each step finds here what the steps before it made."""

    home: Path
    story: Story
    worker: worker_process.WorkerProcess | None = None
    draft_id: str = ""
    document_hash: str = ""
    signed_dir: Path | None = None
    pdf: Path | None = None
    steps: list[Step] = field(default_factory=list)

    @property
    def outgoing(self) -> DemoPerson:
        """The officer who hands over."""
        return self._officers()[0]

    @property
    def incoming(self) -> DemoPerson:
        """The officer who takes over: another person."""
        return self._officers()[1]

    def _officers(self) -> list[DemoPerson]:
        return [person for person in self.story.crew[1:] if person.role in OFFICERS]


def make_store(v: Voyage) -> int:
    """A new store, whose vessel is named."""
    database.create(v.home)
    aboard.name(v.story.vessel)
    return 1


def sign_on_crew(v: Voyage) -> int:
    """Everyone aboard, each with a PIN of their own."""
    return aboard.sign_on(v.story.crew)


def record_events(v: Voyage) -> int:
    """What the ship's systems logged."""
    return aboard.record(v.story.events, database.now())


def capture_entries(v: Voyage) -> int:
    """What the crew said."""
    return aboard.capture(v.story.entries, database.now(), v.outgoing)


def start_worker(v: Voyage) -> int:
    """A worker in a process of its own."""
    v.worker = worker_process.start(v.home)
    worker_process.wait_until_alive(v.worker)
    return 1


def generate(v: Voyage) -> int:
    """The worker drafts the handover."""
    officer, vessel_id = aboard.actor(v.outgoing), the_vessel().id
    job = submit(officer, JobKind.HANDOVER_GENERATE, {}, vessel_id=vessel_id)
    v.draft_id = str(_result_of(job.job_id)["draft_id"])
    return len(drafts.draft(v.draft_id).items())


def read_sections(v: Voyage) -> int:
    """The outgoing officer opens the review and reads every section to its end."""
    review.begin_review(aboard.actor(v.outgoing), v.draft_id)
    return _read_all(v, v.outgoing)


def answer_proposals(v: Voyage) -> int:
    """Every merge proposal is answered, and each of the three answers is given."""
    officer, given = aboard.actor(v.outgoing), Counter[Answer]()
    proposals = drafts.draft(v.draft_id).merge_proposals
    doubted = choices.least_alike(proposals)
    for proposal in proposals:
        now = drafts.draft(v.draft_id)
        standing = next(p for p in now.merge_proposals if p.id == proposal.id)
        answer = choices.answer_to(standing, now.items(), doubted)
        review.answer(officer, proposal.id, answer)
        given[answer] += 1
    unused = [answer for answer in Answer if not given[answer]]
    if unused:
        raise Failed(why=f"No merge proposal was answered {', '.join(unused)}.")
    return given.total()


def edit_item(v: Voyage) -> int:
    """An item that hands out work is reworded to say what is so."""
    item = choices.item_to_reword(drafts.draft(v.draft_id))
    officer = aboard.actor(v.outgoing)
    editing.edit(officer, item.id, choices.STATES_A_FACT, reason="It assigned work.")
    return len(drafts.draft(v.draft_id).items()[item.id].edits)


def acknowledge_concerns(v: Voyage) -> int:
    """Every conflict, uncertainty and line of planning language is acknowledged."""
    officer = aboard.actor(v.outgoing)
    open_ones = [c for c in drafts.draft(v.draft_id).conflicts if not c.acknowledged]
    for concern in open_ones:
        review.acknowledge(officer, concern.id, note=choices.note_on(concern))
    return len(open_ones)


def refresh_command(v: Voyage) -> int:
    """Command is written again over the items as people left them, and read."""
    officer = aboard.actor(v.outgoing)
    job = request_renewal(officer, v.draft_id, JobKind.COMMAND_REFRESH)
    _result_of(job.job_id)
    return _read_all(v, v.outgoing)


def accept(v: Voyage) -> int:
    """The outgoing officer signs."""
    officer = aboard.actor(v.outgoing)
    signing.accept(officer, v.draft_id, pin=v.outgoing.pin, confirmed=True)
    return drafts.draft_summary(v.draft_id).state is DraftState.ACCEPTED


def read_as_relief(v: Voyage) -> int:
    """The incoming officer reads every section to its end."""
    return _read_all(v, v.incoming)


def countersign(v: Voyage) -> int:
    """The incoming officer reads back every critical item and signs."""
    draft = drafts.draft(v.draft_id)
    items = draft.items()
    spoken = {item: choices.read_back(items[item]) for item in critical_items(draft)}
    v.document_hash = signing.countersign(
        aboard.actor(v.incoming), v.draft_id,
        read_backs=spoken, pin=v.incoming.pin, confirmed=True,
    )  # fmt: skip
    return len(spoken)


def wait_for_signed_set(v: Voyage) -> int:
    """The worker writes the signed documents that signing asked for."""
    (job,) = jobs.list_jobs(JobQuery(kind=JobKind.EXPORT_PREPARE))
    _result_of(job.job_id)
    (made,) = handovers.handover(v.draft_id).exports
    v.signed_dir = v.home / made.path
    return sum((v.signed_dir / name).is_file() for name in made.hashes)


def export_pdf(v: Voyage) -> int:
    """A person asks for a PDF, and gets a copy that is one."""
    asked = exports.request_export(aboard.actor(v.incoming), v.draft_id, "pdf")
    v.pdf = Path(str(_result_of(asked.job_id)["folder"])) / "handover.pdf"
    if not v.pdf.read_bytes().startswith(b"%PDF-"):
        raise Failed(why=f"{v.pdf} is not a PDF.")
    return 1


def verify_documents(v: Voyage) -> int:
    """Both folders hold exactly what was signed, by the hash that was signed."""
    checks = [
        check
        for folder in (v.signed_dir, v.pdf and v.pdf.parent)
        if folder
        for check in verify_path(folder).checks
    ]
    wrong = [f"{check.name}: {check.detail}" for check in checks if not check.ok]
    if wrong:
        raise Failed(why="; ".join(wrong) + ".")
    return len(checks)


def verify_as_a_stranger(v: Voyage) -> int:
    """The verify.py beside the documents says the same, without Eight Bells or any package."""
    folders = [folder for folder in (v.signed_dir, v.pdf and v.pdf.parent) if folder]
    for folder in folders:
        command = [sys.executable, "-I", "-S", str(folder / "verify.py")]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode:
            wrong = [line for line in ran.stdout.splitlines() if line.startswith("NOT OK")]
            raise Failed(why="; ".join(wrong) or ran.stderr)
    return len(folders)


def verify_audit(v: Voyage) -> int:
    """The log is whole, up to now."""
    write_anchor()
    verdict = audit.verify()
    if not verdict.ok:
        raise Failed(why=f"The audit log is not whole: {verdict.problem}.")
    return verdict.size


STEPS: tuple[tuple[str, Callable[[Voyage], int]], ...] = (
    ("store made, vessel named", make_store),
    ("crew signed on", sign_on_crew),
    ("ledger events recorded", record_events),
    ("entries captured", capture_entries),
    ("worker started", start_worker),
    ("draft generated", generate),
    ("sections read by the outgoing officer", read_sections),
    ("merge proposals answered", answer_proposals),
    ("item edited", edit_item),
    ("conflicts acknowledged", acknowledge_concerns),
    ("Command refreshed and read", refresh_command),
    ("accepted", accept),
    ("sections read by the incoming officer", read_as_relief),
    ("countersigned with read-backs", countersign),
    ("signed documents written", wait_for_signed_set),
    ("PDF exported", export_pdf),
    ("documents verified", verify_documents),
    ("documents verified by verify.py alone", verify_as_a_stranger),
    ("audit log verified", verify_audit),
)
"""The main job: each step returns how much it did, and must have done something."""


def main_job(voyage: Voyage) -> Report:
    """Run every step in order, up to the first that fails; the store is closed afterwards."""
    problem = ""
    try:
        for name, step in STEPS:
            problem = _take(voyage, name, step)
            if problem:
                break
    finally:
        if voyage.worker is not None:
            voyage.worker.stop()
        database.close()
    return Report(
        plan=tuple(name for name, _ in STEPS), steps=tuple(voyage.steps), problem=problem,
        draft_id=voyage.draft_id, document_hash=voyage.document_hash,
        pdf=voyage.pdf, signed_dir=voyage.signed_dir, home=voyage.home,
    )  # fmt: skip


def _take(voyage: Voyage, name: str, step: Callable[[Voyage], int]) -> str:
    """Run one step and note it; returns what is wrong, or nothing."""
    begun, did, problem = time.monotonic(), 0, ""
    try:
        did = int(step(voyage))
        problem = "" if did else "it found nothing to do."
    except EightBellsError as error:
        problem = str(error)
    ms = round((time.monotonic() - begun) * 1000)
    voyage.steps.append(Step(name=name, did=did, ok=not problem, ms=ms))
    return f"{name}: {problem}" if problem else ""


def _result_of(job_id: str) -> dict[str, object]:
    """What a job led to, once it has completed.

    Raises:
        Failed: it did not.
    """
    job = jobs.wait_for(job_id, 2.0 * KINDS[jobs.find_job(job_id).kind].timeout_s)
    if job.status is not JobStatus.COMPLETED:
        raise Failed(why=f"Job {job.kind} is {job.status} ({job.status_reason}): {job.error}.")
    return jobs.show_job(job_id).result or {}


def _read_all(v: Voyage, person: DemoPerson) -> int:
    reader = aboard.actor(person)
    for section in drafts.draft(v.draft_id).sections:
        review.mark_seen(reader, v.draft_id, section.bucket)
    return len(drafts.draft(v.draft_id).sections)
