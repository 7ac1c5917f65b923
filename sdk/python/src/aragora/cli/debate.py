"""`aragora debate "question"`: start a debate, watch it, keep its receipt."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aragora import OMIT, Aragora, BinaryResponse, read_credentials
from aragora.cli import exits, output
from aragora.cli.board import Board
from aragora.cli.views import Ndjson, Plain, View
from aragora.receipts import PinnedKeys, verify

if TYPE_CHECKING:
    from aragora.resources.debates import DebateRun
    from aragora.types import Debate
    from aragora.types.debates import AgentSpecParam, DocumentInputParam, OptionInputParam

app: typer.Typer = output.new_app("Debate a question and watch it live.")

_DOCUMENT = typer.Option(metavar="FILE", help="A text or Markdown file; may be repeated.")
_OPTION = typer.Option(metavar="[ID=]LABEL", help="A possible answer; give two or more.")
_AGENTS = typer.Option(metavar="MODELS", help="Such as scripted:careful, separated by commas.")
_TAG = typer.Option(metavar="TAG", help="What it belongs to; may be repeated.")
_PROTOCOL = typer.Option(metavar="ID", help="escalate (the default) or independent_vote.")


def run(argv: list[str]) -> int:
    return output.run(app, "debate", argv)


@app.command()
def debate(  # noqa: PLR0913, PLR0917 - a command line has options
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="What is to be decided.")],
    document: Annotated[list[Path] | None, _DOCUMENT] = None,
    option: Annotated[list[str] | None, _OPTION] = None,
    agents: Annotated[list[str] | None, _AGENTS] = None,
    protocol: Annotated[str | None, _PROTOCOL] = None,
    tag: Annotated[list[str] | None, _TAG] = None,
    max_cost: Annotated[
        str | None, typer.Option(metavar="USD", help="The debate stops before it costs more.")
    ] = None,
    seed: Annotated[int | None, typer.Option(metavar="N", help="To repeat a run.")] = None,
    save_receipt: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the receipt bundle to this file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Events as JSON, one a line.")] = False,
) -> int:
    """Debate a question, watch it live, and verify the receipt of the decision."""
    if not question.strip():
        raise typer.BadParameter("it is empty", param_hint="QUESTION")
    if save_receipt is not None:
        _prepare(save_receipt)
    documents = [_document(path) for path in document or ()]
    options = [_option(text) for text in option or ()]
    seats = [_seat(model) for text in agents or () for model in text.split(",") if model.strip()]
    with Aragora() as client, _view(as_json=as_json) as view:
        run = client.debates.start(
            question=question,
            documents=documents or OMIT,
            options=options or OMIT,
            agents=seats or OMIT,
            protocol=OMIT if protocol is None else protocol,
            tags=tag or OMIT,
            max_cost_usd=OMIT if max_cost is None else max_cost,
            seed=OMIT if seed is None else seed,
        )
        ended = _watch(run, view)
        view.over()
        is_good = ended.receipt_id is None or _keep(run.receipt(), save_receipt, view)
    return exit_code(ended) if is_good else exits.FAILED


def _watch(run: DebateRun, view: View) -> Debate:
    view.opened(Board.of(run.debate or run.refresh()))
    try:
        with run.events(deltas=view.wants_deltas) as events:
            for event in events:
                view.show(event)
    except KeyboardInterrupt:
        goes_on = f"debate {run.id} goes on without you"
        typer.echo(f"aragora: {goes_on}; `aragora receipts list` will show its receipt", err=True)
        raise
    return run.refresh()


def _keep(bundle: BinaryResponse, path: Path | None, view: View) -> bool:
    """Save and verify the receipt; False when a check failed."""
    if path is not None:
        bundle.save(path)
    keys = PinnedKeys.of(list(read_credentials().receipt_keys))
    verification = verify(bundle.read(), keys=keys)
    view.receipt(verification, None if path is None else str(path))
    return verification.verdict in {"verified", "not_verified"}


def exit_code(ended: Debate) -> int:
    """How the debate ended, as the table of exit codes says it."""
    if ended.stop_reason == "budget":
        return exits.BUDGET
    if ended.verdict is None:
        return exits.FAILED
    return exits.OK if ended.verdict.outcome == "decided" else exits.NO_CONSENSUS


def _view(*, as_json: bool) -> View:
    if as_json:
        return Ndjson()
    if output.is_plain():
        return Plain()
    from aragora.cli.live import LiveView

    return LiveView()


def _document(path: Path) -> DocumentInputParam:
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        reason = f"cannot read {path}: {error.strerror}"
        raise typer.BadParameter(reason, param_hint="--document") from error
    except UnicodeDecodeError as error:
        reason = f"{path} is not a text in UTF-8; convert it to text or Markdown first"
        raise typer.BadParameter(reason, param_hint="--document") from error
    is_markdown = path.suffix.lower() in {".md", ".markdown"}
    return {
        "name": path.name,
        "media_type": "text/markdown" if is_markdown else "text/plain",
        "text": text,
    }


def _prepare(receipt: Path) -> None:
    """Before the debate is paid for: its receipt will find a place."""
    try:
        receipt.parent.mkdir(parents=True, exist_ok=True)
        is_new = not receipt.exists()
        with receipt.open("ab"):
            pass
        if is_new:
            receipt.unlink()
    except OSError as error:
        reason = f"cannot write {receipt}: {error.strerror}"
        raise typer.BadParameter(reason, param_hint="--save-receipt") from error


def _option(text: str) -> OptionInputParam:
    option_id, separator, label = text.partition("=")
    if separator and re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,31}", option_id):
        return {"id": option_id, "label": label.strip()}
    slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:32].rstrip("-")
    if not slug:
        raise typer.BadParameter(f"name {text!r} as ID=LABEL", param_hint="--option")
    return {"id": slug, "label": text}


def _seat(model: str) -> AgentSpecParam:
    return {"model": model.strip()}
