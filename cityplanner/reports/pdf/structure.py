"""The structure tree as PDF objects, with the parent tree that leads back from marks and links to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cityplanner.reports.pdf.pdf_objects import Dictionary, Name
from cityplanner.reports.pdf.tags import Mark, Node, Reference


def structure(
    document: Any,
    root: Node,
    pages: Sequence[Any],
    marks: Sequence[Sequence[Node]],
    links: Sequence[tuple[Any, Node]],
) -> Dictionary:
    """The structure tree with its parent tree; `links` are annotations with their nodes."""
    nodes = [node for node in root.walk() if node.attached]
    objects = {node: Dictionary({}) for node in nodes}
    top = Dictionary({})
    for node in nodes:
        parent = objects[node.parent] if node.parent else top
        objects[node].value = _element(node, parent, objects, pages, links)
    tree = [part for n, page in enumerate(marks) for part in (n, [objects[node] for node in page])]
    for n, (_annotation, node) in enumerate(links):
        tree += [len(marks) + n, objects[node]]
    top.value = {
        "Type": Name("StructTreeRoot"),
        "K": [objects[root]],
        "ParentTree": Dictionary({"Nums": tree}),
        "ParentTreeNextKey": len(marks) + len(links),
    }
    return top


def _element(
    node: Node, parent: Dictionary, objects: Mapping[Node, Dictionary], pages: Sequence[Any], links: Any
) -> dict[str, Any]:
    """One structure element's dictionary."""
    found: dict[str, Any] = {"Type": Name("StructElem"), "S": Name(node.tag), "P": parent}
    home = next((kid.page for kid in node.kids if isinstance(kid, Mark)), None)
    if home is not None:
        found["Pg"] = pages[home]
    kids: list[Any] = []
    for kid in node.kids:
        if isinstance(kid, Node):
            kids.append(objects[kid])
        elif isinstance(kid, Reference):
            kids.append({"Type": Name("OBJR"), "Obj": links[kid.annotation][0]})
        elif kid.page == home:
            kids.append(kid.number)
        else:
            kids.append({"Type": Name("MCR"), "Pg": pages[kid.page], "MCID": kid.number})
    if kids:
        found["K"] = kids if len(kids) > 1 else kids[0]
    for key, text in (("Alt", node.alt), ("Lang", node.language)):
        if text:
            found[key] = text
    if node.attributes:
        found["A"] = [
            {"O": Name(owner), **_attributes(one)} for owner, one in sorted(node.attributes.items())
        ]
    return found


def _attributes(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: Name(value) if isinstance(value, str) else value for key, value in sorted(values.items())}
