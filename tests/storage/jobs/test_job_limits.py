"""settings.toml changes limits and nothing else; nonsense is one sentence that names the field."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storage.audit.actor import SYSTEM
from storage.errors import BadSettings
from storage.jobs import actions, views
from storage.jobs.kind_spec import Queue
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.limits import FILE_NAME, effective, queue_limits, settings
from storage.jobs.record import ClaimedJob

GENERATE = JobKind.HANDOVER_GENERATE


@pytest.fixture
def say(store: Path) -> Callable[[str], None]:
    """Write the settings of this ship."""

    def write(text: str) -> None:
        (store / FILE_NAME).write_text(text)

    return write


def test_without_settings_the_limits_are_the_built_in_ones(store: Path) -> None:
    assert all(effective(kind) is KINDS[kind] for kind in JobKind)
    assert queue_limits() == {"handover": None, "export": 2, "diagnostics": None} | {
        queue.value: queue_limits()[queue.value] for queue in Queue
    }


def test_settings_change_the_limits_of_a_kind(
    say: Callable[[str], None], claim: Callable[[], ClaimedJob]
) -> None:
    say("[kinds.debug]\ntimeout_s = 7\npriority = 1\nauto_retry_limit = 0\n")
    job_id = actions.submit(SYSTEM, "debug", {}).job_id
    assert views.find_job(job_id).priority == 1
    job = claim()
    assert job.timeout_s == 7
    assert actions.give_up(SYSTEM, job.job_id, job.attempt_id, "gone")
    assert views.find_job(job_id).status_reason == "worker_lost"
    assert effective(GENERATE) is KINDS[GENERATE]


def test_what_is_asked_for_goes_before_the_settings(say: Callable[[str], None]) -> None:
    say("[kinds.debug]\npriority = 1\n")
    assert views.find_job(actions.submit(SYSTEM, "debug", {}, priority=4).job_id).priority == 4


def test_settings_change_the_cooldown(say: Callable[[str], None], store: Path) -> None:
    say("[kinds.export_prepare]\ncooldown_s = 0\n")
    assert effective(JobKind.EXPORT_PREPARE).cooldown_s == 0
    assert effective(JobKind.EXPORT_PREPARE).timeout_s == KINDS[JobKind.EXPORT_PREPARE].timeout_s


def test_settings_change_the_limit_of_a_queue_and_an_operator_goes_before_them(
    say: Callable[[str], None], worker: str
) -> None:
    say("[queues.diagnostics]\nmax_concurrent = 1\n")
    for _ in range(3):
        actions.submit(SYSTEM, "debug", {})
    assert len(actions.claim(worker)) == 1
    assert actions.claim(worker) == []
    actions.set_limit(SYSTEM, Queue.DIAGNOSTICS, 2)
    assert len(actions.claim(worker)) == 1


@pytest.mark.parametrize(
    ("text", "field", "why"),
    [
        ("[kinds.debug]\ntimeout_s = 0", "kinds.debug.timeout_s", "greater than or equal to 1"),
        ("[kinds.debug]\ntimeout_s = '7'", "kinds.debug.timeout_s", "valid integer"),
        ("[kinds.debug]\npriority = -1", "kinds.debug.priority", "greater than or equal to 0"),
        ("[kinds.debug]\nauto_retry_limit = true", "auto_retry_limit", "valid integer"),
        ("[kinds.debug]\ncancel_running = false", "cancel_running", "settings change limits only"),
        ("[kinds.debug]\nidempotent = true", "idempotent", "settings change limits only"),
        ("[kinds.debug]\nlabel = 'x'", "kinds.debug.label", "settings change limits only"),
        ("[kinds.debug]\nwrites = ['draft:*']", "writes", "settings change limits only"),
        ("[kinds.debug]\nbatch = 100", "kinds.debug.batch", "settings change limits only"),
        ("[kinds.nonsense]\ntimeout_s = 3", "kinds.nonsense", "there is no such kind"),
        ("[queues.nonsense]\nmax_concurrent = 3", "queues.nonsense", "there is no such queue"),
        ("[queues.export]\nmax_concurrent = -1", "queues.export.max_concurrent", "or equal to 0"),
        ("[queues.export]\nsentence = 'x'", "queues.export", "field required"),
        ("kinds = 3", "kinds", "valid dictionary"),
        ("[colours]\nred = 1", "colours", "not permitted"),
        ("not toml at all", "line 1", "Expected"),
        pytest.param("a = " + "[" * 9_000, "nested", "deeper than 64 levels", id="nested"),
        pytest.param("a = " + "9" * 9_000, "number", "too many digits", id="digits"),
    ],
)
def test_nonsense_is_one_sentence_with_its_field(
    say: Callable[[str], None], text: str, field: str, why: str
) -> None:
    say(text)
    with pytest.raises(BadSettings) as refused:
        settings()
    sentence = str(refused.value)
    assert field in sentence
    assert why in sentence
    assert "\n" not in sentence
    assert (refused.value.code, refused.value.exit_code) == ("bad_settings", 3)


def test_settings_that_are_not_text_are_refused(store: Path) -> None:
    (store / FILE_NAME).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadSettings):
        settings()
