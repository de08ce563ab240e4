"""Which workflows there are: those built in, those of installed packages, those beside the store.

A package names its module in the entry point group `eightbells.workflows`; a file or a folder in
`workflows/` beside the store is one by its name. One that cannot be used does not keep the others
from being used: it is listed with what is wrong with it.
"""

import importlib.util
import os
import re
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from pydantic import ValidationError

from storage.database import home
from storage.errors import BadInput, NotFound
from storage.value import Value
from worker.workflows import gap_fill, system_test
from worker.workflows.workflow import COUNT, Workflow

GROUP = "eightbells.workflows"
FOLDER = "workflows"
BUILT_IN = {"system_test": system_test, "gap_fill": gap_fill}
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
OTHERS_MAY_WRITE = 0o022


class Source(NamedTuple):
    """Where a workflow would come from."""

    name: str
    origin: str
    load: Callable[[], Any]


class Listed(Value):
    """A workflow as it is told of. With a `problem` it cannot be used."""

    name: str
    sentence: str = ""
    modes: tuple[str, ...] = ()
    count: int = COUNT
    origin: str
    problem: str = ""


def listed() -> list[Listed]:
    """Every workflow there is, usable or not."""
    found = []
    for source in sources():
        try:
            known = _made(source)
            shown = {name: getattr(known, name) for name in ("sentence", "modes", "count")}
            found.append(Listed(name=source.name, origin=source.origin, **shown))
        except BadInput as error:
            found.append(Listed(name=source.name, origin=source.origin, problem=str(error)))
    return found


def workflow(name: str) -> Workflow:
    """The workflow of a name.

    Raises:
        NotFound. BadInput: it is there and cannot be used.
    """
    source = next((source for source in sources() if source.name == name), None)
    if source is None:
        raise NotFound(kind="workflow", id=name)
    return _made(source)


def sources() -> Iterator[Source]:
    """Where workflows come from; the first of a name is the one that is meant."""
    for name, module in BUILT_IN.items():
        yield Source(name, "built in", lambda module=module: module)  # type: ignore[misc]
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        yield Source(point.name, f"entry point {point.value}", point.load)
    folder = home() / FOLDER
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix == ".py" or (path / "__init__.py").is_file():
            yield Source(path.stem, str(path), lambda path=path: _from_file(path))  # type: ignore[misc]


def _made(source: Source) -> Workflow:
    """The workflow a source gives.

    Raises:
        BadInput: why it cannot be used.
    """
    first = next(other for other in sources() if other.name == source.name)
    try:
        if first.origin != source.origin:
            raise ValueError(f"the name is that of the one from {first.origin}")
        if not NAME.fullmatch(source.name):
            raise ValueError("its name is not lower-case letters, digits and underscores")
        return _checked(source, source.load())
    except (Exception, SystemExit) as error:
        why = f"The workflow {source.name} ({source.origin}) cannot be used: {_words(error)}."
        raise BadInput(why=why) from error


def _checked(source: Source, module: Any) -> Workflow:
    for name in ("plan", "verify"):
        if not callable(getattr(module, name, None)):
            raise ValueError(f"it has no function {name}")
    return Workflow(
        name=source.name, origin=source.origin,
        sentence=getattr(module, "SENTENCE", "") or (module.__doc__ or "").partition("\n")[0],
        modes=tuple(getattr(module, "MODES", ())), count=getattr(module, "COUNT", COUNT),
        plan=module.plan, verify=module.verify, look=getattr(module, "look", None),
    )  # fmt: skip


def _from_file(path: Path) -> ModuleType:
    """A file's module, read anew every time, so that a change holds from the next job on.

    Raises:
        PermissionError: somebody else could have written it.
    """
    inside = path / "__init__.py" if path.is_dir() else path
    for part in (path.parent, path, inside):
        standing = part.stat()
        if standing.st_uid != os.getuid() or standing.st_mode & OTHERS_MAY_WRITE:
            raise PermissionError(f"{part} may be written by others; make it 0700 or 0600")
    name = f"eightbells_workflow_{path.stem}"
    folder = [str(path)] if path.is_dir() else None
    spec = importlib.util.spec_from_file_location(name, inside, submodule_search_locations=folder)
    if spec is None or spec.loader is None:
        raise ImportError(f"{inside} is not Python")
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _words(error: BaseException) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    known = isinstance(error, ValueError | PermissionError)
    return (str(error) if known else repr(error)).rstrip(".")
