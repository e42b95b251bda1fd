"""What people write above the columns of their tables, in several languages, by field.

A field is also known by its own key and title; these are the other words for it. They are
compared folded: without case and accents, with ß as ss.
"""

from __future__ import annotations

from collections.abc import Mapping

from explorer.text.folding import fold

_ANY: Mapping[str, str] = {
    "id": "id, key, slug, kennung, schlussel",
    "speaker": (
        "speaker, speaker name, said by, who, who said it, person, name, delegate, "
        "quoted, sprecher, sprecherin, sprecher/in, sprecher:in, sprecher*in, redner, "
        "rednerin, wer, von, gesagt von, urheber, locuteur, orateur, qui, auteur de la "
        "citation, orador, hablante, quien, autor de la cita, chi, oratore, spreker, wie, "
        "auteur, autor"
    ),
    "said": (
        "date, day, said, said on, date said, when, spoken, datum, tag, wann, gesagt, "
        "gesagt am, date de la citation, quand, jour, fecha, dia, cuando, data, giorno, "
        "quando, datum uitspraak"
    ),
    "published": (
        "published, published on, publication date, date published, public from, "
        "veroffentlicht, veroffentlicht am, veroffentlichung, erschienen, erschienen am, "
        "publie, publie le, date de publication, publicado, fecha de publicacion, "
        "pubblicato"
    ),
    "on": (
        "date, day, on, when, since, from, as of, datum, tag, wann, am, seit, stichtag, "
        "ab, jour, quand, fecha, dia, cuando, desde, data, giorno, quando"
    ),
    "starts": (
        "date, start, starts, begin, begins, first day, from, datum, beginn, anfang, von, "
        "erster tag, debut, inicio, inizio"
    ),
    "ends": ("end, ends, last day, until, to, ende, bis, letzter tag, fin, final, fine"),
    "issues": (
        "issue, issues, topic, topics, subject, subjects, theme, themes, matter, thema, "
        "themen, sachgebiet, gegenstand, streitpunkt, sujet, sujets, enjeu, tema, temas, "
        "asunto, argomento"
    ),
    "within": ("issue, topic, subject, thema, sujet, tema, of, zu, gehort zu, belongs to"),
    "round": (
        "round, meeting, talks, runde, treffen, gesprachsrunde, verhandlungsrunde, tour, "
        "seance, ronda, reunion, round of talks, incontro"
    ),
    "form": ("form, form of quote, how, kind, type, art, zitatform, wortlich?, forme, forma, tipo"),
    "language": ("language, lang, sprache, langue, idioma, lengua, lingua, taal"),
    "original": (
        "original, original words, original text, originaltext, wortlaut im original, "
        "original wording, texte original, texto original"
    ),
    "translator": (
        "translator, translated by, translation by, ubersetzer, ubersetzt von, "
        "traducteur, traductor"
    ),
    "where": (
        "where, place, occasion, venue, location, ort, anlass, wo, lieu, lugar, ocasion, luogo"
    ),
    "to": (
        "to, to whom, audience, addressee, programme, program, an, an wen, adressat, "
        "sendung, gegenuber, a qui, a quien"
    ),
    "via": "via, through, outlet",
    "for": ("for, on behalf of, spoken for, fur, im namen von, au nom de, en nombre de"),
    "remark": (
        "remark, remarks, caveat, bemerkung, bemerkungen, anmerkung, anmerkungen, "
        "remarque, observacion"
    ),
    "delegations": (
        "delegation, delegations, side, sides, party, parties, country, countries, actor, "
        "state, who, partei, parteien, seite, land, lander, akteur, staat, "
        "verhandlungspartei, wer, partie, pays, cote, delegacion, parte, pais, paese"
    ),
    "delegation": (
        "delegation, side, party, country, actor, state, who, partei, seite, land, "
        "akteur, staat, partie, pays, cote, delegacion, parte, pais, paese"
    ),
    "stance": ("stance, firmness, haltung, bewertung, fermete, postura, red line?, rote linie?"),
    "words": ("words, own words, exact words, quote, quotation, zitat, wortlaut, citation, cita"),
    "state": ("state, status, where it stands, stand, zustand, etat, statut, estado, stato"),
    "name": (
        "name, title, what, event, milestone, deadline, label, bezeichnung, titel, "
        "ereignis, termin, frist, meilenstein, was, nom, titre, evenement, echeance, "
        "nombre, titulo, evento, plazo, hito, nome"
    ),
    "type": ("type, kind, category, art, typ, kategorie, categorie, tipo, categoria, item type"),
    "announced": (
        "announced, announced on, set on, angekundigt, angekundigt am, bekannt seit, "
        "annonce, anunciado"
    ),
    "known": ("known, known since, public since, public from, bekannt ab, bekannt seit"),
    "due": (
        "due, due date, deadline, due by, fallig, fallig am, frist, bis, echeance, vence, plazo"
    ),
    "until": ("until, to, ends, expires, bis, endet, lauft ab, jusqu'a, hasta"),
    "number": (
        "number, value, amount, quantity, level, rate, percent, figure, zahl, wert, "
        "menge, betrag, hohe, satz, anzahl, nombre, valeur, montant, taux, numero, valor, "
        "cantidad, tasa, valore"
    ),
    "standing": ("standing, status, in force, stand, geltung, statut, vigencia, stato"),
    "rate": "rate, duty, tariff, satz, zollsatz, taux, tasa",
    "stage": "stage, step, status, phase, stufe, schritt, etape, etapa",
    "summary": (
        "summary, description, what happened, zusammenfassung, beschreibung, inhalt, "
        "resume, resumen, descripcion, sintesi"
    ),
    "meeting": ("meeting, kind of meeting, type of meeting, type, art, art des treffens"),
    "city": "city, place, venue, stadt, ort, ville, ciudad, citta",
    "country": "country, land, pays, pais",
    "group": "group, heading, gruppe, rubrik, groupe, grupo",
    "short": ("short, short name, abbreviation, kurz, kurzname, abkurzung, abrege"),
    "document": "document, dokument, documento",
    "shows": "shows, result, zeigt, ergebnis",
    "outcome": "outcome, result, ergebnis, resultat, resultado",
    "sources": (
        "source, sources, source id, citation key, citekey, reference, references, ref, "
        "evidence, quelle, quellen, beleg, belege, fundstelle, nachweis, literatur, "
        "reference bibliographique, fuente, fuentes, fonte, fonti, bron"
    ),
    "figures": "figure, figures, kennzahl",
    "publisher": (
        "publisher, outlet, medium, media, newspaper, publication, publication title, "
        "journal, website, site, agency, herausgeber, verlag, zeitung, agentur, organ, "
        "publikation, editeur, editor, editorial, medio, periodico, testata"
    ),
    "title": (
        "title, headline, page title, titel, uberschrift, schlagzeile, titre, titulo, "
        "titular, titolo"
    ),
    "address": (
        "address, url, link, web, web address, uri, href, permalink, webadresse, "
        "internetadresse, adresse, lien, enlace, direccion, indirizzo"
    ),
    "author": (
        "author, authors, byline, autor, autorin, autoren, verfasser, auteur, auteurs, "
        "autores, autore"
    ),
    "checked": (
        "checked, accessed, access date, retrieved, date added, abgerufen, abgerufen am, "
        "abrufdatum, zugriff, zugriffsdatum, consulte, consulte le, consultado"
    ),
}
_OF: Mapping[tuple[str, str], str] = {
    ("quote", "text"): (
        "words, text, quote, quotes, quotation, statement, exact, exact words, said, "
        "zitat, zitate, wortlaut, aussage, ausserung, citation, propos, declaration, "
        "texte, cita, frase, texto, declaracion, citazione, testo, citaat"
    ),
    ("position", "text"): (
        "position, positions, text, demand, wants, what it wants, proposal, forderung, "
        "haltung, standpunkt, vorschlag, beschreibung, exigence, texte, posicion, "
        "demanda, texto, posizione"
    ),
    ("status", "text"): (
        "text, why, reason, explanation, begrundung, erlauterung, warum, texte, texto"
    ),
    ("value", "text"): (
        "text, what, explanation, covers, comment, erlauterung, bemerkung, beschreibung, "
        "texte, texto, description"
    ),
    ("milestone", "text"): (
        "text, description, what happens, explanation, beschreibung, erlauterung, inhalt, "
        "texte, texto, descripcion, descrizione"
    ),
    ("point", "text"): (
        "text, what was agreed, agreement, point, description, vereinbarung, "
        "beschreibung, einigung, accord, texte, acuerdo, texto"
    ),
    ("account", "text"): ("text, account, what it says, darstellung, beschreibung, texte, texto"),
    ("step", "text"): ("text, what, act, description, beschreibung, massnahme, texte, texto"),
    ("evidence", "text"): ("text, evidence, what was seen, seen, beleg, beobachtung, beschreibung"),
    ("milestone", "on"): (
        "date, day, on, when, due, due date, deadline, datum, tag, wann, am, termin, frist, "
        "stichtag, fallig, fallig am, jour, quand, echeance, fecha, dia, cuando, plazo, data"
    ),
    ("value", "within"): (
        "figure, indicator, series, measure, kennzahl, grosse, indikator, reihe, "
        "indicateur, serie, indicador, cifra, chiffre, name"
    ),
    ("account", "within"): (
        "point, agreement, item, punkt, einigung, vereinbarung, accord, punto, acuerdo"
    ),
    ("evidence", "within"): (
        "point, agreement, item, punkt, einigung, vereinbarung, accord, punto, acuerdo"
    ),
    ("step", "within"): "measure, act, law, massnahme, mesure, medida, name",
    ("result", "within"): "milestone, deadline, frist, termin",
    ("move", "within"): "milestone, deadline, round, point, frist, termin",
    ("role", "within"): "delegate, person, name",
    ("outcome", "within"): "round, meeting, runde, treffen",
    ("role", "title"): "post, title, role, amt, funktion, posten, titre, cargo",
    ("delegate", "name"): "name, full name, person, delegate, nom, nombre",
    ("round", "name"): "name, round, meeting, city, runde, treffen, ort",
    ("issue", "name"): "name, issue, topic, thema, titel",
    ("point", "name"): ("name, title, point, kurz, punkt, titel, bezeichnung, stichwort"),
    ("source", "published"): (
        "date, published, published on, publication date, date published, year, "
        "publication year, datum, erschienen, veroffentlicht, erscheinungsdatum, jahr, "
        "date de publication, annee, fecha, fecha de publicacion, data"
    ),
    ("source", "publisher"): "source, quelle, publisher name, publication title, fuente",
    ("source.", "published"): (
        "source date, date of source, source published, page date, date of page, datum "
        "der quelle, quellendatum, erscheinungsdatum, publication date, article date"
    ),
    ("source.", "publisher"): (
        "source, quelle, source name, source publisher, name der quelle, fuente, fonte"
    ),
    ("source.", "title"): (
        "source title, title of source, article, article title, document title, artikel, "
        "artikeltitel, titel der quelle, titre de l'article, titulo del articulo"
    ),
    ("source.", "address"): (
        "source url, url of source, source link, source address, source, quelle, "
        "quellenlink, link zur quelle, url der quelle, url quelle, quelle url, quelle "
        "link, fuente"
    ),
    ("source.", "type"): ("source type, type of source, art der quelle, quellenart, quellentyp"),
    ("source.", "author"): ("source author, journalist, reporter, autor, autor der quelle"),
    ("source.", "language"): "source language, sprache der quelle",
    ("source.", "checked"): (
        "accessed, access date, retrieved, abgerufen, abgerufen am, zugriff, consulte le"
    ),
}
_CHINESE: Mapping[str, str] = {
    "speaker": "发言人, 人物",
    "text": "引语, 原话, 内容",
    "said": "日期, 时间",
    "on": "日期, 时间",
    "published": "发布日期",
    "issues": "议题, 主题",
    "within": "议题, 主题",
    "round": "轮次, 会谈",
    "language": "语言",
    "delegations": "代表团, 国家",
    "delegation": "代表团, 国家",
    "sources": "来源",
    "source.publisher": "媒体, 机构",
    "publisher": "媒体, 机构",
    "source.title": "标题",
    "title": "标题",
    "source.address": "网址, 链接",
    "address": "网址, 链接",
    "name": "名称",
    "number": "数值",
}
FIRST: tuple[str, ...] = (
    *("quote", "position", "value", "milestone", "status", "point", "account", "step"),
    *("source", "evidence", "outcome", "result", "move", "round", "issue", "delegate", "role"),
    "delegation",
)
"""Kinds in the order in which they are likely in a table."""
TELLING: Mapping[str, tuple[str, ...]] = {
    "quote": ("quote", "quotes", "quotation", "zitat", "zitate", "cita", "citas", "citation"),
    "position": ("position", "positions", "positionen", "forderung", "forderungen", "posicion"),
    "value": ("figure", "figures", "indicator", "kennzahl", "kennzahlen", "values", "cifras"),
    "milestone": ("milestone", "milestones", "deadline", "deadlines", "meilenstein", "fristen"),
    "status": ("status", "state", "statuses"),
    "point": ("point", "points", "agreement", "vereinbarung", "vereinbarungen"),
    "account": ("account", "accounts"),
    "source": ("source", "sources", "quellen", "literatur", "bibliography", "fuentes"),
    "round": ("rounds", "runden", "rondas"),
    "delegate": ("delegates", "delegierte", "people", "personen"),
    "delegation": ("delegations", "delegationen", "parties"),
    "issue": ("issues", "themen"),
}
"""Words that say what the rows of a table are, in a head or in the name of its file."""
NO_ROWS = (
    *("measures", "conflict", "text", "record", "negotiation", "clause", "variant", "version"),
    *("member", "part", "citation"),
)
"""How words begin for what the rows of no table can be."""
SOURCE_FIELDS = (
    "address",
    "title",
    "publisher",
    "published",
    "type",
    "author",
    "language",
    "checked",
)
"""What a row may say of its source, each under “source.” and the key."""

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


def words_for(kind: str, key: str) -> tuple[str, ...]:
    """What may stand above a column for a field; of a source’s field it begins with “source.”."""
    if key.startswith("source."):
        inner = key.removeprefix("source.")
        own = _OF.get(("source.", inner), "")
        said = f"{own}, {_ANY.get(inner, '')}" if inner != "published" else own
        return _listed(f"{key}, source {inner}, {said}, {_CHINESE.get(key, '')}")
    label = key.replace("_", " ")
    said = _OF.get((kind, key)) or _ANY.get(key, "")
    # As exports of ours and of databases have them.
    ids = f"{label} id, {label.removesuffix('s')} ids"
    return _listed(f"{label}, {said}, {ids}, {_CHINESE.get(key, '')}")


def meant(key: str, said: str) -> str:
    """What is meant by a word that stands in a column of choices; the word itself when unknown."""
    folded = fold(said.strip())
    for word, others in FORMS.get(key, {}).items():
        if folded in _listed(others):
            return word
    return said


def _listed(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for part in words.split(",") if (word := part.strip())))
