"""The job system: everything that happens in the background is a row here, stored before it runs.

kinds.py states.py rules.py arguments.py   what there is and what may happen (pure)
record.py                                  the record of a job as others see it
submission.py claims.py endings.py         the life of a job: queued, claimed, ended
rescue.py decisions.py                     what is done about lost and failed ones
waiting.py duplicates.py                   what runs next, and what is the same job
workforce.py liveness.py doorbell.py       workers: registered, alive by a kernel lock, woken
actions.py                                 every verb on one page
engine.py                                  steering: pause, limit, boost
explain.py                                 why a job is where it is
tables.py                                  private tables
telemetry.py views.py                      progress and log; lists and details
"""
