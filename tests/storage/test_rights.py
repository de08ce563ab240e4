"""Every verb as every role: what the table of rights allows is done, anything else is refused.

One person is given each role in turn, so that nothing but the role differs.
"""

import pytest

from storage import database
from storage.audit.actor import WORKER, Actor, ActorKind
from storage.audit.rights import (
    MACHINE,
    OFFICER,
    PERSON,
    RIGHTS,
    Standing,
    check_right,
    right_to,
    standing_of,
)
from storage.audit.views import checkpoint, list_events
from storage.audit.words import ACTION_WORDS
from storage.engine import ledger
from storage.errors import NotPermitted
from storage.jobs import actions as jobs
from storage.jobs.kind_spec import Queue
from storage.people.views import crew_member
from storage.taxonomy.roles import OFFICERS, READERS, Role
from tests.builders import a_captain, a_second_officer, a_third_officer
from tests.storage.audit.test_words import MADE_OF_PARTS, actions_in_the_source
from tests.storage.situations import Call
from tests.storage.test_every_verb import contents_of_the_store
from tests.storage.verbs import VERBS

TAKES_NO_ACTOR = {
    "people.joining.add_first_person": "the store itself adds the first of a crew",
    "entries.proposals.propose_from_events": "the store itself proposes",
}
STILL_REFUSED = {("people.resetting.propose_reset", Standing.RATING): "An officer is aboard"}
"""What another rule refuses although the role would allow it."""


def two_officers() -> tuple[str, str]:
    """The ids of the second officer and of the relief."""
    return a_second_officer().id, a_third_officer().id


def in_the_role_of(role: Role, ids: tuple[str, str]) -> Actor:
    """The first of two people with another role; the other has it too."""
    ledger.execute_sql("UPDATE person SET role = ? WHERE id IN (?, ?)", (role.value, *ids))
    return crew_member(ids[0]).actor


def first_act_of(name: str) -> str:
    """The act that a verb is refused by: its own, which comes before those inside it."""
    records = VERBS[name].records
    return records[-1] if name != "evidence.import_events" else records[0]


class UndoneAgain(Exception):
    """Ends a transaction so that the next role meets the same store."""


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.aboard if name.startswith("recovery.") else ())
        for name in VERBS
        if name not in TAKES_NO_ACTOR
    ],
)
def test_every_verb_as_every_role_does_what_the_table_says(
    name: str, request: pytest.FixtureRequest
) -> None:
    verb = VERBS[name]
    request.getfixturevalue("empty_store" if verb.on_an_empty_store else "store")
    if verb.on_an_empty_store:
        a_captain()
        a_second_officer()
        a_third_officer()
    call = verb.prepare()
    may = right_to(first_act_of(name)).who.standings
    officers = two_officers()
    for role in Role:
        actor = in_the_role_of(role, officers)
        before, size = contents_of_the_store(without=("audit_event",)), checkpoint().size
        rule = STILL_REFUSED.get((name, standing_of(actor)), "")
        if standing_of(actor) in may and not rule:
            with pytest.raises(UndoneAgain), database.transaction():
                call(actor)
                raise UndoneAgain
            continue
        with pytest.raises(NotPermitted, match=rule or "Only|change nothing"):
            call(actor)
        assert contents_of_the_store(without=("audit_event",)) == before, role
        refused = [event for event in list_events(limit=5) if event.seq > size]
        assert [event.outcome for event in refused] == ["refused"], role
        assert refused[0].detail["code"] == "not_permitted"


JOB_VERBS: dict[str, Call] = {
    "submit": lambda actor: jobs.submit(actor, "debug", {}),
    "submit_many": lambda actor: jobs.submit_many(actor, "debug", {}, 2),
    "open_group": lambda actor: jobs.open_group(actor, "rounds"),
    "seal": lambda actor: jobs.seal(actor, "no-group"),
    "submit_together": lambda actor: jobs.submit_together(actor, "debug", {}, 2),
    "cancel_group": lambda actor: jobs.cancel_group(actor, "no-group"),
    "cancel": lambda actor: jobs.cancel(actor, "no-job"),
    "retry": lambda actor: jobs.retry(actor, "no-job"),
    "decide": lambda actor: jobs.decide(actor, "no-job", "close", "Seen."),
    "set_limit": lambda actor: jobs.set_limit(actor, Queue.EXPORT, 1),
    "acknowledge": lambda actor: jobs.acknowledge(
        actor, "no-failure", reason="Seen.", owner="Priya Nair"
    ),
    "pause": lambda actor: jobs.pause(actor),
    "resume": lambda actor: jobs.resume(actor),
    "boost": lambda actor: jobs.boost(actor, "no-job"),
}


def test_a_role_without_a_right_of_its_own_to_write_has_none_by_another_name() -> None:
    for action, right in RIGHTS.items():
        if Standing.READER in right.who.standings:
            assert action.startswith("person."), action
            assert "own" in right.what or right.what == "sign in"


def test_everybody_is_of_exactly_one_standing() -> None:
    captain = a_role_actor(Role.CAPTAIN)
    assert standing_of(captain) is Standing.OFFICER
    for role in Role:
        expected = (
            Standing.OFFICER if role in OFFICERS
            else Standing.READER if role in READERS
            else Standing.RATING
        )  # fmt: skip
        assert standing_of(a_role_actor(role)) is expected
    assert standing_of(WORKER) is Standing.MACHINE
    assert standing_of(captain.model_copy(update={"role": None})) is Standing.RATING


def a_role_actor(role: Role) -> Actor:
    return Actor(kind=ActorKind.HUMAN, id="somebody", name="Somebody", role=role.value)


def test_i13_no_machine_has_a_right_of_an_officer_or_of_a_person() -> None:
    assert Standing.MACHINE not in OFFICER.standings | PERSON.standings


def test_every_act_in_the_source_has_its_right_and_its_words_and_no_right_is_idle() -> None:
    in_the_source = set(actions_in_the_source())
    assert in_the_source - RIGHTS.keys() == set()
    assert RIGHTS.keys() - in_the_source - MADE_OF_PARTS == set()
    assert RIGHTS.keys() - ACTION_WORDS.keys() == set()


OF_THE_MACHINERY: dict[str, Call] = {
    "give_up": lambda actor: jobs.give_up(actor, "no-job", "no-attempt", "gone"),
    "hand_back": lambda actor: jobs.hand_back(actor, "no-job", "no-attempt"),
}


@pytest.mark.parametrize("role", Role)
def test_what_the_machinery_does_is_refused_to_every_role(role: Role) -> None:
    actor = a_role_actor(role)
    own = [action for action, right in RIGHTS.items() if right.who is MACHINE]
    assert {"job.settled", "job.rescued", "alert.raised", "handover.exported"} <= set(own)
    for action in own:
        with pytest.raises(NotPermitted) as refused:
            check_right(actor, action)
        assert refused.value.code == "not_permitted"
        check_right(WORKER, action)


@pytest.mark.parametrize("verb", OF_THE_MACHINERY)
def test_a_person_ends_no_attempt_in_the_place_of_a_worker(store: object, verb: str) -> None:
    with pytest.raises(NotPermitted, match="Only the machinery may take back a job"):
        OF_THE_MACHINERY[verb](in_the_role_of(Role.CAPTAIN, two_officers()))
    assert list_events(limit=1)[0].detail["code"] == "not_permitted"


@pytest.mark.parametrize("verb", JOB_VERBS)
def test_an_auditor_moves_no_job(store: object, verb: str) -> None:
    auditor = in_the_role_of(Role.AUDITOR, two_officers())
    before = contents_of_the_store(without=("audit_event",))
    with pytest.raises(NotPermitted, match="read everything and change nothing"):
        JOB_VERBS[verb](auditor)
    assert contents_of_the_store(without=("audit_event",)) == before
    assert list_events(limit=1)[0].outcome == "refused"
