"""backup, audit_verify and store_check: done apart, on record, and failed loudly."""

from pathlib import Path

import pytest

from storage.audit.actor import SYSTEM
from storage.audit.anchor import write_anchor
from storage.audit.views import AuditQuery, checkpoint, list_events
from storage.database import home
from storage.engine import ledger
from storage.evidence.actions import add_document
from storage.jobs.kinds import JobKind
from storage.jobs.states import JobStatus, Reason
from storage.jobs.submission import submit
from storage.jobs.views import find_job, show_job
from storage.recovery.checking import check_backup
from storage.schedules.timetable import timetable
from tests.builders import a_second_officer, an_entry
from tests.worker.handlers.conftest import run
from worker.loop import Loop


def break_the_log() -> None:
    ledger.execute_sql("DROP TRIGGER audit_event_never_changes")
    ledger.execute_sql("UPDATE audit_event SET actor_name = 'Nobody' WHERE seq = 2")


def test_a_backup_is_made_verified_and_put_on_record() -> None:
    an_entry()
    job = run(JobKind.BACKUP)
    assert job.result is not None and job.result["verified"]
    made = check_backup(Path(job.result["path"]))
    assert made.path.parent == home() / "backups"
    (event,) = list_events(AuditQuery(action="backup.made"))
    assert (event.job_id, event.subject_id) == (job.job_id, made.path.name)
    assert event.detail["fingerprint"] == made.fingerprint == job.result["fingerprint"]


def test_a_backup_goes_to_a_folder_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    job = run(JobKind.BACKUP, to=str(tmp_path / "stick"))
    assert job.result is not None
    assert check_backup(Path(job.result["path"])).path.parent == tmp_path / "stick"


def test_a_stick_that_is_not_there_fails_the_job_and_leaves_nothing(tmp_path: Path) -> None:
    job = run(JobKind.BACKUP, to=str(tmp_path / "stick"))
    assert job.status is JobStatus.FAILED
    assert "is the medium mounted?" in (job.error or "")
    assert not (tmp_path / "stick").exists()
    assert list_events(AuditQuery(action="backup.made")) == []


def test_a_backup_of_a_store_that_is_not_whole_completes_with_issues() -> None:
    break_the_log()
    job = run(JobKind.BACKUP)
    assert job.status_reason == Reason.COMPLETED_WITH_ISSUES
    assert job.result is not None and "audit event 2" in job.result["complaints"][0]
    (event,) = list_events(AuditQuery(action="backup.made"))
    assert event.detail["complaints"] == 1


def test_older_backups_go_once_the_new_one_is_on_record(store: Path) -> None:
    (store / "settings.toml").write_text("[backups]\nnewest = 1\ndays = 0\nweeks = 0\nmonths = 0\n")
    first, second = run(JobKind.BACKUP), run(JobKind.BACKUP)
    assert first.result is not None and second.result is not None
    assert second.result["removed"] == [Path(first.result["path"]).name]
    assert [p.name for p in (store / "backups").glob("[!.]*")] == [Path(second.result["path"]).name]


def test_a_whole_log_is_verified() -> None:
    an_entry()
    write_anchor()
    job = run(JobKind.AUDIT_VERIFY)
    assert job.result is not None
    assert job.result["ok"] and 0 < job.result["events"] < checkpoint().size


def test_a_log_that_is_not_whole_fails_its_verification() -> None:
    write_anchor()
    break_the_log()
    job = run(JobKind.AUDIT_VERIFY)
    assert job.status is JobStatus.FAILED
    assert "audit event 2: its content is not what was recorded" in (job.error or "")


def test_a_sound_store_passes_its_check_with_what_is_to_be_known() -> None:
    write_anchor()
    job = run(JobKind.STORE_CHECK)
    assert job.result is not None and job.result["ok"]
    assert [found["code"] for found in job.result["findings"]] == ["backup_missing"]


def test_a_grave_finding_fails_the_check_and_the_log_says_what_to_do(tmp_path: Path) -> None:
    write_anchor()
    chart = tmp_path / "chart.txt"
    chart.write_text("Wreck marked")
    add_document(a_second_officer().actor, chart)
    next(home().glob("handover/*/sources/*/original")).unlink()
    job = run(JobKind.STORE_CHECK)
    assert job.status is JobStatus.FAILED and "is missing" in (job.error or "")
    lines = {line.context.get("code"): line for line in show_job(job.job_id).log}
    assert "gap_fill" in str(lines["file_missing"].context["to_do"])


def test_a_dry_run_makes_no_backup(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """I18."""
    monkeypatch.setenv("JOB_DRY_RUN", "1")
    job_id = submit(SYSTEM, JobKind.BACKUP, {}).job_id
    Loop().run(drain=True)
    assert find_job(job_id).status_reason == Reason.DRY_RUN
    assert list((store / "backups").iterdir()) == []


def test_each_of_the_three_runs_once_a_day_without_being_asked() -> None:
    rules = {schedule.kind: str(schedule.rule) for schedule in timetable()}
    daily = {kind: rule for kind, rule in rules.items() if rule.startswith("daily")}
    assert set(daily) == {JobKind.BACKUP, JobKind.AUDIT_VERIFY, JobKind.STORE_CHECK}
