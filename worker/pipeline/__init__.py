"""The handover stages of DOMAIN §5, one file each, in reading order; values in, values out (pure).

    fetch is gather's · group · overlap · duplicates · summarise · merged (earlier) · rank · command
    · validate · write is settle's

Nothing here knows a role, a clock or a store: equal inputs give equal bytes.
"""
