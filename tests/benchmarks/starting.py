"""The child of the workload `start`: the application as its user starts it, and nothing loaded before it."""

from __future__ import annotations

import sys
import time

SETTLED_MS = 1_500


def tell() -> None:
    """In the child: start the application as its user does and print when it was painted and could be used."""
    from PySide6.QtWidgets import QApplication

    run = QApplication.exec
    QApplication.exec = lambda *_self: _watched(run)  # type: ignore[method-assign]
    from cityplanner.__main__ import main

    sys.argv = ["cityplanner"]
    main()


def _watched(run: object) -> int:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from cityplanner.ui.main_window import MainWindow
    from tests.benchmarks.watching import Watchdog

    window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
    found: dict[str, object] = {}
    dog = Watchdog(window)
    dog.name("until the rows are there")

    def note(name: str) -> None:
        found.setdefault(name, time.time())
        found.setdefault(f"{name}_cpu", time.process_time())

    def look() -> None:
        page = window.page
        if page is not None and getattr(page, "facts", None) is not None and "usable" not in found:
            note("usable")
            QTimer.singleShot(SETTLED_MS, end)

    def end() -> None:
        timer.stop()
        dog.end()
        found["stalls"] = [str(one) for one in dog.stalls if one.blocked > dog.limit]
        found["stall"] = max((one.blocked for one in dog.worst()), default=0.0)
        import json

        print(json.dumps(found), flush=True)
        window.close()  # a window that is killed is told of at the next start
        QApplication.quit()

    window.painted.connect(lambda: note("painted"))
    timer = QTimer(window, interval=2)
    timer.timeout.connect(look)
    timer.start()
    dog.begin()
    assert callable(run)
    return int(run())
