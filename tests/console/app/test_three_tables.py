"""Every verb is reached by key, by palette and on the command line: the three tables side by side.

The palette is made of the same commands as the keys, so two tables are compared here.
"""

import re

from console.cli.program import NOUNS
from console.cli.reference import commands
from console.commands.places import PLACES
from console.commands.table import COMMANDS

VERBS: dict[str, tuple[str, ...]] = {
    "new_entry": ("entry add",),
    "generate": ("draft generate",),
    "accept_proposal": ("proposal accept",),
    "edit_proposal": ("proposal accept",),
    "dismiss_proposal": ("proposal dismiss",),
    "flag": ("entry flag",),
    "decide_correction": ("entry decide",),
    "resolve": ("entry resolve",),
    "suppress": ("entry suppress",),
    "begin_review": ("draft review",),
    "edit_item": ("draft edit",),
    "merge": ("draft merge", "draft answer"),
    "concerns": ("draft acknowledge",),
    "accept": ("draft accept",),
    "sign": ("draft sign",),
    "decline": ("draft decline",),
    "reopen": ("draft reopen",),
    "split": ("draft split",),
    "leave_out": ("draft suppress",),
    "move_up": ("draft move",),
    "move_down": ("draft move",),
    "regenerate": ("draft regenerate",),
    "refresh_command": ("draft refresh-command",),
    "print_draft": ("draft print",),
    "retry": ("job retry",),
    "cancel": ("job cancel",),
    "decide": ("job decide",),
    "boost": ("job boost",),
    "acknowledge_failure": ("job acknowledge",),
    "cancel_group": ("group cancel",),
    "run_schedule": ("schedule run",),
    "skip_missed": ("schedule skip",),
    "pause_engine": ("queue pause", "queue resume"),
    "pause_queue": ("queue pause", "queue resume"),
    "limit_queue": ("queue limit",),
    "acknowledge_alert": ("alert acknowledge",),
    "back_up": ("backup",),
    "check_store": ("doctor",),
    "verify_log": ("audit verify",),
    "plan_order": ("manifest plan",),
    "try_order": ("manifest dispatch",),
    "dispatch_order": ("manifest dispatch",),
    "verify_order": ("manifest verify",),
    "dispatch_again": ("manifest retry",),
    "cancel_order": ("manifest cancel",),
    "export_order": ("manifest export",),
    "count_now": ("insight aggregate",),
    "accept_suggestion": ("suggestion accept",),
    "dismiss_suggestion": ("suggestion dismiss",),
    "approve_output": ("regeneration approve",),
    "reject_output": ("regeneration reject",),
    "retry_regeneration": ("regeneration retry",),
    "roll_back": ("regeneration rollback",),
    "export": ("handover export", "handover seal"),
    "verify": ("verify", "audit verify"),
    "correct": ("draft generate",),
    "fingerprint": ("audit checkpoint",),
    "start_worker": ("worker",),
    "add_crew": ("crew add",),
    "change_pin": ("crew change-pin",),
    "rotate_key": ("crew rotate-key",),
    "reset_pin": ("crew reset-pin",),
    "confirm_reset": ("crew confirm-reset",),
    "withdraw_reset": ("crew withdraw-reset",),
    "leave": ("crew leave",),
    "rejoin": ("crew rejoin",),
}
"""What changes something or asks for it, and the commands that do the same."""

LOOKED_AT: dict[str, tuple[str, ...]] = {
    "go_watch": ("stats", "alert list", "draft notices"),
    "go_entries": ("entry list", "entry show", "evidence list"),
    "go_handover": ("draft list", "draft show", "draft read"),
    "go_jobs": ("job list", "job failures", "group list", "group show", "schedule list"),
    "open": ("job show", "job log", "job explain", "suggestion show"),
    "go_orders": ("manifest list", "manifest show", "manifest findings", "manifest workflows"),
    "go_insights": (
        "insight trend", "insight signals", "insight suggestions", "regeneration list",
        "regeneration show",
    ),
    "go_lineage": ("insight lineage",),
    "go_archive": ("handover list", "handover show"),
    "go_audit": ("audit list",),
    "go_system": ("workers", "queue list", "job kinds"),
    "go_crew": ("crew list", "crew show", "crew keys"),
    "evidence": ("trace",),
    "inbox": ("proposal list",),
}  # fmt: skip
"""What is only looked at: the key that leads there, and the commands that print it."""

FILES = "it takes a file or writes one, which is work for a shell"
ONCE = "it is done once, before anybody watches, or by whoever looks after the machine"
PROGRAM = "it is a program of its own"
SHELL_ONLY = {
    "console": PROGRAM, "serve": PROGRAM, "demo": PROGRAM,
    "init": ONCE, "restore": ONCE, "vessel show": ONCE, "vessel set-offset": ONCE,
    "vessel watch-bill": ONCE, "vessel equipment": ONCE, "insight prune": ONCE,
    "job submit": "a person asks for work where it belongs; this is for those who test the engine",
    "entry classify": "the sheet of a new entry shows it while one writes",
    "entry import": FILES, "evidence import-events": FILES, "evidence add-document": FILES,
    "audit export": FILES,
}  # fmt: skip
"""What has no key, and why."""

OTHER_WORDS = {
    "correct": "a correction is a draft that takes the place of a signed handover",
    "concerns": "concerns are what is acknowledged",
    "leave_out": "an item stays on record and is only left out of one handover",
    "dispatch_again": "of an order only what failed is sent again",
    "try_order": "it is `manifest dispatch --dry-run`",
    "count_now": "people count, tables aggregate",
    "check_store": "what checks the store in a shell is called doctor",
    "fingerprint": "what is written in the paper log is called a fingerprint",
}
"""Where the key's name and the command's have no word in common, and why."""


def test_every_command_of_the_command_line_has_a_key_or_a_reason() -> None:
    typed = {words for noun in NOUNS for words, _ in commands(noun)}
    by_key = {words for table in (VERBS, LOOKED_AT) for many in table.values() for words in many}
    assert by_key <= typed, "no such command"
    assert by_key & SHELL_ONLY.keys() == set()
    assert typed - by_key - SHELL_ONLY.keys() == set(), "no key, no reason"


def test_every_key_that_changes_something_has_a_command() -> None:
    ids = {command.id() for command in COMMANDS}
    looking = {
        "back", "filter", "clear_filter", "clear_marks", "copy", "help", "palette", "sign_in_as",
        "lock", "refresh", "pause", "colours", "quit", "continue_review", "what_is_new", "go_on",
        "next_section", "previous_section", "history", "completeness", "follow_log", "go_related",
        "log_context", "raw_record", "open_manifest", "next_entries", "previous_entries",
        "jobs_of_order", "walk", "walk_back", "walk_forth", "see_whole", "read_document",
        "compare", "next_page", "previous_page", "next_list", "previous_list", "sort", "mark_all",
        "saved_views", "save_view",
    }  # fmt: skip
    assert looking | VERBS.keys() | LOOKED_AT.keys() == ids
    assert not looking & (VERBS.keys() | LOOKED_AT.keys()) and not VERBS.keys() & LOOKED_AT.keys()
    assert {place.id() for place in PLACES} <= LOOKED_AT.keys()


def test_the_same_thing_has_the_same_word_or_a_reason() -> None:
    named = {command.id(): _stems(f"{command.name} {command.id()}") for command in COMMANDS}
    strangers = {
        command
        for command, typed in VERBS.items()
        if not any(named[command] & _stems(words) for words in typed)
    }
    assert strangers == OTHER_WORDS.keys()


def _stems(words: str) -> set[str]:
    """The first four letters of each word: `cancelled` is `cancel`."""
    return {word[:4] for word in re.split(r"[ _\-/]", words.casefold()) if word}
