"""An event of each kind that somebody is told: the examples of the contract."""

from __future__ import annotations

from typing import Any

from aragora_server.contract.schemas import schemas

_SENT = schemas().document["webhooks"]["event"]["post"]["requestBody"]["content"]
EVENTS: dict[str, Any] = {
    example["value"]["type"]: example["value"]
    for example in _SENT["application/json"]["examples"].values()
}
