"""The fixed vocabulary of a handover and the reading of a narrative into it (pure)."""
