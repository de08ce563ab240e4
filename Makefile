# Two commands do everything: `make demo` and `make test`.
VENV   ?= .venv
PYTHON ?= python3
BIN    := $(VENV)/bin

# The Pythons a bundle may meet aboard, and the extras it takes along.
PYTHONS ?= 3.11 3.12 3.13
EXTRAS  ?= serve pades

# What is run on PostgreSQL too at each commit; before a release all of tests/storage is.
ON_A_SERVER := tests/fleet tests/storage/test_every_verb.py \
	tests/storage/test_refusing_triggers.py tests/storage/audit/test_acts.py \
	tests/storage/audit/test_chain.py tests/storage/insights/test_lineage.py \
	tests/storage/jobs/test_job_liveness.py tests/storage/jobs/test_trends.py \
	tests/storage/alerts/test_watching.py

.PHONY: demo test setup bench bundle pictures clean

$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

setup: $(VENV)/ready

demo: setup
	@if [ -t 0 ] && [ -t 1 ]; then $(BIN)/eightbells demo; else $(BIN)/eightbells demo --check; fi

# Programs are compiled once, as where they are installed, also if the environment says otherwise.
test: export PYTHONDONTWRITEBYTECODE :=
test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -n 3 --dist loadgroup
	$(BIN)/pytest -rs --engine postgresql $(ON_A_SERVER)

bench: setup
	$(BIN)/python -m bench

bundle: setup
	$(BIN)/python -m bundle $(addprefix --python ,$(PYTHONS)) $(addprefix --extra ,$(EXTRAS))

pictures: setup
	$(BIN)/pytest --snapshot-update tests/console/app/test_pictures.py
	$(BIN)/python -m tests.documentation.images

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
