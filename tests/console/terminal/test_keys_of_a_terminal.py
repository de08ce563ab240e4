"""What a terminal sends becomes text, whatever it sends."""

from hypothesis import given
from hypothesis.strategies import binary, integers, text

from console.pasting import BEGINS, ENDS, FEWEST, NO_HAND, Pasted, Pastes, Typed
from console.terminal import forgiving_decoder


def test_bytes_that_are_no_utf8_are_read_as_an_old_keyboard_means_them() -> None:
    assert forgiving_decoder()(b"Zo\xeb \x96 ok") == "Zoë \ufffd ok"


def test_a_character_that_comes_in_pieces_is_one() -> None:
    decode = forgiving_decoder()
    assert [decode(b"\xe2\x96"), decode(b"\xb2!")] == ["", "▲!"]


@given(binary(max_size=40))
def test_no_bytes_stop_the_reader_of_keys(sent: bytes) -> None:
    forgiving_decoder()(sent)


@given(text(max_size=NO_HAND - 1), text(alphabet="qy\x1b[201~m "), integers(FEWEST, 9))
def test_a_paste_is_one_whatever_stands_in_it_and_however_it_arrives(
    typed: str, pasted: str, size: int
) -> None:
    typed, pasted = typed.replace("\x1b", ""), pasted.replace("1", "")
    sent = f"{BEGINS}{pasted}{ENDS}{typed}"
    pastes = Pastes()
    told = [part for at in range(0, len(sent), size) for part in pastes.feed(sent[at : at + size])]
    seen = [part.text for part in told if isinstance(part, Pasted)]
    assert seen == [pasted]
    assert "".join(part.text for part in told if isinstance(part, Typed)) == typed


def test_the_escape_key_waits_for_no_paste() -> None:
    assert list(Pastes().feed("\x1b")) == [Typed("\x1b")]


def test_more_at_once_than_a_hand_can_type_is_a_paste_the_terminal_did_not_mark() -> None:
    words = "Bilge pump 2 leaks.\r\n" * 4
    assert list(Pastes().feed(words)) == [Pasted(words.replace("\r\n", "\n"))]


def test_a_key_held_down_and_the_sequences_of_other_keys_stay_keys() -> None:
    for keys in ("j" * 200, "\x1b[B" * 200, "\x1b[<0;10;10M" * 40):
        assert list(Pastes().feed(keys)) == [Typed(keys)]
