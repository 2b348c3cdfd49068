# One command per intent. Needs make and Python 3.11 or newer, nothing else.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PEERS := .venv-engines
LOCK := requirements.lock
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes

.DEFAULT_GOAL := help
.PHONY: help setup demo test check fix bench sims nightly engines mutate screenshots lock clean

help: ## List what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: $(READY) ## Create .venv with everything pinned, and .venv/bin/relevo

$(READY): requirements-installer.lock $(LOCK) pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Relevo needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V). Set PYTHON=..."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) -r requirements-installer.lock
	@# uv installs three times as fast; pip does the same where uv cannot reach the registry as it is set up here.
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(LOCK) || $(PIP) -r $(LOCK)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup ## Make the demo company, build its book and serve it on 127.0.0.1:$(PORT)
	$(BIN)/relevo --home demo-home demo --port $(PORT)

# The tests start two hundred processes: none of them compiles Python again, whatever the shell says of bytecode.
test: export PYTHONDONTWRITEBYTECODE =
test: export PYTHONPYCACHEPREFIX = $(CURDIR)/$(VENV)/pycache
# What one process translated into SQL the others read.
test: export RELEVO_SQL_CACHE = $(CURDIR)/$(VENV)/sql
test: setup ## Run everything that a bare clone can run
	@# The checks need one core for half a minute; beside the tests they cost less than before them.
	@$(MAKE) --no-print-directory check > $(VENV)/check.log 2>&1 & checks=$$!; \
	$(BIN)/python -m pytest -n 2 --dist loadfile -q --cov --cov-report=; tests=$$?; \
	wait $$checks; checked=$$?; cat $(VENV)/check.log; exit $$((tests + checked))
	$(BIN)/python tools/coverage_gates.py

check: setup ## Lint, format, types and architecture, without changing anything
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python tools/portable_lint.py

fix: setup ## Format, sort, and rewrite generated docs and catalogs
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .
	$(BIN)/python tools/docs.py
	$(BIN)/python tools/catalogs.py collect
	$(BIN)/python tools/catalogs.py compile

bench: setup ## Measure builds and answers at 20 k and 1 M customers, beside other programs after make engines
	$(BIN)/python tools/bench_load.py
	$(BIN)/python tools/bench_talks.py
	$(BIN)/python tools/bench_pages.py --home $(VENV)/bench-pages --keep
	$(BIN)/python tools/bench.py $(if $(wildcard $(PEERS)/.ready),--peer $(PEERS)/bin/python)

sims: setup ## Long simulations
	$(BIN)/python -m pytest -n 2 -q -m sims

$(PEERS)/.ready: requirements-installer.lock requirements-engines.lock pyproject.toml
	test -x $(PEERS)/bin/python || $(PYTHON) -m venv $(PEERS)
	$(subst $(BIN),$(PEERS)/bin,$(PIP)) -r requirements-installer.lock
	$(PEERS)/bin/uv pip install --quiet --python $(PEERS)/bin/python --require-hashes -r requirements-engines.lock || $(subst $(BIN),$(PEERS)/bin,$(PIP)) -r requirements-engines.lock
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

nightly: setup ## Fifty killed builds, readers during rebuilds, laws over hundreds of companies (an hour)
	$(BIN)/python -m pytest -n 2 -q -m nightly

engines: $(PEERS)/.ready ## Every measure on DuckDB, PostgreSQL and Spark, to the cent; the Desk on PostgreSQL
	$(PEERS)/bin/python -m pytest -q -m engines
	$(PEERS)/bin/python tools/on_postgres.py

mutate: setup ## Change one operator at a time and see whether the tests notice (long)
	$(BIN)/python tools/mutate.py --mutants 45 --seed 3

screenshots: setup ## Pictures of every page for README and docs (needs Chromium)
	$(BIN)/python tools/screenshots.py

lock: setup ## Pin the newest allowed versions again
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --group dev pyproject.toml -o $(LOCK)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --group dev --group peers --extra postgres --extra spark -c $(LOCK) pyproject.toml -o requirements-engines.lock

clean: ## Remove the environment and what was made
	rm -rf $(VENV) $(PEERS) demo-home .pytest_cache .mypy_cache .ruff_cache .coverage*
