# MockLoop. `make run` starts it, `make test` proves it; both install whatever is missing.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export NEXT_TELEMETRY_DISABLED := 1
STAMPS := .make
INSTALL_SELF := $(BIN)/uv pip install -q --no-deps --no-build-isolation -e .

.PHONY: help run test test-docker check dev generate bench bench-runner bench-judge bench-llm eval-llm clean
help: ## what one can do here
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

run: $(STAMPS)/python $(STAMPS)/sandbox web-build ## start MockLoop on http://localhost:8000
	@exec $(BIN)/mockloop serve

test: $(STAMPS)/dev $(STAMPS)/sandbox $(STAMPS)/browser web-deps web-build ## run all tests
	@$(BIN)/python -m scripts.test

test-docker: $(STAMPS)/dev ## run the sandbox tests on Docker (needs an engine, or root to start one)
	@sh deploy/runner/test.sh

check: $(STAMPS)/dev web-deps ## lint, types, layers, words, generated client, lock files
	@$(BIN)/python -m scripts.check

dev: $(STAMPS)/dev $(STAMPS)/sandbox web-deps ## the server and the frontend, both reloading
	@$(BIN)/python -m scripts.dev

generate: $(STAMPS)/dev web-deps ## write the OpenAPI document, the frontend's types and the settings page
	@$(BIN)/python -m scripts.generate
	@cd web && npm run --silent gen:api

bench: $(STAMPS)/dev $(STAMPS)/sandbox web-build ## print how fast it is
	@$(BIN)/python -m bench.live
	@$(BIN)/python -m bench.start
	@$(BIN)/python -m bench.pages

bench-runner: $(STAMPS)/dev $(STAMPS)/sandbox ## print how fast the code runner is
	@$(BIN)/python -m bench.runner

bench-judge: $(STAMPS)/dev ## print how far the marks of answers can be trusted
	@$(BIN)/python -m bench.judging.judge

bench-llm: $(STAMPS)/dev ## print what we add to a language model's own time
	@$(BIN)/python -m bench.llm

eval-llm: $(STAMPS)/dev ## print how well the model that is set interviews and judges (costs tokens)
	@$(BIN)/python -m bench.llm_eval.evaluate

lock: $(STAMPS)/uv ## resolve the Python dependencies anew
	@$(BIN)/uv pip compile -q pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-header -o requirements.lock
	@$(BIN)/uv pip compile -q pyproject.toml --group build --group dev --universal --python-version 3.11 --generate-hashes --no-header -o requirements-dev.lock

clean: ## remove everything that was installed or built
	rm -rf .venv $(STAMPS) web/node_modules web/.next web/out src/mockloop/static

# --- what the above need; each stamp is newer than what it was made from ---

.PHONY: web-build web-deps lock
web-build: | $(STAMPS)/python
	@$(BIN)/node web/scripts/build-if-stale.mjs
web-deps: | $(STAMPS)/python
	@$(BIN)/node web/scripts/build-if-stale.mjs --dependencies

$(STAMPS)/uv: scripts/bootstrap.sh
	@scripts/bootstrap.sh "$(PYTHON)"
	@mkdir -p $(STAMPS) && touch $@

# The development environment holds the runtime one, so `make run` keeps it when it is there.
$(STAMPS)/python: requirements.lock requirements-dev.lock pyproject.toml | $(STAMPS)/uv
	@if [ -e $(STAMPS)/dev ]; then $(MAKE) $(STAMPS)/dev; \
	else $(BIN)/uv pip sync -q requirements.lock && $(INSTALL_SELF); fi
	@touch $@

$(STAMPS)/dev: requirements-dev.lock pyproject.toml | $(STAMPS)/uv
	@$(BIN)/uv pip sync -q requirements-dev.lock && $(INSTALL_SELF)
	@touch $@ $(STAMPS)/python

$(STAMPS)/sandbox: scripts/system-packages.sh | $(STAMPS)/uv
	@scripts/system-packages.sh bwrap:bubblewrap && touch $@
$(STAMPS)/browser: scripts/system-packages.sh | $(STAMPS)/uv
	@scripts/system-packages.sh chromium:chromium && touch $@
