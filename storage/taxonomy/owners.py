"""Who is told about a narrative (DOMAIN §2; pure)."""

from collections.abc import Iterable

from storage.taxonomy.domains import bucket_of
from storage.taxonomy.knowledge import toml
from storage.taxonomy.risks import RiskTag
from storage.taxonomy.roles import BIAS, Role


def owner_roles(
    primary: str, secondary: Iterable[str], tags: Iterable[RiskTag]
) -> tuple[Role, ...]:
    """The owners of the primary domain, the first owner of each other one, and the Captain.

    The Captain is told of a risk the Captain watches, and of what two departments share.
    """
    others = tuple(secondary)
    roles = [*_owners(primary), *(_owners(code)[0] for code in others)]
    shared = any(bucket_of(code) is not bucket_of(primary) for code in others)
    if shared or not set(BIAS[Role.CAPTAIN].risks).isdisjoint(tags):
        roles.append(Role.CAPTAIN)
    return tuple(dict.fromkeys(roles))


def _owners(code: str) -> list[Role]:
    tables = toml("owners")
    names = tables["domain"].get(code) or tables["prefix"][code.split("-", 1)[0]]
    return [Role(name) for name in names]
