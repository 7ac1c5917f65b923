"""`aragora webhooks list|add|remove|test|rotate`."""

from __future__ import annotations

import time
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aragora import OMIT, Aragora
from aragora.cli import exits, output

if TYPE_CHECKING:
    from aragora.types import Job, Webhook, WebhookCreated

WAIT_S, LOOK_EVERY_S = 20.0, 0.2
ALL = "all events"

app: typer.Typer = output.new_app("Webhooks: endpoints that are told what happens.")

WebhookId = Annotated[str, typer.Argument(metavar="WEBHOOK_ID")]
AsJson = Annotated[bool, typer.Option("--json", help="The answer as JSON.")]


class Event(StrEnum):
    THRESHOLD = "budget.threshold_reached"
    EXHAUSTED = "budget.exhausted"
    OVERAGE = "budget.overage_recorded"
    OVERRIDE = "budget.override_granted"
    SWEPT = "budget.hold_swept"


def run(argv: list[str]) -> int:
    return output.run(app, "webhooks", argv)


@app.command("list")
def list_webhooks(as_json: AsJson = False) -> None:
    """List endpoints and whether anything is sent to them."""
    with Aragora() as client:
        found = list(client.webhooks.list())
    if as_json:
        output.write_page(found, None)
        return
    output.write_table(["WEBHOOK", "STATE", "URL", "EVENTS"], [_row(one) for one in found])


@app.command("add")
def add_webhook(
    url: Annotated[str, typer.Argument(metavar="URL", help="Where events are posted.")],
    event: Annotated[
        list[Event] | None,
        typer.Option(help="An event to send; may be repeated. All when there is none."),
    ] = None,
    description: Annotated[str, typer.Option(help="What it is for.")] = "",
    as_json: AsJson = False,
) -> None:
    """Add an endpoint. Its secret is shown this once."""
    events: list[Any] = [one.value for one in event or ()]
    with Aragora() as client:
        made = client.webhooks.create(
            url=url, description=description or OMIT, events=events or OMIT
        )
    _show_secret(made, as_json)


@app.command("remove")
def remove_webhook(webhook_id: WebhookId) -> None:
    """Send nothing to this endpoint any more, and forget its secret."""
    with Aragora() as client:
        client.webhooks.delete(webhook_id)
    output.write(f"{webhook_id} is removed")


@app.command("rotate")
def rotate_secret(
    webhook_id: WebhookId,
    overlap_hours: Annotated[
        int, typer.Option(min=0, max=720, help="How long the old secret still signs.")
    ] = 24,
    as_json: AsJson = False,
) -> None:
    """Change the secret; for a time both sign. The new one is shown this once."""
    with Aragora() as client:
        made = client.webhooks.rotate_secret(webhook_id, overlap_hours=overlap_hours)
    _show_secret(made, as_json)


@app.command("test")
def try_webhook(webhook_id: WebhookId, as_json: AsJson = False) -> int:
    """Send a test event and say how it went; exit code 1 when it was not taken."""
    with Aragora() as client:
        sent = client.webhooks.test(webhook_id)
        job = _tried(client, sent.job_id)
    if as_json:
        output.write_json(job.to_dict())
    elif job.state == "done":
        output.write(f"{sent.message_id} was taken")
    else:
        output.write(f"{sent.message_id} was not taken: {job.last_error or 'it still waits'}")
    return exits.OK if job.state == "done" else exits.FAILED


def _tried(client: Aragora, job_id: str) -> Job:
    """The job after its first attempt, or when there was none for too long."""
    gives_up_at = time.monotonic() + WAIT_S
    while True:
        job = client.jobs.get(job_id)
        if job.done_at or job.last_error or time.monotonic() > gives_up_at:
            return job
        time.sleep(LOOK_EVERY_S)


def _show_secret(made: WebhookCreated, as_json: bool) -> None:
    if as_json:
        output.write_json(made.to_dict())
        return
    output.write(f"{made.webhook.id}: {made.webhook.url}, {', '.join(made.webhook.events) or ALL}")
    output.write(f"secret, shown this once: {made.secret}")
    if ends_at := made.webhook.previous_secret_ends_at:
        output.write(f"the old secret signs too until {ends_at:%F %T} UTC")


def _row(webhook: Webhook) -> list[str]:
    because = f" ({webhook.disabled_because})" if webhook.disabled_because else ""
    events = ", ".join(webhook.events) or ALL
    return [webhook.id, webhook.state + because, webhook.url, events]
