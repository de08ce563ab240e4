"""What each kind of job takes (pure): checked before anything is queued (JOBS §3)."""

from datetime import date
from typing import Any, Literal, Self

from pydantic import AwareDatetime, Field, ValidationError, model_validator

from storage.drafts.content import HandoverType
from storage.errors import BadInput, TooLong
from storage.value import Value

SIZE_LIMIT = 64_000
"""Characters of JSON a job's arguments may have; large input belongs in the store."""

ExportType = Literal["signed", "pdf", "html", "json", "email"]


class Nothing(Value):
    """A kind that takes nothing."""


class Analytics(Value):
    """Which UTC days to count besides those that are due."""

    days: tuple[date, ...] = ()


class HandoverGenerate(Value):
    """The window of entries to draft from; without one, everything since the last handover.

    With `supersedes`, the id of a signed draft, its correction: period and type are those of what
    it corrects, and `reason` says what was wrong.
    """

    window_from: AwareDatetime | None = None
    window_to: AwareDatetime | None = None
    handover_type: HandoverType = HandoverType.BRIDGE_WATCH
    supersedes: str | None = Field(default=None, min_length=1, max_length=64)
    reason: str = Field(default="", max_length=2_000)

    @model_validator(mode="after")
    def _window_goes_forward(self) -> Self:
        if self.window_from and self.window_to and self.window_from >= self.window_to:
            raise ValueError("window_from must be before window_to")
        return self

    @model_validator(mode="after")
    def _a_correction_keeps_its_period(self) -> Self:
        if self.supersedes and (self.window_from or self.window_to):
            raise ValueError("a correction has the period of the handover it supersedes")
        if bool(self.supersedes) != bool(self.reason.strip()):
            raise ValueError("supersedes and reason are given together")
        return self


class OneDraft(Value):
    """The draft a job works on."""

    draft_id: str = Field(min_length=1, max_length=64)


class ExportPrepare(OneDraft):
    """Which document of a signed handover to make, and for whom."""

    type: ExportType
    to: tuple[str, ...] = ()
    exporter_id: str = Field(min_length=1, max_length=64)


class ExportRestore(OneDraft):
    """Which export to make whole; without one, the signed set that was never written."""

    export_id: str = Field(default="", max_length=64)


class OneEntry(Value):
    """The entry a job reads."""

    entry_id: str = Field(min_length=1, max_length=64)


class ManifestPlan(Value):
    """Which workflow plans, in which of its modes, and how many entries at most.

    Without a mode or a number, those of the workflow itself.
    """

    workflow: str = Field(min_length=1, max_length=64)
    mode: str = Field(default="", max_length=64)
    count: int | None = Field(default=None, ge=1, le=50_000)


class OneOrder(Value):
    """The work order a job looks at."""

    order_id: str = Field(min_length=1, max_length=64)


class Backup(Value):
    """The folder to back up to, from the root, which must exist; without one, beside the store."""

    to: str = Field(default="", max_length=4_000, pattern=r"^(/.*)?$")


class Debug(Value):
    """A message to give back."""

    message: str = Field(default="", max_length=10_000)


class Sleep(Value):
    """How long to sleep, in seconds."""

    seconds: float = Field(default=1.0, ge=0, le=280, allow_inf_nan=False)


class Crud(Value):
    """What is written and read again."""

    value: str = Field(default="eight bells", max_length=10_000)


class CrudLatency(Crud):
    """How long to wait before the transaction, in milliseconds."""

    latency_ms: int = Field(default=100, ge=0, le=60_000)


def checked(model: type[Value], given: dict[str, Any]) -> Value:
    """The arguments as the kind's own model.

    Raises:
        BadInput: naming each field and what is wrong with it. TooLong: over `SIZE_LIMIT`.
    """
    try:
        value = model.model_validate(given)
    except ValidationError as error:
        raise BadInput(why=_sentence(error)) from None
    length = len(value.model_dump_json())
    if length > SIZE_LIMIT:
        raise TooLong(what="arguments of a job", length=length, limit=SIZE_LIMIT)
    return value


def _sentence(error: ValidationError) -> str:
    parts = (
        f"{'.'.join(str(step) for step in item['loc']) or 'arguments'}: {item['msg']}"
        for item in error.errors(include_url=False, include_context=False, include_input=False)
    )
    return "; ".join(parts) + "."
