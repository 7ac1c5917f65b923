"""`aragora jobs list|retry`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aragora import OMIT, Aragora
from aragora.cli import output

if TYPE_CHECKING:
    from aragora.types import Job

app: typer.Typer = output.new_app("Jobs: what the server does in the background.")


def run(argv: list[str]) -> int:
    return output.run(app, "jobs", argv)


@app.command("list")
def list_jobs(
    state: Annotated[
        Literal["due", "running", "done", "dead"] | None,
        typer.Option(help="Only jobs in this state.", show_default=False),
    ] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="Only jobs of this kind.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="Most jobs to show.")] = 20,
    cursor: Annotated[
        str | None, typer.Option(metavar="CURSOR", help="Where the page before ended.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The page as JSON.")] = False,
) -> None:
    """List jobs, newest first; `--state dead` shows those that failed for good."""
    with Aragora() as client:
        page = client.jobs.list(
            state=state or OMIT, kind=kind or OMIT, limit=limit, cursor=cursor or OMIT
        )
    if as_json:
        output.write_page(page.items, page.next_cursor)
        return
    head = ["JOB", "KIND", "STATE", "ATTEMPTS", "DUE (UTC)", "LAST ERROR"]
    output.write_table(head, [_row(job) for job in page.items])
    if page.next_cursor:
        filters = [f"--state {state} "] * bool(state) + [f"--kind {kind} "] * bool(kind)
        output.write(f"more: aragora jobs list {''.join(filters)}--cursor {page.next_cursor}")


@app.command("retry")
def retry_job(
    job_id: Annotated[str, typer.Argument(metavar="JOB_ID")],
    as_json: Annotated[bool, typer.Option("--json", help="The job as JSON.")] = False,
) -> None:
    """Give a dead job ten new attempts, the first at once."""
    with Aragora() as client:
        job = client.jobs.retry(job_id)
    if as_json:
        output.write_json(job.to_dict())
    else:
        output.write(f"{job.id}: {job.kind} is {job.state}")


def _row(job: Job) -> list[str]:
    due = f"{job.due_at:%Y-%m-%d %H:%M:%S}"
    return [job.id, job.kind, job.state, str(job.attempts), due, job.last_error or ""]
