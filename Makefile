# The only door. Every command makes what it needs first; nothing has to be installed by hand.
PYTHON ?= python3
BIN = .venv/bin
SHELL = /bin/sh

.PHONY: demo test test-all check fix bench fuzz soak reading-score pictures help

help:  ## what there is
	@grep -hE '^[a-z-]+:.*##' Makefile | sed 's/:.*##/\t/'

.venv/ready: pyproject.toml constraints.txt
	@echo "Installing what Concerted needs into .venv (once) ..."
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing: on Debian, apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
	@touch .venv/ready

.venv/ready-dev: .venv/ready
	@echo "Installing what its tests need (once) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch .venv/ready-dev

demo: .venv/ready  ## an invented partnership on http://localhost:8000 (PORT moves it)
	@$(BIN)/python -m concerted.cli demo

test: .venv/ready-dev  ## the tests, in under three minutes
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile -m "not browser and not slow"

test-all: $(if $(TESTED),.venv/ready-dev,test)  ## the same, then browsers, faults and properties
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal -m "slow and not browser"
	@$(BIN)/python -m pytest -q -n 3 --dist loadfile -m browser

check: .venv/ready-dev  ## format, lint, types, contracts, migrations, generated docs
	@$(BIN)/ruff format --check . && $(BIN)/ruff check .
	@$(BIN)/mypy concerted
	@$(BIN)/lint-imports
	@$(BIN)/python -W ignore -m django makemigrations --check --dry-run --settings tests.settings
	@$(BIN)/python -m tests.generated --check

fix: .venv/ready-dev  ## format and mend what can be mended, write generated docs anew
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .
	@$(BIN)/python -m tests.generated

bench: .venv/ready-dev  ## how fast, beside what one would pick instead
	@$(BIN)/python -m bench

reading-score: .venv/ready-dev  ## how well labelled minutes are read, by layout and field
	@$(BIN)/python -m concerted.reading.tests.score

MINUTES ?= 1
fuzz: .venv/ready-dev  ## hostile files of every format, MINUTES=60 each (1 unless told)
	@$(BIN)/python -m concerted.reading.tests.fuzz --minutes $(MINUTES)

PARTNERSHIPS ?= 500
soak: .venv/ready-dev  ## many random partnerships, each with and without its hidden things (500 unless told)
	@PARTNERSHIPS=$(PARTNERSHIPS) $(BIN)/python -m pytest -q -n 2 tests/test_two_worlds.py

pictures: .venv/ready-dev  ## docs/screenshots, from the demonstration
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m tests.pictures
