"""The console in a browser: on this machine only, and a clear sentence without its extra."""

import importlib.util
import signal
import socket
import subprocess
import urllib.request
from pathlib import Path

import pytest

from console.serving import check_host
from storage.errors import BadInput
from tests.console.cli.program import command, environment, run, until

HAS_SERVE = importlib.util.find_spec("textual_serve") is not None


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "::", "bridge-pc", "", "8.8.8.8"])
def test_no_host_but_this_machine_is_served(host: str) -> None:
    with pytest.raises(BadInput, match="is not this machine alone"):
        check_host(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.3.2.1"])
def test_this_machine_is_known_by_all_its_names(host: str) -> None:
    assert check_host(host) == host


def test_another_host_is_refused_on_the_command_line(store: Path) -> None:
    said = run("serve", "--host", "0.0.0.0", EIGHTBELLS_HOME=str(store))
    assert (said.code, said.error) == (1, "bad_input")


@pytest.mark.skipif(HAS_SERVE, reason="textual-serve is installed")
def test_without_the_extra_it_says_what_to_install(store: Path) -> None:
    said = run("serve", EIGHTBELLS_HOME=str(store))
    assert said.code == 1 and "pip install 'eightbells[serve]'" in said.err


@pytest.mark.skipif(not HAS_SERVE, reason="textual-serve is not installed")
def test_a_page_comes_from_a_port_of_this_machine_and_it_ends_when_told(store: Path) -> None:
    port = a_free_port()
    served = subprocess.Popen(
        command("serve", "--port", str(port)),
        env=environment(EIGHTBELLS_HOME=str(store)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: answers(port) or served.poll() is not None)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
            assert "Eight Bells" in page.read().decode()
    finally:
        served.send_signal(signal.SIGINT)
        served.wait(60)


def a_free_port() -> int:
    """One nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0
