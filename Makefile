# Evenkeel. `make` alone lists what there is.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

# Always --workspace --all-targets: one profile and one feature set, so that a machine
# compiles its ~570 packages once, whatever command comes first (docs/adr/0002).
CARGO ?= cargo
PORT ?= 8640
NODE_STAMP := web/node_modules/.package-lock.json

.PHONY: help run test test-rust test-web lint fmt bench pages prepare browser tools

help: ## list the commands
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: pages ## build everything and serve the demo organisation at a printed address
	$(CARGO) build --workspace --all-targets
	@exec "$$(scripts/binary)" demo --port $(PORT)

test: tools browser pages ## run all tests, browser tests included
	$(CARGO) nextest run --workspace --all-targets --profile $(if $(CI),ci,default)
	cd web && EVENKEEL_BIN="$$(../scripts/binary)" npm test

lint: tools pages ## formats, clippy, licences, types of the pages
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets -- -D warnings
	$(CARGO) deny --all-features check bans licenses sources
	cd web && npm run check

fmt: $(NODE_STAMP) ## format everything
	$(CARGO) fmt --all
	cd web && npx prettier --write .

bench: pages ## imports and questions beside DuckDB, statistics beside R and Python (long; BENCH_SCALE=0.01: a quick look)
	bench/run

pages: $(NODE_STAMP) ## build the workspace pages that the binary embeds
	cd web && npm run build

$(NODE_STAMP): web/package-lock.json web/package.json
	cd web && npm ci --no-audit --no-fund

tools: ## what tests and lint need beside Rust and Node
	@scripts/tools

browser: ## Debian's chromium for the browser tests
	@scripts/browser
