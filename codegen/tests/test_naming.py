from __future__ import annotations

import pytest

from codegen import naming


@pytest.mark.parametrize(
    ("name", "snake", "camel", "pascal"),
    [
        ("createDebate", "create_debate", "createDebate", "CreateDebate"),
        ("listAPIKeys", "list_api_keys", "listApiKeys", "ListApiKeys"),
        ("api_keys", "api_keys", "apiKeys", "ApiKeys"),
        ("Idempotency-Key", "idempotency_key", "idempotencyKey", "IdempotencyKey"),
        ("debate.created", "debate_created", "debateCreated", "DebateCreated"),
    ],
)
def test_a_name_has_one_spelling_in_each_language(
    name: str, snake: str, camel: str, pascal: str
) -> None:
    assert (naming.snake(name), naming.camel(name), naming.pascal(name)) == (snake, camel, pascal)


@pytest.mark.parametrize("name", ["import", "class", "yield", "function", "None"])
def test_reserved_words_of_either_language_are_no_names(name: str) -> None:
    assert naming.is_reserved(name)


def test_delete_is_a_fine_method_name() -> None:
    assert not naming.is_reserved("delete")


def test_a_docstring_that_ends_in_a_quote_still_closes() -> None:
    text = naming.docstring('Say "hello"')

    scope: dict[str, object] = {}
    exec(f"def f():\n    {text}\n", scope)

    assert str(scope["f"].__doc__).strip() == 'Say "hello"'


def test_a_docstring_keeps_backslashes_and_triple_quotes() -> None:
    said = 'A pattern \\d and """ inside.'

    scope: dict[str, object] = {}
    exec(f"def f():\n    {naming.docstring(said)}\n", scope)

    assert scope["f"].__doc__ == said


def test_long_texts_are_wrapped_and_items_hang() -> None:
    text = "- " + "word " * 30 + "\n- second"

    lines = naming.wrap(text, width=60)

    assert all(len(line) <= 60 for line in lines)
    assert lines[1].startswith("  word")
    assert lines[-1] == "- second"


def test_a_comment_cannot_be_closed_by_its_text() -> None:
    assert "*/" not in naming.jsdoc("Ends here */ or not")[:-2]
