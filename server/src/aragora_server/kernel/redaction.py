"""What must never be written where people read: in log lines and in problem documents.

Two nets. The secrets that this process was started with are known letter by letter; whatever
else looks like a secret is known by its shape. Too much taken out is better than too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote, urlsplit

import attrs

HIDDEN = "[redacted]"
# A shorter one may be a word of every other line; its shape must then be enough.
SHORTEST_KNOWN = 6

_SHAPES = re.compile(
    r"""
      (?P<pem>
        -----BEGIN[ ][A-Z0-9 ]*PRIVATE[ ]KEY----- .*? (?: -----END[ ][A-Z0-9 ]*KEY----- | \Z )
      )
    | (?P<url> :// [^\s:/@'"<>]* : (?=[^\s'"<>]*@) ) [^\s'"<>]* (?=@)
    | (?P<header>
        (?i: authorization) \W{1,5} (?: b['"] )? (?! \w+ \s+ < )
      ) (?: \w+ \s+ )? [^\s'",;)}\]]+
    | (?P<scheme> (?i: \b bearer \s+ ) ) [\w.~+/=-]+
    | (?P<named>
        (?i: api[-_]?key | password | passwd | secret | private[-_]?key | access[-_]?token )
        ["']? \s* [:=] \s* ["']? (?! \s )
      ) [^\s'"&,;)}\]]+
    | (?P<query> [?&] (?: key | token ) = ) [^\s&'"]+
    | (?<! [A-Za-z0-9] ) (?: ara_ | sk- | gsk_ | xai- | AIza | whsec_ ) [\w+/=-]{8,}
    """,
    re.VERBOSE | re.DOTALL,
)

# In lower case: no shape is without one of them.
_MARKS = (
    *("-----begin", "://", "author", "bearer", "key", "passw", "secret", "token"),
    *("ara_", "sk-", "gsk_", "xai-", "aiza", "whsec_"),
)


@attrs.frozen
class Redactor:
    """Takes secrets out of a text, and leaves the rest as it is."""

    _known: tuple[str, ...] = attrs.field(default=(), repr=False)

    @classmethod
    def of(cls, secrets: Iterable[str]) -> Redactor:
        """`secrets` are values, or URLs whose password is one."""
        spelled = {form for secret in secrets for form in _forms(secret)}
        known = (form for form in spelled if len(form) >= SHORTEST_KNOWN)
        # The longest first: one may begin another.
        return cls(tuple(sorted(known, key=len, reverse=True)))

    def __call__(self, text: str) -> str:
        if not self.suspects(text):
            return text
        for secret in self._known:
            text = text.replace(secret, HIDDEN)
        return _SHAPES.sub(_hidden, text)

    def suspects(self, text: str) -> bool:
        """Nearly no text is suspect, and to search for the shapes takes ten times as long."""
        return any(map(text.__contains__, self._known)) or any(
            map(text.lower().__contains__, _MARKS)
        )


def _forms(secret: str) -> Iterable[str]:
    if "://" not in secret:
        return (secret,)
    password = urlsplit(secret).password or ""
    return (password, unquote(password), quote(unquote(password), safe=""))


def _hidden(found: re.Match[str]) -> str:
    kept = "" if found.lastgroup == "pem" else found[found.lastgroup] if found.lastgroup else ""
    return kept + HIDDEN
