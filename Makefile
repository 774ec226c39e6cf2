# One line each, no logic: everything is the parkrisk command or a test runner.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DEMO ?= workspaces/demo
RUN := $(BIN)/python -m

.PHONY: setup demo app dagster test prove test-real check bench clean

setup: $(VENV)/.ready
$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

demo: setup
	$(RUN) pipelines.cli --workspace $(DEMO) demo

app: setup
	$(RUN) pipelines.cli --workspace $(DEMO) app

dagster: setup
	$(RUN) pipelines.cli --workspace $(DEMO) dagster

test: setup
	$(RUN) pytest -m "not prove and not real" --durations=10

prove: setup
	$(RUN) pytest -m prove --durations=10

test-real: setup
	$(RUN) pytest -m real --durations=10

check: setup
	$(RUN) ruff check . && $(RUN) ruff format --check . && $(BIN)/lint-imports && $(BIN)/codespell && $(BIN)/ty check

bench: setup
	$(RUN) benchmarks

clean:
	rm -rf $(DEMO) .pytest_cache .ruff_cache .import_linter_cache
