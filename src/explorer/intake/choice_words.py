"""What people write in a column of choices, in several languages, for what may be chosen."""

from __future__ import annotations

from collections.abc import Mapping

from explorer.intake.head_words import listed
from explorer.text.folding import fold

FORMS: Mapping[str, Mapping[str, str]] = {
    "form": {
        "verbatim": (
            "wortlich, direct, direct quote, woertlich, wortliches zitat, direktes zitat, "
            "literal, textuel, mot a mot, textual, exact, original"
        ),
        "transcript": ("protokoll, mitschrift, transkript, transcription, transcripcion"),
        "readout": ("mitteilung, presseerklarung, communique, compte rendu, comunicado"),
        "translation": ("ubersetzung, ubersetzt, translated, traduction, traduit, traduccion"),
        "interpretation": "verdolmetschung, gedolmetscht, interpreted, interpretation",
        "paraphrase": (
            "sinngemass, indirekt, indirekte rede, indirect, paraphrased, umschreibung, "
            "discours indirect, indirecto, parafrasis"
        ),
    },
    "stance": {
        "red line": "rote linie, ligne rouge, linea roja, redline",
        "demand": "forderung, exigence, demanda, exigencia",
        "preference": "wunsch, bevorzugt, praferenz, preference",
        "open": "offen, ouvert, abierto",
        "opposed": ("dagegen, abgelehnt, ablehnung, against, contre, oppose, en contra"),
        "affirms": "bestatigt, confirms, agrees, confirme, confirma",
        "differs": "abweichend, anders, differe, difiere",
        "denies": "bestreitet, dementiert, nie, dement, niega",
        "silent": "schweigt, erwahnt nicht, silencieux, silencio",
    },
    "state": {
        "disputed": "strittig, umstritten, conteste, disputado",
        "agreed": "vereinbart, geeinigt, convenu, acordado",
        "under discussion": ("in verhandlung, wird verhandelt, en discussion, en negociacion"),
        "agreed in principle": "grundsatzlich vereinbart, accord de principe",
        "settled": "erledigt, regle",
        "raised": "angesprochen, souleve",
        "paused": "ausgesetzt, suspendu",
    },
    "standing": {
        "in force": ("in kraft, geltend, gilt, en vigueur, vigente, en vigor, current"),
        "announced": "angekundigt, annonce, anunciado",
        "threat": "angedroht, drohung, threatened, menace, amenaza",
        "target": "ziel, objectif, objetivo",
        "claim": "behauptet, angabe, claimed, affirme",
        "counted": ("gezahlt, gemessen, ist, actual, count, observed, compte, contado"),
        "demand": "gefordert, forderung, demanded, exige",
    },
    "type": {
        "deadline": "frist, stichtag, echeance, plazo, scadenza",
        "event": "ereignis, termin, evenement, evento",
        "press": "presse, zeitung, newspaper, prensa, newspaper article, news",
        "wire": ("agentur, nachrichtenagentur, news agency, agency, agence, agencia"),
        "primary": ("primarquelle, amtlich, official, officiel, oficial, government"),
    },
}
"""Other words for what may be chosen in a field."""


def meant(key: str, said: str) -> str:
    """What is meant by a word that stands in a column of choices; the word itself when unknown."""
    folded = fold(said.strip())
    for word, others in FORMS.get(key, {}).items():
        if folded in listed(others):
            return word
    return said
