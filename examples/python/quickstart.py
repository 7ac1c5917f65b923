"""Open a debate, follow it, and verify its receipt offline.

Needs a running server (`aragora serve`) and its credentials, from the file that the server wrote or
from ARAGORA_API_KEY and ARAGORA_BASE_URL.
"""

from aragora import Aragora
from aragora.receipts import PinnedKeys, verify

with Aragora() as client:
    run = client.debates.start(
        question="Should the release go out on Friday?",
        options=[
            {"id": "friday", "label": "Ship on Friday"},
            {"id": "monday", "label": "Wait for Monday"},
        ],
        max_cost_usd="0.50",
    )
    for event in run.events():
        print(event.type)

    debate = run.wait()
    print(debate.verdict.answer, "against", [dissent.agent for dissent in debate.dissents])

    bundle = run.receipt().read()
    keys = PinnedKeys.of(client.receipts.keys().to_dict())

print(verify(bundle, keys=keys).verdict)
