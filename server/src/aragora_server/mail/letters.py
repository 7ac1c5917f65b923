"""A letter: the words for an event as text and as HTML, and the headers that carry them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from textwrap import fill
from typing import Any
from urllib.parse import urlsplit

import attrs

from .server import AddressInvalid, digest, is_address
from .words import Tone, Words, words_for

COLOURS: Mapping[Tone, str] = {"warn": "#b45309", "stop": "#b91c1c", "note": "#1d4ed8"}
KINDS: Mapping[Tone, str] = {"warn": "Warning", "stop": "Stopped", "note": "Note"}
WIDTH = 72


@attrs.frozen(kw_only=True)
class Letters:
    """What is the same for all letters of a server: who sends them, and where it is."""

    sender: str
    public_url: str

    def letter(self, *, to: str, key: str, event: Mapping[str, Any]) -> EmailMessage:
        """The same key and recipient give the same `Message-ID`: who gets it twice sees it once."""
        if not is_address(to):
            raise AddressInvalid
        words = words_for(event)
        message = EmailMessage(policy=SMTP)
        message["From"] = self.sender
        message["To"] = Address(addr_spec=to)
        message["Subject"] = words.headline
        message["Date"] = format_datetime(datetime.fromisoformat(event["timestamp"]))
        message["Message-ID"] = f"<{key}.{digest(to)}@{self._domain}>"
        # Nobody answers to a machine (RFC 3834).
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        message.set_content(self.text(words, event))
        message.add_alternative(self.html(words, event), subtype="html")
        return message

    def text(self, words: Words, event: Mapping[str, Any]) -> str:
        facts = [f"{label + ':':<30}{value}" for label, value in words.facts]
        parts = [
            words.headline,
            "=" * min(len(words.headline), WIDTH),
            "",
            fill(words.lead, WIDTH),
            "",
            *facts,
            *([""] if facts else []),
            fill(words.next, WIDTH),
            "",
            "See where it stands:",
            f"  {words.command}",
            "",
            "-- ",
            fill(self._footer(event), WIDTH),
        ]
        return "\n".join(parts) + "\n"

    def html(self, words: Words, event: Mapping[str, Any]) -> str:
        said = {
            "headline": words.headline,
            "lead": words.lead,
            "next": words.next,
            "command": words.command,
            "footer": self._footer(event),
            "colour": COLOURS[words.tone],
            "kind": KINDS[words.tone],
        }
        shown = {name: escape(text) for name, text in said.items()}
        facts = "\n".join(_fact(label, value) for label, value in words.facts)
        return _page().substitute(shown, facts=facts, bar=_bar(words))

    @property
    def _domain(self) -> str:
        """Of this server: ids of two servers never meet."""
        return urlsplit(self.public_url).hostname or "localhost"

    def _footer(self, event: Mapping[str, Any]) -> str:
        return (
            f"A budget of workspace {event['workspace_id']} on {self.public_url} names your"
            " address. Whoever manages its budgets can take it out."
        )


def _fact(label: str, value: str) -> str:
    line = "padding:8px 0;border-top:1px solid #e6e9ed;vertical-align:top;"
    return (
        '<tr class="fact">'
        f'<td class="label soft" width="42%" style="{line}color:#5b6470;">{escape(label)}</td>'
        f'<td class="value ink" style="{line}color:#15181c;word-break:break-word;">'
        f"{escape(value)}</td></tr>"
    )


def _bar(words: Words) -> str:
    """A table of two cells: every mail program can draw it."""
    if words.share is None:
        return ""
    colour = COLOURS[words.tone]
    empty = f'<td width="{100 - words.share}%" style="font-size:0;">&nbsp;</td>'
    full = (
        f'<td width="{words.share}%" style="height:10px;line-height:10px;font-size:0;'
        f'background-color:{colour};border-radius:5px;">&nbsp;</td>'
    )
    return (
        '<tr><td class="pad" style="padding:20px 32px 0;"><table role="presentation" class="track"'
        ' width="100%" cellpadding="0" cellspacing="0" border="0" style="height:10px;'
        f'background-color:#e6e9ed;border-radius:5px;"><tr>{full if words.share else ""}'
        f"{empty if words.share < 100 else ''}</tr></table></td></tr>"
    )


@cache
def _page() -> Template:
    return Template(files(__package__).joinpath("letter.html").read_text("utf-8"))
