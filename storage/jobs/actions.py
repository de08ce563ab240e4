"""Every way a job changes, in the order of its life; each is one transaction and one event.

submission   submit · submit_many          anyone's request, in their transaction
claims       claim · take · claim_next · take_next      a worker takes the next ones
endings      complete · complete_all · fail · stop       the worker that holds the attempt ends it
rescue       rescue_lost · give_up · hand_back           what a dead worker left behind
decisions    cancel · retry · decide       what people decide
groups       open_group · submit_together · seal · cancel_group
failures     acknowledge                   who answers for what failed
engine       pause · resume · set_limit · boost
workforce    register_worker · beat · begin_draining · sign_off · bury_dead_workers
"""

from storage.jobs.claims import claim, claim_next, take, take_next
from storage.jobs.decisions import cancel, decide, retry
from storage.jobs.endings import complete, complete_all, fail, stop
from storage.jobs.engine import boost, pause, resume, set_limit
from storage.jobs.failures import acknowledge
from storage.jobs.groups import cancel_group, open_group, seal, submit_together
from storage.jobs.rescue import give_up, hand_back, rescue_lost
from storage.jobs.submission import submit, submit_many
from storage.jobs.workforce import (
    beat,
    begin_draining,
    bury_dead_workers,
    register_worker,
    sign_off,
)

__all__ = [
    "acknowledge",
    "beat",
    "begin_draining",
    "boost",
    "bury_dead_workers",
    "cancel",
    "cancel_group",
    "claim",
    "claim_next",
    "complete",
    "complete_all",
    "decide",
    "fail",
    "give_up",
    "hand_back",
    "open_group",
    "pause",
    "register_worker",
    "rescue_lost",
    "resume",
    "retry",
    "seal",
    "set_limit",
    "sign_off",
    "stop",
    "submit",
    "submit_many",
    "submit_together",
    "take",
    "take_next",
]
