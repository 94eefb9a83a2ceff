# The commands of Rights Desk. `make` alone lists them.
PYTHON := .venv/bin/python
LIVE := tests/browser tests/e2e
KNOWN := golden/own_questions.jsonl golden/own_out_of_scope.jsonl golden/strangers.jsonl golden/whatsapp.jsonl
QUESTIONS ?= $(KNOWN) golden/chat.jsonl golden/unseen.jsonl

.DEFAULT_GOAL := help
.PHONY: help run test check train eval bench compare hint3 calibrate learn lock clean

help: ## list the commands
	@grep -hE '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "make %-10s %s\n", $$1, $$2 }'

run: ## set everything up and start the assistant (Ctrl-C stops it)
	@./setup.sh run
	@exec $(PYTHON) -m bot run

test: ## set everything up, then run all checks and tests
	@./setup.sh test
	@$(MAKE) --no-print-directory check
	@$(PYTHON) -m bot train
	@mkdir -p results
	@# Those with real processes mostly wait: the others use the second core meanwhile.
	@$(PYTHON) -m pytest $(LIVE) -m "not alone" > results/live-tests.log 2>&1 & live=$$!; \
		$(PYTHON) -m pytest $(LIVE:%=--ignore=%) -m "not alone"; rest=$$?; \
		wait $$live; live=$$?; cat results/live-tests.log; exit $$((rest || live))
	@$(PYTHON) -m pytest tests/gateway tests/e2e -m alone

check: ## style, types, layers and the knowledge files
	@./setup.sh test
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports
	@$(PYTHON) -m bot knowledge check

train: ## train the model if its inputs changed
	@./setup.sh run
	@$(PYTHON) -m bot train

eval: ## how well it answers, as a report in results/: make eval QUESTIONS="a.jsonl b.jsonl"
	@./setup.sh test
	@$(PYTHON) -m bench.evaluate $(QUESTIONS)

bench: ## measure speed, memory and start-up
	@./setup.sh test
	@$(PYTHON) -m bench

compare: ## beside stock Rasa and plain searches: make compare QUESTIONS="a.jsonl b.jsonl"
	@./setup.sh test
	@./setup.sh stock
	@$(PYTHON) -m bench.compare .venv-stock/bin/rasa $(QUESTIONS)

hint3: ## our NLU on the HINT3 sets: make hint3 DATA=folder
	@./setup.sh test
	@$(PYTHON) -m bench.hint3 $(DATA)

calibrate: ## choose the thresholds anew; files for the limits alone: make calibrate LIMITS="a.jsonl"
	@$(PYTHON) -m bot calibrate $(KNOWN) --learn-only golden/no_entry_yet/asked.jsonl --limit-only $(LIMITS)

learn: ## teach the encoders our own examples (15 minutes; once a larger change of entries)
	@./setup.sh run
	@./setup.sh learn
	@$(PYTHON) -m bench.learn .venv-learn/bin/python

lock: ## remake the lock files from requirements*.in (needs uv)
	@uv pip compile -q requirements.in --override requirements-overrides.txt --python-version 3.10 \
		--generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements.txt
	@uv pip compile -q requirements-dev.in --override requirements-overrides.txt --python-version 3.10 \
		--generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements-dev.txt
	@uv pip compile -q bench/stock-requirements.in --python-version 3.10 \
		--generate-hashes --no-emit-index-url --no-header --no-annotate -o bench/stock-requirements.txt
	@uv pip compile -q bench/learn-requirements.in --python-version 3.10 \
		--generate-hashes --no-emit-index-url --no-header --no-annotate -o bench/learn-requirements.txt

clean: ## remove what can be made again; never the data in var/
	@rm -rf .venv .venv-stock .venv-learn .rasa models results .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	@find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
