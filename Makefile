# Three commands do everything; each sets up first, once.
#   make report   clean data/raw (a made-up district if it is empty), run the notebooks, write the report
#   make test     all that has to hold: style, types, import rules, tests
#   make lab      JupyterLab on the notebooks, with the project's own kernel
# Needs python 3.11 or newer and make. PYTHON=… chooses another interpreter.

PYTHON ?= python3
VENV   := .venv
ifeq ($(OS),Windows_NT)
BIN    := $(VENV)/Scripts
else
BIN    := $(VENV)/bin
endif
# Outside a proper locale the console may still be ASCII; our messages are not.
export PYTHONUTF8 := 1

.PHONY: report test lab lint score limits fuzz walk clean-all setup
.DEFAULT_GOAL := report

# Each time and at once: a clone that was set up before there was a hook gets it too.
setup: $(VENV)/.setup-done
	@$(BIN)/python -m louxing_analysis.commit_check --install

# Made again only when the lock or the metadata change.
$(VENV)/.setup-done: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m ipykernel install --sys-prefix --name louxing --display-name "louxing_analysis" >/dev/null
	@touch $@

report: setup
	$(BIN)/louxing run

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

test: lint
	$(BIN)/python -m pytest

lab: setup
	$(BIN)/jupyter lab --notebook-dir=. notebooks/10-what-arrived.ipynb

# How well cleaning found the truth of the made-up district; the table of the README.
score: setup
	$(BIN)/louxing score

# Every hostile file through the command itself: 5 seconds of processor and 512 MB at most.
limits: setup
	$(BIN)/python -m tests.cleaning.check_limits

# Broken workbooks by the thousand; another SEED breaks them otherwise.
COUNT ?= 20000
SEED  ?= 1
fuzz: setup
	$(BIN)/python -m tests.cleaning.fuzz --count $(COUNT) --seed $(SEED)
