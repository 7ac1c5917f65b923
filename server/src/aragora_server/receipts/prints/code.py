"""The QR code of a receipt's link."""

from __future__ import annotations


def path_of(link: str) -> tuple[int, str]:
    """The side in modules, its quiet zone included, and the dark modules as an SVG path."""
    import segno

    # Every mask can be read, and of digits of a hash each makes an even pattern: to find the best
    # of eight takes as long as all the other work on a document.
    rows = segno.make(link, error="m", micro=False, mask=2).matrix_iter(border=4)
    parts, side = [], 0
    for y, row in enumerate(rows):
        side = y + 1
        parts += [f"M{x} {y}h1v1h-1z" for x, is_dark in enumerate(row) if is_dark]
    return side, "".join(parts)
