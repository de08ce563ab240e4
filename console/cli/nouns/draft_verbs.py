"""The verbs of `draft`, registered by three modules, in the order of a handover's life."""

from console.cli.verbs import Verbs

verbs = Verbs("The handover: generate, review, accept, countersign.")

AN_ID = "019aa0b2-7f3c-7d31-9d58-0d6a34c1f2e7"
"""An id as examples show it."""
