"""axe-core finds nothing in the HTML of briefings, in headless Chromium, light and dark, wide and narrow.

Needs Chromium and npm's `axe-core`; where that is not in a global `node_modules`, AXE_CORE names axe.min.js.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from cityplanner.reports.html.page import html
from tests.reports.sample import every_block

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
    None,
)
REPORT = "axe-report"
RUN = """
<script>%s</script>
<script>
axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}).then(found => {
  const told = node => node.html.slice(0, 200) + " " + node.failureSummary;
  const brief = one => ({rule: one.id, nodes: one.nodes.map(told)});
  const pre = document.createElement("pre");
  pre.id = "axe-report";
  pre.textContent = JSON.stringify({
    violations: found.violations.map(brief),
    unsure: found.incomplete.map(brief),
    passes: found.passes.map(one => one.id),
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
  });
  document.body.append(pre);
});
</script>
"""


@cache
def axe() -> Path | None:
    """The script of axe-core on this machine, if any."""
    named = os.environ.get("AXE_CORE")
    if named:
        return Path(named)
    npm = shutil.which("npm")
    if not npm:
        return None
    root = subprocess.run([npm, "root", "-g"], capture_output=True, text=True, check=False).stdout.strip()
    found = Path(root) / "axe-core" / "axe.min.js"
    return found if root and found.is_file() else None


class Report(HTMLParser):
    """Finds the report in the page as Chromium gives it back."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag == "pre" and ("id", REPORT) in attrs

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        self.words += data if self.inside else ""


def judged(source: str, folder: Path, *more: str) -> dict[str, Any]:
    """What axe says about a page."""
    script = axe()
    assert script
    assert CHROMIUM
    # The page itself allows no script: axe is let in by taking its policy away.
    policy = source[source.index("<meta http-equiv") : source.index("<title>")]
    page = source.replace(policy, "").replace("</body>", RUN % script.read_text("utf-8") + "</body>")
    path = folder / "page.html"
    path.write_text(page, "utf-8")
    words = [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    words += [f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=20000", *more, "--dump-dom"]
    done = subprocess.run([*words, path.as_uri()], capture_output=True, check=True, timeout=240)
    report = Report()
    report.feed(done.stdout.decode("utf-8"))
    return dict(json.loads(report.words))


needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
needs_axe = pytest.mark.skipif(axe() is None, reason="npm's axe-core is not installed; AXE_CORE may name it")
DARK = "--blink-settings=preferredColorScheme=0"


@needs_browser
@needs_axe
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("more", [(), (DARK,), ("--window-size=360,740",)], ids=["light", "dark", "narrow"])
def test_axe_finds_nothing(tmp_path: Path, language: str, more: tuple[str, ...]) -> None:
    found = judged(html(every_block(language)), tmp_path, *more)
    assert found["dark"] == (DARK in more)
    assert found["violations"] == []
    assert {"color-contrast", "image-alt", "svg-img-alt", "html-has-lang", "heading-order"} <= {
        *found["passes"]
    }
    # axe can't tell what lies behind words in a drawing or a cell over two rows; the palette's tests can.
    unsure = {one["rule"]: one["nodes"] for one in found["unsure"]}
    assert set(unsure) <= {"color-contrast"}
    assert not [one for one in unsure.get("color-contrast", []) if not re.match("<text|<th .*rowspan", one)]


@needs_browser
@needs_axe
def test_axe_sees_a_planted_defect(tmp_path: Path) -> None:
    source = html(every_block())
    for words in ('alt="Green hills before a pale sky."', 'lang="en"'):
        assert words in source
        source = source.replace(words, "")
    rules = {one["rule"] for one in judged(source, tmp_path)["violations"]}
    assert {"image-alt", "html-has-lang"} <= rules
