"""I16: role bias changes order only."""

import pytest

from storage.drafts.views import DraftView, draft
from storage.taxonomy.domains import DOMAINS, Bucket
from storage.taxonomy.risks import RiskTag
from storage.taxonomy.roles import BIAS, Role, floats_up, section_order
from tests.builders import a_draft, an_entry
from tests.contents import an_item, contents


@pytest.fixture
def of_every_risk(store: object) -> DraftView:
    """A draft with three domains of every bucket but Command, and every risk tag in each."""
    items = []
    for bucket in Bucket:
        if bucket is Bucket.COMMAND:
            continue
        domain = next(code for code, d in DOMAINS.items() if d.bucket is bucket)
        for tag in reversed(RiskTag):
            entry = an_entry(f"{domain} {tag.value}.")
            items.append(an_item(entry, domain=domain, risk_tags=(tag,)))
    return draft(a_draft(contents(*items)))


def flat(view: DraftView) -> dict[str, object]:
    return {item.id: item for section in view.sections for item in section.items}


@pytest.mark.parametrize("role", Role)
def test_i16_every_role_reads_every_item_word_for_word(
    of_every_risk: DraftView, role: Role
) -> None:
    theirs = draft(of_every_risk.id, role=role)
    assert flat(theirs) == flat(of_every_risk)
    assert {s.number: s.bucket for s in theirs.sections} == {
        s.number: s.bucket for s in of_every_risk.sections
    }


@pytest.mark.parametrize("role", Role)
def test_i16_primary_sections_come_first_and_grave_items_float_up_in_them(
    of_every_risk: DraftView, role: Role
) -> None:
    theirs = draft(of_every_risk.id, role=role)
    order = [section.bucket for section in theirs.sections]
    assert order == [bucket for bucket in section_order(role) if bucket in order]
    for section in theirs.sections:
        up = [floats_up(role, item.risk_tags) for item in section.items]
        assert up == sorted(up, reverse=True)
        for floating in (True, False):
            numbers = [
                int(item.number.split(".")[1])
                for item in section.items
                if floats_up(role, item.risk_tags) is floating
            ]
            assert numbers == sorted(numbers), "inside the two groups nothing changes places"


def test_every_role_has_a_bias_and_reads_every_bucket_once() -> None:
    for role in Role:
        assert sorted(section_order(role)) == sorted(Bucket)
        assert not {*BIAS[role].primary} & {*BIAS[role].secondary}
    assert section_order(None) == tuple(Bucket)
