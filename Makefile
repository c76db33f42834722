# Every line of every recipe can be run by hand; `make help` lists what there is.

PYTHON ?= python3
VENV ?= .venv
SHARED ?= ../shared
# The recorded organisation that `make demo` reports.
STORY ?= m365-behind-gateway
DEMO ?= demo
MULTITOOL ?= 5.7.0

BIN := $(VENV)/bin
# `recorded` needs data that is no part of the repository, and has a target of its own.
BENCHES := $(filter-out recorded,$(basename $(notdir $(wildcard tests/bench/[a-z]*.py))))
export PYTHON
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo test check check-oscal check-sarif format bench bench-recorded fixtures docs wheel clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/installed ## install everything, and report a recorded organisation into a PDF, without network
	@$(BIN)/auditor report fixtures/$(STORY)/bundle -o $(DEMO) --lang fr,en

test: check ## set up, check, and run the whole suite
	@echo "pytest"
	@$(BIN)/python -m pytest -q

check: $(VENV)/installed-for-tests ## formatting, ruff, mypy --strict, import contracts, rule files
	@echo "ruff format --check" && $(BIN)/ruff format --quiet --check .
	@echo "ruff check" && $(BIN)/ruff check --quiet .
	@echo "mypy" && $(BIN)/mypy
	@echo "lint-imports" && $(BIN)/lint-imports --no-logo --config setup.cfg
	@echo "auditor rules lint" && $(BIN)/auditor rules lint

check-oscal: $(VENV)-oscal/installed ## OSCAL results by compliance-trestle (90 MB, in an environment of its own)
	@$(VENV)-oscal/bin/python -m pytest -q -m oscal tests/reporting/test_oscal.py

check-sarif: $(VENV)/installed-for-tests $(VENV)-sarif/installed ## SARIF by its official checker (a 44 MB download, by npm)
	@$(BIN)/python -m pytest -q -m multitool tests/reporting/test_sarif.py

format: $(VENV)/installed-for-tests ## format the code and mend what ruff can mend
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

bench: $(VENV)/installed-for-tests ## every benchmark in tests/bench, each beside the machine's floor
	@.ci/system-packages bench
	@set -e; for script in $(BENCHES); do echo "$$script"; $(BIN)/python -m tests.bench.$$script; done

bench-recorded: $(VENV)/installed-for-tests ## audit the recorded municipalities, served by NSD (needs SHARED)
	@.ci/system-packages bench
	@test -d $(SHARED)/data/recorded || { \
	  echo "The recorded DNS is not in $(SHARED): say where it is with SHARED=DIR" >&2; exit 2; }
	@$(BIN)/python -m tests.bench.recorded --shared $(SHARED)

fixtures: $(VENV)/installed-for-tests ## write expected.json of every recorded organisation anew; read the diff
	@$(BIN)/python -m tests.replay

docs: $(VENV)/installed-for-tests ## write docs/commands.md anew from --help, and the tables of docs/the-case*.md
	@$(BIN)/python -m tests.command_pages > docs/commands.md
	@$(BIN)/python -m tests.case_pages

wheel: $(VENV)/installed-for-tests ## build dist/*.tar.gz and dist/*.whl
	@$(BIN)/python -m build --no-isolation --outdir dist . >/dev/null
	@ls -1 dist

clean: ## remove everything that was made here
	@rm -rf $(VENV) $(VENV)-oscal $(VENV)-sarif $(DEMO) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/installed: setup.cfg pyproject.toml
	@.ci/system-packages report
	@$(call install,.)
	@touch $@

$(VENV)/installed-for-tests: setup.cfg pyproject.toml
	@.ci/system-packages test
	@$(call install,.[test])
	@touch $@ $(VENV)/installed

$(VENV)-oscal/installed: setup.cfg pyproject.toml
	@.ci/system-packages report
	@$(MAKE) --no-print-directory VENV=$(VENV)-oscal installed-with-oscal
	@touch $@

.PHONY: installed-with-oscal
installed-with-oscal:
	@$(call install,.[oscal])

$(VENV)-sarif/installed:
	@.ci/system-packages sarif
	@echo "Installing the checker of SARIF into $(VENV)-sarif"
	@npm install --silent --no-save --prefix $(VENV)-sarif @microsoft/sarif-multitool-linux@$(MULTITOOL)
	@chmod +x $(VENV)-sarif/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
	@touch $@

define install
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
  || { echo "Python 3.11 or later is needed: say which with PYTHON=…" >&2; exit 1; }; \
echo "Installing $(1) into $(VENV)"; \
$(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install --quiet --editable '$(1)'
endef
