"""The PDF carries the page whole, is the same bytes every time, and asks nobody for anything."""

import logging
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

import templates
from storage.errors import ExportFailed
from storage.handovers.snapshot import Checkpoint, Snapshot
from templates.verifier.pages import record_in
from templates.verifier.paper import words_of
from tests.worker.documents.snapshots import HASH, one_of, one_saying, one_with_everything
from worker.documents.pdf import render_pdf
from worker.documents.render import render_html

ALLOWED = [str(Path(p).resolve()) for p in (sys.prefix, sys.base_prefix, *templates.__path__)]
PROJECT = str(Path(templates.__path__[0]).parent)

_watched: list[tuple[str, str]] | None = None


def _watch(event: str, args: tuple[Any, ...]) -> None:
    if _watched is not None and event in {"open", "socket.__new__", "socket.connect"}:
        _watched.append((event, str(args[0])))


sys.addaudithook(_watch)


@pytest.fixture
def watched() -> Iterator[list[tuple[str, str]]]:
    """What this process opens and connects to from here on."""
    global _watched
    _watched = []
    yield _watched
    _watched = None


def the_pdf(snapshot: Snapshot) -> bytes:
    return render_pdf(render_html(snapshot, document_hash=HASH))


def pages_of(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def text_of(snapshot: Snapshot) -> str:
    return " ".join(pages_of(the_pdf(snapshot)))


def test_every_page_carries_its_number_the_vessel_the_document_and_the_hash() -> None:
    pages = pages_of(the_pdf(one_of(60)))
    assert len(pages) > 4
    for number, page in enumerate(pages, 1):
        assert f"page {number} of {len(pages)} " in f"{page} "
        assert "M/Y Halcyon Tide Handover EB-2026-0007" in page
        assert HASH in page
        assert "Not an approved MARPOL or official log book." in page


def test_every_page_of_a_draft_says_draft() -> None:
    page = render_html(one_of(30), document_hash=None, draft=True)
    pages = pages_of(render_pdf(page))
    assert len(pages) > 2
    assert all("DRAFT – NOT AUTHORITATIVE" in text for text in pages)


def test_the_pdf_is_the_same_bytes_every_time() -> None:
    assert the_pdf(one_with_everything()) == the_pdf(one_with_everything())


def test_the_pdf_carries_the_record_as_attachments_byte_for_byte() -> None:
    page = render_html(one_with_everything(), document_hash=HASH)
    files = {"handover.json": b'{"a":"\xc3\xa9"}' * 999, "proof.json": b"{}"}
    pdf = render_pdf(page, files)
    assert pdf == render_pdf(page, files)
    assert dict(PdfReader(BytesIO(pdf)).attachments) == {n: [d] for n, d in files.items()}
    assert record_in(pdf) == tuple(files.values())
    assert record_in(render_pdf(page)) == (b"", None)


def test_the_cover_has_the_hash_in_words_a_square_code_and_the_log() -> None:
    log = Checkpoint(size=1250, root="ab" * 32)
    page = render_html(one_with_everything(), document_hash=HASH, log=log)
    assert f'value="eightbells EB-2026-0007 {HASH} {log}"' in page
    cover = pages_of(render_pdf(page))[0]
    assert words_of(HASH) in cover and f"{log}" in cover


def test_the_pdf_says_what_the_page_says() -> None:
    text = text_of(one_with_everything())
    for part in (
        "2.1 ▲ SAFETY ▽ Debt ENG-01 Propulsion & Drive",
        "CONFLICTING STATEMENTS",
        "Standing orders NOT COVERED",
        "“I acknowledge receipt of this handover and accept operational responsibility.”",
        "1234 events,",
    ):
        assert part in text


def test_the_pdf_names_itself_to_whoever_reads_its_properties() -> None:
    about = PdfReader(BytesIO(the_pdf(one_with_everything()))).metadata
    assert about is not None
    assert about.title == "Handover EB-2026-0007"
    assert about.author == "M/Y Halcyon Tide"
    assert HASH in (about.subject or "")


@pytest.mark.parametrize(
    "text", ["80 °C → 4 bar", "Größe, señal, à côté", "Насос №2 течёт", "Ωμέγα"]
)
def test_text_of_the_crew_s_languages_prints(text: str) -> None:
    assert text in text_of(one_saying(text))


@pytest.mark.parametrize(("text", "printed"), [("漏", "<U+6F0F>"), ("👍", "<U+1F44D>")])
def test_a_character_without_a_shape_is_written_out(text: str, printed: str) -> None:
    assert f"before {printed} after" in text_of(one_saying(f"before {text} after"))


@pytest.mark.parametrize(
    "text",
    [
        '<img src="file:///etc/passwd">',
        '<img src="http://127.0.0.1:9/x.png"> <link rel="stylesheet" href="http://127.0.0.1:9/">',
        "{{ 7*7 }} {% raw %}",
        "<pdf:nextpage/> </p></body>",
        "&lt;b&gt; &amp; &#x202e;",
    ],
)
def test_markup_in_a_narrative_is_printed_as_it_was_written(text: str) -> None:
    """I17: nothing in a narrative loads, runs or breaks anything."""
    assert text in text_of(one_saying(text))


def test_escape_sequences_and_overrides_are_printed_as_notation() -> None:
    """I17."""
    text = text_of(one_saying("a\x1b[2Jb \u202egpj.exe"))
    assert "a<U+001B>[2Jb <U+202E>gpj.exe" in text


def test_an_unbreakable_word_is_broken_and_nothing_of_it_is_lost() -> None:
    text = text_of(one_saying("x" * 5_000))
    assert sum(len(run) for run in re.findall("x{20,}", text)) == 5_000


@pytest.mark.parametrize(
    "text", ["The pump leaks oil. " * 5_000, "Pump leaks\n" * 2_000], ids=["words", "lines"]
)
def test_a_very_long_narrative_prints_to_its_end(text: str) -> None:
    printed = text_of(one_saying(text))
    assert printed.count("leaks") == text.count("leaks")


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="file:///etc/passwd">',
        '<img src="http://127.0.0.1:9/x.png">',
        '<img src="data:image/png;base64,AAAA">',
        '<img src="x.png">',
        '<img src="../../etc/passwd">',
        '<link rel="stylesheet" type="text/css" href="/etc/passwd">',
        '<style>@import url("http://127.0.0.1:9/a.css");</style>',
        "<style>@font-face { font-family: x; src: url(file:///etc/passwd); }</style>",
        "<style>@page { background-image: url(file:///etc/passwd); }</style>",
        '<div style="background-image: url(http://127.0.0.1:9/x)">x</div>',
        '<pdf:insertpdf src="file:///etc/passwd"/>',
        '<pdf:font name="x" src="file:///etc/passwd"/>',
    ],
)
def test_even_real_markup_that_wants_to_load_something_is_refused(
    markup: str, watched: list[tuple[str, str]]
) -> None:
    """I17: should a template ever slip, the PDF is not made."""
    with pytest.raises(ExportFailed, match="a handover loads nothing"):
        render_pdf(f"<html><head></head><body>{markup}</body></html>")
    assert_kept_to_itself(watched)


def test_rendering_opens_no_file_but_our_own_and_no_socket(watched: list[tuple[str, str]]) -> None:
    """I17: the watch is on what the process does, not on what the page says."""
    the_pdf(one_saying('<img src="file:///etc/passwd"> http://127.0.0.1:9/'))
    assert_kept_to_itself(watched)


def test_rendering_is_quiet(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        the_pdf(one_with_everything())
    assert caplog.messages == []


def assert_kept_to_itself(seen: list[tuple[str, str]]) -> None:
    strange = [
        (event, name)
        for event, name in seen
        if event != "open" or not name.startswith((*ALLOWED, PROJECT))
    ]
    assert strange == []
