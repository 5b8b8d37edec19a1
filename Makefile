# make run · make test · make check — needs only make and Python 3.11 or newer (with venv).
# Everything is installed into .venv by scripts/bootstrap.py; nothing outside this folder is touched.

PYTHON ?= python3
PORT   ?=
ARGS   ?=
BIN    := .venv/bin
LOCK   := $(BIN)/uv pip compile --quiet pyproject.toml --generate-hashes --no-emit-index-url --universal --python-version 3.11 --no-header

.DEFAULT_GOAL := help
.PHONY: help run test check format bench vendor messages lock spark wheel clean prepare-run prepare-test

help:
	@echo 'make run [PORT=8000]   启动工作台（演示数据）    run the workbench with demonstration data'
	@echo 'make test [ARGS=...]   运行测试                  run the tests'
	@echo 'make check             静态检查与内容包检查      linters, types, contracts, packs'
	@echo 'make bench             性能对比                  benchmarks with their peers'
	@echo 'make vendor            更新前端第三方文件        fetch the front-end libraries again (needs npm)'
	@echo 'make messages          更新译文                  collect and compile translations'
	@echo 'make spark             安装 Spark 供慢测试用     install Spark itself for the slow tests (needs Java 17)'
	@echo 'make lock              更新依赖锁定文件          resolve the lock files again'
	@echo 'make clean             删除环境和缓存（不删数据）remove environment and caches, never data'

prepare-run:
	@$(PYTHON) scripts/bootstrap.py run

prepare-test:
	@$(PYTHON) scripts/bootstrap.py test

run: prepare-run
	@exec $(BIN)/gaoxin serve --demo $(if $(PORT),--port $(PORT)) $(ARGS)

test: prepare-test
	@$(BIN)/python -m pytest $(ARGS)

check: prepare-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/gaoxin check

format: prepare-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: prepare-test
	@$(BIN)/python bench/run.py $(ARGS)

vendor: prepare-test
	@$(BIN)/python scripts/vendor.py

messages: prepare-test
	@$(BIN)/python scripts/messages.py

lock: prepare-test
	$(LOCK) --group build -o requirements.lock
	$(LOCK) --group dev -c requirements.lock -o requirements-dev.lock
	$(subst pyproject.toml,bench/peers.in,$(LOCK)) -c requirements.lock -o bench/peers.lock
	$(subst pyproject.toml,tests/compute/spark.in,$(LOCK)) -o tests/compute/spark.lock

# Spark and its client cannot share an environment.
spark: prepare-test
	@test -x .venv/spark/bin/python || $(PYTHON) -m venv .venv/spark
	@.venv/spark/bin/python -m pip install --quiet --require-hashes -r tests/compute/spark.lock

wheel: prepare-test
	$(BIN)/uv build --wheel --no-build-isolation -o dist .

clean:
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests scripts bench -name __pycache__ -type d -prune -exec rm -rf {} +
