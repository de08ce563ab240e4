"""Is whoever acts still of the crew, in the role they act in?

The crew's table belongs to a later noun; only these two columns of it are asked for here, so that
no verb of any noun can be called by somebody who has left meanwhile. Whom the table never had is no
person of a door: those take people from the crew list alone.
"""

from storage.audit.actor import Actor
from storage.engine import ledger
from storage.errors import NotPermitted

_SERVICE = "SELECT role, is_active FROM person WHERE id = ?"


def check_service(actor: Actor) -> None:
    """Refuse what a person does who is not aboard, or whose role is another one by now.

    Raises:
        NotPermitted: they left, or their role is another one by now.
    """
    if not actor.is_human:
        return
    role, is_active = ledger.execute_sql(_SERVICE, (actor.id,)).fetchone() or (actor.role, 1)
    if not is_active:
        raise NotPermitted(why=f"{actor.name} is not of the crew, and may change nothing.")
    if role != actor.role:
        raise NotPermitted(why=f"{actor.name} has another role by now; sign in again.")
