"""Which command a key has where the focus is."""

from __future__ import annotations

from typing import Any

from textual.binding import ActiveBinding
from textual.screen import Screen


def bound_to(key: str, screen: Screen[Any]) -> ActiveBinding | None:
    """What `screen.active_bindings` has for a key, without asking after every other key."""
    found: ActiveBinding | None = None
    for node, bindings in screen._modal_binding_chain:  # noqa: SLF001
        for binding in bindings.key_to_bindings.get(key, ()):
            state = screen.app._check_action_state(binding.action, node)  # noqa: SLF001
            if state is False:
                continue
            if found is None or (binding.priority and not found.binding.priority):
                found = ActiveBinding(node, binding, bool(state), binding.tooltip)
    return found
