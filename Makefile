# The two commands are `make demo` and `make test`; each does its own set-up.
SHELL := /bin/bash
BIN := .venv/bin
.PHONY: help setup demo test test-all bench-extract bench-facts lint messages format lock wheel clean

help: ## what can be asked for
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /  make \1\t/' | expand -t 20

setup: .venv/.ready ## a virtual environment with everything, locked by hash

.venv/.ready: requirements.lock requirements-uv.lock pyproject.toml scripts/setup.sh
	@bash scripts/setup.sh

demo: setup ## the Liège case: ingest, compute, print, serve
	@$(BIN)/longarm demo $(ARGS)

test: setup lint ## linters and tests
	@$(BIN)/python -m pytest -m "not browser and not postgresql and not long" $(ARGS)

test-all: setup ## also the browser, PostgreSQL and the long properties
	@bash scripts/test-all.sh $(ARGS)

bench-extract: setup ## what is read out of texts, against labelled ones, each beside a baseline (DATA=folder)
	@for part in reading signs claims echo; do echo "== $$part"; $(BIN)/python scripts/bench_$$part.py $(or $(DATA),../shared/data) || exit 1; done

bench-facts: setup ## the store at size, beside followthemoney and DuckDB (SIZE=20000000 for the whole)
	@$(BIN)/python scripts/bench_facts.py $(or $(SIZE),2000000)

lint: setup ## ruff, mypy, import-linter, vulture
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports --no-cache > .lint-imports.log 2>&1 || { cat .lint-imports.log 2>/dev/null; exit 1; }
	@rm -f .lint-imports.log
	@$(BIN)/vulture

messages: setup ## the catalogues of the dossier: new messages in, empty
	@bash scripts/messages.sh

format: setup ## ruff format, and the fixes that are safe
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

lock: setup ## resolve again; the file names no address
	@$(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 --group dev --extra postgresql pyproject.toml -o requirements.lock

wheel: setup ## dist/longarm-*.whl, with its data and web assets
	@$(BIN)/uv build --quiet --wheel

clean: ## what a build leaves behind (not .venv)
	@rm -rf dist .pytest_cache .mypy_cache .ruff_cache

DATA ?= ../shared/data
