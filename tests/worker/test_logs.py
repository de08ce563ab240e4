"""The worker's log file: JSON lines from several processes, turned when it is full."""

import json
import logging
import os
from pathlib import Path

import pytest
from loguru import logger

from storage.errors import StoreFull
from worker import logs


@pytest.fixture(autouse=True)
def _log_here(tmp_path: Path) -> None:
    logs.set_up(tmp_path, "CRITICAL")


def lines(home: Path) -> list[dict]:
    return [json.loads(line) for line in (home / "logs" / logs.FILE_NAME).read_text().splitlines()]


def test_a_line_carries_what_is_bound_to_it(tmp_path: Path) -> None:
    with logger.contextualize(job_id="j1", trace_id="t1"):
        logger.bind(status="completed").info("debug attempt {}", 1)
    (line,) = lines(tmp_path)
    assert (line["job_id"], line["trace_id"], line["status"]) == ("j1", "t1", "completed")
    assert (line["level"], line["message"]) == ("INFO", "debug attempt 1")
    assert line["time"].endswith("Z")


def test_hostile_text_stays_on_its_line(tmp_path: Path) -> None:
    logger.info("pump\n{} \x1b[31m", '"}\n{"level": "forged"')
    assert len(lines(tmp_path)) == 1


def test_what_the_store_complains_of_is_a_sentence_with_its_code_and_no_traceback(
    tmp_path: Path,
) -> None:
    try:
        raise StoreFull(home=tmp_path)
    except StoreFull:
        logging.getLogger("huey").critical("Error reading from queue", exc_info=True)
    (line,) = lines(tmp_path)
    assert line["message"].startswith("Error reading from queue store_full: The disk holding")
    assert "exception" not in line


def test_processes_write_whole_lines_beside_each_other(tmp_path: Path) -> None:
    children = []
    for n in range(4):
        pid = os.fork()
        if pid == 0:
            for i in range(50):
                logger.info("x" * 2000 + f" {n} {i}")
            os._exit(0)
        children.append(pid)
    for pid in children:
        os.waitpid(pid, 0)
    assert len(lines(tmp_path)) == 200


def test_a_full_file_is_turned_and_old_ones_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "SIZE_LIMIT", 2_000)
    for n in range(200):
        logger.info(f"line {n}")
    files = sorted(path.name for path in (tmp_path / "logs").iterdir())
    assert len(files) <= logs.KEPT + 1
    assert "worker.1.jsonl" in files
