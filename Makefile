# What a newcomer types: `make chat` and `make test`. The README shows the plain lines they stand for.

PYTHON ?= python3
ENVIRONMENT := .venv
INSTALLED := $(ENVIRONMENT)/.installed

.PHONY: chat test check install
.DEFAULT_GOAL := chat

chat: $(INSTALLED)
	$(ENVIRONMENT)/bin/presscite index
	$(ENVIRONMENT)/bin/presscite chat

test: $(INSTALLED)
	$(ENVIRONMENT)/bin/python -m pytest

check: $(INSTALLED)
	$(ENVIRONMENT)/bin/ruff check .
	$(ENVIRONMENT)/bin/ruff format --check .
	$(ENVIRONMENT)/bin/mypy

install: $(INSTALLED)

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(ENVIRONMENT)
	$(ENVIRONMENT)/bin/python -m pip install -c constraints.txt -e '.[dev]'
	touch $@
