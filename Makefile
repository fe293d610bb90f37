# make baseline   train and score the baselines on the test reports
# make test       run every check
# Both need only Python 3.11 or later and a package index; they make .venv themselves.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
STUDIO := .venv-studio
JOBS ?= auto

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help baseline test lint bench clean

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

baseline: $(STAMPS)/core
	$(BIN)/fazhi corpus info
	$(BIN)/fazhi reproduce

test: $(STAMPS)/dev $(STAMPS)/studio lint
	$(BIN)/fazhi corpus build --check
	$(BIN)/fazhi corpus errata --check
	$(BIN)/fazhi corpus synthetic --check
	$(BIN)/fazhi annotation lint
	$(BIN)/fazhi annotation agreement --check
	$(BIN)/fazhi leaderboard --check
	$(BIN)/fazhi docs --check
	$(BIN)/fazhi figures --check
	FAZHI_STUDIO=$(CURDIR)/$(STUDIO) $(BIN)/python -m pytest -n $(JOBS)

lint: $(STAMPS)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMPS)/dev
	$(BIN)/python benchmarks/start_up.py
	$(BIN)/python benchmarks/scoring.py

$(STAMPS)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'fazhi needs Python 3.11 or later: make PYTHON=/path/to/python3.11'; exit 1; }
	$(PYTHON) -m venv $(VENV)
	mkdir -p $(STAMPS)
	touch $@

$(STAMPS)/core: $(STAMPS)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(STAMPS)/dev: $(STAMPS)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@ $(STAMPS)/core

# Label Studio has an environment of its own: it holds other packages back
$(STAMPS)/studio: $(STAMPS)/dev
	$(BIN)/fazhi annotation serve --prepare --environment $(STUDIO)
	touch $@

clean:
	rm -rf $(VENV) $(STUDIO) build dist runs
