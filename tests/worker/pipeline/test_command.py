"""The three Command statements: derived, cited, honest about what they rest on."""

from collections.abc import Callable
from dataclasses import replace

from storage.drafts.content import DraftContent, ItemContent
from storage.taxonomy.domains import Bucket
from tests.worker.pipeline.conftest import NOON
from worker.pipeline.command import command_section

DraftOf = Callable[..., DraftContent]


def command_of(content: DraftContent) -> dict[str, ItemContent]:
    return {
        item.key: item
        for section in content.sections
        if section.bucket is Bucket.COMMAND
        for item in section.items
    }


def test_it_counts_cites_and_quotes(draft_of: DraftOf) -> None:
    content = draft_of("Steering pump 2 failed", "Port liferaft overdue for service", "Fuel 40 t")
    risk = command_of(content)["CMD-01"]
    assert risk.text.startswith("2 ")
    assert set(risk.entry_ids) == {"e000", "e001"}
    assert "“Steering pump 2 failed”" in risk.text
    assert content.sections[0].bucket is Bucket.COMMAND


def test_readiness_names_what_is_hampered_and_quotes_what_was_not_yet_quoted(
    draft_of: DraftOf,
) -> None:
    statements = command_of(
        draft_of(
            "Steering pump 2 failed",
            "Port radar failed",
            "Rescue boat engine will not start",
            "Fire detection zone 3 fault",
            "Generator 1 tripped on low oil pressure",
        )
    )
    risk, readiness = statements["CMD-01"], statements["CMD-03"]
    assert "Propulsion & Drive 1" in readiness.text
    quoted = {sentence.entry_id for sentence in readiness.sentences}
    assert quoted - {sentence.entry_id for sentence in risk.sentences}


def test_what_is_limited_is_quoted_with_what_it_is_about(draft_of: DraftOf) -> None:
    said = "Generators 1 and 2 in parallel. Shore power not to be used until the converter is safe."
    risk = command_of(draft_of(said))["CMD-01"]
    assert f"“{said[:-1]}”" in risk.text
    assert all(sentence.text in said for sentence in risk.sentences)


def test_what_is_done_or_well_calls_for_no_command(draft_of: DraftOf) -> None:
    assert not command_of(draft_of("Fire pump tested OK", "Steering repaired", "No leaks found"))


def test_doubt_is_carried_up(draft_of: DraftOf) -> None:
    content = draft_of("Fire pump pressure gauge 7 bar, low", "Fire pump pressure gauge 4 bar, low")
    statements = command_of(content)
    assert statements
    assert all(item.uncertain and "conflicting" in item.note for item in statements.values())


def test_a_refresh_speaks_of_the_edited_words_and_ignores_old_command(draft_of: DraftOf) -> None:
    content = draft_of("Steering pump 2 failed")
    items = [item for section in content.sections for item in section.items]
    edited = [
        replace(item, sentences=(replace(item.sentences[0], text="Edited words"),))
        if item.domain.startswith("ENG")
        else item
        for item in items
    ]
    section = command_section(edited, NOON)
    assert section is not None
    assert all("Edited words" in item.text for item in section.items)
    assert all("1 " in item.text[:2] for item in section.items)
