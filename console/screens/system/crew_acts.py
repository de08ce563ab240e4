"""What is done to the crew: the verbs of `eightbells crew`, each asked for on one sheet."""

from collections.abc import Callable, Mapping
from functools import partial

from console.keys_aboard import key
from console.screens.asking import Choose
from console.screens.live import LiveScreen
from console.screens.system.crew_sheet import NAME, NEW, OWN, CrewSheet, Field, new_pin_of
from storage.audit.rights import check_right
from storage.errors import NotPermitted
from storage.handovers.open_work import open_work_of
from storage.people import actions as crew
from storage.people.aboard import CrewRecord
from storage.people.views import CrewMember, list_crew
from storage.taxonomy.roles import OFFICERS, ROLE_LABELS, Role

NOBODY = "There is nobody under the cursor."
TWO_OTHERS = "One person proposes it and another confirms it; the old key ends."
Typed = Mapping[str, str]


class CrewActs(LiveScreen):
    """The commands, on the list and on one person."""

    def record_in_hand(self) -> CrewRecord | None:
        """Whom the commands are about."""
        raise NotImplementedError

    # Coming aboard and leaving

    def why_not_add_crew(self) -> str | None:
        """Not a right of theirs."""
        return self._why_no_right("person.added")

    async def action_add_crew(self) -> None:
        """+: a new person, by an officer; the first one by whoever stands here."""
        if not await self.call(list_crew):
            await self._add_first()
            return
        officer = await self.require_person("to add crew")
        role = await self._role("Add crew", list(Role))

        def verb(typed: Typed) -> CrewMember:
            return crew.add_person(officer.actor, typed[OWN], typed[NAME], role, typed[NEW])

        name, label = Field(NAME, "Name", is_pin=False), ROLE_LABELS[role]
        fields = (name, *new_pin_of("the new person"), _own(officer))
        sheet = CrewSheet("Add crew", f"A new {label}.", fields, verb, does="add")
        self._told(await self.ask(sheet), "is aboard")

    async def _add_first(self) -> None:
        role = await self._role("The first of the crew, an officer", sorted(OFFICERS))

        def verb(typed: Typed) -> CrewMember:
            return crew.add_first_person(typed[NAME], role, typed[NEW])

        fields = (Field(NAME, "Name", is_pin=False), *new_pin_of("the administrator"))
        sentence = f"A {ROLE_LABELS[role]}, who administers the store."
        sheet = CrewSheet("The first of the crew", sentence, fields, verb, does="add")
        self._told(await self.ask(sheet), "is aboard; signing in comes next")

    def why_not_leave(self) -> str | None:
        """Nobody there, gone already, or not a right of theirs."""
        return self._why_not_aboard() or self._why_no_right("person.left")

    async def action_leave(self) -> None:
        """d: the end of somebody's service, with what they leave open."""
        member, officer = self._member(), await self.require_person("to end somebody's service")
        left = "".join(
            f" Still open: {w.sentence}." for w in await self.call(open_work_of, member.id)
        )
        sentence = f"Rights and key of {member.name} end; the name stays.{left}"
        verb = self._with_own_pin(officer, partial(crew.leave_crew, officer.actor), member)
        sheet = CrewSheet("Leave the crew", sentence, [_own(officer)], verb, does="end it")
        self._told(await self.ask(sheet), "has left")
        if member.id == officer.id:
            self.console.session.sign_out()

    def why_not_rejoin(self) -> str | None:
        """Nobody there, aboard, or not a right of theirs."""
        record = self.record_in_hand()
        if record is None:
            return NOBODY
        is_aboard = f"{record.member.name} is aboard." if record.member.is_active else None
        return is_aboard or self._why_no_right("person.rejoined")

    async def action_rejoin(self) -> None:
        """b: back again, in the role they had or another one."""
        member, officer = self._member(), await self.require_person("to take somebody back")
        roles = [member.role, *(role for role in Role if role is not member.role)]
        role = await self._role(f"{member.name} rejoins", roles)

        def verb(typed: Typed) -> CrewMember:
            return crew.rejoin_crew(officer.actor, typed[OWN], member.id, role)

        sentence = f"As {ROLE_LABELS[role]}; two others then give them a PIN."
        sheet = CrewSheet("Rejoin", sentence, [_own(officer)], verb, does="take back")
        self._told(await self.ask(sheet), f"is back; {key('reset_pin')} proposes a PIN for them")

    # One's own PIN and key

    def why_not_change_pin(self) -> str | None:
        """Not a right of theirs."""
        return self._why_no_right("person.pin_changed")

    why_not_rotate_key = why_not_change_pin

    async def action_change_pin(self) -> None:
        """P: another PIN for the same key."""
        person = await self.require_person("to change your PIN")

        def verb(typed: Typed) -> CrewMember:
            return crew.change_pin(person.actor, typed[OWN], typed[NEW])

        fields = (_own(person), *new_pin_of(person.name))
        sheet = CrewSheet("Change your PIN", "Your key stays.", fields, verb, does="change")
        self._told(await self.ask(sheet), "has another PIN")

    async def action_rotate_key(self) -> None:
        """R: another key behind the same PIN."""
        person = await self.require_person("to rotate your key")

        def verb(typed: Typed) -> CrewMember:
            return crew.rotate_key(person.actor, typed[OWN])

        sentence = "The old key signs for the new one and ends; the PIN stays."
        sheet = CrewSheet("Rotate your key", sentence, [_own(person)], verb, does="rotate")
        self._told(await self.ask(sheet), "signs with another key")

    # A forgotten PIN

    def why_not_reset_pin(self) -> str | None:
        """Nobody there, gone, or not a right of theirs."""
        return self._why_not_aboard() or self._why_no_right("person.reset_proposed")

    async def action_reset_pin(self) -> None:
        """r: the first of two others."""
        member, person = self._member(), await self.require_person("to propose a new PIN")
        verb = self._with_own_pin(person, partial(crew.propose_reset, person.actor), member)
        title = f"Reset the PIN of {member.name}"
        self._told(
            await self.ask(CrewSheet(title, TWO_OTHERS, [_own(person)], verb, does="propose")),
            f"waits for a new PIN; another person confirms it with {key('confirm_reset')}",
        )

    def why_not_confirm_reset(self) -> str | None:
        """Nothing was proposed, or not a right of theirs."""
        return self._why_nothing_proposed() or self._why_no_right("person.pin_reset")

    async def action_confirm_reset(self) -> None:
        """c: the second of two others; the person themselves types the new PIN."""
        member, person = self._member(), await self.require_person("to confirm a new PIN")

        def verb(typed: Typed) -> CrewMember:
            return crew.confirm_reset(person.actor, typed[OWN], member.id, typed[NEW])

        sentence = f"Proposed by {member.reset_proposed_by}. {member.name} types the new PIN."
        fields = (_own(person), *new_pin_of(member.name))
        title = f"Confirm a new PIN for {member.name}"
        self._told(
            await self.ask(CrewSheet(title, sentence, fields, verb, does="confirm")),
            "has a new PIN and a new key",
        )

    def why_not_withdraw_reset(self) -> str | None:
        """Nothing was proposed, or not a right of theirs."""
        return self._why_nothing_proposed() or self._why_no_right("person.reset_withdrawn")

    async def action_withdraw_reset(self) -> None:
        """x: the old PIN holds."""
        member, person = self._member(), await self.require_person("to withdraw a proposed PIN")
        self._told(await self.call(crew.withdraw_reset, person.actor, member.id), "keeps the PIN")

    # Parts of the above

    def _member(self) -> CrewMember:
        record = self.record_in_hand()
        assert record is not None
        return record.member

    def _why_not_aboard(self) -> str | None:
        record = self.record_in_hand()
        if record is None:
            return NOBODY
        return None if record.member.is_active else f"{record.member.name} has left."

    def _why_nothing_proposed(self) -> str | None:
        record = self.record_in_hand()
        if record is None:
            return NOBODY
        proposes = f"{key('reset_pin')} proposes one"
        no = f"No new PIN is proposed for {record.member.name}; {proposes}."
        return None if record.member.reset_proposed_by else no

    def _why_no_right(self, action: str) -> str | None:
        """What the store would say; nobody signed in is asked to sign in first."""
        try:
            if self.person is not None:
                check_right(self.person.actor, action)
        except NotPermitted as refusal:
            return str(refusal)
        return None

    async def _role(self, title: str, roles: list[Role]) -> Role:
        options = [(role.value, ROLE_LABELS[role]) for role in roles]
        return Role(await self.ask(Choose(title, "In which role?", options)))

    def _with_own_pin(
        self, person: CrewMember, verb: Callable[[str, str], CrewMember], member: CrewMember
    ) -> Callable[[Typed], CrewMember]:
        return lambda typed: verb(typed[OWN], member.id)

    def _told(self, member: CrewMember, what: str) -> None:
        self.say(f"{member.name} {what}.", "done")
        self.ask_again()


def _own(person: CrewMember) -> Field:
    return Field(OWN, f"PIN of {person.name}, who does it")
