"""Both parties are told by command, too, that a handover was sent back (DOMAIN §6)."""

from collections.abc import Callable

from tests.console.cli.conftest import CAPTAIN, INCOMING, OUTGOING, Prepared
from tests.console.cli.program import Eightbells


def test_what_was_sent_back_is_told_until_it_was_printed(
    copy_of: Callable[[Prepared], Eightbells], accepted: Prepared
) -> None:
    ship, draft_id = copy_of(accepted), accepted.draft_id
    ship.json("draft", "decline", draft_id, "--reason", "Item 2 is unclear.", "--as", INCOMING)
    assert f"not seen yet by {OUTGOING}" in ship("draft", "show", draft_id).out
    notices = ("draft", "notices", "--as")
    assert ship.json(*notices, CAPTAIN) == ship.json(*notices, INCOMING) == []
    (told,) = ship.json(*notices, OUTGOING)
    assert (told["draft_id"], told["kind"], told["by"]) == (draft_id, "decline", INCOMING)
    assert told["reason"] == "Item 2 is unclear."
    assert ship.json(*notices, OUTGOING) == []
    assert "not seen yet" not in ship("draft", "show", draft_id).out
    (event,) = ship.json("audit", "list", "--action", "notice.seen")
    assert event["actor_name"] == OUTGOING
