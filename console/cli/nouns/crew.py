"""`crew`: who is aboard, their PINs and their keys.

crew_verbs    the noun itself
crew_aboard   coming aboard and leaving
crew_keys     one's own PIN and key
crew_resets   a new PIN for a forgotten one, by two others
crew_words    the crew in words
"""

from console.cli.nouns import crew_aboard, crew_keys, crew_resets
from console.cli.nouns.crew_verbs import verbs

__all__ = ["crew_aboard", "crew_keys", "crew_resets", "verbs"]
