# Needs Python 3.11 or newer and make (3.81 will do); everything else is fetched by hash.
# Every path is relative and quoted where it can hold a space.

CASE := cases/west-midlands-2012
OUT := out/west-midlands-2012
BIN := .venv/bin
# What to pass on, for example: make test ARGS="-k npsv"
ARGS :=
# As many processes as the machine has processors, four at most; one alone: make test PROCESSES=0
PROCESSES := logical
SPREAD := -n "$(PROCESSES)" --maxprocesses=4 --dist loadfile

.PHONY: help demo test test-postgres serve lint types lock test-extras bench dictionary assets bundle clean
.PHONY: environment test-environment

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

demo: environment ## Write the options report of the worked case, in HTML, Word and PDF
	@"$(BIN)/wayforward" report "$(CASE)" --to "$(OUT)"
	@echo
	@echo "The report is in $(OUT):"
	@ls -1 "$(OUT)" | sed 's/^/  /'
	@echo "Open options-report.html in a browser, or options-report.pdf, or options-report.docx in Word."
	@echo "To follow its figures on screen: make serve"

serve: environment assets ## Open the workbench on this machine, with the worked case in it
	@"$(BIN)/wayforward" import "$(CASE)" --if-absent
	@"$(BIN)/wayforward" serve $(ARGS)

test: test-environment assets ## Run the tests
	@"$(BIN)/python" -m pytest -m "not extras" $(SPREAD) $(ARGS)

test-postgres: test-environment assets ## Run the tests that touch the database on PostgreSQL (WAYFORWARD_TEST_POSTGRES)
	@DATABASE_URL="$$WAYFORWARD_TEST_POSTGRES" "$(BIN)/python" -m pytest -m "(django_db or postgres) and not browser and not extras" $(SPREAD) $(ARGS)

test-extras: test-environment assets ## Run the tests that need optional extras, peers or office programs
	@"$(BIN)/python" -m pytest -m extras $(ARGS) || [ $$? -eq 5 ]

lint: test-environment ## Check style, format and the direction of imports
	@"$(BIN)/ruff" check .
	@"$(BIN)/ruff" format --check .
	@"$(BIN)/lint-imports" --no-cache

types: test-environment ## Check types
	@"$(BIN)/mypy"

bench: test-environment ## Measure what is measured, beside its peers
	@"$(BIN)/python" -m benchmarks $(ARGS)

dictionary: environment ## Write docs/data-dictionary.md from the models
	@"$(BIN)/python" -m wayforward.casefile.dictionary

lock: ## Resolve requirements/*.txt anew from pyproject.toml (UPGRADE=1: newest releases)
	@PYTHON="$$(tools/environment python)" UPGRADE="$(UPGRADE)" tools/lock

assets: environment ## Fetch and write the front-end files
	@tools/environment assets

bundle: environment assets ## Write dist/wayforward-<version>-offline.tar.gz, which installs without a network
	@tools/bundle

clean: ## Delete what was made, never what was entered (var/ stays)
	rm -rf .venv node_modules src/wayforward/web/static-built out dist
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

environment:
	@tools/environment run

test-environment: environment
	@tools/environment test
