"""The knowledge files: whole, consistent, and read only when first asked for."""

import subprocess
import sys

from storage.taxonomy import spelling
from storage.taxonomy.domains import ASSIGNABLE
from storage.taxonomy.knowledge import listed, table, toml
from storage.taxonomy.risks import RiskTag
from storage.taxonomy.roles import Role
from storage.taxonomy.words import cut_ending, known_words

LEAST_TERMS = 100


def test_every_assignable_domain_has_terms_and_no_other_has() -> None:
    found = {domain for name in spelling.domain_files() for domain in toml(name)}
    assert found == set(ASSIGNABLE)


def test_every_domain_knows_at_least_a_hundred_terms() -> None:
    for name in spelling.domain_files():
        for domain, tiers in toml(name).items():
            terms = {term for block in tiers.values() for term in listed(block)}
            assert len(terms) >= LEAST_TERMS, domain


def test_owners_and_risks_name_only_what_exists() -> None:
    owners = toml("owners")
    for names in (*owners["prefix"].values(), *owners["domain"].values()):
        assert {Role(name) for name in names}
    for name in ("risk_stems", "risk_turns", "risk_marks", "risk_ground", "risk_weights"):
        assert {RiskTag(label) for label in table(name)["labels"]} == set(RiskTag)


def test_the_ground_of_a_risk_knows_every_domain_and_every_kind_of_thing() -> None:
    known = set(table("risk_ground")["features"])
    assert known >= {f"{domain} open" for domain in ASSIGNABLE}
    assert known >= set(toml("gravity_cues")["cues"])


def test_the_shipped_stems_are_those_of_the_stemmer() -> None:
    shipped = table("stems")["stems"]
    assert set(known_words()) <= set(shipped)
    cut_ending.cache_clear()
    assert all(shipped[word] == cut_ending(word) for word in known_words())


def test_importing_the_classifier_reads_no_table() -> None:
    code = (
        "import storage.taxonomy.classify, storage.taxonomy.knowledge as k;"
        "print(k.toml.cache_info().currsize, k.table.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "0"]
