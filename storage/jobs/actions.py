"""Every way a job changes, in the order of its life; each is one transaction and one event.

submission   submit                        anyone's request, in their transaction
claims       claim_next · take_next        a worker takes the next one
endings      complete · fail · stop        the worker that holds the attempt ends it
rescue       rescue_lost · give_up         what a dead worker left behind
decisions    cancel · retry · decide       what people decide
engine       pause · resume · set_limit · boost
workforce    register_worker · beat · sign_off · bury_dead_workers
"""

from storage.jobs.claims import claim_next, take_next
from storage.jobs.decisions import cancel, decide, retry
from storage.jobs.endings import complete, fail, stop
from storage.jobs.engine import boost, pause, resume, set_limit
from storage.jobs.rescue import give_up, rescue_lost
from storage.jobs.submission import submit
from storage.jobs.workforce import beat, bury_dead_workers, register_worker, sign_off

__all__ = [
    "beat",
    "boost",
    "bury_dead_workers",
    "cancel",
    "claim_next",
    "complete",
    "decide",
    "fail",
    "give_up",
    "pause",
    "register_worker",
    "rescue_lost",
    "resume",
    "retry",
    "set_limit",
    "sign_off",
    "stop",
    "submit",
    "take_next",
]
