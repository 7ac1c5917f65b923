"""One set of rules for names and for the text that goes into comments, whatever the language."""

from __future__ import annotations

import keyword
import re
import textwrap
from collections.abc import Sequence

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+|[0-9]+")

TYPESCRIPT_RESERVED = frozenset(
    # ruff: noqa: SIM905 - a word list reads better as words
    """
    arguments await break case catch class const constructor continue debugger default delete do
    else enum eval export extends false finally for function if implements import in instanceof
    interface let new null package private protected prototype public return static super switch
    this throw true try typeof undefined var void while with yield
    """.split()
)
# `delete` is a fine method name in TypeScript and Python; only a binding may not be called so.
METHOD_NAMES_ALLOWED = frozenset({"delete"})


def words(name: str) -> list[str]:
    """`listAPIKeys`, `list_api_keys`, `list-api-keys` -> `["list", "api", "keys"]`."""
    return [word.lower() for word in _WORD.findall(name)]


def snake(name: str) -> str:
    return "_".join(words(name))


def kebab(name: str) -> str:
    return "-".join(words(name))


def camel(name: str) -> str:
    first, *rest = words(name)
    return first + "".join(word.capitalize() for word in rest)


def pascal(name: str) -> str:
    return "".join(word.capitalize() for word in words(name))


def constant(name: str) -> str:
    return snake(name).upper()


def title(name: str) -> str:
    """`api_keys` -> `Api keys`: a heading."""
    return " ".join(words(name)).capitalize()


def is_reserved(name: str) -> bool:
    """True when `name` cannot be an identifier in both client languages."""
    if name in METHOD_NAMES_ALLOWED:
        return False
    return keyword.iskeyword(name) or name in TYPESCRIPT_RESERVED


def wrap(text: str, *, width: int, indent: str = "") -> list[str]:
    """Paragraphs of `text`, wrapped to `width` columns counting `indent`, lines without `indent`.

    List items and indented lines (that start with `-`, `*`, a digit and a dot, or four blanks)
    keep their own lines.
    """
    lines: list[str] = []
    for paragraph in re.split(r"\n\s*\n", textwrap.dedent(text).strip()):
        if lines:
            lines.append("")
        for block in _blocks(paragraph):
            lines.extend(_wrap_block(block, width - len(indent)))
    return lines


_ITEM = re.compile(r"^(?:\s*(?:[-*]|\d+\.)\s+| {4})")


def _blocks(paragraph: str) -> list[str]:
    """A paragraph as running text and list items, each to be wrapped on its own."""
    blocks: list[str] = []
    for line in paragraph.splitlines():
        if _ITEM.match(line) or not blocks:
            blocks.append(line.rstrip())
        else:
            blocks[-1] += " " + line.strip()
    return blocks


def _wrap_block(block: str, width: int) -> list[str]:
    marker = _ITEM.match(block)
    hanging = " " * (len(marker.group()) + 4 * block.startswith("    ")) if marker else ""
    return textwrap.wrap(
        block,
        max(width, 20),
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def docstring(text: str | Sequence[str], *, indent: str = "    ", width: int = 100) -> str:
    """`text` as a Python docstring whose lines after the first carry `indent`.

    The result starts with the quotes and no indent: put it where the indent already stands.
    A sequence holds blocks that are joined by blank lines (summary, arguments, errors).
    """
    body = _join(text, width=width - 3, indent=indent)
    safe = [line.replace("\\", "\\\\").replace('"""', '\\"\\"\\"') for line in body]
    if len(safe) == 1 and len(indent) + len(safe[0]) + 6 <= width:
        # A quote before the closing quotes would read as four.
        return f'"""{safe[0]}"""' if not safe[0].endswith('"') else f'"""{safe[0]} """'
    lines = [f'"""{safe[0]}', *(indent + line if line else "" for line in safe[1:])]
    return "\n".join([*lines, f'{indent}"""'])


def jsdoc(text: str | Sequence[str], *, indent: str = "  ", width: int = 100) -> str:
    """`text` as a JSDoc comment whose lines after the first carry `indent`."""
    body = [line.replace("*/", "*\\/") for line in _join(text, width=width - 3, indent=indent)]
    if len(body) == 1 and len(indent) + len(body[0]) + 7 <= width:
        return f"/** {body[0]} */"
    lines = [f"{indent} * {line}".rstrip() for line in body]
    return "\n".join(["/**", *lines, f"{indent} */"])


def _join(text: str | Sequence[str], *, width: int, indent: str) -> list[str]:
    lines: list[str] = []
    for block in [text] if isinstance(text, str) else text:
        if block.strip():
            lines += ["", *wrap(block, width=width, indent=indent)]
    return lines[1:] or [""]
