"""The files of the log over HTTP: no operations of the contract, because their paths contain
slashes where its parameters cannot."""

from __future__ import annotations

import attrs
from starlette.requests import Request
from starlette.responses import Response

from aragora_server.kernel.http import Exchange

from .files import LogFiles, Wanted

PATH = "/receipts/{file:path}"
GROWS = "public, max-age=5"
NEVER_CHANGES = "public, max-age=31536000, immutable"


@attrs.frozen
class LogFile:
    """Any of them: what does not change may be kept by anybody."""

    files: LogFiles

    async def read(self, request: Request, exchange: Exchange) -> Response:
        wanted = Wanted.parse(request.url.path)
        content = await self.files.read(wanted)
        is_note = wanted.kind == "checkpoint"
        exchange.add({"Cache-Control": GROWS if is_note else NEVER_CHANGES})
        media_type = "text/plain; charset=utf-8" if is_note else "application/octet-stream"
        return Response(content, 200, exchange.headers, media_type)
