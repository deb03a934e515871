# Two commands: `make film` sets everything up and renders the core films; `make test` runs every check.
# Another Python: make film PYTHON=python3.12. Set-up runs again only when pyproject.toml or tools/setup.sh changes.

PYTHON ?= python3
VENV := .venv
READY := $(VENV)/.ready
SCENES := forward backward vanishing momentum convolution rnn
RUN := $(VENV)/bin/python
# Who tests what: tests/groups.py.
WORKERS := -n auto --maxprocesses 4
# What concerns one film: its pictures and words, its recorder, and what goes through all recorders.
RECORDER = $(shell sed -n 's/.*recorder="\(.*\)",.*/\1/p' scenes/$(SCENE)/__init__.py 2>/dev/null)
ONE_FILM = tests/films tests/inspect tests/golden tests/scenes tests/test_films.py \
	$(shell grep -lE 'RECORDERS|SCENES' tests/engine/test_*.py) $(wildcard tests/engine/test_$(RECORDER)*.py)

.PHONY: film lecture test golden bench setup clean

film: $(READY)
	$(RUN) render.py render $(SCENES) --lang both -q 1080p60 -o media/

# The core lecture in both languages, some ten minutes each.
lecture: $(READY)
	$(RUN) render.py lecture lectures/core.toml --lang both -o media/

# With SCENE=pooling: what concerns one film, in less than a minute.
test: $(READY)
ifdef SCENE
	$(if $(RECORDER),,$(error There is no film $(SCENE): SCENE takes a name that `gradreel list` shows))
	$(RUN) -m pytest $(WORKERS) -k "$(SCENE) or test_$(RECORDER)" $(ONE_FILM)
else
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(RUN) -m pytest $(WORKERS)
endif

# The small frames that tests compare with, drawn anew after a look at them: make golden SCENE=forward
golden: $(READY)
	$(RUN) -m tests.golden.renew $(SCENE)

# By hand, on a quiet machine: half an hour or so.
bench: $(READY)
	$(RUN) bench/speed.py --rounds 3
	$(RUN) bench/quality.py
	$(RUN) bench/length.py

setup: $(READY)

$(READY): pyproject.toml tools/setup.sh
	PYTHON="$(PYTHON)" VENV="$(VENV)" sh tools/setup.sh
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find engine scenes pipeline tests src tools -name __pycache__ -type d -prune -exec rm -rf {} +
