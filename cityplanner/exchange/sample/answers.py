"""The sample office's answers to the recommendations."""

from __future__ import annotations

from cityplanner.exchange.sample.data import document
from cityplanner.exchange.sample.writer import Writer
from cityplanner.model.recommendation import Answer, Response
from cityplanner.model.roundtable import SourceItem
from cityplanner.store.queries.records import records


def remember_items(writer: Writer) -> None:
    """Remember the catalog's items by their number."""
    with writer.plan.reading() as session:
        for item in records(session, SourceItem):
            writer.ids[SourceItem, str(item.number)] = item.id


def write(writer: Writer) -> None:
    """Answer every recommendation, and the practices the office goes by."""
    with writer.plan.edit("Answer the recommendations") as edit:
        writer.insert(
            edit,
            [
                writer.new(
                    Answer,
                    source_item_id=writer.id(SourceItem, str(number)),
                    response=Response[response],
                    weight=weight,
                    rationale=rationale,
                    owner=owner,
                    review_on=review,
                )
                for number, (response, weight, owner, review, rationale) in document("answers.yaml").items()
            ],
        )
