"""What a person matched by hand holds the next time; a mapping that is given still wins."""

from __future__ import annotations

from pathlib import Path

from cityplanner.base.settings import LEARNED_COLUMNS, Settings
from cityplanner.exchange.intake.learned import learn, learned
from cityplanner.exchange.intake.match import Source, match
from cityplanner.model.partner import Partner

HEADERS = ("Twin", "Town", "Remark", "Land")


def settings(folder: Path) -> Settings:
    return Settings(folder / "settings.json")


def told(folder: Path, mapping: dict[str, str] | None = None) -> list[tuple[str, Source]]:
    columns = match(HEADERS, Partner, mapping, learned=learned(settings(folder), Partner))
    return [(str(column.target or ""), column.source) for column in columns]


def test_a_column_says_where_its_field_came_from(tmp_path: Path) -> None:
    assert told(tmp_path) == [
        ("", Source.NONE), ("city", Source.SYNONYM), ("notes", Source.SYNONYM), ("country", Source.SYNONYM),
    ]  # fmt: skip
    assert match(("Name",), Partner)[0].source is Source.EXACT


def test_what_was_matched_by_hand_is_known_the_next_time(tmp_path: Path) -> None:
    learn(settings(tmp_path), Partner, match(HEADERS, Partner, {"Twin": "name", "Remark": ""}))
    assert told(tmp_path)[0] == ("name", Source.LEARNED)
    assert told(tmp_path)[2] == ("", Source.LEARNED)
    assert told(tmp_path)[1] == ("city", Source.SYNONYM)


def test_a_given_mapping_wins_over_what_was_learned(tmp_path: Path) -> None:
    learn(settings(tmp_path), Partner, match(HEADERS, Partner, {"Twin": "name"}))
    assert told(tmp_path, {"Twin": "own_name"})[0] == ("own_name", Source.CHOSEN)
    assert told(tmp_path, {"Town": "name"})[:2] == [("", Source.NONE), ("name", Source.CHOSEN)]


def test_a_field_that_is_gone_and_damaged_settings_teach_nothing(tmp_path: Path) -> None:
    kept = settings(tmp_path)
    kept.set(LEARNED_COLUMNS, {"partner": {"twin": "a field of old"}})
    assert told(tmp_path)[0] == ("", Source.NONE)
    kept.path.write_text('{"learned_columns": {"partner": ["x"]}}', "utf-8")
    assert told(tmp_path)[0] == ("", Source.NONE)
