"""A receipt as PDF is judged by its bundle and by what its pages show."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from aragora.cli import verify as command
from aragora.receipts import PinnedKeys, Verification, canonical, document
from aragora.receipts.pdf import verify_pdf
from aragora.receipts.readable import Receipt
from aragora_server.receipts.prints.pdf import Press
from aragora_server.receipts.prints.setting import Setting
from example import PINNED, Json, Texts, seal, statement, text_of
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

PRESS = Press()
PINS = PinnedKeys.load(json.dumps(PINNED).encode())
WORDS = "Paid for in Ada's words: « ﬁne » 中文 \U00012000 🤔"


def asking(question: str) -> bytes:
    """The example with another question."""
    texts = Texts()
    content: Json = statement(texts)
    content["predicate"]["question"] = {"_sd": [texts.commit("text", question)]}
    payload = canonical.encode(content)
    kept = [made.encoded for made in texts.made if made.digest.encode() in payload]
    return text_of(seal(payload, kept)).encode()


BUNDLE = asking(WORDS)


def print_of(shown: bytes, *, inside: bytes) -> bytes:
    """A forger's print: the pages of one bundle, another one attached."""
    receipt, blocks = Receipt.of(shown), document.of(shown)
    return PRESS._compiled(
        lambda unshown: Setting(frozenset(unshown)).given(receipt, blocks), inside
    )


def told(result: Verification) -> tuple[str, str]:
    check = result.checks[-1]
    assert check.name == "pdf_text"
    return result.verdict, check.result


def test_a_print_of_ours_is_verified_by_setting_it_again() -> None:
    result = verify_pdf(PRESS.of(BUNDLE), keys=PINS, press=PRESS.of)

    assert told(result) == ("verified", "pass"), result.detail
    assert result.receipt_id == Receipt.of(BUNDLE).content["receipt_id"]


def other_press(_: bytes) -> bytes:
    """Another version of it, that sets the same words in another way."""
    return b"%PDF-1.7"


@pytest.mark.parametrize("press", [None, other_press])
def test_the_text_alone_never_proves_what_the_pages_show(
    press: Callable[[bytes], bytes] | None,
) -> None:
    """Other glyphs can be drawn under the words that a page says of itself."""
    result = verify_pdf(PRESS.of(BUNDLE), keys=PINS, press=press)

    assert (*told(result), result.exit_code) == ("not_verified", "absent", 3)
    assert "is that of the bundle" in result.detail


@pytest.mark.parametrize("press", [PRESS.of, None])
def test_a_forged_page_with_a_true_bundle_inside_fails(
    press: Callable[[bytes], bytes] | None,
) -> None:
    content = json.loads(BUNDLE)
    cut = json.dumps(content | {"disclosures": content["disclosures"][:-1]}).encode()

    result = verify_pdf(print_of(cut, inside=BUNDLE), keys=PINS, press=press)

    assert (*told(result), result.exit_code) == ("failed", "fail", 1)


def overlaid(made: bytes, drawing: bytes) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(made))
    stream = DecodedStreamObject()
    stream.set_data(writer.pages[0].get_contents().get_data() + drawing)
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    return saved(writer)


def saved(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def noted(made: bytes) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(made))
    writer.add_annotation(0, FreeText(text="Rejected", rect=(50, 50, 300, 100)))
    return saved(writer)


def lengthened(made: bytes) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(made))
    writer.add_blank_page()
    return saved(writer)


def scripted(made: bytes) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(made))
    action = {NameObject("/S"): NameObject("/Named"), NameObject("/N"): NameObject("/NextPage")}
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    return saved(writer)


FORGERIES: dict[str, Callable[[bytes], bytes]] = {
    "more text": lambda made: overlaid(made, b"\nBT /f0 20 Tf 50 400 Td <00010002> Tj ET\n"),
    "text that nobody sees": lambda made: overlaid(made, b"\nBT 3 Tr ET\n"),
    "a picture": lambda made: overlaid(made, b"\nBI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI\n"),
    "an annotation": noted,
    "one page more": lengthened,
    "a script": scripted,
}


@pytest.mark.parametrize("name", FORGERIES)
def test_what_is_put_over_the_pages_fails(name: str) -> None:
    made = PRESS.of(BUNDLE)

    for press in (PRESS.of, None):
        result = verify_pdf(FORGERIES[name](made), keys=PINS, press=press)
        assert told(result) == ("failed", "fail"), result.detail


def test_text_from_right_to_left_needs_the_press() -> None:
    made = PRESS.of(asking("هل نصدر؟"))

    assert told(verify_pdf(made, keys=PINS, press=PRESS.of)) == (
        "verified",
        "pass",
    )
    result = verify_pdf(made, keys=PINS)
    assert (*told(result), result.exit_code) == ("not_verified", "absent", 3)


def test_a_bundle_that_is_not_verified_says_nothing_of_its_pages() -> None:
    result = verify_pdf(PRESS.of(BUNDLE), press=PRESS.of)

    assert (*told(result), result.exit_code) == ("not_verified", "absent", 3)
    assert result.detail.startswith("signature")


@pytest.mark.parametrize(
    "content", [b"%PDF-", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj"]
)
def test_what_is_no_pdf_is_unreadable(content: bytes) -> None:
    result = verify_pdf(content)

    assert (result.verdict, result.exit_code) == ("unreadable", 2)


def test_a_pdf_without_our_attachment_is_unreadable() -> None:
    writer = PdfWriter(clone_from=BytesIO(PRESS.of(BUNDLE)))
    writer.add_attachment("receipt.json", BUNDLE)

    assert verify_pdf(saved(writer)).verdict == "unreadable"


def test_without_the_extra_the_pages_are_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    made = PRESS.of(BUNDLE)
    monkeypatch.setitem(sys.modules, "pypdf", None)

    result = verify_pdf(made, keys=PINS)

    assert (*told(result), result.exit_code) == ("not_verified", "absent", 3)
    assert "aragora[pdf]" in result.detail


def test_the_command_sets_the_receipt_again_where_a_server_is_installed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, known = tmp_path / "receipt.pdf", tmp_path / "keys.json"
    path.write_bytes(PRESS.of(BUNDLE))
    known.write_text(json.dumps(PINNED))

    code = command.run([str(path), "--keys", str(known)])

    out = capsys.readouterr().out
    assert code == 0, out
    assert "set again: the same bytes" in out


def small(drawn: bytes, *, times: int) -> bytes:
    """A print of the receipt to which pages are added that unpack to these bytes."""
    writer = PdfWriter(clone_from=BytesIO(PRESS.of(BUNDLE)))
    stream = DecodedStreamObject()
    stream.set_data(drawn)
    packed = writer._add_object(stream.flate_encode(9))
    for _ in range(times):
        writer.add_blank_page(10, 10)[NameObject("/Contents")] = packed
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_pages_that_unpack_to_more_than_the_receipt_has_are_not_read() -> None:
    result = verify_pdf(small(b"q Q " * 1_000_000, times=8), keys=PINS)

    assert told(result) == ("failed", "fail")
    assert result.checks[-1].detail == "its pages hold more than a print of this receipt"


def test_no_page_is_read_before_the_bundle_is_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aragora.receipts.pdf.pages", None)

    result = verify_pdf(PRESS.of(BUNDLE))

    assert told(result) == ("not_verified", "absent")
