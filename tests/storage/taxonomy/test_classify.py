"""Classification of narratives: the worked examples, the rules, and whatever people type."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.taxonomy.classify import FALLBACK_DOMAIN, classify
from storage.taxonomy.domains import ASSIGNABLE, Bucket, bucket_of
from storage.taxonomy.risks import Confidence, RiskTag, is_critical
from storage.taxonomy.roles import Role
from storage.taxonomy.states import ItemState

PASSERELLE = "passerelle control panel fault, ETO repairing"
FIRE_PANEL = "fire detection panel fault on the alarm system"
WIFI = "guest Wi-Fi complaints"


@pytest.mark.parametrize(
    ("text", "domains", "bucket", "owners"),
    [
        (PASSERELLE, ("DECK-01", "ETO-03"), Bucket.DECK, {Role.BOSUN, Role.ETO, Role.CAPTAIN}),
        (
            FIRE_PANEL,
            ("ENG-08", "ETO-05"),
            Bucket.ENGINEERING,
            {Role.CHIEF_ENGINEER, Role.ETO, Role.CAPTAIN},
        ),
        (WIFI, ("ETO-02", "INT-01"), Bucket.ETO_AVIT, {Role.ETO, Role.CHIEF_STEW, Role.CAPTAIN}),
    ],
)
def test_the_worked_examples_hold_exactly(
    text: str, domains: tuple[str, ...], bucket: Bucket, owners: set[Role]
) -> None:
    found = classify(text)
    assert (found.primary_domain, *found.secondary_domains) == domains
    assert found.bucket is bucket
    assert set(found.owner_roles) == owners


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("fire door seal torn on C deck", "ENG-08"),
        ("tender crane hook latch missing", "DECK-01"),
        ("galley fridge compressor short cycling", "ENG-04"),
        ("steering hydraulics low on oil", "ENG-01"),
        ("bilge in machinery space needs pumping every hour", "ENG-05"),
        ("certificate of a lifeboat expired", "ADM-01"),
    ],
)
def test_a_trap_word_does_not_decide(text: str, domain: str) -> None:
    assert classify(text).primary_domain == domain


def test_abbreviations_and_typos_are_read() -> None:
    short = classify("DG2 trippd on HT, stbd S/W pmp leakng")
    whole = classify("generator 2 tripped on high temperature, starboard sea water pump leaking")
    assert short.primary_domain == whole.primary_domain
    assert "ENG-02" in {short.primary_domain, *short.secondary_domains}
    assert classify("watermakr HP pump leaking").primary_domain == "ENG-05"


def test_without_evidence_it_is_human_observed_and_low() -> None:
    seen = classify("starboard radar scanner stopped")
    assert seen.confidence is Confidence.LOW
    assert RiskTag.INFORMATIONAL in seen.risk_tags
    backed = classify("starboard radar scanner stopped", evidence=True)
    assert backed.confidence is backed.text_confidence is seen.text_confidence
    assert RiskTag.INFORMATIONAL not in backed.risk_tags


def test_the_words_that_decided_are_told_as_they_were_written() -> None:
    found = classify("Windlass brake slipping under load")
    assert found.reasons
    assert all(reason in "windlass brake slipping under load" for reason in found.reasons)
    assert found.runner_up is not None
    assert found.runner_up.domain != found.primary_domain


def test_a_ship_may_add_the_names_of_its_own_equipment() -> None:
    name = "Blue Betty leaks at the stern"
    assert classify(name, own_terms={"blue betty": "DECK-03"}).primary_domain == "DECK-03"


@pytest.mark.parametrize(
    "text",
    [
        "No leaks observed in the engine room",
        "Fire pump tested OK",
        "Fire alarm cleared, no smoke found",
        "Lifeboat engine tested and found in good order",
        "nil defects on the steering gear",
    ],
)
def test_what_is_well_is_not_a_risk(text: str) -> None:
    assert set(classify(text).risk_tags) == {RiskTag.INFORMATIONAL}


@pytest.mark.parametrize(
    "text",
    ["", " ", "x", "\x00\xff\x1b[31m" * 40, "<b>&nbsp;</b>", "Der Kühlschrank ist kaputt", "你好"],
)
def test_nothing_readable_still_gets_a_sane_low_answer(text: str) -> None:
    found = classify(text)
    assert found.primary_domain in ASSIGNABLE
    assert found.confidence is Confidence.LOW


def test_a_hundred_kilobytes_are_read_by_their_start() -> None:
    long = "The bow thruster tripped on overload. " * 2_800
    assert classify(long).primary_domain == "ENG-01"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_whatever_is_typed_gets_one_assignable_domain(text: str) -> None:
    found = classify(text)
    assert found == classify(text)
    assert found.primary_domain in ASSIGNABLE
    assert found.bucket is bucket_of(found.primary_domain) is not Bucket.COMMAND
    assert found.primary_domain not in found.secondary_domains
    assert found.confidence is Confidence.LOW
    assert isinstance(found.state, ItemState)
    assert found.risk_tags


@pytest.mark.parametrize(
    "text",
    [
        "Emergency generator will not start",
        "Smoke detector in the laundry not working",
        "Liferaft release gear seized",
        "Starboard navigation light out of order",
        "Steering gear trips on overload",
    ],
)
def test_an_open_defect_of_safety_gear_is_never_less_than_critical(text: str) -> None:
    assert is_critical(classify(text, evidence=True).risk_tags)


@pytest.mark.parametrize(
    "text",
    [
        "Emergency generator tested on load, all fine",
        "Smoke detector in the laundry replaced and tested",
    ],
)
def test_safety_gear_that_is_well_is_not_critical(text: str) -> None:
    assert not is_critical(classify(text, evidence=True).risk_tags)


@pytest.mark.parametrize("text", ["", "...", "xqzv", "το ψυγείο χάλασε"])
def test_words_nobody_knows_go_to_the_fallback_without_a_runner_up(text: str) -> None:
    found = classify(text)
    assert found.primary_domain == FALLBACK_DOMAIN
    assert found.text_confidence is Confidence.LOW
    assert found.runner_up is None
    assert not found.reasons


@pytest.mark.parametrize(
    "text",
    ["Bosun to renew the lifeboat falls by Friday", "Please replace the smoke detector in cabin 4"],
)
def test_work_that_is_handed_out_is_owed_and_nothing_graver(text: str) -> None:
    assert classify(text, evidence=True).risk_tags == (RiskTag.OPERATIONAL_DEBT,)


@pytest.mark.parametrize(
    "text",
    [
        "Fire drill held, simulated fire in the paint locker, all mustered in five minutes",
        "Man overboard exercise with the dummy, recovered in four minutes",
    ],
)
def test_what_was_only_rehearsed_is_information(text: str) -> None:
    assert set(classify(text, evidence=True).risk_tags) == {RiskTag.INFORMATIONAL}
