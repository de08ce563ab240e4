"""The ship's own names for her equipment: posted by an officer, every version kept."""

import pytest

from storage.audit.actor import WORKER
from storage.audit.views import count_events, list_events
from storage.database import read_only
from storage.engine import ledger
from storage.entries.actions import capture, import_entries
from storage.entries.proposals import accept_proposal, import_events
from storage.entries.views import entry, list_proposals
from storage.errors import BadInput, NotPermitted
from storage.evidence.lines import Line
from storage.vessel.actions import post_equipment
from storage.vessel.views import equipment, the_vessel
from tests.builders import a_captain, a_rating, a_second_officer

FIRST = b'[equipment]\n"Blue Betty" = "DECK-03"\n'
SECOND = b'[equipment]\n"Blue Betty" = "DECK-03"\n"the Beast" = "ENG-02"\n'
BEAST = "The Beast coughs"


def test_an_officer_posts_names_and_every_version_stays(store: object) -> None:
    assert (the_vessel().equipment_version, the_vessel().equipment_names) == (0, 0)
    post_equipment(a_captain().actor, FIRST)
    posted = post_equipment(a_second_officer().actor, SECOND)
    assert (posted.equipment_version, posted.equipment_names) == (2, 2)
    assert equipment().names == {"Blue Betty": "DECK-03", "the Beast": "ENG-02"}
    assert equipment().posted_by == "Priya Nair"
    assert list_events(limit=1)[0].detail["version"] == 2
    with read_only():
        (count,) = ledger.execute_sql("SELECT count(*) FROM equipment_list").fetchone()
    assert count == 2


def test_the_same_names_again_are_no_new_version(store: object) -> None:
    post_equipment(a_captain().actor, FIRST)
    before = count_events()
    assert post_equipment(a_captain().actor, b"# spring\n" + FIRST).equipment_version == 1
    assert count_events() == before


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'[equipment]\nx = "ENG-99"', "'x' = 'ENG-99': a name needs a domain .* line 2"),
        (b'[equipment]\nx = "\xff"', r"it is not UTF-8 text \(at line 2\)"),
        (b"[equipment]\nx = ", "line 2"),
        (b"x = " + b"[" * 5000, "."),
        (b"", "no .equipment. table"),
    ],
)
def test_a_file_that_cannot_be_used_changes_nothing(store: object, data: bytes, why: str) -> None:
    post_equipment(a_captain().actor, FIRST)
    with pytest.raises(BadInput, match=why) as refusal:
        post_equipment(a_captain().actor, data)
    assert "\n" not in str(refusal.value)
    assert equipment().version == 1
    assert list_events(limit=1)[0].outcome == "refused"


def test_only_an_officer_posts_them(store: object) -> None:
    for actor in (a_rating().actor, WORKER):
        with pytest.raises(NotPermitted):
            post_equipment(actor, FIRST)


def test_whatever_is_captured_is_read_with_them(store: object) -> None:
    officer = a_captain().actor
    before = capture(officer, BEAST)
    post_equipment(officer, SECOND)
    assert capture(officer, BEAST).primary_domain == "ENG-02" != before.primary_domain
    report = import_entries(officer, [Line(number=1, values={"text": BEAST})])
    assert entry(report.ids[0]).primary_domain == "ENG-02"
    fault = {"type": "fault_logged", "at": "2026-03-01T03:00Z", "text": BEAST}
    import_events(officer, [Line(number=1, values=fault)])
    assert accept_proposal(officer, list_proposals()[0].id).primary_domain == "ENG-02"
    assert entry(before.id).primary_domain == before.primary_domain, "what was captured stays (I10)"
