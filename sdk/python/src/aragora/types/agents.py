# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from aragora._core.model import Model

from .common import PageInfo


class AgentPreset(Model):
    """An agent that is ready to be named in a debate."""

    description: str
    """How it argues."""
    family: str
    """Models of one family tend to make the same mistakes."""
    id: str
    """The preset's name."""
    is_available: bool
    """Whether a debate could use it now."""
    is_default: bool
    """Part of the team when a debate names no agents."""
    is_priced: bool
    """Whether the workspace has a price for it, so that a budget can admit it."""
    model: str
    """What to pass as `model`: the provider, a colon, the provider's model."""
    provider: str
    """Who answers."""
    title: str
    """What it is, in a few words."""
    unavailable_reason: str | None
    """Why not, and what to do."""


class Provider(Model):
    """A source of models."""

    id: str
    """The part of `model` before the colon."""
    is_configured: bool
    """Whether this server can call it now."""
    needs_extra: str | None
    """The server extra to install for it."""
    needs_setting: str | None
    """The setting that holds its key or address."""
    title: str
    """Its name."""
    unavailable_reason: str | None
    """Why not, and what to do."""


class AgentPresetPage(PageInfo):
    """A page of agent presets."""

    items: list[AgentPreset]
    """This page, in order."""


class ProviderPage(PageInfo):
    """A page of providers."""

    items: list[Provider]
    """This page, in order."""
