"""What changed since the last round, or between two dates?

Two looks at the negotiation are compared record by record, one as of each day. Each holds
only what was public then, so that nothing here can be of another time. What is new is one
change, with all that belongs to it so far.

`compare` finds the changes, `additions` words what came, `difference` finds what is worded
otherwise, and `changes_sheet` sets all out.
"""

from explorer.documents.comparisons.changes.change import Change
from explorer.documents.comparisons.changes.changes_sheet import as_data, set_out, sheet, to_read
from explorer.documents.comparisons.changes.compare import between, changes, default_since

__all__ = [
    "Change",
    "as_data",
    "between",
    "changes",
    "default_since",
    "set_out",
    "sheet",
    "to_read",
]
