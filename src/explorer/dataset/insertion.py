"""A table put into the bytes of a TOML file, all of whose other bytes stay as they were.

A record comes after the last of its kind, an entry after the last of its kind within its
record. What was made is read again and compared, so that nothing is ever written that says
anything else than the file and what was added to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from explorer.dataset.toml_blocks import Block, Layout
from explorer.dataset.toml_writing import Looks, Table, inline, table_lines
from explorer.errors import ExplorerError
from explorer.record.model import Ref

if TYPE_CHECKING:
    from tree_sitter import Node

_WIDE = 100
"""A list that would make its line longer is wrapped, if others in the file are."""


class CannotAddError(ExplorerError):
    """The file is written in a way in which nothing can be put into it."""

    title = "It was not added"


class TomlFile:
    """The text of a TOML file, to which tables are added."""

    def __init__(self, name: str, data: bytes) -> None:
        """Raises CannotAddError when it is no TOML."""
        self.name = name
        self.data = data
        self.tables = self._parsed(data)

    def _parsed(self, data: bytes) -> dict[str, Any]:
        import tomli

        try:
            return tomli.loads(data.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise CannotAddError(f"{self.name} is not valid TOML: {error}") from error

    @cached_property
    def _layout(self) -> Layout:
        return Layout(self.data)

    def has(self, kind: str) -> int:
        """How many records of a kind it holds."""
        found = self.tables.get(kind, ())
        return len(found) if isinstance(found, list) else int(bool(found))

    def place_of(self, ref: Ref) -> int | None:
        """Which of its kind a record is, from 0, perhaps by an earlier id; None when not here."""
        found = self.tables.get(ref.kind, ())
        tables = found if isinstance(found, list) else [found]
        named = [t.get("id") if isinstance(t, Mapping) else None for t in tables]
        if ref.id in named:
            return named.index(ref.id)
        for place, table in enumerate(tables):
            if isinstance(table, Mapping) and ref.id in table.get("formerly", ()):
                return place
        return None

    def add_record(self, kind: str, values: Table) -> None:
        """Add a record behind the last of its kind, or of its group. Raises CannotAddError."""
        expected = deepcopy(self.tables)
        there = expected.setdefault(kind, [])
        if not isinstance(there, list):
            raise CannotAddError(f"{self.name} has its [{kind}] already")
        at = self._after(there, values)
        there.insert(at, dict(values))
        headed = [n for n, block in enumerate(self._layout.blocks) if block.keys == (kind,)]
        if not headed and there[1:]:
            self._add_inline((kind,), self._layout.blocks[0].pairs.get(kind), values, expected)
            return
        self._add_block((kind,), values, self._last_of(headed, at, kind), expected)

    def add_entry(self, ref: Ref, key: str, values: Table) -> None:
        """Add an entry to a record that is here. Raises CannotAddError."""
        place = self.place_of(ref)
        assert place is not None, "the record is here"
        expected = deepcopy(self.tables)
        of_kind = expected[ref.kind]
        record = of_kind[place] if isinstance(of_kind, list) else of_kind
        there = record.setdefault(key, [])
        if not isinstance(there, list) or not all(isinstance(e, Mapping) for e in there):
            raise CannotAddError(f"“{key}” of {ref.id} in {self.name} is no list of tables")
        there.append(dict(values))
        path = (ref.kind, key)
        blocks = self._layout.blocks
        headed = [n for n, block in enumerate(blocks) if block.keys == (ref.kind,)]
        if place >= len(headed):
            raise self._odd(ref)
        begins = headed[place]
        ends = headed[place + 1] if place + 1 < len(headed) else len(blocks)
        own = [n for n in range(begins, ends) if blocks[n].keys[:1] == (ref.kind,)]
        if key in blocks[begins].pairs:
            self._add_inline(path, blocks[begins].pairs[key], values, expected)
            return
        same = [n for n in own if blocks[n].keys[:2] == path]
        self._add_block(path, values, (same or own)[-1], expected)

    def remove_record(self, kind: str, place: int) -> None:
        """Take a record out, with all that is within it. Raises CannotAddError."""
        expected = deepcopy(self.tables)
        removed = expected[kind].pop(place)
        if not expected[kind]:
            del expected[kind]
        blocks = self._layout.blocks
        headed = [n for n, block in enumerate(blocks) if block.keys == (kind,)]
        if place >= len(headed):
            raise self._odd(Ref(kind, str(removed.get("id"))))
        ends = headed[place + 1] if place + 1 < len(headed) else len(blocks)
        data = self.data
        for n in reversed(range(headed[place], ends)):
            if blocks[n].keys[:1] == (kind,):
                after = blocks[n].end
                while (line := data[after : self._layout.next_line(after)]) and not line.strip():
                    after += len(line)
                data = data[: blocks[n].start] + data[after:]
        self._keep(data, expected)

    def set_day(self, ref: Ref, key: str, day: date) -> None:
        """Put another day in place of one that is here. Raises CannotAddError."""
        place = self.place_of(ref)
        assert place is not None, "the record is here"
        expected = deepcopy(self.tables)
        of_kind = expected[ref.kind]
        record = of_kind[place] if isinstance(of_kind, list) else of_kind
        headed = [block for block in self._layout.blocks if block.keys == (ref.kind,)]
        node = headed[place].pairs.get(key) if place < len(headed) else None
        if node is None:
            raise self._odd(ref)
        record[key] = day
        start, end = self._layout.place(node.start_byte), self._layout.place(node.end_byte)
        self._keep(self.data[:start] + day.isoformat().encode() + self.data[end:], expected)

    def _odd(self, ref: Ref) -> CannotAddError:
        return CannotAddError(
            f"{ref.kind} {ref.id} is written in {self.name} in a way that nothing can be added "
            f"to; write it under a header, [[{ref.kind}]]"
        )

    @staticmethod
    def _after(there: Sequence[Any], values: Table) -> int:
        """The place among its kind: behind its group, which stands together, or at the end."""
        if group := values.get("group"):
            of_it = [n for n, table in enumerate(there) if table.get("group") == group]
            return of_it[-1] + 1 if of_it else len(there)
        return len(there)

    def _last_of(self, headed: Sequence[int], at: int, kind: str) -> int | None:
        """The block behind which a record comes that is to have that place; None at the end."""
        blocks = self._layout.blocks
        if not headed:
            return None
        ends = headed[at] if at < len(headed) else len(blocks)
        own = [n for n in range(headed[at - 1], ends) if blocks[n].keys[:1] == (kind,)]
        return None if own[-1] == len(blocks) - 1 else own[-1]

    def _add_block(
        self, path: tuple[str, ...], values: Table, after: int | None, expected: dict[str, Any]
    ) -> None:
        layout = self._layout
        like = self._like(path, after)
        looks = self._looks(path, like)
        at = layout.last if after is None else layout.blocks[after].end
        line_end = layout.line_end.decode()
        lines = list(table_lines(path, values, looks))
        before = self.data[:at]
        gap = looks.gap if before[layout.first :].strip() else 0
        lead = "" if not before or before.endswith(b"\n") else line_end
        text = lead + line_end * gap + "".join(f"{line}{line_end}" for line in lines)
        if after is not None and self._is_crowded(at):
            text += line_end * looks.gap
        self._keep(before + text.encode() + self.data[at:], expected)

    def _is_crowded(self, at: int) -> bool:
        """Whether the next header, or what stands over it, follows at once."""
        line = self.data[at : self._layout.next_line(at)]
        return bool(line.strip())

    def _like(self, path: tuple[str, ...], after: int | None) -> Block | None:
        """A table of the same sort, the nearest above, else any."""
        blocks = self._layout.blocks
        above = blocks[: len(blocks) if after is None else after + 1]
        same = [block for block in blocks if block.keys == path]
        near = [block for block in above if block.keys == path]
        found = near or same
        return found[-1] if found else None

    def _looks(self, path: tuple[str, ...], like: Block | None) -> Looks:
        layout = self._layout
        others = [block for block in layout.blocks if len(block.keys) == len(path)]
        model = like or (others[-1] if others else None)
        if model is None:
            return Looks(wraps=self._wraps(path))
        header, keys = (indent.decode() for indent in model.indents)
        return Looks(header, keys, layout.gap_before(model), self._wraps(path))

    def _wraps(self, path: tuple[str, ...]) -> Any:
        """Whether a list is wrapped as its neighbours are, and with which blanks."""

        def indent(key: str, items: Sequence[str]) -> str:
            same = [b.pairs[key] for b in self._layout.blocks if b.keys == path and key in b.pairs]
            wrapped = [node for node in same if self._wrapped(node)]
            if not wrapped and same:
                return ""
            if not wrapped:
                if len(key) + sum(len(item) + 2 for item in items) + 5 <= _WIDE:
                    return ""
                every = (node for b in self._layout.blocks for node in b.pairs.values())
                wrapped = [node for node in every if self._wrapped(node)]
            elif same[-1] is not wrapped[-1] and len(wrapped) < len(same):
                # Some are, as they are long: so is this one if it is as long as they are.
                short = max(self._length(node) for node in same if node not in wrapped)
                if sum(len(item) + 2 for item in items) <= short:
                    return ""
            return self._wrapped(wrapped[-1]) if wrapped else ""

        return indent

    def _wrapped(self, node: Node) -> str:
        """The blanks before the items of a list that has lines for them; else nothing."""
        items = [child for child in node.children if child.is_named and child.type != "comment"]
        if node.type != "array" or not items or items[0].start_point.row == node.start_point.row:
            return ""
        at = self._layout.place(items[0].start_byte)
        lead = self.data[self.data.rfind(b"\n", 0, at) + 1 : at]
        return lead.decode() if lead and not lead.strip() else ""

    def _length(self, node: Node) -> int:
        return node.end_byte - node.start_byte

    def _add_inline(
        self,
        path: tuple[str, ...],
        node: Node | None,
        values: Table,
        expected: dict[str, Any],
    ) -> None:
        """Add a table to a list that is written within brackets."""
        if node is None or node.type != "array":
            raise CannotAddError(
                f"the “{path[-1]}” tables in {self.name} are written in a way that nothing can be "
                f"added to; give each a header, [[{'.'.join(path)}]]"
            )
        items = [child for child in node.children if child.type == "inline_table"]
        after = items[-1] if items else node.children[0]
        commas = [c for c in node.children if c.type == "," and c.start_byte >= after.end_byte]
        table, at = inline(path, values), self._layout.place(after.end_byte)
        lead = self._wrapped(node)
        if not items:
            self._splice([(at, table)], expected)
        elif not lead:
            end = self._layout.place(commas[-1].end_byte) if commas else at
            new = f" {table}," if commas else f", {table}"
            self._splice([(end, new)], expected)
        else:
            line_end = self._layout.line_end.decode()
            line = f"{lead}{table}{',' if commas else ''}{line_end}"
            here = self._layout.place((commas[-1] if commas else after).end_byte)
            # What follows on the line, a comment perhaps, stays with the item before.
            end = self._layout.next_line(here)
            closing = self._layout.place(node.end_byte) - 1
            if closing < end:  # the bracket stands on that line
                self._splice([(here, f"{'' if commas else ','} {table}")], expected)
                return
            self._splice([*([] if commas else [(at, ",")]), (end, line)], expected)

    def _splice(self, parts: Sequence[tuple[int, str]], expected: dict[str, Any]) -> None:
        data = self.data
        for at, text in reversed(parts):
            data = data[:at] + text.encode() + data[at:]
        self._keep(data, expected)

    def _keep(self, data: bytes, expected: dict[str, Any]) -> None:
        """Take the new bytes, if they say what was there and what was added, and no more."""
        tables = self._parsed(data)
        if tables != expected:
            raise CannotAddError(
                f"{self.name} is written in a way in which nothing can be added to it by itself; "
                "add it there with an editor"
            )
        self.data, self.tables = data, tables
        self.__dict__.pop("_layout", None)
