# One command each: setup fix check test bench docs demo programs conformance test-report. Every one makes the virtual environment it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: setup fix check test bench docs demo programs conformance test-report

setup: $(READY)

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Kudari needs Python 3.11 or later; set PYTHON=...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,cpu]'
	touch $@

fix: $(READY)
	$(BIN)/ruff check --fix .

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/mypy

test: $(READY)
	$(BIN)/pytest -n auto

bench: $(READY)
	$(BIN)/pytest tests/bench --bench

docs: $(READY)
	$(BIN)/python -m mkdocs build --strict

demo: $(READY)
	@for rate in 0.001 0.005 0.01 0.02 0.03 0.04; do $(BIN)/kudari run --legacy-print examples/train_api.py $$rate || exit 1; echo; done

programs: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[programs]'
	$(BIN)/pytest tests/programs --programs -rs

conformance: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[report]'
	sh tools/chromium.sh
	$(BIN)/python tools/oracle/conformance.py

test-report: $(READY)
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[report]'
	sh tools/chromium.sh
	$(BIN)/pytest tests/browser --browser -n0 -rs
