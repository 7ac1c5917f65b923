"""The document of a receipt as PDF/A-3b, with the bundle inside as `receipt.json`.

Typesetting needs the extra `[pdf]`; the fonts are those of its packages, and no other, so a receipt
looks the same wherever it is printed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from aragora.receipts import document
from aragora.receipts.readable import Receipt

from aragora_server.kernel.errors import AragoraError, NotImplementedHere
from aragora_server.kernel.extras import ExtraMissing, needed

from .setting import Setting

STANDARD = "a-3b"
FONTS = ("manimgx_fonts", "manimgx_fonts_cjk")
_UNSHOWN = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ROUNDS = 8


class PdfSupportMissing(NotImplementedHere):
    code = "pdf_support_missing"


class Press:
    """One compiler, kept: it holds the fonts and what it has learned of the template."""

    def __init__(self) -> None:
        self._lock = Lock()

    def of(self, bundle: bytes) -> bytes:
        """The same bundle gives the same bytes, as long as the extra stays as it is."""
        receipt, blocks = Receipt.of(bundle), document.of(bundle)
        with self._lock:
            return self._compiled(
                lambda unshown: Setting(frozenset(unshown)).given(receipt, blocks), bundle
            )

    def _compiled(self, given: Callable[[set[str]], dict[str, Any]], bundle: bytes) -> bytes:
        """What no font can show is spelled out: PDF/A lets nothing be left blank."""
        typst, unshown = self._typst, set[str]()
        for _ in range(_ROUNDS):
            inputs = {"receipt": json.dumps(given(unshown)), "bundle": bundle.decode()}
            try:
                made = self._compiler.compile(
                    input=self._template,
                    sys_inputs=inputs,
                    format="pdf",
                    pdf_standards=[STANDARD],
                )
            except typst.TypstError as error:
                found = set("".join(_UNSHOWN.findall(error.diagnostic))) - unshown
                if not found:
                    raise
                unshown |= found
            else:
                return bytes(made)
        raise AragoraError("the receipt has more characters without a font than can be spelled out")

    @cached_property
    def _typst(self) -> Any:
        return _extra("typst")

    @cached_property
    def _compiler(self) -> Any:
        folders = [str(Path(str(_extra(name).__file__)).parent) for name in FONTS]
        fonts = self._typst.Fonts(include_system_fonts=False, font_paths=folders)
        return self._typst.Compiler(font_paths=fonts)

    @cached_property
    def _template(self) -> bytes:
        return Path(__file__).with_name("receipt.typ").read_bytes()


def _extra(module: str) -> Any:
    try:
        return needed(module, extra="pdf", by="a receipt as PDF")
    except ExtraMissing as missing:
        raise PdfSupportMissing(str(missing)) from None
