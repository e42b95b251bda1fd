# make run    open the app (installs it on the first time)
# make test   everything that CI runs
# make test-versions   the lowest versions of everything, and the newest Python
# make fuzz    anything pressed anywhere, for long: make fuzz SEEDS=1-500 EVENTS=2000
# HYPOTHESIS_PROFILE=long .venv/bin/pytest    other examples than make test, and more
# make bench, make bench-large, make screenshots, make clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PINS := tests/constraints.txt
# For each system, since what one has not is known to the types alone.
TYPES = for system in linux darwin win32; do $(BIN)/mypy --platform $$system --cache-dir .mypy_cache/$$system || exit 1; done

SEEDS ?= 1000-1049
EVENTS ?= 2000

.PHONY: run test test-versions check style format bench bench-large fuzz screenshots clean

run: $(VENV)/.installed
	@$(BIN)/explorer $(ARGS)

# The tests start Python often: it is to keep what it compiles.
test: export PYTHONDONTWRITEBYTECODE =

# Beside the tests, of which each core runs some, the types are checked, and the wheel is
# built and tried: that mostly waits for disk and network.
test: style
	@said=$$(mktemp); \
	{ $(TYPES) && $(BIN)/lint-imports && $(BIN)/python tests/check_wheel.py; } >$$said 2>&1 & \
	beside=$$!; \
	$(BIN)/pytest; tested=$$?; \
	wait $$beside; checked=$$?; \
	cat $$said; rm $$said; \
	exit $$((tested + checked))

# With the lowest versions that are declared, and with the newest Python that is here.
test-versions: export PYTHONDONTWRITEBYTECODE =

test-versions:
	tests/versions.sh

check: style
	$(TYPES)
	$(BIN)/lint-imports

style: $(VENV)/.for-tests
	$(BIN)/ruff format --check
	$(BIN)/ruff check

format: $(VENV)/.for-tests
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

bench: $(VENV)/.for-tests
	$(BIN)/python bench/run.py $(ARGS)

bench-large: $(VENV)/.for-tests
	$(BIN)/python bench/run.py --quotes 0,10000,100000 $(ARGS)

fuzz: $(VENV)/.for-tests
	FUZZ_SEEDS=$(SEEDS) FUZZ_EVENTS=$(EVENTS) $(BIN)/pytest tests/ui/test_fuzz.py

screenshots: $(VENV)/.for-screenshots
	$(BIN)/python screenshots/take.py

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "explorer needs Python 3.11 or later; say which with: make run PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "Installing explorer into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

# Compiled on every core, which pip does on one.
$(VENV)/.for-tests: pyproject.toml $(PINS) | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -c $(PINS) --editable '.[test]'
	@$(BIN)/python -m compileall -qq -j 0 $(VENV)/lib || true
	@touch $@ $(VENV)/.installed

$(VENV)/.for-screenshots: $(VENV)/.for-tests
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c $(PINS) --editable '.[test,screenshots]'
	@touch $@

clean:
	rm -rf $(VENV) bench/.peers dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
