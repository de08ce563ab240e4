"""The list of items: virtual, calm, and honest about what was on the screen."""

from dataclasses import dataclass

from textual.app import App, ComposeResult
from textual.content import Content
from textual.pilot import Pilot

from console.widgets.handover.items import ItemsView

HEIGHT = 20


@dataclass(frozen=True)
class Line:
    """A row of a few lines that counts how often it is drawn."""

    id: str
    words: str = "x"
    lines: int = 2

    def height(self, width: int) -> int:
        return self.lines

    def draw(self, width: int) -> list[Content]:
        DRAWN.append(self.id)
        return [Content(self.words)] * self.lines


DRAWN: list[str] = []


class OneList(App[None]):
    """Nothing but the list."""

    CSS = "ItemsView { height: 20; }"

    def compose(self) -> ComposeResult:
        yield ItemsView()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"key": "bold", "done": "green"}


def rows(count: int, **facts: object) -> list[Line]:
    return [Line(f"r{n}", **facts) for n in range(count)]  # type: ignore[arg-type]


async def showing(pilot: Pilot[None], given: list[Line]) -> ItemsView:
    view = pilot.app.query_one(ItemsView)
    view.focus()
    view.show(given)
    await pilot.pause()
    return view


async def test_five_thousand_rows_draw_only_those_on_screen() -> None:
    DRAWN.clear()
    async with OneList().run_test(size=(60, HEIGHT)) as pilot:
        view = await showing(pilot, rows(5000))
        await pilot.press("end")
        assert view.current == "r4999"
        assert len(set(DRAWN)) < 3 * HEIGHT


async def test_a_refresh_keeps_cursor_and_scroll_on_the_same_row() -> None:
    """CONSOLE rule 4."""
    async with OneList().run_test(size=(60, HEIGHT)) as pilot:
        view = await showing(pilot, rows(100))
        await pilot.press(*["down"] * 30)
        line = view.cursor * 2 - view.scroll_offset.y
        view.show([Line("new", lines=5), *rows(100)])
        await pilot.pause()
        assert view.current == "r30"
        assert 5 + 30 * 2 - view.scroll_offset.y == line


async def test_a_refresh_that_removes_the_row_leaves_the_cursor_at_its_place() -> None:
    async with OneList().run_test(size=(60, HEIGHT)) as pilot:
        view = await showing(pilot, rows(10))
        await pilot.press("down", "down")
        view.show([row for row in rows(10) if row.id != "r2"])
        assert view.current == "r3"


async def test_marks_belong_to_rows_and_go_with_them() -> None:
    async with OneList().run_test(size=(60, HEIGHT)) as pilot:
        view = await showing(pilot, rows(10))
        await pilot.press("space", "space")
        assert list(view.marked) == ["r0", "r1"] and view.current == "r2"
        view.show(rows(10)[1:])
        assert list(view.marked) == ["r1"]


async def test_a_row_counts_as_shown_when_its_last_line_was_on_screen() -> None:
    async with OneList().run_test(size=(60, HEIGHT)) as pilot:
        view = await showing(pilot, [Line("tall", lines=HEIGHT + 5), Line("next")])
        assert view.on_screen == set()
        await pilot.press(*["down"] * 5)
        assert view.on_screen == {"tall"} and view.current == "tall"
        await pilot.press("down")
        assert view.on_screen == {"tall", "next"} and view.current == "next"


async def test_paging_leaves_no_row_unseen_and_jumping_to_the_end_does() -> None:
    async with OneList().run_test(size=(60, HEIGHT)) as pilot:
        view = await showing(pilot, rows(100))
        await pilot.press("G")
        assert "r50" not in view.on_screen
        await pilot.press("home", *["pagedown"] * 12)
        assert view.on_screen == {f"r{n}" for n in range(100)}
        assert view.current == "r99"


async def test_an_empty_list_takes_any_key() -> None:
    async with OneList().run_test(size=(60, HEIGHT)) as pilot:
        view = await showing(pilot, [])
        await pilot.press("down", "up", "pagedown", "pageup", "end", "home", "space")
        assert view.current is None
