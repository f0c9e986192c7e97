# All set-up happens here: each command makes .venv if need be, and installs into it what it uses, once.
# Another Python, 3.11 or later: make demo PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLE ?= samples/district_2024.toml
MEASURE ?=

.PHONY: help demo test test-fast lint docs coverage coverage-report pictures clean
.DELETE_ON_ERROR:

help:  ## list these commands 列出这些命令
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/for-demo  ## build a sample report 生成一份样例报告
	@$(BIN)/python tools/prepared_templates.py
	@$(BIN)/gxgen build '$(SAMPLE)' -o demo >/dev/null
	@echo
	@echo "样例报告已生成，请用 Word、WPS 或 LibreOffice 打开："
	@echo "The sample report is ready; open it in Word, WPS or LibreOffice:"
	@for file in demo/*.docx demo/*.txt; do echo "    $(CURDIR)/$$file"; done
	@echo "它的数据文件 / made from: $(SAMPLE)"

test: $(VENV)/for-test  ## run all tests 运行全部测试
	@$(BIN)/python tools/prepared_templates.py
	$(BIN)/python -m pytest --numprocesses auto $(if $(MEASURE),--cov --cov-report= --cov-fail-under=0)

test-fast: $(VENV)/for-test  ## run most tests in two minutes 两分钟内运行大部分测试
	@$(BIN)/python tools/prepared_templates.py
	$(BIN)/python -m pytest --numprocesses auto --hypothesis-profile fast -m 'not slow'

lint: $(VENV)/for-lint  ## check style and types 检查代码风格和类型
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/docxtpl-lint templates/*/*.docx
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/[!c]*.yml

docs: $(VENV)/for-docs  ## build the documentation site in site/ 生成文档网站
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --clean --quiet
	@echo "文档网站已生成 The site is ready: $(CURDIR)/site/index.html"

coverage:  ## run all tests, tell the lines they miss 测试覆盖率
	@$(MAKE) --no-print-directory test MEASURE=1
	@$(MAKE) --no-print-directory coverage-report

coverage-report: $(VENV)/for-test
	$(BIN)/coverage report

pictures: demo  ## draw the sample's pages (needs LibreOffice, poppler) 画出样例的每一页
	$(BIN)/python tools/page_pictures.py demo/*.docx -o demo/pages

clean:  ## delete whatever these commands made 删除以上命令的产物
	rm -rf $(VENV) demo build dist site gxgen/prepared .hypothesis .mypy_cache .pytest_cache .ruff_cache .coverage .coverage.*
	find gxgen tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# A file in .venv says what has been installed: gxgen itself, in place, and what one kind of work needs besides.

$(VENV)/for-demo: EXTRAS :=
$(VENV)/for-test: EXTRAS := [test]
$(VENV)/for-lint: EXTRAS := [test,lint]
$(VENV)/for-docs: EXTRAS := [docs]

$(VENV)/for-%: pyproject.toml
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(MAKE) --no-print-directory $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.$(EXTRAS)'
	@touch $@

.PHONY: $(VENV)
$(VENV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11+ is needed 需要 Python 3.11 以上: make PYTHON=python3.12")'
	$(PYTHON) -m venv --clear $(VENV)
