"""`draft`: the handover, from its making to its two signatures.

draft_verbs    the noun itself
draft_making   generate, show, review, read, regenerate
draft_items    what review changes: items, merge proposals, conflicts
draft_signing  the two signatures, and the ways back
draft_show     a draft in words and as CLI.md promises it
"""

from console.cli.nouns import draft_items, draft_making, draft_signing
from console.cli.nouns.draft_verbs import verbs

__all__ = ["draft_items", "draft_making", "draft_signing", "verbs"]
