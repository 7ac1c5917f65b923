"""What every model and event has. Reading is tolerant: unknown fields are kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, PrivateAttr


class Model(BaseModel):
    """An answer of the server. Fields that this version does not know are kept."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="allow", defer_build=True, populate_by_name=True
    )

    _request_id: str | None = PrivateAttr(default=None)

    @property
    def request_id(self) -> str | None:
        """The id of the request that brought this, for support; None inside another model."""
        return self._request_id

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values of what the server sent, unknown fields included."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)

    def to_json(self) -> str:
        """JSON text of what the server sent, unknown fields included."""
        return self.model_dump_json(by_alias=True, exclude_unset=True)

    def as_decimal(self, field: str) -> Decimal:
        """An amount such as `cost_usd` as an exact decimal."""
        return Decimal(getattr(self, field))

    def as_micro_usd(self, field: str) -> int:
        """An amount such as `cost_usd` in whole millionths of a dollar."""
        return int(self.as_decimal(field).scaleb(6).to_integral_exact())


class UnknownEvent(Model):
    """An event whose type this version does not know; `raw` is all of it."""

    type: str
    seq: int | None = None

    @property
    def raw(self) -> dict[str, Any]:
        """The event as it came."""
        return self.to_dict()
