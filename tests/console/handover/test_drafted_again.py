"""What another drafting changed is said in one sentence; what only moved is not new."""

from datetime import timedelta

from console.widgets.handover.drafted_again import is_drafted_again, what_is_new
from storage.drafts.views import draft
from tests.builders import a_draft_in_review
from tests.clock import ShipClock


def test_new_other_and_gone_items_are_told_and_command_is_not(store: object) -> None:
    now = draft(a_draft_in_review()).items()
    stated = [i for i in now.values() if i.bucket != "Command"]
    first, second, *_ = stated
    before = {key: item for key, item in now.items() if item is not first}
    before[second.id] = second.model_copy(update={"text": "Other words before."})
    before["gone"] = second.model_copy(update={"id": "gone"})
    assert what_is_new(before, now) == (
        f"Drafted again. New: {first.number}. Other words: {second.number}. Gone: 1 item."
    )
    assert what_is_new(now, now) == "Drafted again. Nothing is new but the time."
    many = what_is_new({}, {str(n): first.model_copy(update={"id": str(n)}) for n in range(5)})
    assert many == "Drafted again. New: 5 items."


def test_only_a_later_period_is_another_drafting(store: object, clock: ShipClock) -> None:
    now = draft(a_draft_in_review())
    later = now.model_copy(update={"period_to": now.period_to + timedelta(hours=1)})
    assert is_drafted_again(now, later) and not is_drafted_again(now, now)
