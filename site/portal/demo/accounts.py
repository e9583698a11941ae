"""Accounts of the demo, for the demo only: everybody knows their passwords."""

from typing import NamedTuple

from territories.tenancy.roles import NATIONAL

TERRITORIES = ("grand-mirail", "caen-la-mer", "rive-droite")


# The first word of a username, its role, and what the demo calls it.
ROLES = {
    "coordination": ("coordinator", "coordination"),
    "redaction": ("editor", "rédaction"),
    "label": ("label-reviewer", "comité du label"),
    "lettre": ("newsletter-editor", "lettre d’information"),
    "partenaire": ("partner", "partenaire, qui propose et ne publie pas"),
    "equipe": ("team", "équipe nationale, sans tous les droits"),
}


class Account(NamedTuple):
    """`group`: the name of the role's group, "" for who may do everything."""

    username: str
    password: str
    role: str
    group: str = ""


def account(kind: str, owner: str, slug: str = "") -> Account:
    code, role = ROLES[kind]
    return Account(f"{kind}-{owner}", "demo", role, f"{slug or owner}: {code}")


ACCOUNTS = [
    Account("admin", "admin", "administration nationale"),
    account("equipe", "nationale", NATIONAL),
    *(account(kind, slug) for slug in TERRITORIES for kind in ("coordination", "redaction")),
    account("label", "grand-mirail"),
    account("lettre", "grand-mirail"),
    account("partenaire", "grand-mirail"),
]
