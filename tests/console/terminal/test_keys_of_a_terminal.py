"""What a terminal sends becomes text, whatever it sends."""

from hypothesis import given
from hypothesis.strategies import binary

from console.terminal import forgiving_decoder


def test_bytes_that_are_no_utf8_are_read_as_an_old_keyboard_means_them() -> None:
    assert forgiving_decoder()(b"Zo\xeb \x96 ok") == "Zoë \ufffd ok"


def test_a_character_that_comes_in_pieces_is_one() -> None:
    decode = forgiving_decoder()
    assert [decode(b"\xe2\x96"), decode(b"\xb2!")] == ["", "▲!"]


@given(binary(max_size=40))
def test_no_bytes_stop_the_reader_of_keys(sent: bytes) -> None:
    forgiving_decoder()(sent)
