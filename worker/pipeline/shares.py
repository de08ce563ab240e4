"""Work done in equal shares, which may go on beside each other (pure)."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_EVERY = 500


class Shared(Protocol):
    """Has every share of some work done, and gives what each came to, in order."""

    def __call__(self, work: Callable[[int, int], Result]) -> list[Result]:
        """`work(share, of)` is called once for every share from 0 on."""
        ...


def undivided(work: Callable[[int, int], Result]) -> list[Result]:
    """All of it as one share, here."""
    return [work(0, 1)]


def for_each(
    items: Sequence[Item],
    work: Callable[[Item], Result],
    shared: Shared,
    heard: Callable[[int], None] = lambda done: None,
) -> list[Result]:
    """What `work` makes of each item, in their order. `heard` is told from time to time about how
    many are done."""

    def of_share(share: int, of: int) -> list[Result]:
        made = []
        for done, item in enumerate(items[share::of]):
            if share == 0 and done % _EVERY == 0:
                heard(of * done)
            made.append(work(item))
        return made

    shares = shared(of_share)
    together = dict[int, Result]()
    for share, made in enumerate(shares):
        together.update(zip(range(share, len(items), len(shares)), made, strict=True))
    return [together[place] for place in range(len(items))]
