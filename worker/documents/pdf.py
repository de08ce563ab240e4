"""From the page's HTML to a PDF: the only file that knows xhtml2pdf and reportlab.

Nothing is ever fetched for a page. The font is handed to reportlab as bytes from our own package;
any other resource a page asks for is an error, whatever its scheme.

The head and foot of every page are drawn here, from the page's own title and subject: as markup
they would be laid out afresh for each page, and "of m" would lay the whole story out twice.
"""

import re
import zlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

from reportlab.lib.fonts import addMapping
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.doctemplate import LayoutError
from xhtml2pdf.config.resources import ResourceAccessPolicy, use_policy
from xhtml2pdf.default import DEFAULT_FONT
from xhtml2pdf.document import pisaStory
from xhtml2pdf.util import reset_caches
from xhtml2pdf.xhtml2pdf_reportlab import PmlBaseDoc, PmlFrame, PmlPageTemplate

from storage.errors import ExportFailed

_FAMILY = "eightbells"
_REGULAR, _BOLD = "DejaVuSansCondensed", "DejaVuSansCondensed-Bold"
_WIDTH, _HEIGHT = A4
_SIDE, _TOP, _BOTTOM = 18 * mm, 23 * mm, 20 * mm
_HEAD, _FOOT = _HEIGHT - 14 * mm, 12 * mm
_LAST_PLAIN = 0xFFFF  # reportlab writes the text of a character beyond it so that none can read it
_PAGE_COUNT = "page-count"

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_LONG_WORD = re.compile(r"[^\s<>]{90}")
_SOURCE_LINK = re.compile(r'<a href="#(?:item-)?[0-9.]+">(.*?)</a>')
_NOTHING = ResourceAccessPolicy(
    allow_remote=False, base_dir=None, allow_remote_pdf_backgrounds=False
)


def render_pdf(html: str, attached: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF of a page made by `render_html`. Same page, same bytes.

    `attached` are JSON files that it carries, by name, in this order.

    A character the font cannot draw is printed as `<U+65E5>`, so that nothing said is lost, and a
    no-break space as a space. Two things are left out where they are not needed, because they are
    dear to lay out: links to sources, and the breaking of words that are wider than the page.

    Raises:
        ExportFailed: the page asks for a file or an address, or cannot be laid out.
    """
    drawable = _the_font()
    page = _SOURCE_LINK.sub(r"\1", html)
    page = _NOT_ASCII.sub(lambda match: _drawn(match[0], drawable), page)
    if _LONG_WORD.search(page):
        page = page.replace("<body>", '<body class="long-words">', 1)
    try:
        with use_policy(_NOTHING):
            return _laid_out(page, attached or {})
    except LayoutError as error:
        raise ExportFailed(why=f"The page cannot be laid out: {error}") from error
    finally:
        reset_caches()


def _laid_out(page: str, attached: Mapping[str, bytes]) -> bytes:
    context = pisaStory(page, link_callback=_refuse, resource_policy=_NOTHING)
    if context.err:
        raise ExportFailed(why=f"The page cannot be laid out: {context.log[-1][2]}")
    out = BytesIO()
    said = {name: context.meta[name].strip() for name in ("author", "title", "subject")}
    document = PmlBaseDoc(out, pagesize=A4, lang="en", invariant=1, **said)
    document.addPageTemplates([_Sheet(attached, **said)])
    document.build(context.story, canvasmaker=_CountingCanvas)
    return out.getvalue()


class _Sheet(PmlPageTemplate):
    """An A4 sheet: one frame, with the head and foot around it."""

    def __init__(
        self, attached: Mapping[str, bytes], author: str, title: str, subject: str
    ) -> None:
        frame = PmlFrame(
            _SIDE, _BOTTOM, _WIDTH - 2 * _SIDE, _HEIGHT - _TOP - _BOTTOM,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0, id="body",
        )  # fmt: skip
        super().__init__(id="body", frames=[frame], pagesize=A4)
        self._author = "".join(simpleSplit(author, _BOLD, 7.5, _WIDTH / 2)[:1])
        self._title, self._subject, self._attached = title, subject, attached

    def beforeDrawPage(self, canvas: Any, doc: Any) -> None:  # noqa: N802
        """Draw the head and foot; the first page brings what is attached."""
        super().beforeDrawPage(canvas, doc)
        if self._attached and canvas.getPageNumber() == 1:
            canvas._doc.Catalog.Names = _attachments(canvas._doc, self._attached)
        canvas.saveState()
        canvas.setLineWidth(0.4)
        canvas.line(_SIDE, _HEAD - 2 * mm, _WIDTH - _SIDE, _HEAD - 2 * mm)
        canvas.line(_SIDE, _FOOT + 3.5 * mm, _WIDTH - _SIDE, _FOOT + 3.5 * mm)
        canvas.setFont(_BOLD, 7.5)
        canvas.drawString(_SIDE, _HEAD, self._author)
        canvas.drawRightString(_WIDTH - _SIDE, _HEAD, self._title)
        canvas.setFont(_REGULAR, 6.8)
        canvas.drawRightString(_WIDTH - _SIDE, _FOOT, self._subject)
        _draw_page_number(canvas)
        canvas.restoreState()


def _draw_page_number(canvas: Any) -> None:
    text = f"page {canvas.getPageNumber()} of "
    canvas.drawString(_SIDE, _FOOT, text)
    canvas.translate(_SIDE + canvas.stringWidth(text), _FOOT)
    canvas.doForm(_PAGE_COUNT)


class _CountingCanvas(Canvas):
    """Writes the number of pages once, at the end, into a form that every page shows."""

    def save(self) -> None:
        """Define the form, then save."""
        pen: Any = self
        pages = pen.getPageNumber() - 1
        pen.beginForm(_PAGE_COUNT)
        pen.setFont(_REGULAR, 6.8)
        pen.drawString(0, 0, f"{pages}")
        pen.endForm()
        Canvas.save(pen)


def _attachments(document: Any, files: Mapping[str, bytes]) -> PDFDictionary:
    """The name tree of embedded files (ISO 32000 §7.11.4), for the document's catalogue."""
    named: list[Any] = []
    for name, data in files.items():
        about = {"Type": PDFName("EmbeddedFile"), "Subtype": "/application#2Fjson"}
        about |= {"Filter": PDFName("FlateDecode"), "Params": PDFDictionary({"Size": len(data)})}
        stream = PDFStream(PDFDictionary(about), zlib.compress(data, 9))
        held = PDFDictionary({"F": document.Reference(stream)})
        spec = {"Type": PDFName("Filespec"), "EF": held, "AFRelationship": PDFName("Source")}
        spec |= {"F": PDFString(name), "UF": PDFString(name)}
        named += [PDFString(name), document.Reference(PDFDictionary(spec))]
    return PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": PDFArray(named)})})


def _refuse(uri: str, base: str | None) -> str:
    raise ExportFailed(why=f"The page asks for {uri[:80]!r}; a handover loads nothing.")


def _drawn(character: str, drawable: frozenset[int]) -> str:
    if character.isspace():
        return " "
    code = ord(character)
    return character if code in drawable else f"&lt;U+{code:04X}&gt;"


@cache
def _the_font() -> frozenset[int]:
    """Register the one font family, once a process; the characters every face of it can draw."""
    drawable = []
    for bold, face in enumerate((_REGULAR, _BOLD)):
        data = files("templates").joinpath("fonts", f"{face}.ttf").read_bytes()
        font = TTFont(face, BytesIO(data))
        registerFont(font)
        for italic in (0, 1):
            addMapping(_FAMILY, bold, italic, face)
        drawable.append(frozenset(code for code in font.face.charToGlyph if code <= _LAST_PLAIN))
    DEFAULT_FONT[_FAMILY] = _FAMILY
    return frozenset.intersection(*drawable)
