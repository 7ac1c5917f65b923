"""A receipt on paper: PDF/A-3b, the bundle inside, every text as it is."""

from __future__ import annotations

import re
from io import BytesIO

import attrs
import pytest
from aragora_server.kernel.ids import new_id
from aragora_server.receipts.model import Claim, Message
from aragora_server.receipts.prints.pdf import Press
from aragora_server.receipts.service import ReceiptService
from pypdf import PdfReader

pytestmark = pytest.mark.anyio

ACME = new_id()


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


async def bundle_of(receipts: ReceiptService, claim: Claim, said: str | None = None) -> bytes:
    if said is not None:
        first = claim.messages[0]
        spoken = Message(
            round=0, phase="pair", participant=first.participant, at=first.at, text=said
        )
        claim = attrs.evolve(claim, question=said, messages=(spoken,))
    async with receipts.db.begin() as tx:
        issued = await receipts.issue(tx, workspace_id=ACME, claim=claim)
    return await receipts.bundle(ACME, issued.receipt_id)


def text_of(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


async def test_a_pdf_is_of_the_standard_and_carries_the_bundle_as_its_source(
    receipts: ReceiptService, claim: Claim, press: Press
) -> None:
    bundle = await bundle_of(receipts, claim)

    root = PdfReader(BytesIO(press.of(bundle))).trailer["/Root"]

    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>3<" in metadata
    assert "<pdfaid:conformance>B<" in metadata
    (attached,) = root["/AF"]
    content = attached.get_object()["/EF"]["/F"].get_object()
    assert attached.get_object()["/AFRelationship"] == "/Source"
    assert attached.get_object()["/UF"] == "receipt.json"
    assert content["/Subtype"] == "/application/vnd.aragora.receipt-bundle+json"
    assert content["/Params"]["/ModDate"] == "D:20261122120000Z"
    assert content.get_data() == bundle


async def test_the_same_receipt_gives_the_same_bytes(
    receipts: ReceiptService, claim: Claim, press: Press
) -> None:
    bundle = await bundle_of(receipts, claim)

    assert press.of(bundle) == press.of(bundle) == Press().of(bundle)


@pytest.mark.parametrize(
    "said",
    [
        "هل نصدر خدمة الفوترة يوم الجمعة؟",
        "我们应该在星期五发布吗。 日本語 한국어",
        "🤔🚀 👍🏽 👨‍👩‍👧 🇩🇪 1️⃣ ∀x ∈ X",
        "Ελληνικά русский עברית हिन्दी ไทย",
        "x" * 3000,
        "",
    ],
)
async def test_any_script_is_set_with_fonts_that_are_inside(
    receipts: ReceiptService, claim: Claim, press: Press, said: str
) -> None:
    made = press.of(await bundle_of(receipts, claim, said or " "))

    for page in PdfReader(BytesIO(made)).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            (drawn,) = font.get_object()["/DescendantFonts"]
            described = drawn.get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & described.keys()


async def test_a_character_without_a_font_is_spelled_out_rather_than_left_blank(
    receipts: ReceiptService, claim: Claim, press: Press
) -> None:
    made = press.of(await bundle_of(receipts, claim, "cuneiform \U00012000 and \U00013000"))

    assert "cuneiform [U+12000] and [U+13000]" in text_of(made)


async def test_no_text_is_read_as_markup(
    receipts: ReceiptService, claim: Claim, press: Press
) -> None:
    said = '#panic("x") *bold* _it_ $x^2$ @ref <label> #image("/etc/passwd") // gone /* gone */ \\n'

    made = press.of(await bundle_of(receipts, claim, said))

    assert said in text_of(made)
