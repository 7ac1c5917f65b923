"""Receipts through the real application: who may see them, and how quickly it answers."""

from __future__ import annotations

import base64
import json
import sys
import time
from io import BytesIO

import httpx2
import pytest
from aragora import receipts as offline
from aragora.receipts import dsse
from aragora_server.kernel.ids import new_id
from aragora_server.services import Services
from pypdf import PdfReader

pytestmark = pytest.mark.anyio

PARTS = ("bundle", "proof", "markdown", "html", "pdf", "odr")
MEDIA_TYPE = "application/vnd.aragora.receipt-bundle+json"


async def test_a_receipt_is_read_listed_downloaded_and_verified_by_every_client(
    acme: httpx2.AsyncClient, stranger: httpx2.AsyncClient, receipt_id: str
) -> None:
    bundle = (await acme.get(f"/v1/receipts/{receipt_id}/bundle")).content
    keys = (await stranger.get("/.well-known/aragora-keys.json")).content

    listed = (await acme.get("/v1/receipts", params={"outcome": "decided"})).json()["items"]
    shown = (await acme.get(f"/v1/receipts/{receipt_id}")).json()
    report = await stranger.post(
        "/v1/receipts/verify", content=bundle, headers={"content-type": MEDIA_TYPE}
    )

    assert listed == [shown]
    assert (report.status_code, report.json()["verdict"]) == (200, "verified")
    assert offline.verify(bundle, keys=offline.PinnedKeys.load(keys)).is_verified


async def test_another_workspace_finds_no_receipt_in_any_operation(
    rival: httpx2.AsyncClient, receipt_id: str
) -> None:
    here = f"/v1/receipts/{receipt_id}"
    for path in (here, *(f"{here}/{part}" for part in PARTS)):
        answer = await rival.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "receipt_not_found")

    assert (await rival.get("/v1/receipts")).json()["items"] == []


async def test_prints_come_as_texts_and_a_page_with_the_headers_that_keep_it_still(
    acme: httpx2.AsyncClient, receipt_id: str
) -> None:
    told = await acme.get(f"/v1/receipts/{receipt_id}/markdown")
    page = await acme.get(f"/v1/receipts/{receipt_id}/html")

    assert told.headers["content-type"] == "text/markdown; charset=utf-8"
    assert "content-security-policy" not in told.headers
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-security-policy"].startswith("default-src 'none'; ")
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "no-referrer"
    for shown in (told.text, page.text):
        assert receipt_id in shown.replace("\\-", "-")


async def test_a_pdf_comes_as_a_file_with_the_bundle_inside(
    acme: httpx2.AsyncClient, receipt_id: str
) -> None:
    bundle = (await acme.get(f"/v1/receipts/{receipt_id}/bundle")).content

    answer = await acme.get(f"/v1/receipts/{receipt_id}/pdf")

    assert answer.headers["content-type"] == "application/pdf"
    assert PdfReader(BytesIO(answer.content)).attachments["receipt.json"] == [bundle]


@pytest.mark.parametrize("module", ["typst", "manimgx_fonts_cjk"])
async def test_without_the_extra_a_pdf_is_refused_by_the_name_of_the_extra(
    acme: httpx2.AsyncClient, receipt_id: str, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)

    answer = await acme.get(f"/v1/receipts/{receipt_id}/pdf")

    assert (answer.status_code, answer.json()["code"]) == (501, "pdf_support_missing")
    assert f"needs {module}: pip install 'aragora-server[pdf]'" in answer.json()["detail"]


async def test_a_receipt_that_never_was_is_not_found(acme: httpx2.AsyncClient) -> None:
    answer = await acme.get(f"/v1/receipts/{new_id()}")

    assert (answer.status_code, answer.json()["code"]) == (404, "receipt_not_found")


async def test_a_receipt_of_this_server_is_judged_by_its_id(
    acme: httpx2.AsyncClient, rival: httpx2.AsyncClient, receipt_id: str
) -> None:
    path = f"/v1/receipts/{receipt_id}/verify"

    report = (await acme.post(path)).json()
    foreign = await rival.post(path)

    assert (report["verdict"], report["receipt_id"]) == ("verified", receipt_id)
    assert foreign.json()["code"] == "receipt_not_found"


async def test_a_changed_bundle_is_answered_with_the_check_that_failed(
    acme: httpx2.AsyncClient, stranger: httpx2.AsyncClient, receipt_id: str
) -> None:
    bundle = (await acme.get(f"/v1/receipts/{receipt_id}/bundle")).json()
    bundle["dsse"]["signatures"][0]["keyid"] = "0" * 64

    answer = await stranger.post(
        "/v1/receipts/verify", content=json.dumps(bundle), headers={"content-type": MEDIA_TYPE}
    )

    report = answer.json()
    failed = [check["name"] for check in report["checks"] if check["result"] == "fail"]
    assert (answer.status_code, report["exit_code"], failed) == (200, 1, ["issuer"])


async def test_the_secret_of_the_tag_makes_no_receipt(
    services: Services, acme: httpx2.AsyncClient, stranger: httpx2.AsyncClient, receipt_id: str
) -> None:
    """Whoever holds it turns the verdict and tags it anew: the tag is true, and proves nothing."""
    bundle = (await acme.get(f"/v1/receipts/{receipt_id}/bundle")).json()
    (secret,) = services.receipts.seal.keys.hmac_keys().keys.values()
    payload = base64.b64decode(bundle["dsse"]["payload"])
    turned = payload.replace(b'"option":"approve"', b'"option":"reject"')
    bundle["dsse"]["payload"] = base64.b64encode(turned).decode()
    bundle["hmac"]["tag"] = dsse.hmac_tag(secret, dsse.pae(dsse.PAYLOAD_TYPE, turned))

    answer = await stranger.post(
        "/v1/receipts/verify", content=json.dumps(bundle), headers={"content-type": MEDIA_TYPE}
    )

    report = answer.json()
    found = {check["name"]: check["result"] for check in report["checks"]}
    assert (report["exit_code"], found["signature"], found["hmac"]) == (1, "fail", "pass")


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b'{"v":1}', b"\xff", b"null"])
async def test_what_is_no_bundle_is_refused_at_once(
    stranger: httpx2.AsyncClient, content: bytes | None
) -> None:
    started = time.perf_counter()

    answer = await stranger.post(
        "/v1/receipts/verify", content=content, headers={"content-type": MEDIA_TYPE}
    )

    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert time.perf_counter() - started < 1
