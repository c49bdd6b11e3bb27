# make site   builds everything into site/            make test    runs every test
# make serve  shows the site and rebuilds on a change make check   checks the handbook and our own code
# make bench  measures, and writes tests/bench/results.md  make clean  removes what was built or installed here
# make test-all  runs what takes longer, too: storms, many cases, other days, zones and languages
#
# What a fresh machine lacks is installed first: Python packages into .venv, system packages by apt-get.

.PHONY: site test test-all serve check bench clean pins
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin

site: .venv/.built-with
	$(BIN)/clausebook build

# One process more than there are cores, because tests wait for browsers and commands; the tests of a file stay together, because they share
# what they build. No test takes a tenth of the limit.
PYTEST := $(BIN)/python -m pytest tests --numprocesses $$(($$(nproc) + 1)) --dist loadfile --no-loadscope-reorder --durations 25

test: .venv/.tested-with
	$(PYTEST) --timeout 900

# What takes long: storms, repeats and comparisons that are marked `long`; as many cases, packs and trusts as there are figures for; the tests
# at other moments, in other zones and another language.
test-all: test
	@.ci/install-system faketime locales nginx-light
	$(PYTEST) --timeout 3600 -m long
	CLAUSEBOOK_FUZZ_COUNT=10000 $(BIN)/python -m pytest tests/hostile/test_broken_input.py -k promise --timeout 3600
	PACKS=10000 $(BIN)/python -m pytest tests/acks/test_mutated_packs.py --timeout 3600
	TRUSTS=45 $(BIN)/python -m pytest tests/browser/test_many_trusts.py --timeout 3600
	.ci/other-clocks

serve: .venv/.built-with
	$(BIN)/clausebook serve

check: .venv/.tested-with
	$(BIN)/clausebook check
	$(BIN)/ruff check generator tests overrides
	$(BIN)/ruff format --check generator tests overrides
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32
	$(BIN)/python -m pytest --quiet tests/test_scripts.py tests/test_prose.py

bench: .venv/.tested-with
	cd tests && PYTHONPATH=.. ../$(BIN)/python -m bench $(if $(ONLY),--only $(ONLY))

clean:
	rm -rf .venv build site tests/node_modules

# Pango lays out PDFs; Liberation Sans is the one font whose form fields pass PDF/UA. Noto has what names are written in
# beside Latin letters: Arabic, Bengali, Devanagari, Gujarati, Gurmukhi, Tamil, Urdu … and Chinese, Japanese, Korean.
.venv/.built-with: generator/requirements.txt pyproject.toml
	@.ci/install-system libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation fonts-noto-core fonts-noto-cjk $(if $(shell $(PYTHON) -c 'import ensurepip' 2>/dev/null && echo yes),,python3-venv)
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r generator/requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# Chromium is the browser of the tests, libatomic is what its driver needs, Java runs the Nu HTML checker, poppler turns PDFs into pictures,
# LibreOffice reads and writes Word files as another program does.
.venv/.tested-with: .venv/.built-with tests/requirements.txt tests/package-lock.json
	@.ci/install-system default-jre-headless libatomic1 libreoffice-writer poppler-utils $(if $(shell command -v npm),,npm)
	@.ci/install-system chromium-headless-shell || .ci/install-system chromium
	$(BIN)/python -m pip install --quiet --require-hashes -r tests/requirements.txt
	cd tests && npm ci --ignore-scripts --silent --no-audit --no-fund
	@touch $@

# Writes the pinned requirements again: versions and hashes, and no address of an index.
pins:
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --extra pdf --extra scans --output-file generator/requirements.txt pyproject.toml generator/build-requirements.in
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --output-file tests/requirements.txt tests/requirements.in
