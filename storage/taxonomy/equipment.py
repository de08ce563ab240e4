"""A ship's own names for its equipment, read from a small TOML text (pure).

    [equipment]
    "Blue Betty" = "DECK-03"        # what the crew says = the domain it belongs to
    "the Beast"  = "ENG-02"

Given to `classify(…, own_terms=…)` such a name outweighs any general term.
"""

import tomllib

from storage.taxonomy.domains import ASSIGNABLE


def equipment_names(text: str) -> dict[str, str]:
    """The names in `text`, each with its domain code.

    Raises:
        ValueError: not TOML, no [equipment] table, an empty name, or a code no entry may carry; the
            message names the line or the name.
    """
    table = tomllib.loads(text).get("equipment")
    if not isinstance(table, dict):
        raise ValueError("there is no [equipment] table")
    for name, code in table.items():
        if not name.strip() or code not in ASSIGNABLE:
            raise ValueError(f"{name!r} = {code!r}: a name needs a domain an entry may carry")
    return dict(table)
