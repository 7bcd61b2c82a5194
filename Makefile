# Everything goes through here. `make help` lists what there is.

PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help run prepare test lint bench lock reset

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

run: prepare ## prepare, then web server and worker in the foreground (PORT=8000, DEMO_PASSWORD=)
	@exec $(PYTHON) manage.py serve

prepare: .venv/.ready ## environment, var/, keys, databases and demonstration content, without starting anything
	@$(PYTHON) manage.py prepare

test: .venv/.ready-for-tests ## every test, on SQLite and on PostgreSQL, with the coverage gates
	@$(PYTHON) -m tests.whole_run

lint: .venv/.ready-for-tests ## every static check
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	.venv/bin/lint-imports
	$(PYTHON) manage.py makemigrations --check --dry-run
	$(PYTHON) manage.py check --fail-level WARNING
	$(PYTHON) -m tests.production_check

bench: .venv/.ready-for-tests ## figures against peers and limits, in one run
	@$(PYTHON) -m bench

lock: ## resolve the dependencies of pyproject.toml anew into the two requirements files
	python3 -m venv .boot
	.boot/bin/python -m pip --disable-pip-version-check install -q uv
	.boot/bin/uv lock
	.boot/bin/uv export --frozen --no-header --no-dev -o requirements.txt > /dev/null
	.boot/bin/uv export --frozen --no-header -o requirements-dev.txt > /dev/null

reset: ## wipe var/: databases, files, mail and generated keys
	rm -rf var

.venv/bin/python:
	python3 -m venv .venv

.venv/.ready: requirements.txt | .venv/bin/python
	@echo "Installing what the portal needs; this takes a minute the first time …"
	@$(PIP) install -q --require-hashes -r requirements.txt
	@touch $@

.venv/.ready-for-tests: requirements-dev.txt | .venv/bin/python
	@echo "Installing what the tests need; this takes a minute the first time …"
	@$(PIP) install -q --require-hashes -r requirements-dev.txt
	@touch $@ .venv/.ready
