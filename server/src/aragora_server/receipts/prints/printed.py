"""The page behind the code of a print: the same for every receipt. What it compares with stands in
the fragment of its address, which nobody is sent, and it says of no receipt whether it is here."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

from aragora_server.kernel.errors import NotFound
from aragora_server.kernel.http import Exchange

PATH = "/v/{receipt_id}"
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')


async def read(request: Request, exchange: Exchange) -> Response:
    if not ID.fullmatch(request.path_params["receipt_id"]):
        raise NotFound("no receipt has an id like this")
    content, policy = _page()
    exchange.add(
        {
            "Content-Security-Policy": f"{policy}; frame-ancestors 'none'",
            "Cache-Control": "no-cache",
            "Referrer-Policy": "no-referrer",
            "X-Robots-Tag": "noindex",
            "X-Content-Type-Options": "nosniff",
        }
    )
    return Response(content, 200, exchange.headers, "text/html; charset=utf-8")


@cache
def _page() -> tuple[str, str]:
    """And the policy that it names itself."""
    content = files(__package__).joinpath("printed.html").read_text("utf-8")
    policy = POLICY.search(content)
    if policy is None:
        raise LookupError("the page of printed receipts names no policy")
    return content, policy[1]
