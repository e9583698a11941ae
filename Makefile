# Two commands matter: `make demo` and `make test`. `make help` names the others.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3.11
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
# Python compiles what it imports; pip would compile 9,500 files, most of which nobody imports.
PIP_INSTALL := $(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check --require-hashes
CODE := manage.py site agenda cooperation labelling newsletter newsroom resources_directory territories tests
TEMPLATES := site agenda cooperation labelling newsletter newsroom resources_directory territories
WORKERS ?= auto
# Settings are only read, never reached: no production service is needed to check them.
PRODUCTION := SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(64))") \
	DATABASE_URL=postgres://cites@localhost/cites CITES_ADMIN_URL=https://cites.example.org \
	DJANGO_SETTINGS_MODULE=portal.settings.production

.PHONY: help demo test lint format lock bench mapbench relevance browser audit engines lighthouse screenshots references catalogues permissions wheel clean

help: ## Name the commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)

# The stamps make a second start do nothing.
$(VENV)/.base: requirements/base.txt | $(BIN)/python
	@echo "Installation des dépendances…"
	$(PIP_INSTALL) -r requirements/base.txt
	@touch $@

# dev.txt holds everything of base.txt, at the same versions.
$(VENV)/.dev: requirements/dev.txt requirements/base.txt | $(BIN)/python
	@echo "Installation des dépendances de développement…"
	$(PIP_INSTALL) -r requirements/dev.txt
	@touch $@ $(VENV)/.base

demo: $(VENV)/.base ## Start the demo: portal, territories, worker (PORT=8000)
	@CITES_DEBUG=0 PORT=$(PORT) exec $(BIN)/python manage.py demo

test: $(VENV)/.dev ## Run every test that needs no server, and the import rules
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)
	@PYTHONPATH=site $(BIN)/lint-imports
	@echo
	@echo "Left out: browser tests (make browser); Elasticsearch and OpenSearch, unless make engines"
	@echo "has said where they are; PostgreSQL and the installed wheel (.venv/bin/python -m pytest"
	@echo "-m live). Everything at once: .ci/run"

browser: $(VENV)/.dev ## Visit the demo in Chromium (CHROMIUM=/usr/bin/chromium)
	@$(BIN)/python -m pytest -m browser tests/browser $(ARGS)

audit: $(VENV)/.dev ## Look at every template with axe, and write what the statement says of it
	@$(BIN)/python -m pytest -m browser tests/browser/test_every_template.py --write-audit $(ARGS)

# Node and Chromium are the machine's; Lighthouse, at the version of package.json, is nobody else's.
LIGHTHOUSE := var/lighthouse
$(LIGHTHOUSE)/.installed: tests/lighthouse/package.json
	@mkdir -p $(LIGHTHOUSE) && cp $< $(LIGHTHOUSE)/package.json
	@cd $(LIGHTHOUSE) && npm install --silent --no-audit --no-fund --no-package-lock
	@touch $@

lighthouse: $(VENV)/.dev $(LIGHTHOUSE)/.installed ## Audit the demo with Lighthouse, as in production (RUNS=5)
	@$(BIN)/python tests/lighthouse/measure.py --program $(LIGHTHOUSE)/node_modules/.bin/lighthouse \
		--runs $(or $(RUNS),5) $(ARGS)

screenshots: $(VENV)/.dev ## Take pictures of ten templates (var/screenshots/) and those of the README
	@$(BIN)/python -m pytest -m screenshots tests/browser/test_gallery.py tests/browser/test_screenshots.py $(ARGS)

references: $(VENV)/.dev ## Accept the style page as it looks now, after looking at it
	@$(BIN)/python -m pytest -m browser tests/browser/test_style_page.py --accept-pictures $(ARGS)

catalogues: $(VENV)/.dev ## Bring the translations in line with the code, and compile them
	@$(BIN)/python manage.py catalogues

bench: $(VENV)/.dev ## Measure the agenda, the guide, the figures, 20,000 letters, and the search among 500,000 documents (REQUESTS=30)
	@$(BIN)/python tests/bench/agenda.py
	@$(BIN)/python tests/bench/guide.py
	@$(BIN)/python tests/bench/figures.py
	@$(BIN)/python tests/bench/letters.py
	@$(BIN)/python tests/bench/search.py

mapbench: $(VENV)/.dev ## Measure how smoothly 2,000 places move on a slow telephone
	@$(BIN)/python tests/bench/map.py

relevance: $(VENV)/.dev ## Measure what residents find: nDCG@10 by kind of query (ARGS="--worst 20")
	@$(BIN)/python tests/relevance/measure.py $(ARGS)

engines: $(VENV)/.dev ## Start Elasticsearch and OpenSearch on this machine until Ctrl-C (ARGS=opensearch for one)
	@$(BIN)/python tests/engines/run.py $(ARGS)

wheel: $(VENV)/.dev ## Build the wheel, install it elsewhere, check it
	@$(BIN)/python -m pytest -m live tests/test_wheel_installs.py $(ARGS)

permissions: $(VENV)/.dev ## Try who may do what, and write docs/permissions.md
	@$(BIN)/python -m pytest tests/territories/test_matrix.py --write-permissions $(ARGS)

lint: $(VENV)/.dev ## Check style, templates, imports, types, migrations and production settings
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/djlint --lint --quiet $(TEMPLATES)
	PYTHONPATH=site $(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

format: $(VENV)/.dev ## Rewrite the code in the house's style
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

# No address in the locks: whoever installs decides where packages come from. Lock with the oldest
# Python that must run it, Debian 12's 3.11.2: another one locks what that one cannot install.
PIP_COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --strip-extras \
	--allow-unsafe

lock: $(VENV)/.dev ## Lock every set of dependencies again, with hashes
	$(PIP_COMPILE) --output-file requirements/base.txt pyproject.toml
	$(PIP_COMPILE) --all-extras --constraint requirements/base.txt \
		--output-file requirements/dev.txt pyproject.toml
	$(PIP_COMPILE) $(addprefix --extra ,postgres redis elasticsearch opensearch) \
		--constraint requirements/dev.txt --output-file requirements/production.txt pyproject.toml

clean: ## Remove what commands made, except the demo's data (var/) and .venv
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +
