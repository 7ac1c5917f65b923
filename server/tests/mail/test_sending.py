"""Letters through a real mail server: once each, over TLS, and what becomes of a refusal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anyio
import attrs
import httpx2
import pytest
from aragora_server.kernel.extras import ExtraMissing
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.jobs import Job, JobHopeless
from aragora_server.kernel.notices import Notice
from aragora_server.mail import service
from aragora_server.mail.letters import Letters
from aragora_server.mail.server import mail_server as server_at
from aragora_server.mail.smtp import Carrier, NotTaken
from aragora_server.services import Services, build_services
from aragora_server.settings import SettingInvalid, Settings

from tests.certificates import certified
from tests.mail_server import MailServer, mail_server
from tests.told import EVENTS

pytestmark = pytest.mark.anyio

SENDER = "Aragora <alerts@example.com>"
EVENT = EVENTS["budget.exhausted"]
LETTERS = Letters(sender=SENDER, public_url="https://aragora.example")


@pytest.fixture
def post_office() -> Iterator[MailServer]:
    with mail_server() as post_office:
        yield post_office


@pytest.fixture
def settings(settings: Settings, post_office: MailServer) -> Settings:
    url = f"smtp+plain://127.0.0.1:{post_office.port}"
    return attrs.evolve(settings, mail=server_at(url, SENDER))


async def tell(services: Services, client: httpx2.AsyncClient, *emails: str) -> None:
    workspace_id = (await client.get("/v1/account")).json()["workspace"]["id"]
    notice = Notice(
        workspace_id=workspace_id,
        key="alert-1",
        type=EVENT["type"],
        at=datetime.now(UTC),
        data=EVENT["data"],
        emails=emails,
    )
    async with services.db.begin() as tx:
        await services.messengers.tell(tx, notice)
    await services.outbox.wake()


async def jobs(client: httpx2.AsyncClient, *states: str) -> list[dict[str, Any]]:
    """The jobs that send mail, when they have come to these states."""
    with anyio.fail_after(30):
        while True:
            found = (await client.get("/v1/jobs", params={"kind": "send_mail"})).json()["items"]
            if sorted(job["state"] for job in found) == sorted(states):
                shown: list[dict[str, Any]] = found
                return shown
            await anyio.sleep(0.02)


async def test_each_recipient_gets_one_letter_however_often_it_is_told(
    services: Services, acme: httpx2.AsyncClient, post_office: MailServer
) -> None:
    for _ in range(2):
        await tell(services, acme, "ada@example.com", "eve@example.com", "ada@example.com")

    found = await jobs(acme, "done", "done")
    letters = sorted(post_office.messages, key=lambda one: str(one["To"]))
    assert [one["To"] for one in letters] == ["ada@example.com", "eve@example.com"]
    assert [one.rcpt_tos for one in post_office.letters] in (
        [["ada@example.com"], ["eve@example.com"]],
        [["eve@example.com"], ["ada@example.com"]],
    )
    assert len({one["Message-ID"] for one in letters}) == 2
    assert {one["From"] for one in letters} == {SENDER}
    assert {job["subject"] for job in found} == {"a…@example.com", "e…@example.com"}


async def test_a_server_without_starttls_is_told_with_the_way_out(
    post_office: MailServer,
) -> None:
    demanding = Carrier(server=server_at(f"smtp://127.0.0.1:{post_office.port}", SENDER))
    letter = LETTERS.letter(to="ada@example.com", key="k", event=EVENT)

    with pytest.raises(NotTaken) as fault:
        await demanding.carry(letter, "ada@example.com")

    for part in ("offers no STARTTLS", "ARAGORA_SMTP_URL", "smtps://", "smtp+plain://"):
        assert part in str(fault.value)
    assert not fault.value.is_final
    assert post_office.letters == []


async def test_a_refusal_for_now_is_tried_again_with_the_same_message_id(
    services: Services, acme: httpx2.AsyncClient, post_office: MailServer
) -> None:
    post_office.answers = ["451 4.7.1 ada@example.com is greylisted"]

    await tell(services, acme, "ada@example.com")

    (job,) = await jobs(acme, "done")
    assert (job["attempts"], job["last_error"]) == (2, "the mail server answered 451")
    assert len(post_office.letters) == 1


async def test_a_refusal_for_good_is_dead_at_once_and_can_be_retried(
    services: Services,
    acme: httpx2.AsyncClient,
    post_office: MailServer,
    caplog: pytest.LogCaptureFixture,
) -> None:
    post_office.answers = ["550 5.1.1 ada@example.com: user unknown"]

    await tell(services, acme, "ada@example.com")

    (dead,) = await jobs(acme, "dead")
    assert (dead["attempts"], dead["last_error"]) == (1, "the mail server answered 550")
    assert "ada@example.com" not in caplog.text + str(dead)

    await acme.post(f"/v1/jobs/{dead['id']}/retry")
    await jobs(acme, "done")
    assert [one["To"] for one in post_office.messages] == ["ada@example.com"]


async def test_a_workspace_sends_so_many_letters_a_day_and_another_as_many(
    services: Services,
    acme: httpx2.AsyncClient,
    rival: httpx2.AsyncClient,
    post_office: MailServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(service, "MOST_A_DAY", 2)
    await tell(services, acme, "ada@example.com", "eve@example.com")
    await jobs(acme, "done", "done")

    await tell(services, acme, "joe@example.com")
    await tell(services, rival, "joe@example.org")

    (dead,) = [job for job in await jobs(acme, "dead", "done", "done") if job["state"] == "dead"]
    assert dead["last_error"] == service.ENOUGH
    await jobs(rival, "done")
    assert "joe@example.com" not in {str(one["To"]) for one in post_office.messages}


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
async def test_over_starttls_or_tls_with_a_password(tmp_path: Path) -> None:
    ours = certified("mail.example.com", tmp_path)
    letter = LETTERS.letter(to="ada@example.com", key="alert-1", event=EVENT)
    for scheme, starttls in (("smtp", True), ("smtps", False)):
        with mail_server(ours.server, starttls=starttls, users={"ada": "p@ss"}) as office:
            good = server_at(f"{scheme}://ada:p%40ss@127.0.0.1:{office.port}", SENDER)
            bad = attrs.evolve(good, password="wrong")
            trusted = ours.client
            trusted.check_hostname = False

            await Carrier(server=good, trusted=trusted).carry(letter, "ada@example.com")
            with pytest.raises(NotTaken, match="refuses us: 535") as refused:
                await Carrier(server=bad, trusted=trusted).carry(letter, "ada@example.com")

            # What was encrypted from the start, no server of this kind knows of.
            assert office.encrypted == [starttls]
            assert not refused.value.is_final


async def test_no_letter_goes_in_clear_or_to_a_stranger(tmp_path: Path) -> None:
    letter = LETTERS.letter(to="ada@example.com", key="alert-1", event=EVENT)
    ours = certified("mail.example.com", tmp_path)
    with mail_server() as plain, mail_server(ours.server, starttls=True) as stranger:
        for office, why in ((plain, "offers no STARTTLS"), (stranger, "cannot be used")):
            server = server_at(f"smtp://127.0.0.1:{office.port}", SENDER)
            with pytest.raises(NotTaken, match=why):
                await Carrier(server=server).carry(letter, "ada@example.com")

        assert plain.letters == stranger.letters == []


async def test_without_a_mail_server_a_letter_is_dead_and_says_why(services: Services) -> None:
    silent = attrs.evolve(services.messengers.mail, carrier=None)
    payload = {"to": "ada@example.com", "key": "alert-1", "event": EVENT}
    job = Job(
        id=new_id(),
        kind="send_mail",
        workspace_id=None,
        subject=None,
        payload=payload,
        attempts=1,
        epoch=1,
    )

    with pytest.raises(JobHopeless, match="ARAGORA_SMTP_URL is not set"):
        await silent.run(job)


async def test_a_missing_library_is_named_at_the_start(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "aiosmtplib", None)

    with pytest.raises(ExtraMissing, match=r"pip install 'aragora-server\[mail\]'"):
        build_services(settings)


def test_a_mail_server_needs_a_sender_and_its_password_is_a_secret(tmp_path: Path) -> None:
    given = {"HOME": str(tmp_path), "ARAGORA_SMTP_URL": "smtp://a:p-secret@mail.example.com"}

    with pytest.raises(SettingInvalid, match="ARAGORA_MAIL_FROM"):
        Settings.from_env(given)
    found = Settings.from_env({**given, "ARAGORA_MAIL_FROM": SENDER})

    assert "p-secret" in found.secrets()
    assert "p-secret" not in repr(found)
