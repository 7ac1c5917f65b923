"""What the guide to costs shows and no command prints is what the server says."""

from __future__ import annotations

import json

import httpx2

from tests.docs.snippets import ROOT, snippets

GUIDE = ROOT / "docs/guides/keep-costs-under-control.md"
OF_EACH = {"request_id", "budget_id"}
"""Each answer has its own."""


def test_the_refusal_in_the_guide_is_what_the_server_answers(newcomer):
    headers = {"Authorization": f"Bearer {newcomer['ARAGORA_API_KEY']}"}
    budget = {"name": "Spring launch", "limit_usd": "0.01", "period": "total", "scope": "tag"}
    ask = {"question": "Is the memo complete?", "tags": ["guide-to-costs"]}
    with httpx2.Client(base_url=newcomer["ARAGORA_BASE_URL"], headers=headers) as client:
        made = client.post("/v1/budgets", json=budget | {"scope_id": "guide-to-costs"})
        answer = client.post("/v1/debates", json=ask)
        # The guide makes one of this name itself.
        client.delete(f"/v1/budgets/{made.json()['id']}")

    (shown,) = (json.loads(one.text) for one in snippets(GUIDE) if one.language == "json")
    assert made.status_code == 201
    assert answer.status_code == 402
    said = answer.json()
    assert shown.keys() == said.keys()
    assert {name: shown[name] for name in shown if name not in OF_EACH} == {
        name: said[name] for name in said if name not in OF_EACH
    }
