"""What is tried on acts out for signature and on published sheets: statements that the databases must refuse.

``{c}`` is a convention signed, ``{a}`` an avenant out for signature, ``{s}`` one signed, ``{x}`` the convention born
outside that the first amends, ``{p}`` and ``{q}`` a convention and an avenant still drafts, ``{y}`` the convention of
the latter, ``{f}`` a published sheet.
"""

from __future__ import annotations

_PARTIE = "INSERT INTO {table} (convention_id, avenant_id, {colonnes}) VALUES ({{ids}}, {valeurs})"
_TRANCHE = _PARTIE.format(table="tranche", colonnes="debut, fin, montant", valeurs="'2025-01-01', '2025-12-31', 100")
_ANNEXE = _PARTIE.format(table="fiche_annexee", colonnes="annexe, titre", valeurs="9, 'Fausse'")
_COPIE = _PARTIE.format(table="copie_acte", colonnes="contenu, empreinte", valeurs=f"'vide', '{'0' * 64}'")
_CONVENTION = (
    "INSERT INTO convention (numero, structure_id, objet, debut, fin, etat, externe) "
    "VALUES ('2030-00001', 1, 'Fausse', '2030-01-01', '2030-12-31', 'signee', 0)"
)
_AVENANT = "INSERT INTO avenant (convention_id, rang, modele, objet, etat) VALUES ({x}, 2, '10', 'Faux', 'signee')"

ATTAQUES = {
    # a convention signed
    "change its object": "UPDATE convention SET objet = 'Autre' WHERE id = {c}",
    "change its number": "UPDATE convention SET numero = '2024-09999' WHERE id = {c}",
    "give it to another structure": "UPDATE convention SET structure_id = 2 WHERE id = {c}",
    "lengthen it": "UPDATE convention SET fin = '2030-12-31' WHERE id = {c}",
    "bring its beginning forward": "UPDATE convention SET debut = '2020-01-01' WHERE id = {c}",
    "pass it for one of paper": "UPDATE convention SET externe = 1 WHERE id = {c}",
    "pass a draft for one of paper": "UPDATE convention SET externe = 1 WHERE id = {p}",
    "pass one of paper for ours": "UPDATE convention SET externe = 0 WHERE id = {x}",
    "change the number of a draft": "UPDATE convention SET numero = '2024-09999' WHERE id = {p}",
    "take its signatures back at once": "UPDATE convention SET etat = 'projet' WHERE id = {c}",
    "sign a draft": "UPDATE convention SET etat = 'signee' WHERE id = {p}",
    "close a draft": "UPDATE convention SET etat = 'soldee' WHERE id = {p}",
    "insert one signed": _CONVENTION,
    "delete it": "DELETE FROM convention WHERE id = {c}",
    "delete them all": "DELETE FROM convention",
    "change its id": "UPDATE convention SET id = 900 WHERE id = {c}",
    "upsert over it": "INSERT INTO convention SELECT * FROM convention WHERE id = {c} "
    "ON CONFLICT (id) DO UPDATE SET objet = 'Autre'",
    # an avenant out for signature
    "change the object of an avenant": "UPDATE avenant SET objet = 'Autre' WHERE id = {a}",
    "change its model": "UPDATE avenant SET modele = '5' WHERE id = {a}",
    "give it a term": "UPDATE avenant SET fin = '2030-12-31' WHERE id = {a}",
    "give it another rank": "UPDATE avenant SET rang = 9 WHERE id = {a}",
    "give it to another convention": "UPDATE avenant SET convention_id = {p} WHERE id = {a}",
    "put it in force without signatures": "UPDATE avenant SET etat = 'executoire' WHERE id = {a}",
    "sign a draft of avenant": "UPDATE avenant SET etat = 'signee' WHERE id = {q}",
    "take the signatures of an avenant back at once": "UPDATE avenant SET etat = 'projet' WHERE id = {s}",
    "insert one already signed": _AVENANT,
    "delete an avenant": "DELETE FROM avenant WHERE id = {a}",
    "delete one signed": "DELETE FROM avenant WHERE id = {s}",
    "delete the convention that it amends": "DELETE FROM convention WHERE id = {x}",
    # what they are made of
    "add an amount to a convention": _TRANCHE.format(ids="{c}, NULL"),
    "add an amount to an avenant": _TRANCHE.format(ids="{x}, {a}"),
    "raise an amount": "UPDATE tranche SET montant = montant + 1 WHERE convention_id = {c}",
    "raise the amount of an avenant": "UPDATE tranche SET montant = montant + 1 WHERE avenant_id = {a}",
    "move an amount out": "UPDATE tranche SET convention_id = {p} WHERE convention_id = {c}",
    "move an amount in": "UPDATE tranche SET convention_id = {c} WHERE convention_id = {p}",
    "move an amount to a draft": "UPDATE tranche SET avenant_id = {q} WHERE avenant_id = {a}",
    "take an amount away": "DELETE FROM tranche WHERE convention_id = {c}",
    "take the amount of an avenant away": "DELETE FROM tranche WHERE avenant_id = {a}",
    "annex a sheet": _ANNEXE.format(ids="{c}, NULL"),
    "annex a sheet to an avenant": _ANNEXE.format(ids="{x}, {a}"),
    "renumber an annexe": "UPDATE fiche_annexee SET annexe = 9 WHERE avenant_id = {a}",
    "carry another version": "UPDATE fiche_annexee SET fiche_id = NULL WHERE convention_id = {c}",
    "take an annexe away": "DELETE FROM fiche_annexee WHERE avenant_id = {a}",
    "carry one line less": "DELETE FROM acte_ligne WHERE avenant_id = {a}",
    "give its line to a draft": "UPDATE acte_ligne SET convention_id = {p} WHERE convention_id = {c}",
    # the copies
    "change a copy": "UPDATE copie_acte SET contenu = replace(contenu, '7985000', '9985000')",
    "change a copy and its fingerprint": f"UPDATE copie_acte SET contenu = 'vide', empreinte = '{'0' * 64}'",
    "give a copy to another act": "UPDATE copie_acte SET convention_id = {p} WHERE convention_id = {c}",
    "delete the copy of a convention": "DELETE FROM copie_acte WHERE convention_id = {c}",
    "delete the copy of an avenant": "DELETE FROM copie_acte WHERE avenant_id = {a}",
    "keep a second copy": _COPIE.format(ids="{c}, NULL"),
    "keep a second copy of an avenant": _COPIE.format(ids="{x}, {a}"),
    "keep a copy of a draft": _COPIE.format(ids="{p}, NULL"),
    "keep a copy of a draft of avenant": _COPIE.format(ids="{y}, {q}"),
    "keep a copy of one of paper": _COPIE.format(ids="{x}, NULL"),
    # the sheets
    "rewrite a published sheet": "UPDATE fiche SET public = 'Autre' WHERE id = {f}",
    "take a sheet back": "UPDATE fiche SET publiee_le = NULL WHERE id = {f}",
    "delete a published sheet": "DELETE FROM fiche WHERE id = {f}",
    "delete every sheet": "DELETE FROM fiche",
    # through what stands above
    "delete the structure": "DELETE FROM structure WHERE id = (SELECT structure_id FROM convention WHERE id = {c})",
    "delete the phase": "DELETE FROM phase WHERE id = 1",
    "delete the lines": "DELETE FROM proposition",
}
ATTAQUES_SQLITE = {
    "replace a convention in place": "INSERT OR REPLACE INTO convention (id, numero, structure_id, objet, debut, fin) "
    "VALUES ({c}, '2024-09999', 1, 'Fausse', '2025-01-01', '2025-12-31')",
    "replace it by its number": "INSERT OR REPLACE INTO convention (numero, structure_id, objet, debut, fin) "
    "SELECT numero, 1, 'Fausse', debut, fin FROM convention WHERE id = {c}",
    "take its number over": "UPDATE OR REPLACE convention SET numero = (SELECT numero FROM convention WHERE id = {c}) "
    "WHERE id = {x}",
    "replace an avenant by its rank": "INSERT OR REPLACE INTO avenant (convention_id, rang, modele, objet) "
    "VALUES ({x}, 1, '10', 'Faux')",
    "replace a copy": "INSERT OR REPLACE INTO copie_acte SELECT * FROM copie_acte WHERE convention_id = {c}",
    "replace a sheet": "INSERT OR REPLACE INTO fiche (id, dispositif_id, rang, titre) VALUES ({f}, 1, 1, 'Fausse')",
    "replace a sheet by its rank": "INSERT OR REPLACE INTO fiche (dispositif_id, rang, titre) "
    "SELECT dispositif_id, rang, 'Fausse' FROM fiche WHERE id = {f}",
}
"""What only SQLite knows how to say."""
