"""The specification, printed from `tests/spec`: folder, file and test are chapter, section and
paragraph."""

import ast
import inspect
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "tests" / "spec"


def body() -> str:
    """Every chapter; a test without a docstring says enough by its name."""
    parts = [
        "Each paragraph is a test, with a small table in and numbers out; the name in brackets "
        "finds it in `tests/spec/`."
    ]
    for chapter in sorted(path for path in FOLDER.iterdir() if path.is_dir()):
        sections = sorted(chapter.glob("test_*.py"))
        if sections:
            parts.append(f"## {chapter.name.replace('_', ' ').capitalize()}")
            parts += [_section(path) for path in sections]
    return "\n\n".join(parts)


def _section(path: Path) -> str:
    tree = ast.parse(path.read_text("utf-8"))
    lines = [f"### {_title(tree) or path.stem}", _doc(tree)]
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            name = node.name.removeprefix("test_")
            said = name.replace("_", " ").capitalize()
            lines.append(
                f"**{said}.** {_doc(node)} (`{path.name}::{node.name}`)".replace("  ", " ")
            )
    return "\n\n".join(line for line in lines if line)


def _title(tree: ast.Module) -> str:
    for node in tree.body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id == "title"
            and isinstance(node.value, ast.Constant)
        ):
            return str(node.value.value)
    return ""


def _doc(node: ast.Module | ast.FunctionDef) -> str:
    return inspect.cleandoc(ast.get_docstring(node) or "")
