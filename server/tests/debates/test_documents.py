from __future__ import annotations

import hashlib

import pytest
from aragora_server.debates.documents import Source, read


def passages(text: str, media_type: str = "text/markdown") -> tuple[str, ...]:
    (document,) = read([Source(name="a", media_type=media_type, text=text)])
    return document.passages


def test_a_blank_line_parts_passages() -> None:
    assert passages("one\nstill one\n\n\ntwo\n") == ("one\nstill one", "two")


def test_a_heading_stays_with_what_it_heads() -> None:
    assert passages("# Title\n\n## Part\n\ntext\n\nmore") == ("# Title\n## Part\ntext", "more")


def test_in_plain_text_a_number_sign_is_no_heading() -> None:
    assert passages("# one\n\ntwo", "text/plain") == ("# one", "two")


def test_a_code_fence_stays_whole() -> None:
    text = "```py\na\n\nb\n```\n\nafter"

    assert passages(text) == ("```py\na\n\nb\n```", "after")


@pytest.mark.parametrize("fence", ["```", "~~~~"])
def test_a_fence_that_is_never_closed_reaches_to_the_end(fence: str) -> None:
    assert passages(f"{fence}\na\n\nb") == (f"{fence}\na\n\nb",)


def test_line_ends_and_a_byte_order_mark_do_not_count() -> None:
    assert passages("\ufeffone\r\n\r\ntwo\rtwo") == ("one", "two\ntwo")


def test_the_digests_are_of_what_was_sent_and_of_what_was_read() -> None:
    (document,) = read([Source(name="a", media_type="text/plain; charset=utf-8", text="a\r\nb")])

    assert document.sha256 == hashlib.sha256(b"a\r\nb").hexdigest()
    assert document.text_sha256 == hashlib.sha256(b"a\nb").hexdigest()
    assert (document.media_type, document.byte_count) == ("text/plain", 4)


def test_documents_are_numbered_in_the_order_given() -> None:
    documents = read(Source(name=name, text="x") for name in "ab")

    assert [(document.no, document.name) for document in documents] == [(1, "a"), (2, "b")]
