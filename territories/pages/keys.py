"""Rows by their primary keys, however many those are."""

from __future__ import annotations

import json
from collections.abc import Collection

from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL


class Keys(RawSQL):
    """`filter(pk__in=Keys(pks))`: the keys travel as one value, whatever their number.

    A placeholder for each is more than SQLite takes, and slow to write long before that.
    """

    def __init__(self, pks: Collection[int]) -> None:
        self.pks = list(pks)
        super().__init__(
            "SELECT value FROM json_each(%s)", [json.dumps(self.pks)], BigIntegerField()
        )

    def as_postgresql(self, compiler, connection):
        return "(SELECT unnest(%s::bigint[]))", [self.pks]
