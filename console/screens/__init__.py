"""The screens of the console: one for each place a person can be, and dialogs as typed questions.

What a screen builds on:

    smallest.py  what a terminal shows that is too small for anything else.
    live.py      LiveScreen: `question()` what to ask the store (a pure function of the snapshots,
                 run in the background thread), `show(answer)` draws it, `news_in(answer)` counts
                 what is new, `ask_again()` after the question changed, `bridge` the common facts.
                 Commands: `async def action_<id>(self)`, `why_not_<id>(self) -> str | None`.
                 In them: `await self.require_person("to accept")` → CrewMember,
                 `await self.ask(dialog)` → its answer (Dismissed ends the command quietly),
                 `await self.call(verb, actor, …)` runs a verb in a thread; an EightBellsError it
                 raises ends the command in one sentence. `say(sentence, "done")`, `refresh_keys()`.
    place.py     Place(LiveScreen): the frame of a place; set `ID`, `BINDINGS = keys_of(ID)`,
                 and compose the inside in `body()`.
    dialog.py    Dialog[Answer]: title, sentence, `body()`, `complain(sentence)`, `dismiss(answer)`.
    asking.py    Confirm → True, Choose → str, Tell; writing.py AskReason → str, AskText → str, with
                 `kept=self.half_written(command, about)` for words nobody wants to write twice.
    sign_in.py   SignIn → CrewMember.
    bulk.py      BulkActs: more than one row is a Scope: `scope()` has the store's own query, the
                 number shown and its words; `confirm(…)` asks, `do_to_all(verb, …)` acts.
                 choosing.py gives a list its scope: the marked rows, or all that match.

    listing.py   ListPlace: a place with a list, its filter and cursor; side_lists.py several lists.
    detail.py    one thing, whole; related_things.py goes to what it is about, lineage.py and
                 lineages.py to where it came from and what it led to.
    attempts.py  a key pressed on what is not legal now; view_acts.py kept filters; help.py `?`.

Each place has a folder with its `place.py`: watch/, handover/, entries/, jobs/, orders/, insights/,
archive/, audit/, system/.

Commands are classes in `console.commands`; their keys, footer, help and palette entries follow from
them. `app.person` is who is signed in;
`self.requested(job)` says that a job was asked for until it has ended. Widgets for any screen:
`widgets.rows.RowList`, `widgets.progress.JobProgressPanel(resource_type, resource_id)`.
"""
