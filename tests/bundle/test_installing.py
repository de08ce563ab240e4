"""A bundle installs without a network or an index, and what it installs does the whole main job."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.bundle.aboard import EIGHTBELLS, Machine, confinement
from tests.bundle.later import LAST

PAGE = (ROOT / "docs" / "installation.md").read_text()

pytestmark = pytest.mark.xdist_group("bundle")  # one machine is installed, used and left again


def commands_of(heading: str) -> str:
    """The commands of one section of the page, as a script."""
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    found = re.findall(r"^    (.+)$", section, re.MULTILINE)
    assert found, heading
    return "\n".join(found)


def tree(folder: Path) -> dict[str, int]:
    """Every file of a folder with the time it was last changed."""
    return {str(p.relative_to(folder)): p.lstat().st_mtime_ns for p in folder.rglob("*")}


def test_programs_under_test_are_kept_off_the_network() -> None:
    if not confinement():
        pytest.skip("this system makes no network name space; only pip is kept from its index")
    assert Machine(ROOT).run("! grep -v lo: /proc/net/dev | grep :", ROOT).returncode == 0


def test_the_page_installs_it_and_it_does_the_whole_main_job(
    installed: Machine, carried: Path
) -> None:
    said = installed.run(commands_of("Aboard: install it"), carried)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "This very version is installed already, and works" in said.stdout
    assert (installed.home / "aurora" / "ledger.db").exists()
    (pdf,) = (installed.home / "eightbells-check").glob("handover/*/exports/*/handover.pdf")
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_it_is_the_installed_program_and_not_this_checkout(installed: Machine) -> None:
    said = installed.run(
        "~/.local/lib/eightbells/current/bin/python -c "
        "'import storage, pysqlite3; print(storage.__file__); print(pysqlite3.__file__)'",
        installed.home,
    )
    assert said.stdout.count(str(installed.into / "current")) == 2


def test_every_step_is_said_in_a_sentence(later: Path, installed: Machine) -> None:
    said = installed.run("sh install.sh", later).stdout.splitlines()
    assert len(said) == 7
    assert said[0].startswith("Every file is as it was made ashore.")


def test_installed_again_nothing_of_the_program_changes(later: Path, installed: Machine) -> None:
    before = tree(installed.into / "versions")
    assert installed.run("sh install.sh", later).returncode == 0
    assert tree(installed.into / "versions") == before


def changed(bundle: Path) -> str:
    """A byte of a wheel is another."""
    wheel = next((bundle / "wheels").glob("textual-*"))
    wheel.write_bytes(wheel.read_bytes()[:-1] + b"?")
    return wheel.name


def missing(bundle: Path) -> str:
    """A wheel was forgotten."""
    wheel = next((bundle / "wheels").glob("huey-*"))
    wheel.unlink()
    return wheel.name


def added(bundle: Path) -> str:
    """A newer wheel of a need lies beside the others."""
    newer = bundle / "wheels" / "six-99-py3-none-any.whl"
    shutil.copy(next((bundle / "wheels").glob("six-*")), newer)
    return newer.name


@pytest.mark.parametrize("harm", [changed, missing, added])
def test_a_bundle_that_is_not_as_it_was_ashore_is_refused_by_name(
    carried: Path, machine: Machine, harm: Callable[[Path], str]
) -> None:
    name = harm(carried)
    said = machine.run("sh install.sh", carried)
    assert said.returncode == 1 and name in said.stderr
    assert said.stderr.rstrip().endswith("Nothing was installed.")
    assert list(machine.home.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--python", "sh"], "sh is Python of no number; this bundle is for 3."),
        (["--with", "telex"], "this bundle has no extra telex; it has: none."),
        (["--worker", "somebody-else"], "only root can set up the worker of another account"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_nothing_is_installed(
    made: Path, machine: Machine, words: list[str], why: str
) -> None:
    if "--worker" in words and not confinement():
        pytest.skip("this system lets nobody be another account")
    said = machine.run('sh install.sh "$@"', made, *words)
    assert said.returncode == 1 and why in said.stderr
    assert not list(machine.into.glob("versions/*"))


def test_a_wrong_option_prints_how_it_is_called(made: Path, machine: Machine) -> None:
    said = machine.run("sh install.sh --speed", made)
    assert said.returncode == 2 and said.stderr.startswith("  sh install.sh [--into DIR]")


def test_the_newer_version_brings_the_store_up_and_the_older_one_refuses_it(
    installed: Machine,
) -> None:
    store = installed.home / ".local/share/eightbells"
    older, newer = (installed.into / name / "bin/eightbells" for name in ("previous", "current"))
    said = installed.must_run(f"{newer} crew list", installed.home)
    (backup,) = store.glob("backups/*-before-upgrade")
    assert "Ines Duarte" in said
    assert json.loads((backup / "backup.json").read_text())["schema_name"] == LAST
    refused = installed.run(f"{older} crew list", installed.home)
    assert refused.returncode == 3
    assert refused.stderr.startswith("error: store_newer: ")


def test_the_page_goes_back_to_the_older_version_and_its_store_and_forward_again(
    installed: Machine,
) -> None:
    store = installed.home / ".local/share/eightbells"
    newer = (installed.into / "current").readlink()
    installed.must_run(
        f"{EIGHTBELLS} entry add 'Since the upgrade' --as 'Ines Duarte'", installed.home
    )
    said = installed.must_run(commands_of("Back to the version before"), installed.home)
    assert "is again as it was before the upgrade" in said
    assert (installed.into / "previous").readlink() == newer
    assert "Since" not in installed.must_run(f"{EIGHTBELLS} entry list", installed.home)
    (aside,) = store.parent.glob("eightbells.newer-*")
    forward = f"{installed.into}/way-back.sh"
    assert "stays as it is" in installed.must_run(f"sh {forward} --store {store}", installed.home)
    assert (installed.into / "current").readlink() == newer
    kept = installed.must_run(f"{EIGHTBELLS} --home {aside} entry list", installed.home)
    assert "Since the upgrade" in kept
    assert "Ines Duarte" in installed.must_run(f"{EIGHTBELLS} crew list", installed.home)


def test_a_store_whose_upgrade_failed_stays_with_all_that_was_recorded_since(
    installed: Machine,
) -> None:
    store = installed.home / "not-brought-up"
    older = installed.into / "previous/bin/eightbells"
    installed.must_run(f"{older} init --home {store} --vessel 'M/Y Aurora'", installed.home)
    (store / "backups/20260301T000000Z-1-before-upgrade").mkdir(parents=True)
    there_and_forth = f"sh way-back.sh --store {store} && sh way-back.sh"
    assert "can read the store" in installed.must_run(there_and_forth, installed.into)


def test_a_backup_that_was_changed_is_no_way_back(installed: Machine) -> None:
    store = installed.home / ".local/share/eightbells"
    (backup,) = store.glob("backups/*-before-upgrade")
    before = (installed.into / "current").readlink()
    with (backup / "ledger.db").open("ab") as file:
        file.write(b"?")
    said = installed.run(commands_of("Back to the version before"), installed.home)
    assert said.returncode == 1 and "is not what it was when it was made" in said.stderr
    assert (installed.into / "current").readlink() == before and (store / "ledger.db").exists()


def test_the_service_of_an_account_is_written_and_removed_again(
    later: Path, installed: Machine
) -> None:
    unit = installed.home / ".config/systemd/user/eightbells-worker.service"
    said = installed.run(commands_of("The worker as a service"), later)
    assert said.returncode == 0, said.stderr
    assert f"ExecStart={installed.into}/bin/eightbells worker" in unit.read_text()


def test_the_page_says_how_to_leave_and_the_store_stays(installed: Machine) -> None:
    kept = installed.home / ".local" / "share"
    before = tree(kept)
    said = installed.run(commands_of("Removing it"), installed.home)
    assert said.returncode == 0, said.stderr
    assert not installed.into.exists() and not list(installed.home.glob(".local/bin/*"))
    assert not list(installed.home.glob(".config/systemd/user/*"))
    assert before and tree(kept) == before
