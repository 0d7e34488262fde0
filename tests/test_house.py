"""The house's rules: which folder may import which, and queries that answer their own example."""

import ast
import json
import re
from pathlib import Path

import pytest

from equity import database
from tests.conftest import HOUSE

MAY_IMPORT = {
    "dashboard.py": {"ui", "teaching", "equity"},
    "pages": {"ui", "teaching", "equity"},
    "ui": {"ui", "teaching", "equity"},
    "teaching": {"teaching", "equity"},
    "equity": {"equity"},
    "etl": {"etl", "equity"},
}
OURS = {"pages", *MAY_IMPORT} - {"dashboard.py"}
KNOW_STREAMLIT = {"dashboard.py", "pages", "ui"}
FILES = [
    path for part in MAY_IMPORT for path in sorted((HOUSE / part).rglob("*.py")) or [HOUSE / part]
]


def imports(path: Path) -> set[str]:
    """Give the top-level names that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_imports_only_what_its_folder_may(path):
    part = path.relative_to(HOUSE).parts[0]
    assert imports(path) & OURS <= MAY_IMPORT[part]
    assert part in KNOW_STREAMLIT or "streamlit" not in imports(path)


@pytest.mark.parametrize("query", sorted(path.stem for path in database.QUERIES.glob("*.sql")))
def test_query_answers_its_example(starter, query):
    example = json.loads(re.search(r"^-- example: (.*)$", database.sql(query), re.MULTILINE)[1])
    assert len(database.ask(starter, query, **example)) > 0
