# The front door. `make run` does the main job, `make test` proves it; both set themselves up.
SHELL := /bin/sh
.DEFAULT_GOAL := help

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
# uv asks the package index that pip is set to, and trusts the certificates that the machine trusts.
UV = VIRTUAL_ENV="$(CURDIR)/.venv" UV_DEFAULT_INDEX="$$($(BIN)/python -m pip config get global.index-url 2>/dev/null)" \
	$(BIN)/uv --system-certs
UV_VERSION := $(shell sed -n 's/^uv==\([0-9.]*\).*/\1/p' requirements.lock)

RESOLVE = $(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet

# A worker for each core. tests/workers.py says what stays together and what starts first.
TESTS := $(BIN)/python -m pytest --numprocesses=logical --dist=loadscope --no-loadscope-reorder --durations=10

export MINSHENG_HOME ?= $(CURDIR)/var
export MINSHENG_PLAN ?= $(CURDIR)/seeds
# Some machines forbid bytecode; without it every start of Airflow, dbt and Great Expectations takes twice as long.
unexport PYTHONDONTWRITEBYTECODE

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(INSTALLED) ## set up .venv/ from requirements.lock, with .venv/bin/minsheng

$(INSTALLED): pyproject.toml requirements.lock
	@$(PYTHON) deployment/check_python.py
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(UV) pip sync --quiet --compile-bytecode --require-hashes requirements.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(INSTALLED)

run: $(INSTALLED) ## the main job through Airflow, on marked samples; the README's first command
	@$(BIN)/python -m deployment.run

up: $(INSTALLED) ## Airflow with its UI on this machine, until Ctrl-C
	@$(BIN)/python -m deployment.up

test: $(INSTALLED) ## what every change must pass; the README's second command
	$(TESTS) -m "not long"

test-fast: $(INSTALLED) ## the tests that take seconds
	$(TESTS) -m "not slow and not airflow and not long"

engines: $(INSTALLED) ## other DuckDB engines, with which the long tests open a home in turn
	@for pins in tests/ledger/engines/*.txt; do \
		$(UV) pip install --quiet --no-deps --require-hashes --requirement "$$pins" \
			--target "var/engines/$$(basename "$$pins" .txt)" || exit 1; \
	done

test-long: engines ## what needs time: 200 kills, 100 publications under readers, benches, LibreOffice, all widths
	$(TESTS) -m long

test-durations: $(INSTALLED) ## `make test`, keeping how long each group took: the order of the next runs
	$(TESTS) -m "not long" --keep-durations

faults: $(INSTALLED) ## every kind of fault, N=200 kills, 100 publications under readers: every promise checked
	MINSHENG_FAULTS=$(or $(N),200) MINSHENG_PUBLICATIONS=100 \
		$(BIN)/python -m pytest tests/faults tests/editions/test_readers.py -s

teeth: $(INSTALLED) ## plants faults in a copy of the code, and proves that the tests catch them; some hours
	$(BIN)/python -m tests.teeth map
	$(BIN)/python -m tests.teeth run

lint: $(INSTALLED) ## style, types, SQL and YAML, as CI checks them
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --disable-progress-bar dbt_project/models
	$(BIN)/yamllint --strict .

bench: $(INSTALLED) ## each part beside its peer, as ratios (SCALE=0.1 for a tenth of the rows, ONLY="gate dag" for some)
	$(BIN)/python -m benchmarks $(ONLY)

performance: $(INSTALLED) ## docs/performance.md and its plots, from what `make bench` measured last
	@$(BIN)/python -m benchmarks.page

scaling: $(INSTALLED) ## a province in simulation: measures, and writes docs/scaling.md and its plots
	$(BIN)/python -m benchmarks.province
	@$(BIN)/python -m benchmarks.province_page
	@$(BIN)/python -m benchmarks.districts

draft-score: $(INSTALLED) ## how much of the shipped plan a draft of its text finds, against its own registry
	@$(BIN)/python -m tests.plan.drafting.score

docs: $(INSTALLED) ## docs/data-dictionary.md from the marts' descriptions, the list of checks in docs/doctor.md
	@$(BIN)/python -m deployment.data_dictionary
	@$(BIN)/python -m deployment.doctor_page

messages: $(INSTALLED) ## the Chinese catalogue of the command line, from the code; what is not translated yet is listed
	@$(BIN)/python -m deployment.messages

audit: $(INSTALLED) ## known vulnerabilities of the lock file's packages (asks a public service), and docs/licences.md
	@$(BIN)/python -m deployment.audit

bundle: $(INSTALLED) ## what a server without a network installs from, in dist/ (docs/offline.md)
	@$(BIN)/python -m deployment.bundle

lock: ## resolve pyproject.toml into requirements.lock again, and from it what the image installs and builds with
	$(RESOLVE) pyproject.toml --all-extras --output-file requirements.lock
	$(RESOLVE) pyproject.toml --extra airflow --extra lake --constraint requirements.lock --output-file deployment/server.lock
	echo hatchling | $(RESOLVE) - --constraint requirements.lock --output-file deployment/build.lock

.PHONY: help install run up test test-fast engines test-long test-durations faults teeth lint bench performance scaling draft-score docs \
	messages audit bundle lock
