# 알뜰: the four commands a person needs, and the slow ones.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
DEV_STAMP := .venv/.installed-dev

FRONT := src/altteul/web/static/built/manifest.json
FRONT_SOURCES := $(wildcard frontend/src/*) frontend/package.json frontend/package-lock.json frontend/vite.config.js

.PHONY: install front wheel demo test quick test-train check docs bench screenshots lock clean

install: $(STAMP)  ## make .venv with the command `altteul`

$(STAMP): pyproject.toml requirements/run.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements/run.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	touch $@

$(DEV_STAMP): $(STAMP) requirements/dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements/dev.txt
	touch $@

front: $(FRONT)  ## the islands of the page, where Node is there; else the page does without

# A failure here (no network) must not stop anything: the page works without islands and says so.
$(FRONT): $(FRONT_SOURCES)
	@if command -v npm >/dev/null 2>&1; then \
	  (cd frontend && npm ci --silent && npm run --silent build -- --logLevel warn) \
	    || echo "화면 조각을 만들지 못했습니다. 화면은 조각 없이도 됩니다."; \
	else echo "Node가 없어 화면 조각은 만들지 않습니다. 화면은 조각 없이도 됩니다."; fi

wheel: front $(DEV_STAMP)  ## a wheel with the islands in it, in dist/
	$(BIN)/python -m pip wheel -q --no-deps -w dist .

demo: install front  ## a simulated district, and the page on it
	$(BIN)/altteul demo

test: $(DEV_STAMP) front  ## all tests
	$(BIN)/python -m pytest -n 2

quick: $(DEV_STAMP) front  ## the tests that take seconds
	$(BIN)/python -m pytest -n 2 -m "not slow"

test-train: $(DEV_STAMP)  ## the tests that train the model (installs PyTorch, ONNX and Ray)
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[train,ray]'
	$(BIN)/python -m pytest tests/foundation

check: $(DEV_STAMP)  ## linter, formatter, type checker
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(DEV_STAMP)  ## run every command and sample of the docs
	$(BIN)/python -m pytest tests/docs

bench: $(DEV_STAMP) front  ## every benchmark, beside its peer
	for f in benchmarks/*.py; do $(BIN)/python $$f || exit 1; done

screenshots: $(DEV_STAMP) front  ## pictures of every screen of the practice market (needs Chromium)
	$(BIN)/python tests/web/take_screenshots.py screenshots

lock:  ## renew the pinned versions (needs uv)
	uv pip compile pyproject.toml --universal --generate-hashes --no-header -q -o requirements/run.txt
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-header -q -o requirements/dev.txt

clean:
	rm -rf frontend/node_modules src/altteul/web/static/built .venv .mypy_cache .ruff_cache .pytest_cache
