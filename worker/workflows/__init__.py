"""Workflows: each knows one sort of work, plans it as a manifest, and verifies what came of it.

workflow     what a workflow is: `plan` and `verify`, and what they are given
catalogue    which ones there are: built in, by entry point, by a file beside the store
receipts     what a receipt of each diagnostic kind must say to be believed
system_test  the diagnostics, to see a whole pool at work
gap_fill     what is missing in the store, found and repaired by jobs
gaps         the gaps themselves: how each is found, and which job repairs it
__main__     python -m worker.workflows: what there is, as JSON
"""
