# Throng: set-up, build, tests. `make help` lists the targets.

# The one list of Debian packages that Throng is built, run and tested with.
PACKAGES := libblas-dev liblapacke-dev libopenblas0-pthread libsimdjson-dev zlib1g-dev libzstd-dev \
	libicu-dev libstemmer-dev libsodium-dev libsqlite3-dev libglpk-dev libpq-dev libcld2-dev \
	python3-jsonschema python3-venv zstd util-linux zsh fish mandoc \
	postgresql chromium
SWIFT_AT_LEAST := 6 2

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
# One build folder: SwiftPM parallelises inside each call, and two calls would wait for each other.
.NOTPARALLEL:
.DEFAULT_GOAL := help

THRONG := .build/release/throng
SWIFT_SOURCES := Package.swift Sources Tests

.PHONY: help setup packages toolchain tools build install uninstall commands demo gallery test lint format fuzz \
	sanitize peers bench bench-quick soak clean

help: ## Show this list.
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r target text; do \
	  printf '  make %-11s %s\n' "$$target" "$$text"; done

setup: packages toolchain ## Install the Debian packages that are missing; check the Swift toolchain.

# Only what dpkg does not know as installed is fetched, so a second call needs neither network nor root.
packages:
	@command -v dpkg-query >/dev/null || { \
	  echo "make setup: needs Debian or Ubuntu; elsewhere install the like of: $(PACKAGES)" >&2; exit 1; }
	@missing=(); for package in $(PACKAGES); do \
	  [ "$$(dpkg-query -W -f '$${db:Status-Status}' "$$package" 2>/dev/null || true)" = installed ] \
	    || missing+=("$$package"); done; \
	if [ "$${#missing[@]}" -gt 0 ]; then \
	  if [ "$$(id -u)" = 0 ]; then root=(env); \
	  elif command -v sudo >/dev/null; then root=(sudo env); \
	  else echo "make setup: as root, run: apt-get install $${missing[*]}" >&2; exit 1; fi; \
	  echo "make setup: installing $${missing[*]}"; \
	  "$${root[@]}" apt-get -o DPkg::Lock::Timeout=300 update -q; \
	  "$${root[@]}" DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -qy \
	    --no-install-recommends "$${missing[@]}"; \
	fi
	@provider="$$(readlink -f /etc/alternatives/libblas.so.3* 2>/dev/null | head -n 1 || true)"; \
	case "$$provider" in \
	  */openblas*) echo "make setup: BLAS comes from $$provider" ;; \
	  *) echo "make setup: BLAS comes from $${provider:-an unknown place}, not from OpenBLAS: slower. To change:" \
	       "update-alternatives --config libblas.so.3-$$(uname -m)-linux-gnu" ;; \
	esac

toolchain:
	@command -v swift >/dev/null || { \
	  echo "make setup: there is no Swift here; install 6.2 or later from https://www.swift.org/install" >&2; \
	  exit 1; }
	@swift --version 2>/dev/null | awk -v least="$(SWIFT_AT_LEAST)" ' \
	  match($$0, /Swift version [0-9]+\.[0-9]+/) { \
	    split(substr($$0, RSTART + 14, RLENGTH - 14), is, "."); split(least, want, " "); \
	    good = is[1] + 0 > want[1] + 0 || (is[1] + 0 == want[1] + 0 && is[2] + 0 >= want[2] + 0) } \
	  END { exit !good }' \
	  || { echo "make setup: Throng needs Swift 6.2 or later; this is: $$(swift --version 2>&1 | head -n 1)" >&2; \
	       exit 1; }

# The tools that the tests open a bundle with, in a virtual environment of their own; kept while the list is the same.
TOOLS := .build/tools
tools: packages
	@cmp -s Tests/requirements.txt $(TOOLS)/requirements.txt || { \
	  python3 -m venv $(TOOLS) && $(TOOLS)/bin/pip install --quiet --requirement Tests/requirements.txt \
	  && cp Tests/requirements.txt $(TOOLS)/requirements.txt; }

build: ## Build the program in release mode.
	swift build -c release --product throng

# Where `make install` puts things; DESTDIR is for packagers, who install into a folder that stands for the root.
PREFIX ?= /usr/local
DESTDIR ?=
INSTALLED = $(addprefix $(DESTDIR)$(PREFIX)/,bin/throng share/man/man1/throng.1 \
	share/bash-completion/completions/throng share/zsh/site-functions/_throng \
	share/fish/vendor_completions.d/throng.fish)

install: ## Install program, manual page and completions under PREFIX, /usr/local unless given.
	@[ -x $(THRONG) ] || { echo "make install: there is no $(THRONG); run 'make build' first" >&2; exit 1; }
	install -d $(dir $(INSTALLED))
	install -m 755 $(THRONG) $(word 1,$(INSTALLED))
	$(THRONG) man > $(word 2,$(INSTALLED))
	$(THRONG) completions bash > $(word 3,$(INSTALLED))
	$(THRONG) completions zsh > $(word 4,$(INSTALLED))
	$(THRONG) completions fish > $(word 5,$(INSTALLED))
	chmod 644 $(wordlist 2,5,$(INSTALLED))

uninstall: ## Remove what `make install` put under PREFIX.
	rm -f $(INSTALLED)

commands: build ## Bring Documentation/Commands.md up to date with the program.
	$(THRONG) man --format markdown > Documentation/Commands.md

demo: setup build ## Cluster the shipped corpus into ./demo and print the released tree.
	$(THRONG) run Corpora/assistant-log.jsonl --facet plan --out demo --force --ledger none

gallery: setup build ## Make the pictures of the explorer in Documentation/gallery.
	Documentation/gallery/make-gallery.sh

# The last line is Swift Testing's count. A run that counted nothing is a failed run.
test: setup tools lint ## Set up, check the style, build in release mode and run every test.
	swift build -c release --build-tests
	@swift test -c release --skip-build --disable-xctest 2>&1 | tee .build/test.log; \
	grep -qa 'Test run with [1-9]' .build/test.log || { echo "make test: no tests were run" >&2; exit 1; }

lint: toolchain ## Check the style.
	swift format lint --strict --recursive $(SWIFT_SOURCES)

format: toolchain ## Bring the sources into the style.
	swift format --in-place --recursive $(SWIFT_SOURCES)

# libFuzzer with the sanitizers of addresses and, in C, of undefined behaviour, in a build folder of its own. Findings lie in
# .build/fuzz/findings, what was learned in .build/fuzz/corpus; the hard inputs that are shipped in Tests/Fuzz/corpus.
FUZZ_SECONDS ?= 600
FUZZ_TARGETS ?= logs terms redactor study facets taxonomy classifier stages bundle
FUZZ := .build/fuzz
# By its whole path, for tests start the program in folders of their own, and in silence, for they look at all that it says.
LEAKS := LSAN_OPTIONS="suppressions=$(CURDIR)/Tests/Fuzz/leaks.supp:print_suppressions=0"
fuzz: setup ## Fuzz everything that reads foreign bytes, FUZZ_SECONDS of CPU each.
	THRONG_FUZZ=1 swift build -c release --build-path $(FUZZ) --product throng-fuzz \
	  -Xswiftc -sanitize=fuzzer,address -Xswiftc -use-ld=lld \
	  -Xcc -fsanitize=fuzzer,address,undefined -Xcc -fsanitize-trap=undefined -Xcc -march=native
	@failed=(); for target in $(FUZZ_TARGETS); do \
	  echo "make fuzz: $$target"; \
	  mkdir -p $(FUZZ)/findings $(FUZZ)/seeds/$$target $(FUZZ)/corpus/$$target $(FUZZ)/tmp; \
	  TMPDIR=$(FUZZ)/tmp $(LEAKS) THRONG_FUZZ_TARGET=$$target THRONG_FUZZ_SECONDS=$(FUZZ_SECONDS) \
	    THRONG_FUZZ_SEEDS=$(FUZZ)/seeds/$$target $(FUZZ)/release/throng-fuzz -timeout=60 -rss_limit_mb=4096 \
	    -print_final_stats=1 -artifact_prefix=$(FUZZ)/findings/$$target- $(FUZZ)/corpus/$$target $(FUZZ)/seeds/$$target \
	    > $(FUZZ)/$$target.log 2>&1 || failed+=("$$target"); \
	  tail -n 8 $(FUZZ)/$$target.log | grep -E 'stat::|SUMMARY' || true; \
	done; rm -rf $(FUZZ)/tmp; \
	if [ "$${#failed[@]}" -gt 0 ]; then echo "make fuzz: findings in $${failed[*]}; see $(FUZZ)/findings" >&2; exit 1; fi

# Each in a build folder of its own. lld, because gold cannot link what the sanitizers add.
SANITIZERS ?= thread address
sanitize: setup tools ## Run every test under the sanitizers of threads and of addresses: an hour.
	@for sanitizer in $(SANITIZERS); do \
	  swift build -c release --build-tests --build-path .build/$$sanitizer --sanitize $$sanitizer -Xswiftc -use-ld=lld; \
	  preloaded=; \
	  if [ "$$sanitizer" = thread ]; then \
	    preloaded="$$PWD/.build/mutex.so"; clang -O1 -shared -fPIC -o "$$preloaded" Tests/Sanitizers/mutex.c -ldl; \
	  fi; \
	  THRONG_SANITIZER=$$sanitizer LD_PRELOAD=$$preloaded $(LEAKS) \
	    .build/$$sanitizer/release/throngPackageTests.xctest --testing-library swift-testing; \
	done

# The peers go into a virtual environment of their own.
PYTHON := .build/peers/bin/python
peers: setup build
	swift build -c release --product throng-bench
	python3 -m venv .build/peers
	.build/peers/bin/pip install --quiet --requirement Benchmarks/requirements.txt

bench: peers ## Measure everything against named peers: about two hours.
	$(PYTHON) Benchmarks/kmeans.py
	$(PYTHON) Benchmarks/svd.py
	$(PYTHON) Benchmarks/ward.py
	$(PYTHON) Benchmarks/ward.py --large
	$(PYTHON) Benchmarks/whole_run.py newsgroups20
	$(PYTHON) Benchmarks/whole_run.py 131484 --runs 3
	$(PYTHON) Benchmarks/large.py
	$(PYTHON) Benchmarks/quality.py
	$(PYTHON) Benchmarks/sentiment.py
	$(PYTHON) Benchmarks/facets.py
	$(PYTHON) Benchmarks/vectorise.py
	$(PYTHON) Benchmarks/redaction.py
	$(PYTHON) Benchmarks/classifier.py
	$(PYTHON) Benchmarks/bootstrap.py
	$(PYTHON) Benchmarks/study.py

bench-quick: peers ## The same on small data, in two minutes, without a record.
	$(PYTHON) Benchmarks/kmeans.py --quick
	$(PYTHON) Benchmarks/svd.py --corpus clinc150 --repeats 3 --no-record
	$(PYTHON) Benchmarks/ward.py --rows 4000 --runs 1 --no-record

soak: setup build ## Disturb runs at 200 random points, and compare what the resumed ones end in: some minutes.
	python3 Tests/Soak/soak.py --log .build/soak.jsonl

clean: ## Remove what was built.
	rm -rf .build demo
