"""PINs tried from several processes at once: no more of them than one after the other."""

import subprocess
import sys
from pathlib import Path

from storage import database
from storage.audit.views import AuditQuery, list_events, verify
from storage.people.tables import Person
from tests.builders import a_second_officer

GUESSING = """
import sys
from pathlib import Path
from storage import database
from storage.errors import Refused
from storage.people.actions import open_key
from storage.people.views import crew_member

database.open_store(Path(sys.argv[1]))
actor = crew_member("Priya Nair").actor
for pin in sys.argv[2:]:
    try:
        open_key(actor, pin)
        print("opened")
    except Refused as refusal:
        print(refusal.code)
"""


def test_two_processes_that_guess_get_no_more_tries_than_one(store: Path) -> None:
    officer = a_second_officer()
    database.close()
    guesses = [[str(900_001 + 2 * n + which) for n in range(12)] for which in (0, 1)]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", GUESSING, str(store), *pins], stdout=subprocess.PIPE, text=True
        )
        for pins in guesses
    ]
    said = [code for process in running for code in process.communicate()[0].split()]
    database.open_store(store)
    events = list_events(AuditQuery(action="person.key_opened"), limit=99)
    tried = [event.detail for event in reversed(events)]
    counted = [detail["failures"] for detail in tried if detail["code"] == "wrong_pin"]
    assert counted == list(range(1, len(counted) + 1)), "each failure is counted once, in order"
    assert len(counted) == said.count("wrong_pin") == Person.get_by_id(officer.id).pin_failures
    assert said.count("try_later") == 24 - len(counted) == len(tried) - len(counted)
    assert "opened" not in said
    assert verify().ok
