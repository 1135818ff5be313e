"""The child of the workload `start`: the application as its user starts it, and nothing loaded before it.

First rows are there when they were painted; a click on one is heeded from then on, if need be once the plan is open.
"""

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
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    from cityplanner.ui.main_window import MainWindow
    from tests.benchmarks.watching import Watchdog

    window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
    found: dict[str, object] = {}
    told: set[str] = set()
    dog = Watchdog(window)
    dog.name("until the rows are there")

    def note(name: str) -> None:
        found.setdefault(name, time.time())
        found.setdefault(f"{name}_cpu", time.process_time())

    class Painted(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint and getattr(window.page, "glance", None) is not None:
                QTimer.singleShot(0, lambda: note("usable"))
            return False

    painted = Painted(window)

    def look() -> None:
        page = window.page
        numbers = getattr(page, "tiles", None)  # its class must not be imported here
        if numbers is None:
            return
        if "watched" not in told:  # they are painted together with the rows, and always in sight
            told.add("watched")
            numbers.tiles[-1].installEventFilter(painted)
            numbers.tiles[-1].update()
        if window.is_open:
            note("open")
        if getattr(page, "outlook", None) is not None and "whole" not in found:
            note("whole")
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
