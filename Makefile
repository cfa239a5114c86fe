# labelapp. `make run` starts it, `make test` tests it; each installs what it needs first.
#
#   make run PORT=8001 DATA_DIR=/srv/labelapp     other address, other place for the data
#   make run PYTHON=python3.12                    another Python (3.11 or newer)

PYTHON ?= python3
PY := .venv/bin/python
NPM := $(PY) scripts/setup.py npm
FILE ?=
ARGS ?=
# A file's tests stay together, in one of as many processes as there are cores (at most four).
PYTEST := $(PY) -m pytest -n auto --maxprocesses 4 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test test-fast check fmt api bench screenshots backup restore doctor

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: ## install what running needs
	@$(PYTHON) scripts/setup.py

setup-dev: ## install what checking and testing need as well
	@$(PYTHON) scripts/setup.py --dev

run: setup ## start labelapp; Ctrl-C stops it
	@exec $(PY) -m labelapp.local

test: setup-dev ## every test: front end, browser, and the rest
	@$(NPM) test
	@$(PYTEST) tests/browser $(ARGS)
	@$(PYTEST) --ignore=tests/browser $(ARGS)

test-fast: setup-dev ## the tests that take little time
	@$(PYTEST) --ignore=tests/browser -m "not slow" -q $(ARGS)

check: setup-dev ## lint, types, import contracts, migrations in step, API types in step
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy .
	.venv/bin/lint-imports
	$(PY) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(NPM) run api:check
	$(NPM) run check

fmt: setup-dev ## format everything
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	$(NPM) run fmt

api: setup-dev ## write the front end's API types anew from the schema
	$(NPM) run api:generate

bench: setup-dev ## measure against the budgets (ARGS=... chooses)
	@$(PY) -m benchmarks $(ARGS)

screenshots: setup-dev ## take the pictures of the README anew
	@$(PY) scripts/screenshots.py $(ARGS)

backup: setup ## one file with database, pictures and settings (FILE=... names it)
	@$(PY) -m labelapp.local.backup create $(FILE)

restore: setup ## make restore FILE=... (FORCE=1 replaces data without asking)
	@$(PY) -m labelapp.local.backup restore $(FILE)

doctor: ## what is wrong with this installation, and how to mend it
	@$(PY) manage.py doctor

# `make restore path/to/backup.tar`: the second word is the file, not something to make.
ifeq (restore,$(firstword $(MAKECMDGOALS)))
ifeq ($(FILE),)
FILE := $(word 2,$(MAKECMDGOALS))
.PHONY: $(FILE)
$(FILE):
	@:
endif
endif
