"""What the main job did, step by step, and how long each took (pure)."""

from pathlib import Path

from storage.value import Value


class Step(Value):
    """One step. `did` counts what it found to do; a step that finds nothing has failed."""

    name: str
    did: int
    ok: bool
    ms: int


class Report(Value):
    """The whole run. `ok` only when every step of the plan was done, in order, and none empty."""

    plan: tuple[str, ...]
    steps: tuple[Step, ...]
    problem: str
    draft_id: str
    document_hash: str
    pdf: Path | None
    signed_dir: Path | None
    home: Path

    @property
    def ok(self) -> bool:
        """Whether nothing failed and nothing was skipped."""
        done = tuple(step.name for step in self.steps if step.ok)
        return done == self.plan and not self.problem
