"""The model as a whole."""

from cityplanner.model.entity import Base, fields
from cityplanner.model.field import Kind, OnDelete
from cityplanner.model.nouns import nouns, references


def test_every_table_but_the_history_and_contents_of_files_is_a_noun() -> None:
    assert set(Base.metadata.tables) - set(nouns()) == {"change", "changed_row", "file_content"}


def test_the_nouns_of_the_domain_are_there() -> None:
    assert set(nouns()) >= {
        "office", "roundtable", "section", "source_item", "answer", "partner", "contact", "position", "agreement",
        "deliverable", "engagement", "commitment", "gift", "aid", "practice", "initiative", "milestone",
        "service_level", "contribution", "indicator", "measurement", "fund", "staff_position", "scenario", "decision",
    }  # fmt: skip


def test_every_link_is_a_reference_of_what_it_points_to() -> None:
    links = {(noun, f.name) for noun, cls in nouns().items() for f in fields(cls) if f.kind is Kind.LINK}
    seen = {(r.noun.__tablename__, r.field.name) for table in nouns() for r in references(table)}

    assert seen == links


def test_a_reference_says_whether_it_owns() -> None:
    owned = {r.noun.__tablename__ for r in references("initiative") if r.owns}

    assert "milestone" in owned
    assert "practice" not in owned


def test_owning_never_runs_in_a_circle() -> None:
    owners = {
        table: {f.target for f in fields(cls) if f.on_delete is OnDelete.OWN}
        for table, cls in nouns().items()
    }

    def height(table: str, below: tuple[str, ...] = ()) -> int:
        assert table not in below
        return 1 + max((height(owner, (*below, table)) for owner in owners[table]), default=0)

    assert max(map(height, owners)) <= 6
