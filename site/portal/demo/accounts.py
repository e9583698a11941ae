"""Accounts of the demo, for the demo only: everybody knows their passwords."""

from typing import NamedTuple

TERRITORIES = ("grand-mirail", "caen-la-mer", "rive-droite")


class Account(NamedTuple):
    username: str
    password: str
    role: str


ACCOUNTS = [
    Account("admin", "admin", "administration nationale"),
    *(
        account
        for slug in TERRITORIES
        for account in (
            Account(f"coordination-{slug}", "demo", "coordination"),
            Account(f"redaction-{slug}", "demo", "rédaction"),
        )
    ),
]
