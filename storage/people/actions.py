"""Every way the crew changes; each is one transaction and one event.

joining     add_first_person · add_person · leave_crew · rejoin_crew
opening     sign_in · open_key                             what a PIN does
owning      change_pin · rotate_key                        by the owner of the key
resetting   propose_reset · confirm_reset · withdraw_reset   by two others
"""

from storage.people.joining import add_first_person, add_person, leave_crew, rejoin_crew
from storage.people.opening import open_key, sign_in
from storage.people.owning import change_pin, rotate_key
from storage.people.resetting import confirm_reset, propose_reset, withdraw_reset

__all__ = [
    "add_first_person",
    "add_person",
    "change_pin",
    "confirm_reset",
    "leave_crew",
    "open_key",
    "propose_reset",
    "rejoin_crew",
    "rotate_key",
    "sign_in",
    "withdraw_reset",
]
