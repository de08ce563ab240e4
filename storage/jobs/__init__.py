"""The job system: everything that happens in the background is a row here, stored before it runs.

kinds.py kind_spec.py arguments.py         what there is, one entry each (pure)
states.py rules.py                         what may happen (pure)
access.py                                  what a job may write (pure)
limits.py                                  time-outs and the like as settings.toml has them
cadence.py                                 when a kind starts without a person asking (pure)
record.py together.py                      what others see: a job; groups and failures (pure)
submission.py many.py claims.py endings.py the life of a job: queued, claimed, ended
turns.py                                   who was claimed with others and has not begun
rescue.py decisions.py bulk.py             what is done about lost and failed ones
attempts.py                                asked for although it is not legal: refused on record
groups.py membership.py group_views.py     jobs asked for together
waiting.py duplicates.py                   what runs next, and what is the same job
workforce.py liveness.py doorbell.py       workers: registered, alive by a kernel lock, woken
workforce_views.py queue_views.py          what workers did and which were lost; queues and pauses
actions.py                                 every verb on one page
failures.py likeness.py                    failures that are alike, and who answers for them
engine.py                                  steering: pause, limit, boost
explain.py forecast.py                     why a job is where it is, and when it will start
trends.py                                  the pace of the last hour, at any size
tables.py                                  private tables
telemetry.py views.py search.py filters.py progress and log; lists and details; words, filters
"""
