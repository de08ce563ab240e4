"""Insights: what a month of watches says, what is suggested because of it, and what people decide.

    audit log, entries, watch ends → events → daily aggregates → signals → suggestions
    suggestion, accepted → a proposal for an entry | an approved regeneration → an output

states.py       the words of this folder, and who moves what (pure)
rules.py        the five signals, the fixed mapping to suggestions, who may decide (pure)
faults.py       what an entry says is wrong with which equipment (pure)
tables.py       private tables
collecting.py   raw events, read from what is on record already
sources.py      which facts become which event
aggregating.py  days of events as counts, written again as often as one likes
signalling.py   signals, each once for its rule, subject and period
suggesting.py   suggestions, each once for its signal
deciding.py     accepted, dismissed, tried again: what officers decide
digests.py      what a regeneration is made of, and what it makes of it
regenerating.py the oldest approved regeneration and its one output
outputs.py      approved, rejected, rolled back by a new version
pruning.py      raw events older than ninety days, and nothing else
lineage.py      from a signal to the handover it led to, and back
views.py        trends, signals and suggestions as shown
output_views.py regenerations and the versions they made
"""
