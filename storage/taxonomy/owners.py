"""Who is told about a narrative (DOMAIN §2; pure)."""

from collections.abc import Iterable

from storage.taxonomy.knowledge import toml
from storage.taxonomy.risks import RiskTag
from storage.taxonomy.roles import BIAS, Role


def owner_roles(
    primary: str, secondary: Iterable[str], tags: Iterable[RiskTag]
) -> tuple[Role, ...]:
    """The owners of the primary domain, the first owner of each other, and the Captain for a risk
    the Captain watches; each once, in that order."""
    roles = [*_owners(primary), *(_owners(code)[0] for code in secondary)]
    if not set(BIAS[Role.CAPTAIN].risks).isdisjoint(tags):
        roles.append(Role.CAPTAIN)
    return tuple(dict.fromkeys(roles))


def _owners(code: str) -> list[Role]:
    tables = toml("owners")
    names = tables["domain"].get(code) or tables["prefix"][code.split("-", 1)[0]]
    return [Role(name) for name in names]
