"""What was appended to a PDF besides a seal, as a reader of PDFs tells its objects (pure).

Whoever holds the key of a certificate may append what they like and seal that. So what comes with a
seal is a short list: its field, one unseen mark on one page, what the file says of itself.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

OF_THE_FILE = frozenset({"/AcroForm", "/Extensions", "/Metadata", "/Version"})
OF_A_PAGE = frozenset({"/Annots"})
OF_THE_FORM = frozenset({"/Fields", "/SigFlags"})
OF_THE_MARK = frozenset({"/FT", "/T", "/Type", "/Subtype", "/F", "/Rect", "/P", "/V"})
NOWHERE = [0, 0, 0, 0]


def other_changes(sealed: Any, pdf: Any) -> str:
    """What else the appended part changes, and where; nothing when it only puts a seal there.

    Both are readers of PDFs; `sealed` begins with the bytes of `pdf`.
    """
    return next(_changes(sealed, pdf), "")


def _changes(sealed: Any, pdf: Any) -> Iterator[str]:
    last = sealed.xrefs.total_revisions - 1
    if last != pdf.xrefs.total_revisions:
        yield f"{last} things were appended, not one seal"
    if sealed.root_ref != pdf.root_ref:
        yield "it has another table of contents"
    for ref in sorted(sealed.xrefs.explicit_refs_in_revision(last), key=lambda ref: ref.idnum):
        if ref.idnum < pdf.trailer["/Size"] and not _may_change(ref, sealed, pdf):
            yield f"object {ref.idnum} of its pages was changed before it was sealed"
    yield from _more_than_a_mark(sealed.root["/AcroForm"])


def _may_change(ref: Any, sealed: Any, pdf: Any) -> bool:
    if ref.idnum == pdf.trailer.raw_get("/Info").reference.idnum:
        return True
    new, old = (file.get_object(type(ref)(ref.idnum, ref.generation)) for file in (sealed, pdf))
    if ref.idnum == pdf.root_ref.idnum:
        return _spelt(new, OF_THE_FILE) == _spelt(old, OF_THE_FILE)
    marks, before = ([_written(one) for one in page.get("/Annots", ())] for page in (new, old))
    seals = [_written(one) for one in sealed.root["/AcroForm"]["/Fields"]]
    return marks == before + seals and _spelt(new, OF_A_PAGE) == _spelt(old, OF_A_PAGE)


def _more_than_a_mark(form: Any) -> Iterator[str]:
    (field,) = (one.get_object() for one in form["/Fields"])
    if form.keys() - OF_THE_FORM or field.keys() - OF_THE_MARK or list(field["/Rect"]) != NOWHERE:
        yield "what was appended shows or does something, which a seal does not"


def _spelt(entries: Any, but: frozenset[str]) -> dict[str, bytes]:
    """A dictionary as a file holds it, but for some of its entries."""
    return {str(key): _written(entries.raw_get(key)) for key in entries.keys() - but}


def _written(value: Any) -> bytes:
    out = BytesIO()
    value.write_to_stream(out, None)
    return out.getvalue()
