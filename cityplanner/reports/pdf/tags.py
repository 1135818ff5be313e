"""The structure of a document beside its pages: what a screen reader walks (PDF 1.7, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

AttributeValue = str | int | float | tuple[float, ...]


class Mark(NamedTuple):
    """A stretch of a page's content that belongs to a node."""

    page: int
    number: int


class Reference(NamedTuple):
    """An annotation (a link) that belongs to a node, by its number in the document."""

    annotation: int


@dataclass(slots=True, eq=False)
class Node:
    """One structure element; it joins its parent when something of it is drawn, so order is reading order.

    `says` are the words right in it as composed, which the finished file must give back; None where they are
    set by a drawing. `made` are all nodes below it, drawn or not.
    """

    tag: str
    parent: Node | None = None
    alt: str = ""
    language: str = ""
    attributes: dict[str, dict[str, AttributeValue]] = field(default_factory=dict)
    kids: list[Node | Mark | Reference] = field(default_factory=list)
    attached: bool = False
    says: str | None = None
    made: list[Node] = field(default_factory=list)

    def child(self, tag: str, *, alt: str = "", language: str = "") -> Node:
        """A node below this one."""
        found = Node(tag, self, alt, language)
        self.made.append(found)
        return found

    def attach(self) -> Node:
        """Give the node its place among its parent's children, once."""
        if not self.attached:
            self.attached = True
            if self.parent:
                self.parent.attach().kids.append(self)
        return self

    def describe(self, owner: str, **values: AttributeValue) -> Node:
        """Set attributes of an owner (Table, List, Layout)."""
        self.attributes.setdefault(owner, {}).update(values)
        return self

    def walk(self) -> Iterator[Node]:
        """This node and all below it in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()
