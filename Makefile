# `make` lists the targets. Everything runs from .venv, which `make setup` keeps in step with requirements.lock.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.setup
APT := DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300

# The first that runs and is new enough: a name on the PATH may be a shim for a Python that is not there.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11, 2))
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && { echo $$python; break; }; done)

export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# More arguments for a tool: make test ARGS='-k citations'
ARGS ?=

.PHONY: help setup python site serve check test audit screenshots lint format bench lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## Install everything into .venv; does nothing when nothing changed
	@:

site: setup ## Build the site
	$(BIN)/factbound build $(ARGS)

serve: setup ## Show the site on this machine and rebuild on every change
	$(BIN)/factbound serve $(ARGS)

check: setup ## Check the content; warnings count as errors
	$(BIN)/factbound check --strict $(ARGS)

test: setup ## Run the tests, in a browser too
	@tests/setup-audit && tests/setup-npm editor && CHROMIUM=$$(tests/setup-browser) && export CHROMIUM && set -x && $(BIN)/pytest -n auto --dist worksteal $(ARGS)

audit: site ## Look at every page of the site with axe and vnu, and at every link
	@tests/setup-audit && CHROMIUM=$$(tests/setup-browser) && export CHROMIUM && \
		PYTHONPATH=tests $(BIN)/python -m audit

screenshots: site ## Take pictures of ten kinds of page into screenshots/, to look at
	@CHROMIUM=$$(tests/setup-browser) && export CHROMIUM && \
		PYTHONPATH=tests $(BIN)/python -m audit.screenshots

lint: setup ## Check style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: setup ## Put the Python files into shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: ## List the benchmarks
	@for script in benchmarks/*.py; do \
		[ -f "$$script" ] || { echo "No scripts in benchmarks/."; break; }; \
		echo "  $(BIN)/python $$script"; \
		sed -n '1,3s/^"""\([^"]*\).*/      \1/p' "$$script"; \
	done

lock: python ## Renew requirements.lock from pyproject.toml (UPGRADE=1: with the newest versions)
	@set -e; dir=$$(mktemp -d); trap 'rm -rf "$$dir"' EXIT; \
	echo "Locking the versions in requirements.lock"; \
	$(PYTHON) -m venv "$$dir"; \
	"$$dir/bin/pip" install -q uv; \
	"$$dir/bin/uv" pip compile -q $(if $(UPGRADE),--upgrade) --universal --python-version 3.11.2 \
		--fork-strategy fewest --generate-hashes --custom-compile-command 'make lock' \
		--extra dev pyproject.toml -o requirements.lock; \
	if grep -n '://' requirements.lock; then echo "requirements.lock must name no host." >&2; exit 1; fi

clean: ## Remove what was built and every cache, but not .venv
	rm -rf site screenshots build dist .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

# A .venv holds the path of its folder: set it up again when it was copied or moved.
ifneq ($(shell cat $(STAMP) 2>/dev/null),$(CURDIR))
.PHONY: $(STAMP)
endif

$(STAMP): requirements.lock pyproject.toml
	@[ "$$(cat $@ 2>/dev/null)" = '$(CURDIR)' ] && $(BIN)/python -c '$(NEW_ENOUGH)' 2>/dev/null || { \
		$(MAKE) --no-print-directory python && \
		echo "Creating $(VENV) with $$($(PYTHON) -V)" && \
		$(PYTHON) -m venv --clear $(VENV); \
	}
	@echo "Installing what requirements.lock names"
	@$(BIN)/python -m pip install -q --require-hashes -r requirements.lock
	@echo "Installing factbound from generator/"
	@$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q generator/factbound  # as pip does with all that it copies
	@echo '$(CURDIR)' >$@
	@echo "Ready. The program is $(BIN)/factbound; with . $(BIN)/activate it is factbound"

# A Python that can make a virtual environment. Debian and Ubuntu keep that in a package of its own.
python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "No Python 3.11.2 or newer found. Install one (Debian, Ubuntu: apt-get install python3 python3-venv)" >&2; \
		echo "or name one: make PYTHON=/path/to/python3" >&2; exit 1; \
	fi
	@$(PYTHON) -c '$(NEW_ENOUGH)' || { echo "$(PYTHON) does not run or is older than 3.11.2." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
		package=$$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
		if [ ! -f /etc/debian_version ]; then \
			echo "$(PYTHON) has no ensurepip: install its venv package or another Python." >&2; exit 1; \
		elif [ "$$(id -u)" != 0 ]; then \
			echo "Python's venv is missing. Run: sudo apt-get install -y $$package" >&2; exit 1; \
		fi; \
		echo "Installing $$package with apt-get"; \
		$(APT) update && $(APT) install $$package >/dev/null; \
	}
