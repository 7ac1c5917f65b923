"""A browser lays out the letter that mail programs show, on a telephone and on a desk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.test_letters import picture
from tests.judges.conftest import judge, program

# As wide as its frame says, a page is laid out anew: windows of a browser have a least width.
FRAME = """<!doctype html><iframe style="border:0;width:{width}px;height:900px" srcdoc="{page}"
 onload="const e = this.contentDocument.documentElement;
 const bar = this.contentDocument.querySelector('.track td').getBoundingClientRect();
 const label = this.contentDocument.querySelector('.label').getBoundingClientRect();
 const value = this.contentDocument.querySelector('.value').getBoundingClientRect();
 document.title = [e.scrollWidth <= {width}, bar.width > 100, value.top >= label.bottom].join()">
</iframe>"""


@pytest.mark.parametrize(("width", "is_stacked"), [(320, True), (390, True), (1000, False)])
def test_chromium_shows_a_letter_whole(width: int, is_stacked: bool, tmp_path: Path) -> None:
    chromium = program("chromium")
    page = picture().part("html").replace("&", "&amp;").replace('"', "&quot;")
    (tmp_path / "frame.html").write_text(
        FRAME.replace("{width}", str(width)).replace("{page}", page), "utf-8"
    )
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--window-size=1200,1000"]

    told = judge(chromium, *quiet, "--dump-dom", f"file://{tmp_path}/frame.html", folder=tmp_path)

    found = re.search(r"<title>([^<]*)</title>", told.stdout)
    assert found is not None, told.stdout[-2000:] + told.stderr
    assert found[1] == f"true,true,{str(is_stacked).lower()}"
