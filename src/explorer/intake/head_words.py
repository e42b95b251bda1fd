"""What people write above the columns of their tables, in several languages, by field.

A field is also known by its own key and title; these are the other words for it. They are
compared folded: without case and accents, with ß as ss.
"""

from __future__ import annotations

from collections.abc import Mapping

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
        "text, what, explanation, covers, comment, comments, note, notes, remark, remarks, "
        "erlauterung, bemerkung, anmerkung, notiz, kommentar, beschreibung, "
        "texte, texto, description, remarque, nota, notas"
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
    ("value", "number"): (
        "number, value, amount, quantity, level, rate, percent, zahl, wert, menge, betrag, "
        "hohe, satz, anzahl, nombre, valeur, montant, taux, numero, valor, cantidad, tasa, valore"
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
    ("figure", "name"): (
        "figure, indicator, series, name, measure, kennzahl, grosse, indikator, reihe, "
        "indicateur, serie, indicador, cifra, chiffre, bezeichnung, what is counted"
    ),
    ("figure", "unit"): (
        "unit, units, in, measured in, unit of measure, einheit, masseinheit, unite, unidad, "
        "unita, eenheid, currency, wahrung"
    ),
    ("figure", "summary"): "summary, definition, what is counted, zusammenfassung, resume, resumen",
    ("measure", "name"): "measure, name, title, act, law, massnahme, bezeichnung, mesure, medida",
    ("measure", "act"): (
        "act, type, kind, sort, type of measure, kind of measure, category, art, "
        "art der massnahme, kategorie, typ, tipo"
    ),
    (
        "measure",
        "scope",
    ): "scope, covers, what it covers, goods, geltungsbereich, umfang, waren, portee",
    ("measure", "legal_name"): (
        "legal name, instrument, legal basis, citation, order, rechtsgrundlage, rechtsakt, "
        "base legale, base juridica"
    ),
    (
        "measure",
        "summary",
    ): "summary, description, what it does, zusammenfassung, beschreibung, resume",
    ("measure", "delegation"): (
        "delegation, side, party, country, actor, state, who, who acts, imposed by, issued by, "
        "partei, seite, land, akteur, staat, partie, pays, delegacion, parte, pais"
    ),
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
    "unit": "单位",
    "stance": "态度",
    "form": "形式",
    "number": "数值",
}
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


def words_for(kind: str, key: str) -> tuple[str, ...]:
    """What may stand above a column for a field; of a source’s field it begins with “source.”."""
    whose, dot, inner = key.partition(".")
    if dot and whose != "source":  # of the entry that comes along
        return listed(f"{key}, {whose} {inner}, {', '.join(words_for(whose, inner))}")
    if dot:
        inner = key.removeprefix("source.")
        own = _OF.get(("source.", inner), "")
        said = f"{own}, {_ANY.get(inner, '')}" if inner != "published" else own
        return listed(f"{key}, source {inner}, {said}, {_CHINESE.get(key, '')}")
    label = key.replace("_", " ")
    said = _OF.get((kind, key)) or _ANY.get(key, "")
    # As exports of ours and of databases have them.
    ids = f"{label} id, {label.removesuffix('s')} ids"
    return listed(f"{label}, {said}, {ids}, {_CHINESE.get(key, '')}")


def listed(words: str) -> tuple[str, ...]:
    """Words that stand apart by commas, each once."""
    return tuple(dict.fromkeys(word for part in words.split(",") if (word := part.strip())))
