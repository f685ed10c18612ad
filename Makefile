# Everything that is done with this project. `make` alone lists it; the steps stand in tools/.
.DEFAULT_GOAL := help
.PHONY: help run test check audit bench words lock clean

PORT ?= 8000

help: ## list these commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

run: ## start the demo site on http://127.0.0.1:8000/ (PORT=8001 for another port)
	@PORT=$(PORT) exec tools/run.sh

test: ## run every test, on SQLite and PostgreSQL, and the journeys in a browser
	@tools/test.sh

check: ## look over formatting, types, templates, migrations, content and security settings
	@tools/check.sh

audit: ## mutants of the rules, hostile input at length, and the full matrix of pages: what takes too long for every test
	@tools/audit.sh

bench: ## measure the desk with a thousand and a million requests, beside Django's own admin list; write docs/performance.md
	@tools/bench.sh --write

words: ## collect interface words for clinic/locale/es/ and compile the Spanish ones
	@tools/words.sh

lock: ## write requirements*.txt anew from the lists in pyproject.toml
	@tools/lock.sh

clean: ## remove what was installed and built; keep .env and the data in var/
	@rm -rf .venv node_modules staticfiles static/css/site.css .mypy_cache .ruff_cache .hypothesis test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
