"""What a letter says, and that nothing in an event can change what it is."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest
from aragora_server.mail.letters import Letters
from aragora_server.mail.server import AddressInvalid, MailInvalid, mail_server
from aragora_server.mail.words import words_for

from tests.told import EVENTS

LETTERS = Letters(sender="Aragora <alerts@example.com>", public_url="https://aragora.example")


def letter(kind: str = "budget.threshold_reached", **budget: Any) -> EmailMessage:
    event = EVENTS[kind]
    standing = {**event["data"]["budget"], **budget}
    event = {**event, "data": {**event["data"], "budget": standing}}
    return LETTERS.letter(to="ada@example.com", key="alert-1", event=event)


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert isinstance(part, EmailMessage)
    text: str = part.get_content()
    return text


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS.keys())
def test_every_event_of_the_contract_is_told_as_text_and_as_html(event: dict[str, Any]) -> None:
    message = LETTERS.letter(to="ada@example.com", key="alert-1", event=event)

    words = words_for(event)
    assert message["Subject"] == words.headline
    assert message.get_content_type() == "multipart/alternative"
    for label, value in words.facts:
        assert label in body(message, "plain")
        assert value in body(message, "plain")
        assert value in body(message, "html")
    assert "$" not in body(message, "html")


def test_the_text_says_what_the_picture_shows() -> None:
    text = body(letter(), "plain")

    assert text.startswith(
        "Budget “Team budget” has reached 80 % of its limit\n"
        "==================================================\n\n"
        "20.01 USD of 25.00 USD are spent in the period that ends 1 December\n"
        "2026, 00:00 UTC.\n\n"
        "Spent:                        20.01 USD of 25.00 USD\n"
        "Reserved for calls under way: 0.30 USD\n"
        "Left:                         4.69 USD\n"
    )


def test_amounts_are_told_to_the_last_micro_usd() -> None:
    text = body(letter(spent_usd="1234567.000001", remaining_usd=None), "plain")

    assert "1,234,567.000001 USD of 25.00 USD" in text
    assert "no limit is enforced" in text


def test_a_name_stays_a_name_wherever_it_is_written() -> None:
    evil = 'Team\r\nBcc: eve@example.com\n\n<script>alert("x")</script> $facts \u202e\x1b[31m'

    message = letter(name=evil)

    assert "Bcc" not in message
    assert "\n" not in str(message["Subject"])
    assert "\u202e" not in str(message["Subject"])
    assert "<script>" not in body(message, "html")
    assert "&lt;script&gt;" in body(message, "html")
    head = message.as_bytes().split(b"\r\n\r\n")[0]
    assert b"\r\nBcc" not in head


@pytest.mark.parametrize(
    "to",
    [
        "ada",
        "ada@localhost",
        "ada@example.com\r\nBcc: eve@example.com",
        "ada@example.com, eve@example.com",
        "Ada <ada@example.com>",
        "ada@ex ample.com",
        f"{'a' * 65}@example.com",
        "größe@example.com",
    ],
)
def test_nothing_is_written_to_what_is_no_address(to: str) -> None:
    event = EVENTS["budget.exhausted"]
    with pytest.raises(AddressInvalid):
        LETTERS.letter(to=to, key="alert-1", event=event)


def test_a_repetition_is_known_by_its_message_id() -> None:
    event = EVENTS["budget.exhausted"]

    first = LETTERS.letter(to="ada@example.com", key="alert-1", event=event)
    again = LETTERS.letter(to="Ada@example.com", key="alert-1", event=event)
    others = [
        LETTERS.letter(to="eve@example.com", key="alert-1", event=event),
        LETTERS.letter(to="ada@example.com", key="alert-2", event=event),
    ]

    assert first["Message-ID"] == again["Message-ID"]
    assert first["Date"] == again["Date"]
    assert len({one["Message-ID"] for one in (first, *others)}) == 3
    assert str(first["Message-ID"]).endswith("@aragora.example>")
    assert "ada" not in str(first["Message-ID"])


def test_an_event_newer_than_its_words_is_told_all_the_same() -> None:
    event = {**EVENTS["budget.exhausted"], "type": "budget.renamed"}

    message = LETTERS.letter(to="ada@example.com", key="alert-1", event=event)

    assert message["Subject"] == "Aragora reports: budget.renamed"


def test_a_mail_server_is_written_as_a_url() -> None:
    found = mail_server("smtp://ada:p%40ss@mail.example.com", "Größe & Co <a@example.com>")

    assert (found.host, found.port, found.security) == ("mail.example.com", 587, "starttls")
    assert (found.user, found.password) == ("ada", "p@ss")
    assert found.address == "a@example.com"
    assert "p@ss" not in repr(found)
    assert mail_server("smtps://m.example.com", "a@example.com").port == 465
    assert mail_server("smtp+plain://127.0.0.1:2525", "a@example.com").security == "none"


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("https://mail.example.com", "a@example.com"),
        ("smtp://", "a@example.com"),
        ("smtp://mail.example.com:x", "a@example.com"),
        ("smtp://mail.example.com/inbox", "a@example.com"),
        ("smtp+plain://ada:secret@mail.example.com", "a@example.com"),
        ("smtp://mail.example.com", "nobody"),
        ("smtp://mail.example.com", "A\nBcc: b@example.com <a@example.com>"),
    ],
)
def test_what_is_no_mail_server_or_no_sender_is_refused(url: str, sender: str) -> None:
    with pytest.raises(MailInvalid) as told:
        mail_server(url, sender)

    assert "secret" not in str(told.value)
