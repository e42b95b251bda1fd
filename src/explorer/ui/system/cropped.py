"""What a repaint touches, and no more.

Textual asks every widget for its lines whose container is touched, and cuts up those of each
that stands in a line to be drawn, be it at another place in it or covered by others. With four
panes beside a page that was a fifth of what a key costs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import cast

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip

_Chops = list[dict[int, Strip | None]]
"""For each line its parts by their first column, None where nothing is drawn yet."""


class CroppedCompositor(Compositor):
    """Has only those lines made that are seen in the part of the screen to be drawn."""

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        chops: _Chops = [dict.fromkeys(cuts[:-1]) for cuts in self.cuts]
        drawn: list[Region] = []
        for widget, (region, clip) in self.visible_widgets.items():  # the uppermost first
            seen = region.intersection(clip)
            here = seen.intersection(crop)
            if not here or any(above.contains_region(here) for above in drawn):
                continue
            drawn.append(here)
            part = Region(seen.x, here.y, seen.width, here.height)
            strips = widget.render_lines(part.translate(-region.offset))
            for y, strip in zip(part.line_range, strips, strict=False):
                if not is_rendered_line(y):
                    continue
                line = chops[y]
                cuts = [cut for cut in self.cuts[y] if seen.x <= cut <= seen.right]
                pieces = strip.divide([cut - seen.x for cut in cuts[1:]])
                for cut, piece in zip(cuts, pieces, strict=False):
                    if line[cut] is None:
                        line[cut] = piece
        if crop.width >= self.size.width:
            self._fill(chops, crop, is_rendered_line)
        return cast("Sequence[Mapping[int, Strip]]", chops)

    def _fill(self, chops: _Chops, crop: Region, is_rendered_line: Callable[[int], bool]) -> None:
        """Have blanks where nothing stands, as on a screen that is being taken down."""
        for y in crop.line_range[: len(chops)]:
            line = chops[y]
            if is_rendered_line(y) and any(strip is None for strip in line.values()):
                for cut, end in pairwise(self.cuts[y]):
                    if line[cut] is None:
                        line[cut] = Strip.blank(end - cut)
