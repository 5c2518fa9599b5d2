# Every command of the project. A target installs what it needs first; that takes no time when nothing changed.
.DEFAULT_GOAL := help
.PHONY: help setup demo serve test test-browser check format lint types imports audit snapshots lock clean
# Nothing below writes outside this folder and the temporary folder, so HOME may be unset or read-only.
export PYTHON
# Compiled modules are kept even where the environment says otherwise: else every process compiles all that it imports.
export PYTHONDONTWRITEBYTECODE :=
BIN := .venv/bin
REQUIREMENTS := .ci/requirements
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-header --no-annotate $(UPGRADE)

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

setup: ## make .venv with what the demo and the tests need (PYTHON=python3.12 names another Python)
	@sh .ci/setup test

demo: ## the first journey on the demo company, or on your data: make demo PACK=DIR
	@sh .ci/setup run
	@$(BIN)/expediter demo $(if $(PACK),--pack "$(PACK)")

serve: ## the API and the console on this machine only, with a one-time password
	@sh .ci/setup run
	@$(BIN)/expediter serve $(if $(PACK),--pack "$(PACK)",$(if $(DATABASE_URL),,--demo))

test: ## all tests, on a PostgreSQL of their own (ARGS="-k name" narrows)
	@sh .ci/setup test
	$(BIN)/python -m pytest -n logical --maxprocesses 8 --dist worksteal --ignore tests/browser $(ARGS)

test-browser: ## the journeys in a real Chromium, with the manual's pictures in docs/pictures (ARGS="-k name" narrows)
	@sh .ci/setup test
	$(BIN)/python -m pytest tests/browser $(ARGS)

check: format lint types imports audit ## format, lint, types, import contracts, dependency audit

format lint types imports audit: tools-for-checking

.PHONY: tools-for-checking
tools-for-checking:
	@sh .ci/setup dev

format:
	$(BIN)/ruff format --check .

lint:
	$(BIN)/ruff check .

types:
	$(BIN)/pyright

imports:
	$(BIN)/lint-imports --no-cache

audit:
	$(BIN)/python .ci/audit.py

snapshots: ## rewrite what tests compare with (OpenAPI, tool schemas, graphs, DDL); review the diff
	@sh .ci/setup test
	$(BIN)/python -m pytest -q --rewrite-snapshots

lock: ## recompile the pinned requirements (UPGRADE=--upgrade takes newer releases)
	@sh .ci/setup dev
	$(COMPILE) pyproject.toml --group check --output-file $(REQUIREMENTS)/dev.txt
	$(COMPILE) pyproject.toml --group test --constraint $(REQUIREMENTS)/dev.txt --output-file $(REQUIREMENTS)/test.txt
	$(COMPILE) pyproject.toml --constraint $(REQUIREMENTS)/dev.txt --output-file $(REQUIREMENTS)/run.txt
	$(COMPILE) --group pyproject.toml:build --constraint $(REQUIREMENTS)/dev.txt --output-file $(REQUIREMENTS)/build.txt

clean: ## remove .venv and every cache in this folder
	rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis dist build
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
