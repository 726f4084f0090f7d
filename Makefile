# One verb a line; `make` alone lists them.
PYTHON ?= python3
VENV   := .venv
RUN    := $(VENV)/bin/python
DATA   ?= ../shared/data
SUITES ?= ../shared/suites
GENERATED := README.md resources/README.md benchmarks/DETECTION.md benchmarks/MODEL_CARD.md

.DEFAULT_GOAL := help
.PHONY: help install demo test lint types docs-check docs unit wheel golden bench train clean

help:        ## list the verbs
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/' | expand -t 22

install: $(VENV)/installed  ## create .venv with mela and what development needs

$(VENV)/installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "mela needs Python 3.11 or later")'
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --upgrade pip
	$(RUN) -m pip install --quiet --editable '.[parquet]' --group dev
	touch $@

demo: install  ## featurize, explain and classify a few messages
	$(RUN) -m benchmarks.demo

STAGES := lint types docs-check unit wheel
test: install  ## everything that CI runs, and how long each stage took
	@for stage in $(STAGES); do \
	  began=$$(date +%s); $(MAKE) --no-print-directory $$stage || exit 1; \
	  echo "--- $$stage: $$(($$(date +%s) - began)) s"; \
	done

lint: install  ## style
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .

types: install  ## static types
	$(RUN) -m mypy

docs-check: install  ## generated tables are up to date
	$(RUN) -m cogapp --check --diff $(GENERATED)

docs: install  ## write the generated tables
	$(RUN) -m cogapp -r $(GENERATED)

unit: install  ## tests and doctests
	$(RUN) -m pytest --cov=mela --cov-report=term:skip-covered

wheel: install  ## build the wheel and use it, alone, in an environment of its own
	$(RUN) tests/check_wheel.py

golden: install  ## write the golden files anew, for review
	$(RUN) -m tests.golden.regenerate

bench: install  ## measure extraction, normalization, detection and speed, on $(SUITES) and $(DATA)
	$(RUN) -m pip install --quiet --group peers
	$(RUN) -W ignore -m benchmarks.extraction --suites $(SUITES)
	$(RUN) -m benchmarks.normalization --data $(DATA)
	$(RUN) -m benchmarks.detection --data $(DATA)
	$(RUN) -m benchmarks.latency --data $(DATA)

train: install  ## train the shipped domain classifier on $(DATA)
	$(RUN) -m benchmarks.train_domain_classifier --data $(DATA)

clean:       ## remove the environment and what was built
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .coverage
