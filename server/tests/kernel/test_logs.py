"""Log lines: one a record, with the ids of what they are about."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr

import anyio
import pytest
from aragora_server.kernel import logs
from aragora_server.kernel.redaction import HIDDEN, Redactor

log = logging.getLogger("aragora.test")


class Stream(io.StringIO):
    is_terminal = False

    def isatty(self) -> bool:
        return self.is_terminal


@pytest.fixture
def stderr() -> Stream:
    return Stream()


@contextmanager
def written(
    stderr: Stream, format_: logs.Format | None = "json", level: str = "info"
) -> Iterator[None]:
    redact = Redactor.of(["planted"])
    with redirect_stderr(stderr), logs.written(format_=format_, level=level, redact=redact):
        yield


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_says_when_how_grave_who_and_what(stderr):
    with written(stderr):
        log.warning("disk %d %% full", 91)

    (line,) = lines(stderr)
    assert set(line) == {"time", "level", "logger", "message"}
    assert (line["level"], line["logger"]) == ("warning", "aragora.test")
    assert line["message"] == "disk 91 % full"
    assert str(line["time"]).endswith("Z")


def test_ids_are_on_every_line_inside_the_block_and_on_none_after(stderr):
    with written(stderr):
        with logs.bound(request_id="r", debate_id=None):
            logs.note(workspace_id="w")
            logging.getLogger("some.library").warning("slow")
        log.info("done")

    inside, after = lines(stderr)
    assert (inside["request_id"], inside["workspace_id"]) == ("r", "w")
    assert not {"debate_id", "request_id", "workspace_id"} & (
        set(after) | {"debate_id"} - {"debate_id"}
    )
    assert "debate_id" not in inside


def test_tasks_side_by_side_keep_their_own_ids(stderr):
    async def work(debate_id: str) -> None:
        with logs.bound(debate_id=debate_id):
            await anyio.sleep(0)
            log.info("%s", debate_id)

    async def main() -> None:
        async with anyio.create_task_group() as group:
            for debate_id in "abc":
                group.start_soon(work, debate_id)

    with written(stderr):
        anyio.run(main)

    assert all(line["debate_id"] == line["message"] for line in lines(stderr))


def test_an_exception_is_one_line_with_its_stack(stderr):
    with written(stderr):
        try:
            raise ValueError("wrong: planted")
        except ValueError:
            log.exception("it failed")

    (line,) = lines(stderr)
    assert line["exception"] == "ValueError"
    assert str(line["stack"]).startswith("Traceback")
    assert f"ValueError: wrong: {HIDDEN}" in str(line["stack"])


def test_secrets_are_hidden_in_every_field(stderr):
    with written(stderr), logs.bound(job_id="planted"):
        log.info("%s", "planted", extra={logs.FIELDS: {"route": "/planted", "status": 200}})

    assert "planted" not in stderr.getvalue()
    assert lines(stderr)[0]["status"] == 200


def test_text_is_a_line_for_a_person(stderr):
    with written(stderr, "text"), logs.bound(debate_id="d"):
        log.info("two\nlines and \x1b[31mred")

    assert stderr.getvalue().endswith(
        " info aragora.test two\\nlines and \\x1b[31mred debate_id=d\n"
    )


def test_without_a_format_a_collector_gets_json_and_a_terminal_text(stderr):
    with written(stderr, None):
        log.info("one")
    stderr.is_terminal = True
    with written(stderr, None):
        log.info("two")

    first, second = stderr.getvalue().splitlines()
    assert json.loads(first)["message"] == "one"
    assert second.endswith("aragora.test two")


def test_the_level_is_ours_and_keeps_other_libraries_quiet(stderr):
    with written(stderr, level="debug"):
        log.debug("ours")
        logging.getLogger("some.library").debug("its headers")
    with written(stderr, level="error"):
        log.warning("not grave")

    assert [line["message"] for line in lines(stderr)] == ["ours"]


class Broken:
    def __str__(self) -> str:
        raise RuntimeError("planted")


@pytest.mark.parametrize(
    ("message", "args"), [("broken %s", (Broken(),)), ("only %d", ("one",)), ("a file \udce4", ())]
)
def test_a_line_that_does_not_fit_is_written_as_it_can_be(message, args):
    record = logging.LogRecord("aragora.test", logging.INFO, __file__, 1, message, args, None)

    line = json.loads(logs.Line("json", Redactor()).format(record))

    assert str(line["message"]).startswith(message[:6])


def test_when_nobody_reads_any_more_nothing_happens(stderr, capfd):
    with written(stderr):
        stderr.close()
        log.info("planted")

    assert capfd.readouterr().err == ""


def test_the_last_words_of_a_process_are_a_line_too(stderr):
    with pytest.raises(SystemExit, match="1"), written(stderr):
        raise RuntimeError("at redis://:hidden@cache")

    (line,) = lines(stderr)
    assert (line["level"], line["exception"]) == ("critical", "RuntimeError")
    assert "hidden@" not in stderr.getvalue()
