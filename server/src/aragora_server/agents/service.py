"""Which agents there are, which of them this server can call, and the agent behind a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

import attrs

from aragora_server.kernel.errors import Invalid

from . import catalogue
from .catalogue import ProviderEntry
from .clients import Access
from .model import Agent
from .providers import ProviderAgent
from .recorded import RecordedAgent, Recorder
from .scripted import CallLog, Pace, ScriptedAgent
from .stance import STYLES

EXTRA = "llm"
INSTALL = f"pip install 'aragora-server[{EXTRA}]'"
BASE_URL = "ARAGORA_OPENAI_COMPATIBLE_BASE_URL"
BASE_KEY = "ARAGORA_OPENAI_COMPATIBLE_API_KEY"
CASSETTES = "ARAGORA_CASSETTES"
IsPriced = Callable[[str, str], bool]
"""Whether a model of a provider has a price."""


class AgentUnknown(Invalid):
    code = "agent_unknown"


class ProviderSupportMissing(Invalid):
    code = "provider_support_missing"


class ProviderKeyMissing(Invalid):
    code = "provider_key_missing"


@attrs.frozen(kw_only=True)
class Card:
    """What a model's name stands for."""

    model: str
    provider: str
    name: str
    family: str


@attrs.frozen(kw_only=True)
class Preset:
    id: str
    title: str
    description: str
    model: str
    provider: str
    family: str
    is_default: bool
    is_available: bool
    unavailable_reason: str | None
    is_priced: bool


@attrs.frozen(kw_only=True)
class Provider:
    id: str
    title: str
    is_configured: bool
    unavailable_reason: str | None
    needs_extra: str | None
    needs_setting: str | None


@attrs.frozen(kw_only=True)
class Offline:
    """How agents without a model behave: their pace, and where their calls are counted."""

    delay_s: float | None = None
    slow_s: float | None = None
    call_log: Path | None = None
    record_to: Path | None = None


@attrs.frozen(kw_only=True)
class AgentRegistry:
    """`settings` are keys and addresses by their names."""

    settings: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    team: tuple[str, ...] = ()
    offline: Offline = attrs.field(factory=Offline)

    def default_team(self) -> tuple[str, ...]:
        return self.team or catalogue.load().team

    def card(self, model: str) -> Card:
        """Check that this server can call the model now; the error says what is missing."""
        provider, _, name = model.partition(":")
        entry = catalogue.load().providers.get(provider)
        if entry is None or not name:
            raise AgentUnknown(f"there is no provider for {model!r}")
        self._check(entry)
        if provider == "scripted" and name not in STYLES:
            raise AgentUnknown(f"no scripted style {name!r}; known: {', '.join(sorted(STYLES))}")
        if provider == "recorded" and not self._cassette(name).is_file():
            raise AgentUnknown(f"there is no cassette {name!r}")
        family = catalogue.load().family(provider, name)
        return Card(model=model, provider=provider, name=name, family=family)

    def resolve(self, model: str, *, temperature: str | None = None) -> Agent:
        card = self.card(model)
        agent = self._agent(card, temperature)
        record_to = self.offline.record_to
        return agent if record_to is None else Recorder(agent=agent, path=record_to)

    def presets(self, is_priced: IsPriced) -> tuple[Preset, ...]:
        known = catalogue.load()
        team = self.default_team()
        found = []
        for entry in known.presets:
            provider, _, name = entry.model.partition(":")
            reason = self._reason(known.providers[provider])
            found.append(
                Preset(
                    **attrs.asdict(entry),
                    provider=provider,
                    family=known.family(provider, name),
                    is_default=entry.model in team,
                    is_available=reason is None,
                    unavailable_reason=reason,
                    is_priced=is_priced(provider, name),
                )
            )
        return tuple(found)

    def providers(self) -> tuple[Provider, ...]:
        return tuple(
            Provider(
                id=entry.id,
                title=entry.title,
                is_configured=(reason := self._reason(entry)) is None,
                unavailable_reason=reason,
                needs_extra=EXTRA if entry.package else None,
                needs_setting=entry.setting,
            )
            for entry in catalogue.load().providers.values()
        )

    def _reason(self, entry: ProviderEntry) -> str | None:
        try:
            self._check(entry)
        except Invalid as missing:
            return missing.detail
        return None

    def _check(self, entry: ProviderEntry) -> None:
        if entry.package and not _is_installed(entry.package):
            raise ProviderSupportMissing(
                f"This server was installed without support for {entry.id}: {INSTALL}",
                members={"provider": entry.id, "extra": EXTRA, "install": INSTALL},
            )
        if entry.setting and not self.settings.get(entry.setting):
            raise ProviderKeyMissing(
                f"Set {entry.setting}.",
                members={"provider": entry.id, "setting": entry.setting},
            )

    def _agent(self, card: Card, temperature: str | None) -> Agent:
        match card.provider:
            case "scripted":
                return self._scripted(card.name)
            case "recorded":
                return RecordedAgent(path=self._cassette(card.name))
            case "openai_compatible":
                key, base_url = self.settings.get(BASE_KEY, ""), self.settings.get(BASE_URL)
            case _:
                setting = catalogue.load().providers[card.provider].setting or ""
                key, base_url = self.settings[setting], None
        access = Access(provider=card.provider, model=card.name, key=key, base_url=base_url)
        return ProviderAgent(access=access, temperature=temperature)

    def _scripted(self, style: str) -> ScriptedAgent:
        offline, usual = self.offline, Pace()
        others_s = usual.others_s if offline.delay_s is None else offline.delay_s
        slow_s = usual.slow_s if offline.delay_s is None else offline.delay_s
        return ScriptedAgent(
            style=STYLES[style],
            pace=Pace(
                slow_s=slow_s if offline.slow_s is None else offline.slow_s, others_s=others_s
            ),
            log=None if offline.call_log is None else CallLog(path=offline.call_log),
        )

    def _cassette(self, name: str) -> Path:
        """A name is a file's name in the one folder, never a path out of it."""
        return Path(self.settings[CASSETTES]) / f"{Path(name).name}.jsonl"


def _is_installed(package: str) -> bool:
    try:
        return find_spec("pydantic_ai") is not None and find_spec(package) is not None
    except ModuleNotFoundError:
        return False
