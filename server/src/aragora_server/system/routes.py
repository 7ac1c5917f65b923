"""The server itself over HTTP."""

from __future__ import annotations

import attrs

from aragora_server.contract import models as wire
from aragora_server.kernel.encoded import Encoded

from .model import About
from .service import Metrics, Readiness


@attrs.frozen
class SystemRoutes:
    readiness: Readiness
    metrics: Metrics
    about: About
    document: Encoded

    async def get_health(self) -> wire.Health:
        return wire.Health(status="ok")

    async def get_readiness(self) -> wire.Readiness:
        findings = await self.readiness.findings()
        degraded = any(finding.status == "degraded" for finding in findings)
        return wire.Readiness(
            status="degraded" if degraded else "ready",
            checks=[wire.ReadinessCheck(**attrs.asdict(finding)) for finding in findings],
        )

    async def get_metrics(self) -> str:
        return await self.metrics.text()

    async def get_meta(self) -> wire.Meta:
        about = self.about
        return wire.Meta(
            name="aragora",
            version=about.version,
            api_version="v1",
            capabilities=list(about.capabilities),
            protocols=[wire.ProtocolRef(**attrs.asdict(ref)) for ref in about.protocols()],
            limits=wire.Limits(**attrs.asdict(about.limits)),
        )

    async def get_openapi(self) -> Encoded:
        return self.document
