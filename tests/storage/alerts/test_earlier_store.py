"""A store with a history made before there were alerts: what failed long ago raises no alarm."""

import tarfile
from pathlib import Path

import pytest

from storage import database
from storage.alerts import views
from storage.alerts.routing import route_new
from storage.audit.views import AuditQuery, count_events
from tests.storage.test_previous_version import FIXTURE

pytestmark = pytest.mark.aboard


def test_old_failures_are_not_told_when_an_earlier_store_is_opened(home: Path) -> None:
    home.mkdir(mode=0o700)
    with tarfile.open(FIXTURE) as archive:
        archive.extractall(home, filter="data")
    database.open_store(home)
    assert count_events(AuditQuery(action="job.failed")) > 0
    assert route_new() == 0
    assert views.told(everything=True) == []
    assert views.on_record() == {}
