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

from explorer.dataset.nearby_looks import NearbyLooks
from explorer.dataset.toml_blocks import Layout
from explorer.dataset.toml_writing import Table, inline, table_lines
from explorer.errors import ExplorerError
from explorer.record.model import Ref
from explorer.values import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node


class CannotAddError(ExplorerError):
    """The file is written in a way in which nothing can be put into it."""

    title = "It was not added"


@dataclass(frozen=True, slots=True)
class New:
    """A table that is to be added: a record, or an entry of one that is here."""

    ref: Ref | None
    """The record that an entry belongs to."""
    key: str
    """The kind of a record, or the key of an entry."""
    values: Table


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

    @cached_property
    def _looks(self) -> NearbyLooks:
        return NearbyLooks(self._layout)

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

    def add_many(self, tables: Sequence[New]) -> None:
        """Add many records, and entries to records that are here, as one by one but at once.

        Raises CannotAddError.
        """
        blocks, expected = self._layout.blocks, deepcopy(self.tables)
        headed = {
            kind: [n for n, block in enumerate(blocks) if block.keys == (kind,)]
            for kind in {new.ref.kind if new.ref else new.key for new in tables}
        }
        behind: dict[int | None, list[tuple[tuple[str, ...], Table]]] = {}
        alone: list[New] = []
        # What belongs to a record comes before the next one.
        for new in sorted(tables, key=lambda new: new.ref is None):
            place = self._place_among(new, headed)
            if place is None:
                alone.append(new)
                continue
            path, after, within = place
            behind.setdefault(after, []).append((path, new.values))
            _list_in(expected, path, within).append(dict(new.values))
        parts = [self._blocks_text(of, after) for after, of in behind.items()]
        if parts:
            # Of two at one place the one behind a block belongs to the record above.
            order = sorted(zip(parts, behind, strict=True), key=lambda p: (p[0][0], p[1] is None))
            self._splice([part for part, _ in order], expected)
        for new in alone:
            if new.ref is None:
                self.add_record(new.key, new.values)
            else:
                self.add_entry(new.ref, new.key, new.values)

    def _place_among(
        self, new: New, headed: Mapping[str, Sequence[int]]
    ) -> tuple[tuple[str, ...], int | None, int] | None:
        """The keys of a new table, the block it comes behind, and the place of its record.

        None for what is put in by itself: it has a group, or its kind is written within brackets.
        """
        blocks = self._layout.blocks
        if new.ref is None:
            there, own = self.tables.get(new.key, []), headed[new.key]
            if not isinstance(there, list) or len(there) != len(own) or new.values.get("group"):
                return None
            return (new.key,), self._last_of(own, len(there), new.key), -1
        own, place = headed[new.ref.kind], self.place_of(new.ref)
        of_kind = self.tables.get(new.ref.kind)
        if place is None or place >= len(own) or not isinstance(of_kind, list):
            return None
        there = of_kind[place].get(new.key, [])
        if new.key in blocks[own[place]].pairs or not isinstance(there, list):
            return None
        ends = own[place + 1] if place + 1 < len(own) else len(blocks)
        its = [n for n in range(own[place], ends) if blocks[n].keys[:1] == (new.ref.kind,)]
        path = (new.ref.kind, new.key)
        return path, ([n for n in its if blocks[n].keys[:2] == path] or its)[-1], place

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
        at, text = self._blocks_text([(path, values)], after)
        self._keep(self.data[:at] + text + self.data[at:], expected)

    def _blocks_text(
        self, tables: Sequence[tuple[tuple[str, ...], Table]], after: int | None
    ) -> tuple[int, bytes]:
        """Where tables come that stand behind a block, or at the end, and what they say."""
        layout = self._layout
        at = layout.last if after is None else layout.blocks[after].end
        line_end = layout.line_end.decode()
        before = self.data[:at]
        text = "" if not before or before.endswith(b"\n") else line_end
        is_first = not before[layout.first :].strip()
        known = {path: self._looks.of(path, after) for path, _ in tables}
        gap = 0
        for path, values in tables:
            looks = known[path]
            gap = looks.gap
            text += line_end * (0 if is_first else gap)
            text += "".join(f"{line}{line_end}" for line in table_lines(path, values, looks))
            is_first = False
        if after is not None and self._is_crowded(at):
            text += line_end * gap
        return at, text.encode()

    def _is_crowded(self, at: int) -> bool:
        """Whether the next header, or what stands over it, follows at once."""
        line = self.data[at : self._layout.next_line(at)]
        return bool(line.strip())

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
        lead = self._looks.wrapped(node)
        if not items:
            self._splice([(at, table.encode())], expected)
        elif not lead:
            end = self._layout.place(commas[-1].end_byte) if commas else at
            new = f" {table}," if commas else f", {table}"
            self._splice([(end, new.encode())], expected)
        else:
            line_end = self._layout.line_end.decode()
            line = f"{lead}{table}{',' if commas else ''}{line_end}"
            here = self._layout.place((commas[-1] if commas else after).end_byte)
            # What follows on the line, a comment perhaps, stays with the item before.
            end = self._layout.next_line(here)
            closing = self._layout.place(node.end_byte) - 1
            if closing < end:  # the bracket stands on that line
                self._splice([(here, f"{'' if commas else ','} {table}".encode())], expected)
                return
            self._splice([*([] if commas else [(at, b",")]), (end, line.encode())], expected)

    def _splice(self, parts: Sequence[tuple[int, bytes]], expected: dict[str, Any]) -> None:
        data = self.data
        for at, text in reversed(parts):
            data = data[:at] + text + data[at:]
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
        for known in ("_layout", "_looks"):
            self.__dict__.pop(known, None)


def _list_in(tables: dict[str, Any], path: tuple[str, ...], place: int) -> list[Any]:
    """The list that a table is added to: of a kind, or within the record of that place."""
    owner = tables if place < 0 else tables[path[0]][place]
    found: list[Any] = owner.setdefault(path[-1], [])
    return found
