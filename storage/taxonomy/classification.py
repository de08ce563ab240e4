"""How one narrative was read: what the person sees before saving it (DOMAIN §4; pure)."""

from storage.taxonomy.domains import Bucket
from storage.taxonomy.risks import Confidence, RiskTag
from storage.taxonomy.roles import Role
from storage.taxonomy.states import ItemState
from storage.value import Value


class RunnerUp(Value):
    """The domain that nearly won. `margin` is 0 (a coin toss) to 100 (no contest)."""

    domain: str
    margin: int


class Classification(Value):
    """A proposal in the fixed taxonomy, with the words that led to it.

    `confidence` follows DOMAIN §1 and is LOW without system evidence; `text_confidence` is how
    sure the reading of the words alone is.
    """

    primary_domain: str
    secondary_domains: tuple[str, ...]
    bucket: Bucket
    risk_tags: tuple[RiskTag, ...]
    owner_roles: tuple[Role, ...]
    confidence: Confidence
    text_confidence: Confidence
    reasons: tuple[str, ...]
    runner_up: RunnerUp | None
    planning: tuple[str, ...]
    state: ItemState
