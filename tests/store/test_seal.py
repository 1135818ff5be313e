"""The office's seal is a picture of the plan: set, described, replaced, taken off, each as one change."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from cityplanner.base.errors import UserError
from cityplanner.exchange.sample.data import SAMPLE_TODAY
from cityplanner.model.office import Office
from cityplanner.reports.choices import Choices
from cityplanner.reports.kinds import kind_named
from cityplanner.reports.report import write_report
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from cityplanner.store.seal import Seal, remove_seal, seal_of, set_seal


def picture(folder: Path, name: str = "emblem.png", colour: str = "navy") -> Path:
    path = folder / name
    Image.new("RGB", (80, 80), colour).save(path)
    return path


def seal(plan: Plan) -> Seal | None:
    with plan.reading() as session:
        return seal_of(session, records(session, Office)[0])


def test_a_seal_is_set_described_replaced_and_taken_off(plan: Plan, tmp_path: Path) -> None:
    assert seal(plan) is None
    set_seal(plan, picture(tmp_path), "A lighthouse")
    set_seal(plan, None, "A lighthouse on a rock")
    kept = seal(plan)
    assert kept is not None
    assert kept.words == "A lighthouse on a rock"
    assert Image.open(BytesIO(kept.data)).size == (80, 80)
    set_seal(plan, picture(tmp_path, "new.jpg", "green"), "A tree")
    replaced = seal(plan)
    assert replaced is not None
    assert replaced.words == "A tree"
    remove_seal(plan)
    assert seal(plan) is None


def test_each_change_of_the_seal_is_undone_in_one_step(plan: Plan, tmp_path: Path) -> None:
    set_seal(plan, picture(tmp_path), "A lighthouse")
    set_seal(plan, picture(tmp_path, "new.png", "green"), "A tree")
    plan.undo()
    kept = seal(plan)
    assert kept is not None
    assert kept.words == "A lighthouse"
    plan.undo()
    assert seal(plan) is None


def test_what_is_no_picture_is_refused_and_changes_nothing(plan: Plan, tmp_path: Path) -> None:
    text = tmp_path / "seal.txt"
    text.write_text("no picture")
    with pytest.raises(UserError, match="PNG or JPEG"):
        set_seal(plan, text, "words")
    with pytest.raises(UserError, match="no seal"):
        set_seal(plan, None, "words")
    assert seal(plan) is None


def test_a_briefing_carries_the_seal_with_its_words(sample: Plan, tmp_path: Path) -> None:
    set_seal(sample, picture(tmp_path), "Seal of Port Linden")
    briefing = kind_named("executive").compose(sample, Choices(), SAMPLE_TODAY)
    assert briefing.seal is not None
    assert briefing.seal_alt == "Seal of Port Linden"


def test_a_seal_without_words_keeps_a_briefing_from_being_written_and_says_where_to_mend_it(
    sample: Plan, tmp_path: Path
) -> None:
    set_seal(sample, picture(tmp_path), "")
    with pytest.raises(UserError, match="seal has no alternative text") as caught:
        write_report("executive", sample, tmp_path / "b.pdf", today=SAMPLE_TODAY)
    assert "office" in caught.value.remedy
    assert not (tmp_path / "b.pdf").exists()
