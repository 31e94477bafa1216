# tomscan: `make` lists what can be made. `make demo` and `make test` need Go and nothing else.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

GO       ?= go
GOLANGCI ?= $(GO) run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
FUZZTIME ?= 60s
DEMO_AT  ?= 2026-11-21T12:00:00Z
ESTATE   := testdata/estates/parasoll

.PHONY: help demo build test test-aws test-browser test-servers lint fuzz bench docs clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build bin/tomscan
	@mkdir -p bin
	$(GO) build -trimpath -ldflags='-s -w' -o bin/tomscan ./cmd/tomscan

demo: build ## scan the bundled example estate against its annex; writes out/report.html
	@mkdir -p out
	@code=0; bin/tomscan scan $(ESTATE) --config $(ESTATE)/tomscan.hcl --at $(DEMO_AT) \
	  -o table -o html=out/report.html || code=$$?; \
	case $$code in \
	  0) echo "demo: the scan ended with 0: no clause fails. The report is in out/report.html";; \
	  1) echo "demo: the scan ended with 1: clauses fail, as the example means them to. The report is in out/report.html";; \
	  *) echo "demo: the scan ended with $$code, which is neither 0 nor 1" >&2; exit $$code;; \
	esac

test: ## run everything that must pass (Go, Rego, scripts, browser, moto, daemons)
	@GO="$(GO)" ./.ci/test

test-aws: ## compare the live collector with Terraform over an estate in moto (needs python3)
	@GO="$(GO)" ./.ci/aws

test-browser: ## test the HTML report in a headless Chromium
	@GO="$(GO)" ./.ci/browser

test-servers: ## compare the evaluators of servers with the real daemons, all cases (root; Debian's packages)
	@GO="$(GO)" ./.ci/servers

lint: ## run go vet, golangci-lint and the tidiness check of go.mod
	$(GO) vet ./...
	$(GO) mod tidy -diff
	$(GOLANGCI) run ./...

fuzz: ## run every fuzz target for FUZZTIME (60s)
	@GO="$(GO)" FUZZTIME="$(FUZZTIME)" ./.ci/fuzz

bench: build ## run the benchmarks; writes docs/benchmarks.md
	$(GO) test -run '^$$' -bench . -benchmem ./...
	$(GO) test -count=1 -timeout 60m -run '^TestWholeProgram$$' ./cmd/tomscan -args -whole-program "$(CURDIR)/bin/tomscan" -figures "$(CURDIR)/docs/benchmarks.md"

docs: ## write docs/aws-coverage.md anew, from the tables of the code
	$(GO) test -count=1 -run '^TestCoverageOfAWSIsDocumented$$' ./cmd/tomscan -args -update-coverage

clean: ## remove what was built
	rm -rf bin out
