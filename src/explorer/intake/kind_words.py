"""Words by which is seen what the rows of a table are: each a quote, a position, a figure …"""

from __future__ import annotations

from collections.abc import Mapping

from explorer.intake.head_words import listed

FIRST: tuple[str, ...] = (
    *("quote", "position", "value", "milestone", "status", "point", "account", "step"),
    *("source", "figure", "measure", "evidence", "outcome", "result", "move", "round", "issue"),
    *("delegate", "role", "delegation"),
)
"""Kinds in the order in which they are likely in a table."""
_TELLING: Mapping[str, str] = {
    "quote": "quote, quotes, quotation, zitat, zitate, cita, citas, citation, 引语",
    "position": "position, positions, positionen, forderung, forderungen, posicion, 立场",
    "value": "figure, figures, indicator, kennzahl, kennzahlen, values, cifras, 数值",
    "figure": "figure, figures, indicator, kennzahl, kennzahlen, values, cifras, 指标",
    "measure": "measure, measures, massnahme, massnahmen, mesures, medidas, sanctions",
    "step": "step, steps, schritte",
    "milestone": "milestone, milestones, deadline, deadlines, meilenstein, fristen, 期限",
    "status": "status, state, statuses",
    "point": "point, points, agreement, vereinbarung, vereinbarungen",
    "account": "account, accounts",
    "source": "source, sources, quellen, literatur, bibliography, fuentes",
    "round": "rounds, runden, rondas",
    "delegate": "delegates, delegierte, people, personen",
    "delegation": "delegations, delegationen, parties",
    "issue": "issues, themen",
}
"""Words that say what the rows of a table are, in a head or in the name of its file."""
TELLING: Mapping[str, tuple[str, ...]] = {kind: listed(words) for kind, words in _TELLING.items()}
NO_ROWS = (
    *("conflict", "text", "record", "negotiation", "clause", "variant", "version"),
    *("member", "part", "citation"),
)
"""How words begin for what the rows of no table can be."""
