# Everything a fresh machine needs is Python 3.11 or newer, and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKSPACE ?= .

.PHONY: run demo test test-slow check format lock bench soak clean setup

setup: $(VENV)/.ready

$(VENV)/.ready: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.ready-slow: $(VENV)/.ready requirements/slow.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/slow.txt
	touch $@

run: setup  ## poll what is due in WORKSPACE, compare, write and deliver the digests
	$(BIN)/monitor run --workspace $(WORKSPACE)

demo: setup  ## the main job on the bundled example, served from this machine
	$(BIN)/python examples/demo.py

test: setup  ## the tests that need nothing but Python
	$(BIN)/python -m pytest -n auto

test-slow: $(VENV)/.ready-slow  ## browser, PostgreSQL, many runs; installs what it needs
	$(BIN)/python -m pytest -m slow --timeout 900

check: setup  ## lint, format, types, import rule, documentation
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_imports.py tests/docs

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: setup  ## resolve again after a change in pyproject.toml (needs uv)
	$(BIN)/python -m pip install --quiet uv
	for set in runtime dev slow; do \
	  case $$set in runtime) groups="";; dev) groups="--group dev";; slow) groups="--group dev --group slow";; esac; \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	    --no-emit-index-url --no-emit-find-links $$groups pyproject.toml -o requirements/$$set.txt; done

bench: setup  ## speed, memory and recognition figures; by hand
	$(BIN)/python bench/recognition.py
	$(BIN)/python bench/registers.py
	$(BIN)/python bench/run.py

soak: setup  ## simulated days under faults; by hand
	$(BIN)/python bench/soak.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
