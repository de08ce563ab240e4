"""Charts as text: what is more is drawn higher, and every number is also said."""

import pytest

from console.drawing.charts import (
    ASCII,
    BLOCKS,
    Chart,
    Row,
    columns,
    drawn,
    marks_for,
    plain,
    widened,
)
from console.words.trends import brief


def test_the_highest_number_fills_its_column_and_nothing_is_not_the_same_as_a_little() -> None:
    assert columns([0, 1, 500, 1000], BLOCKS) == ["▁▂▅█"]
    assert columns([0, 1, 500, 1000], ASCII) == ["_.=#"]


def test_what_is_not_known_is_left_empty() -> None:
    assert columns([None, 0, 2, None], BLOCKS) == [" ▁█ "]
    assert columns([None, None], BLOCKS) == ["  "]


def test_a_tall_chart_stands_on_its_lowest_line() -> None:
    assert columns([0, 1, 2, 3], BLOCKS, 3) == ["   █", "  ██", "▁███"]


def test_numbers_get_all_the_room_there_is_and_the_newest_are_kept() -> None:
    assert widened([1, 2, 3], 7) == [1, 1, 2, 2, 3, 3]
    assert widened([1, 2, 3], 2) == [2, 3]
    assert widened([], 10) == widened([1], 0) == []


@pytest.mark.parametrize("width", [200, 78, 40, 5])
def test_no_line_of_a_chart_is_wider_than_its_room(width: int) -> None:
    row = Row("began", tuple(range(60)), "1,770", "$running", 3)
    chart = Chart("Jobs a minute", "", (row,), "min")
    pictures = plain(chart, width, BLOCKS)[1:-1]
    assert len(pictures) == 3
    assert max(map(len, pictures)) <= max(width, 11 + 8 + 6)


def test_a_chart_says_from_when_to_when_and_what_it_comes_to() -> None:
    row = Row("signed", (0, 2, 1), "3", "$done")
    chart = Chart("Handovers signed", "3 in 3 days", (row,), "days", "today")
    assert plain(chart, 48, BLOCKS) == [
        "Handovers signed  3 in 3 days",
        "signed     ▁▁▁▁▁▁▁▁▁▁██████████▅▅▅▅▅▅▅▅▅▅ 3",
        "           3 days ago               today",
    ]


def test_a_chart_of_nothing_is_one_sentence() -> None:
    assert plain(Chart("Jobs a minute", "None began."), 78, BLOCKS) == [
        "Jobs a minute  None began."
    ]


def test_every_number_stands_beside_its_picture_with_its_name() -> None:
    row = Row("failed", (1, 0), "1", "$failed")
    (_, (name, picture, note), _) = drawn(Chart("", "", (row,), "min"), 40, BLOCKS)
    assert (name[0].strip(), picture[1], note[0].strip()) == ("failed", "$failed", "1")


def test_blocks_are_drawn_only_where_they_can_be_written() -> None:
    assert marks_for("utf-8") is BLOCKS
    assert marks_for("ascii") is marks_for("latin-1") is marks_for(None) is ASCII
    assert marks_for("no such encoding") is ASCII


def test_a_short_time_is_said_in_few_cells() -> None:
    said = [brief(s) for s in (None, 0.0084, 1.44, 12.9, 200, 7300, 20 * 86400)]
    assert said == ["–", "8 ms", "1.4 s", "12 s", "3 min", "2 h", "20 d"]
