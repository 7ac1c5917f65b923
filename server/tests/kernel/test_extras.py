"""What is not installed is named, with the way to install it."""

import sys

import pytest
from aragora_server.kernel.extras import ExtraMissing
from aragora_server.kernel.redis_client import connect


def test_a_missing_extra_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "redis", None)
    monkeypatch.delitem(sys.modules, "redis.asyncio", raising=False)

    with pytest.raises(ExtraMissing, match=r"pip install 'aragora-server\[full\]'"):
        connect("redis://nowhere")
