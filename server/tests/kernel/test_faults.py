from __future__ import annotations

import sqlite3

from aragora_server.kernel.faults import is_busy, meaning


def test_a_closed_connection_is_a_mistake_of_ours_and_nothing_worse():
    link = sqlite3.connect(":memory:")
    link.close()
    try:
        link.execute("SELECT 1")
    except sqlite3.Error as refused:
        fault = refused

    assert not is_busy(fault)
    assert meaning(fault) is None
