"""Items by id, or by the number printed beside them."""

import re

from storage.drafts.views import DraftView, current_draft, draft
from storage.errors import NotFound
from storage.vessel.views import the_vessel

_NUMBER = re.compile(r"\d+\.\d+")


def resolved(item: str) -> str:
    """The id of an item of the open draft named by its printed number; an id stays as it is.

    Raises:
        NotFound: no open draft, or no item of that number in it.
    """
    if not _NUMBER.fullmatch(item):
        return item
    current = current_draft(the_vessel().id)
    if current is None:
        raise NotFound(kind="open draft with an item", id=item)
    return numbered(draft(current.id), item)


def numbered(view: DraftView, item: str) -> str:
    """The same within one draft.

    Raises:
        NotFound: no item of that number.
    """
    if not _NUMBER.fullmatch(item):
        return item
    ids = {shown.number: shown.id for shown in view.items().values()}
    if item not in ids:
        raise NotFound(kind="item", id=item)
    return ids[item]
