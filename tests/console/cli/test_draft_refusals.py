"""What the command line refuses of a draft, in the words of the console."""

from collections.abc import Callable

from tests.console.cli.conftest import OUTGOING, Prepared
from tests.console.cli.program import Eightbells
from tests.console.cli.test_drafts import answer_everything, pin

CopyOf = Callable[[Prepared], Eightbells]


def test_a_draft_asked_for_during_a_review_is_refused_before_anything_is_queued(
    copy_of: CopyOf, in_review: Prepared
) -> None:
    """The same sentence as in the console (I1)."""
    ship = copy_of(in_review)
    before = ship.json("job", "list")
    said = ship("draft", "generate", "--wait", "--as", OUTGOING)
    assert (said.code, said.error) == (1, "wrong_state")
    assert "The open handover is in review; regenerate it to take in new entries." in said.err
    assert ship.json("job", "list") == before


def test_an_old_command_is_told_and_not_accepted(copy_of: CopyOf, in_review: Prepared) -> None:
    """I8, I11."""
    ship, draft_id = copy_of(in_review), in_review.draft_id
    assert ship.json("draft", "show", draft_id)["command_stale"] is False
    ship.json("draft", "edit", "2.1", "--text", "Port bilge pump is out", "--as", OUTGOING)
    assert ship.json("draft", "show", draft_id)["command_stale"] is True
    assert "`draft refresh-command` renews it" in ship("draft", "show", draft_id).out
    answer_everything(ship, draft_id)
    sheet = ("draft", "accept", draft_id, "--confirm", "--pin-stdin", "--as", OUTGOING)
    refused = ship(*sheet, stdin=pin(OUTGOING))
    assert refused.error == "not_ready" and "Command is older than your changes" in refused.err
    ship.json("draft", "refresh-command", draft_id, "--wait", "--as", OUTGOING)
    ship.json("draft", "read", draft_id, "--as", OUTGOING)
    assert ship(*sheet, stdin=pin(OUTGOING)).code == 0


def test_a_name_that_is_nobodys_whole_name_is_told_the_near_ones(in_review: Prepared) -> None:
    ship, first = Eightbells(in_review.home), OUTGOING.split()[0]
    said = ship("draft", "read", in_review.draft_id, "--as", first)
    assert said.error == "not_found" and f"Whole names, please: {OUTGOING}?" in said.err
