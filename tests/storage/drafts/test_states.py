"""I1: the arrows of a draft's life, and no others."""

import pytest

from storage.drafts.states import (
    LEGAL,
    MOVE_WORDS,
    OPEN_STATES,
    REGENERABLE,
    SIGNED_STATES,
    STATE_WORDS,
    DraftState,
    Move,
    after,
)
from storage.errors import WrongState

DRAWN = {
    "DRAFT review IN_REVIEW",
    "IN_REVIEW accept ACCEPTED",
    "ACCEPTED countersign SIGNED",
    "SIGNED export EXPORTED",
    "EXPORTED export EXPORTED",
    "ACCEPTED decline IN_REVIEW",
    "ACCEPTED reopen IN_REVIEW",
}


def test_i1_the_legal_moves_are_those_drawn_in_the_specification() -> None:
    assert {f"{before} {move} {to}" for (before, move), to in LEGAL.items()} == DRAWN


@pytest.mark.parametrize("state", DraftState)
@pytest.mark.parametrize("move", Move)
def test_i1_every_other_move_is_refused_with_the_states_it_needs(
    state: DraftState, move: Move
) -> None:
    if (state, move) in LEGAL:
        assert after(state, move) is LEGAL[state, move]
        return
    with pytest.raises(WrongState) as refusal:
        after(state, move)
    said = str(refusal.value)
    assert said.startswith(f"The handover is {STATE_WORDS[state]}; {MOVE_WORDS[move]} needs")
    assert all(STATE_WORDS[legal] in said for (legal, m) in LEGAL if m is move)


def test_every_state_and_move_has_words_of_its_own() -> None:
    assert set(STATE_WORDS) == set(DraftState) and set(MOVE_WORDS) == set(Move)
    for word in (*STATE_WORDS.values(), *MOVE_WORDS.values()):
        assert word == word.lower() and "_" not in word


def test_every_state_is_open_or_signed() -> None:
    assert {*OPEN_STATES, *SIGNED_STATES} == set(DraftState)
    assert not {*OPEN_STATES} & {*SIGNED_STATES}
    assert {*REGENERABLE} == {DraftState.DRAFT, DraftState.IN_REVIEW}
