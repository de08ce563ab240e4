# Two commands do everything: `make demo` and `make test`.
VENV   ?= .venv
PYTHON ?= python3
BIN    := $(VENV)/bin

.PHONY: demo test setup bench pictures clean

$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

setup: $(VENV)/ready

demo: setup
	@if [ -t 0 ] && [ -t 1 ]; then $(BIN)/eightbells demo; else $(BIN)/eightbells demo --check; fi

test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -n 2

bench: setup
	$(BIN)/python -m bench

pictures: setup
	$(BIN)/pytest --snapshot-update tests/console/app/test_pictures.py
	$(BIN)/python -m tests.documentation.images

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
