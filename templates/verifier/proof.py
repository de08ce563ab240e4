"""proof.json: does the log hold this handover, and was the log only added to?"""

from __future__ import annotations

import json
from typing import Any

from templates.verifier.findings import Finding, look
from templates.verifier.keys import COLUMNS, event_hash, what_is_said, wrong_life
from templates.verifier.spelling import canonical, read_json
from templates.verifier.tree import root_by_path, roots_by_proof

FIRST_NUMBER = "EB-00001"
FORMATS = ("eightbells.proof/1", "eightbells.proof/2")
"""The first is that of signatures whose events name no key."""
FIELDS = {
    "proof": "document_hash document_number events format keys log previous sources",
    "previous": "document_hash document_number log path signed",
    "event": "hash path values",
    "log": "root size",
    "source": "id name sha256",
    "key": "name person_id public_key",
    "bound key": "ended name named person_id public_key signed",
}


def check_proof(data: bytes, said: Any, document_hash: str) -> tuple[Any, list[Finding]]:
    """The proof, if it can be read, and what was found."""
    try:
        proof = read_json(data)
        if proof["format"] not in FORMATS:
            raise ValueError(f"its format is none of {', '.join(FORMATS)}")
        mark = f"{proof['log']['size']}:{proof['log']['root']}"
        before = proof["previous"]["document_number"] if proof["previous"] else "it is the first"
    except (ValueError, RecursionError) as error:
        return None, [Finding("proof readable", f"proof.json: {error}")]
    except (LookupError, TypeError):
        return None, [Finding("proof readable", "proof.json: it says nothing of a log")]
    return proof, [
        look("proof readable", lambda: _not_as_made(proof, data)),
        look("proof of this document", lambda: _other_document(proof, said, document_hash)),
        look("keys of the crew", lambda: _wrong_keys(proof, said)),
        look("audit events", lambda: _gaps(proof, said["checkpoint"])),
        look("signing event", lambda: _not_signing(proof, said)),
        look("in the log", lambda: _strangers(proof), mark),
        look("after the handover before", lambda: _not_grown(proof), before),
    ]


def check_printed(mark: str, said: Any, proof: Any) -> Finding:
    """Hold the folder against a checkpoint that somebody noted on paper."""
    return look("checkpoint given", lambda: _not_proved(mark, said, proof or {}), mark)


def _not_as_made(proof: Any, data: bytes) -> str:
    """Nothing may stand in it that no check looks at."""
    previous = [proof["previous"]] if proof["previous"] else []
    bound = proof["format"] == FORMATS[1]
    signed = [*proof["events"], *(before["signed"] for before in previous), *_of_keys(proof)]
    logs = [proof["log"], *(before["log"] for before in previous)]
    parts = [("proof", [proof]), ("previous", previous), ("event", signed), ("log", logs)]
    parts += [("source", proof["sources"]), ("bound key" if bound else "key", proof["keys"])]
    for name, found in parts:
        if any(sorted(part) != FIELDS[name].split() for part in found):
            return f"proof.json has unknown fields, or lacks some ({name})"
    return "" if canonical(proof) == data else "proof.json is not in canonical form"


def _other_document(proof: Any, said: Any, document_hash: str) -> str:
    if proof["document_number"] != said["document_number"]:
        return f"it is for {proof['document_number']}, not {said['document_number']}"
    if proof["document_hash"] != document_hash:
        return f"it is for the document with SHA-256 {proof['document_hash']}"
    return ""


def _wrong_keys(proof: Any, said: Any) -> str:
    names = ("person_id", "name", "public_key")
    expected = [{name: one[name] for name in names} for one in said["signatures"]]
    given = [{name: key[name] for name in names} for key in proof["keys"]]
    positions = [one["position"] for one in said["signatures"]]
    for place, key in enumerate(expected):
        if key not in given:
            return f"{positions[place]}: the key is not one of {key['name']} in the crew list"
    if given != expected:
        return "the crew list has other keys than the signatures"
    bound = proof["format"] == FORMATS[1]
    for place, key in enumerate(proof["keys"] if bound else []):
        problem = wrong_life(key, said["draft_id"])
        if problem:
            return f"{positions[place]}: {problem}"
    names_keys = proof["events"] and what_is_said(proof["events"][-1]["values"])["public_key"]
    left_out = names_keys and not bound
    return "the events that say whose keys they are were left out" if left_out else ""


def _of_keys(proof: Any) -> list[Any]:
    found = [key.get(name) for key in proof["keys"] for name in ("named", "signed", "ended")]
    return [event for event in found if event is not None]


def _gaps(proof: Any, since: Any) -> str:
    """The first event that does not follow from the checkpoint that both officers signed."""
    expected, before = since["size"] + 1, since["root"]
    for event in proof["events"]:
        values = event["values"]
        if len(values) != len(COLUMNS):
            return f"event {expected} is not one"
        if values[0] != expected:
            return f"event {expected} is missing, {values[0]} stands in its place"
        if values[-1] != before:
            return f"event {expected} does not follow the event before it"
        if event_hash(values) != event["hash"]:
            return f"event {expected}: its content is not what was recorded"
        expected, before = expected + 1, event["hash"]
    size = proof["log"]["size"]
    return "" if expected == size + 1 else f"the events end at {expected - 1}, the log at {size}"


def _not_signing(proof: Any, said: Any) -> str:
    if not proof["events"]:
        return "there is none"
    last = proof["events"][-1]
    if last["values"][COLUMNS.index("subject_id")] != said["draft_id"]:
        return f"event {last['values'][0]} is not the signing of this handover"
    return _signs_another(last, proof["document_number"], proof["document_hash"])


def _signs_another(event: Any, number: str, document_hash: str) -> str:
    values = {COLUMNS[place]: value for place, value in enumerate(event["values"])}
    seq = values["seq"]
    if event_hash(event["values"]) != event["hash"]:
        return f"event {seq}: its content is not what was recorded"
    if (values["action"], values["outcome"]) != ("handover.signed", "done"):
        return f"event {seq} signs nothing"
    named = json.loads(values["detail"])
    same = (named.get("number"), named.get("document_hash")) == (number, document_hash)
    return "" if same else f"event {seq} signs another document"


def _strangers(proof: Any) -> str:
    size, root = proof["log"]["size"], proof["log"]["root"]
    before = [proof["previous"]["signed"]] if proof["previous"] else []
    for event in [*proof["events"], *before, *_of_keys(proof)]:
        seq, path = event["values"][0], [bytes.fromhex(step) for step in event["path"]]
        try:
            found = root_by_path(bytes.fromhex(event["hash"]), seq - 1, size, path).hex()
        except ValueError:
            found = ""
        if found != root:
            return f"event {seq} is not in the log of {size} events with root {root}"
    return ""


def _not_grown(proof: Any) -> str:
    before, log = proof["previous"], proof["log"]
    if before is None:
        first = proof["document_number"] == FIRST_NUMBER
        return "" if first else f"no handover is named before {proof['document_number']}"
    old, path = before["log"], [bytes.fromhex(step) for step in before["path"]]
    try:
        roots = roots_by_proof(old["size"], log["size"], path, bytes.fromhex(old["root"]))
    except (ValueError, IndexError):
        roots = (b"", b"")
    if [root.hex() for root in roots] == [old["root"], log["root"]]:
        if before["signed"]["values"][0] != old["size"]:
            return f"{before['document_number']} was not signed by its last event"
        return _signs_another(before["signed"], before["document_number"], before["document_hash"])
    return (
        f"the log of {log['size']} events does not begin with the {old['size']} events that "
        f"{before['document_number']} was signed in"
    )


def _not_proved(mark: str, said: Any, proof: Any) -> str:
    size = int(mark.partition(":")[0])
    known = [said["checkpoint"]]
    known += [{"size": e["values"][0], "root": e["hash"]} for e in proof.get("events", [])]
    known += [proof["log"]] if proof else []
    known += [proof["previous"]["log"]] if proof.get("previous") else []
    same_size = [other for other in known if other["size"] == size]
    if mark in [f"{other['size']}:{other['root']}" for other in same_size]:
        return ""
    if same_size:
        return f"the log of {size} events had another root when that was printed"
    sizes = ", ".join(str(n) for n in sorted({other["size"] for other in known}))
    return (
        f"this folder proves the log at {sizes} events, not at {size}; check an export of the log "
        "instead"
    )
