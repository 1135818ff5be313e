"""YAML read key by key, so that every fault is noted with its file and line instead of the first one raised.

Nothing is constructed from tags: only texts, whole numbers, lists and mappings are understood.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import yaml

from cityplanner.base.language import _
from cityplanner.model.rules import is_partial_date

E = TypeVar("E", bound=StrEnum)
_TAG = "tag:yaml.org,2002:"
NO_UID = UUID(int=0)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in a file, and where."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class Reading:
    """One pass over the files of a folder, and the faults it met."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._faults: list[Fault] = []
        self._entries: list[Entry] = []
        self._seen: dict[str, str] = {}

    def file(self, name: str) -> list[Entry]:
        """The entries of a file: its one mapping, or the mappings of its list."""
        root = self._root(name)
        nodes = root.value if isinstance(root, yaml.SequenceNode) else [root] if root else []
        return self.entries(name, nodes)

    def entries(self, name: str, nodes: list[yaml.Node]) -> list[Entry]:
        """An entry for each mapping among the nodes, and a fault for each other node."""
        found = []
        for node in nodes:
            if isinstance(node, yaml.MappingNode):
                found.append(Entry(self, name, node))
            else:
                self.note(name, _line(node), _("keys with values are expected here"))
        self._entries += found
        return found

    def note(self, name: str, line: int, text: str) -> None:
        """Note a fault."""
        self._faults.append(Fault(name, line, text))

    def first_place(self, value: str, place: str) -> str:
        """Where a value that must be unique was met before; empty the first time, which is `place`."""
        if value in self._seen:
            return self._seen[value]
        self._seen[value] = place
        return ""

    def faults(self) -> tuple[Fault, ...]:
        """All faults by file and line, among them the keys that nobody asked for."""
        unknown = [fault for entry in self._entries for fault in entry.unknown_keys()]
        return tuple(sorted({*self._faults, *unknown}))

    def _root(self, name: str) -> yaml.Node | None:
        content = b""
        try:
            content = (self.folder / name).read_bytes()
            root: yaml.Node | None = yaml.compose(content.decode("utf-8-sig"), yaml.SafeLoader)
        except OSError:
            line, text = 1, _("the file cannot be read")
        except UnicodeDecodeError as error:
            line, text = content.count(b"\n", 0, error.start) + 1, _("this is not UTF-8 text")
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, text = mark.line + 1 if mark else 1, error.problem or str(error)
        except yaml.reader.ReaderError as error:
            before = content.decode("utf-8-sig")[: error.position]
            line, text = before.count("\n") + 1, _("this character is not allowed in YAML")
        except RecursionError:
            line, text = 1, _("the lists are nested too deeply")
        else:
            if root is not None and root.value:
                return root
            line, text = 1, _("the file is empty")
        self.note(name, line, text)
        return None


class Entry:
    """One mapping of a file; of a value that is wrong a fault is noted and something empty returned."""

    def __init__(self, reading: Reading, name: str, node: yaml.MappingNode) -> None:
        self._reading = reading
        self._name = name
        self._line = _line(node)
        self._asked: set[str] = set()
        self._faulty: set[str] = set()
        self._keys: dict[str, yaml.Node] = {}
        self._values: dict[str, yaml.Node] = {}
        for key, value in node.value:
            word = key.value if isinstance(key, yaml.ScalarNode) else str(key.tag)
            if word in self._keys:
                reading.note(name, _line(key), _("“{key}” stands here twice").format(key=word))
            self._keys[word] = key
            self._values[word] = value

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def fault(self, key: str, text: str, node: yaml.Node | None = None) -> None:
        """Note a fault in the value of a key: at its line or that of a part, or where the entry begins."""
        self._faulty.add(key)
        self._reading.note(self._name, _line(node) if node else self._line_of(key), text)

    def is_sound(self, key: str) -> bool:
        """Whether a key has a value in which no fault was noted so far."""
        return key in self and key not in self._faulty

    def unknown_keys(self) -> Iterator[Fault]:
        """A fault for every key that nobody asked for."""
        for key, node in self._keys.items():
            if key not in self._asked:
                yield Fault(
                    self._name, _line(node), _("“{key}” is not a key that belongs here").format(key=key)
                )

    def once(self, key: str, name: str) -> None:
        """Note a fault if the value of a key, described by `name`, has been met before."""
        if not self.is_sound(key):
            return
        first = self._reading.first_place(name, f"{self._name}:{self._line_of(key)}")
        if first:
            self.fault(key, _("{name} already stands at {place}").format(name=name, place=first))

    def text(self, key: str) -> str:
        """A text that is not empty."""
        node = self._node(key)
        value = _plain(node, "str")
        if node is not None and not value:
            fault = _("“{key}” must be text; put numbers, dates, yes and no in quotes")
            self.fault(key, fault.format(key=key))
        return value

    def whole(self, key: str) -> int:
        """A whole number from 0 up."""
        node = self._node(key)
        digits = _plain(node, "int")
        if digits.isascii() and digits.isdigit():
            return int(digits)
        if node is not None:
            self.fault(key, _("“{key}” must be a whole number").format(key=key))
        return 0

    def choice(self, key: str, choices: type[E]) -> E:
        """A member of an enumeration, named by its value."""
        value = self.text(key)
        if value in {member.value for member in choices}:
            return choices(value)
        if value:
            text = _("“{value}” is not one of: {choices}")
            self.fault(key, text.format(value=value, choices="; ".join(member.value for member in choices)))
        return next(iter(choices))

    def date(self, key: str) -> str:
        """A partial ISO date: a year, a month or a day, quoted or not."""
        node = self._node(key)
        value = node.value if isinstance(node, yaml.ScalarNode) else ""
        if node is not None and not is_partial_date(value):
            self.fault(key, _("“{key}” must be a date such as 2020, 2020-07 or 2020-07-16").format(key=key))
        return str(value)

    def uid(self, key: str) -> UUID:
        """A UUID that no other entry of any file has."""
        value = self.text(key)
        try:
            uid = UUID(value) if value else NO_UID
        except ValueError:
            self.fault(key, _("“{key}” must be a UUID").format(key=key))
            return NO_UID
        self.once(key, str(uid))
        return uid

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none of them empty."""
        return tuple(text for __, text in self._texts(key))

    def entries(self, key: str) -> list[Entry]:
        """A list of mappings."""
        return self._reading.entries(self._name, self._nodes(key))

    def files(self, key: str) -> list[Entry]:
        """The entries of the files that a list names; they lie in the folder being read."""
        found: list[Entry] = []
        for node, name in self._texts(key):
            if Path(name).name == name and (self._reading.folder / name).is_file():
                entries = self._reading.file(name)
                found += entries
                if not entries:
                    self._faulty.add(key)
            elif name:
                self.fault(key, _("there is no file “{name}”").format(name=name), node)
        return found

    def _texts(self, key: str) -> list[tuple[yaml.Node, str]]:
        found = [(node, _plain(node, "str")) for node in self._nodes(key)]
        for node, text in found:
            if not text:
                self.fault(key, _("“{key}” must be a list of texts").format(key=key), node)
        return found

    def _nodes(self, key: str) -> list[yaml.Node]:
        node = self._node(key)
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        if node is not None:
            self.fault(key, _("“{key}” must be a list").format(key=key))
        return []

    def _node(self, key: str) -> yaml.Node | None:
        self._asked.add(key)
        if key not in self:
            self.fault(key, _("“{key}” is missing").format(key=key))
        return self._values.get(key)

    def _line_of(self, key: str) -> int:
        return _line(self._values[key]) if key in self else self._line


def _plain(node: yaml.Node | None, tag: str) -> str:
    """The words of a scalar of this type, or nothing."""
    fits = isinstance(node, yaml.ScalarNode) and node.tag == _TAG + tag and node.value.strip()
    return str(node.value) if node is not None and fits else ""


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
