"""The package as a whole: what importing costs, which names are public, what a client leaves."""

from __future__ import annotations

import copy
import gc
import logging
import multiprocessing
import os
import pickle
import re
import subprocess
import sys
import warnings
from pathlib import Path

import aragora
import pytest
from aragora import Aragora, AsyncAragora, ConfigurationError, errors
from aragora.testing import FakeServer, Reply, problem, reply
from aragora.types.errors import BY_CODE, BudgetExceeded

from tests.debate_wire import ID, concluded

pytestmark = pytest.mark.anyio

PUBLIC = Path(__file__).parent / "public_names.txt"
SOURCE = Path(aragora.__file__).parent
SECRET = "ara_very-secret"


def python(code: str) -> str:
    """Run code in a fresh interpreter, warnings as errors."""
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def test_importing_loads_nothing_heavy() -> None:
    loaded = python("import sys, aragora; print(*sys.modules)").split()

    heavy = {"httpx2", "pydantic", "asyncio", "ssl", "typing", "dataclasses", "inspect", "json"}
    assert not heavy & set(loaded)
    assert [name for name in loaded if name.startswith("aragora.")] == []


def test_the_types_stay_unbuilt_until_they_are_used() -> None:
    unbuilt = python(
        "from aragora.types import debates, events\n"
        "print(debates.Debate.__pydantic_complete__, events.DebateConcludedEvent"
        ".__pydantic_complete__)"
    )

    assert unbuilt.split() == ["False", "False"]


def test_a_receipt_is_verified_without_http_and_models() -> None:
    loaded = python(
        "import sys\n"
        "from aragora.__main__ import main\n"
        "sys.stdin.close()\n"
        "main(['verify', '/nowhere'])\n"
        "print(*sys.modules)"
    ).split()

    assert not {"httpx2", "pydantic", "typer", "rich", "httpx"} & set(loaded)


def test_public_names_are_the_pinned_ones() -> None:
    assert dir(aragora) == PUBLIC.read_text("utf-8").split()


def test_every_public_name_can_be_imported_and_is_described() -> None:
    for name in dir(aragora):
        value = getattr(aragora, name)
        if isinstance(value, type) or callable(value):
            assert value.__doc__, name


def test_checkers_see_the_names_that_the_door_opens() -> None:
    text = (SOURCE / "__init__.py").read_text("utf-8")

    assert sorted(re.findall(r"import \w+ as (\w+)$", text, re.MULTILINE)) == dir(aragora)


def test_a_name_that_is_not_there_says_so() -> None:
    import aragora.types

    with pytest.raises(AttributeError, match="'aragora' has no attribute 'nope'"):
        aragora.nope  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(AttributeError, match="nope"):
        aragora.types.nope  # type: ignore[attr-defined]  # noqa: B018
    assert "Debate" in dir(aragora.types)


def test_many_threads_may_import_at_once() -> None:
    code = (
        "import threading, aragora, aragora.types\n"
        "names = [(aragora, n) for n in dir(aragora)]\n"
        "names += [(aragora.types, n) for n in dir(aragora.types)]\n"
        "start, failed = threading.Barrier(16), []\n"
        "def work(place):\n"
        "    start.wait()\n"
        "    try:\n"
        "        for m, n in names[place * 9 % len(names):] + names:\n"
        "            getattr(m, n)\n"
        "    except BaseException as error:\n"
        "        failed.append(error)\n"
        "threads = [threading.Thread(target=work, args=(i,)) for i in range(16)]\n"
        "[t.start() for t in threads]; [t.join(60) for t in threads]\n"
        "assert not any(t.is_alive() for t in threads) and not failed, failed\n"
    )
    for _ in range(3):
        python(code)


def test_many_threads_may_share_a_client() -> None:
    from concurrent.futures import ThreadPoolExecutor

    server = FakeServer().on("GET", f"/v1/debates/{ID}", reply(concluded()))
    client = server.client()

    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda _: client.debates.get(ID).id, range(64)))

    assert found == [ID] * 64


@pytest.mark.parametrize("name", sorted({*BY_CODE}))
def test_every_error_of_the_contract_can_be_raised_copied_and_sent(name: str) -> None:
    kind = BY_CODE[name]
    error = kind(errors.Problem(status=418, code=name, detail="x", members={"a": 1}))

    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(twin) is kind
        assert (str(twin), twin.problem) == (str(error), error.problem)
    for attribute, value in vars(kind).items():
        if isinstance(value, property):
            assert getattr(error, attribute) is None


@pytest.mark.parametrize(
    "error",
    [
        errors.EventGap(2, 3),
        errors.ResponseInvalid("bad", 200, b"x", "req_1"),
        errors.DebateFailed("over", None),
        errors.ConnectionFailed("no"),
        errors.DeadlineExceeded("late"),
    ],
)
def test_the_other_errors_pickle_too(error: Exception) -> None:
    twin = pickle.loads(pickle.dumps(error))

    assert (type(twin), str(twin)) == (type(error), str(error))


def test_timeouts_and_connection_errors_are_those_of_python() -> None:
    assert issubclass(errors.IdleTimeout, TimeoutError)
    assert issubclass(errors.DeadlineExceeded, TimeoutError)
    assert issubclass(errors.ConnectionFailed, ConnectionError)
    assert issubclass(errors.ConfigurationError, ValueError)


def test_the_drawn_tree_names_every_class() -> None:
    drawn = set(re.findall(r"\b[A-Z][A-Za-z]+\b", errors.__doc__ or ""))

    classes = {name for name, value in vars(errors).items() if isinstance(value, type)}
    assert classes - {"Any", "ClassVar", "FieldError", "Problem", "Mapping"} <= drawn


def test_the_key_shows_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    created = {"api_key": {}, "key": "ara_another-secret"}
    server = (
        FakeServer()
        .on("GET", f"/v1/debates/{ID}", problem("unauthenticated", 401))
        .on("POST", "/v1/new", reply(created, headers={"aragora-request-id": "req_1"}))
    )
    client = server.client(api_key=SECRET, headers={"x-mine": "1"})
    with caplog.at_level(logging.DEBUG, "aragora"):
        with pytest.raises(errors.Unauthenticated) as caught:
            client.debates.get(ID)
        client.request("POST", "/v1/new", body={}, request_options={"idempotency_key": "idk_abcd"})

    told = caplog.text + repr(caught.value) + str(caught.value) + repr(client)
    told += repr(client._sender.defaults) + repr(vars(client))
    assert "POST http://aragora.test/v1/new -> 200" in caplog.text
    assert "req_1" in caplog.text
    assert "idk_ab***" in caplog.text
    for secret in (SECRET, "ara_another-secret", "idk_abcd"):
        assert secret not in told
    assert server.requests[0].headers["authorization"] == f"Bearer {SECRET}"


def test_a_broken_attempt_is_logged_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    from aragora.testing import lost

    server = FakeServer().on("GET", f"/v1/debates/{ID}", lost(), reply(concluded()))
    with caplog.at_level(logging.INFO, "aragora"):
        server.client().debates.get(ID)

    assert [record.levelname for record in caplog.records] == ["INFO", "INFO"]
    assert "lost: ReadError" in caplog.text


def test_the_environment_can_switch_the_log_on(monkeypatch: pytest.MonkeyPatch) -> None:
    said = python(
        "import logging, os, io, sys\n"
        "os.environ['ARAGORA_LOG'] = 'info'\n"
        "import aragora\n"
        "aragora.Aragora(api_key='k', base_url='http://h')\n"
        "log = logging.getLogger('aragora')\n"
        "print(log.level, len(log.handlers))"
    )

    assert said.split() == ["20", "1"]


def test_an_unclosed_client_warns_and_a_closed_one_does_not() -> None:
    used = [Aragora(api_key="k", base_url="http://127.0.0.1:9")]
    with pytest.raises(errors.ConnectionFailed):
        used[0].with_options(max_retries=0).debates.get(ID)
    gc.collect()

    with pytest.warns(ResourceWarning, match="unclosed <Aragora http://127.0.0.1:9>"):
        used.clear()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with Aragora(api_key="k", base_url="http://127.0.0.1:9") as client:
            pass
        del client
        gc.collect()


def test_clients_leave_nothing_behind() -> None:
    import tracemalloc

    def make(count: int) -> None:
        for _ in range(count):
            with Aragora(api_key="k", base_url="http://h") as client:
                client.debates  # noqa: B018

    make(200)
    gc.collect()
    tracemalloc.start()
    make(2000)
    gc.collect()
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert grown < 200_000


async def test_an_async_client_belongs_to_one_loop() -> None:
    import asyncio
    import threading

    client = AsyncAragora(api_key="k", base_url="http://127.0.0.1:9")
    with pytest.raises(errors.ConnectionFailed):
        await client.with_options(max_retries=0).debates.get(ID)
    caught: list[BaseException] = []

    def other_loop() -> None:
        try:
            asyncio.run(client.debates.get(ID))  # type: ignore[arg-type]
        except ConfigurationError as error:
            caught.append(error)

    thread = threading.Thread(target=other_loop)
    thread.start()
    thread.join()
    await client.close()

    assert "another event loop" in str(caught[0])
    assert repr(client) == "<AsyncAragora http://127.0.0.1:9>"


def _use_after_fork(client: Aragora, answer: multiprocessing.connection.Connection) -> None:
    pool = client._sender.transport
    try:
        client.with_options(max_retries=0).debates.get(ID)
    except errors.ConnectionFailed:
        answer.send(pool._owner == os.getpid())
    client.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_opens_connections_of_its_own() -> None:
    with Aragora(api_key="k", base_url="http://127.0.0.1:9") as client:
        with pytest.raises(errors.ConnectionFailed):
            client.with_options(max_retries=0).debates.get(ID)
        ours, theirs = multiprocessing.Pipe()
        context = multiprocessing.get_context("fork")
        child = context.Process(target=_use_after_fork, args=(client, theirs))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            child.start()
        child.join(30)

        assert ours.poll(0)
        assert ours.recv() is True
        assert client._sender.transport._owner == os.getpid()


def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.fault_server import FaultServer, answer

    with FaultServer(answer(b'{"status":"ok"}')) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        with Aragora(api_key="k", base_url="http://aragora.test") as client:
            assert client.system.health().status == "ok"

    assert proxy.requests[0].startswith(b"GET http://aragora.test/healthz")


def test_the_version_is_that_of_the_distribution() -> None:
    from importlib.metadata import version

    assert aragora.__version__ == version("aragora")


def test_omit_shows_itself_and_is_false() -> None:
    assert repr(aragora.OMIT) == "OMIT"
    assert not aragora.OMIT


def test_text_answers_stay_text() -> None:
    from aragora._core.call import Op

    op: Op[str] = Op(id="x", method="GET", path="/x", reads="text", public=True)
    server = FakeServer().on("GET", "/x", Reply(200, {"content-type": "text/markdown"}, b"# Hi"))

    assert server.client()._sender.call(op, {}, None) == "# Hi"


def test_a_budget_refusal_has_typed_members() -> None:
    error = BudgetExceeded(errors.Problem(status=402, members={"remaining_usd": "1"}))

    assert error.remaining_usd == "1"
    assert str(error) == "HTTP 402: no detail"
