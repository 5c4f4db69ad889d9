# Everything a newcomer or CI needs. `make demo` and `make test` set up what they use.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test check bench fuzz accuracy docs clean

help:  ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "crm-scope-auditor needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

# What the command itself needs, for `make demo`.
$(STAMP): $(VENV)/bin/python setup.cfg pyproject.toml
	$(PIP) install --editable .
	@touch $@

$(STAMP)-dev: $(STAMP)
	$(PIP) install --editable '.[dev]'
	@touch $@

demo: $(STAMP)  ## audit the example company and print where the report is
	$(BIN)/python examples/nordvik/generate.py
	$(BIN)/auditor audit --config examples/nordvik --as-of 2026-11-21

test: $(STAMP)-dev check  ## everything that CI runs
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not fuzz"

check: $(STAMP)-dev  ## lint, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --config setup.cfg

bench: $(STAMP)-dev  ## measure (AUDITOR_CORPORA names the folder of real inputs)
	$(BIN)/python bench/accuracy.py
	-$(BIN)/python -m bench.inspect
	-$(BIN)/python -m bench.policies
	-$(BIN)/python -m bench.usage
	-$(BIN)/python -m bench.reflect
	-$(BIN)/python -m bench.liveness
	-$(BIN)/python -m bench.check

# COUNT=1000 SEED=7 TARGETS="soql formula" for less; without AUDITOR_CORPORA the example company is what is damaged.
fuzz: $(STAMP)-dev  ## read 10,000 damaged inputs with every parser (some hours; seeds and failures are said)
	$(BIN)/python examples/nordvik/generate.py
	$(BIN)/python -m tests.fuzz --count $(or $(COUNT),10000) $(if $(SEED),--seed $(SEED)) $(TARGETS)
	$(BIN)/python -m pytest -m fuzz

docs: $(STAMP)-dev  ## rewrite the generated parts of docs/, and the table of fact families
	$(BIN)/python -m auditor.facts.homing > auditor/facts/homes.new && mv auditor/facts/homes.new auditor/facts/homes.py
	$(BIN)/python -m auditor.facts.reference > docs/reference/facts.md
	$(BIN)/python -m auditor.usage.reference > docs/reference/evidence.md
	$(BIN)/auditor policy schema > docs/reference/policy.schema.json
	$(BIN)/auditor policy schema --fixtures > docs/reference/fixtures.schema.json
	for name in report inspection explanation plan; do \
	  $(BIN)/python -m auditor.report.published $$name > docs/reference/$$name.schema.json; done

clean:  ## remove what was generated
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis examples/*/out
