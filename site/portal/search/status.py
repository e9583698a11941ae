"""How the public search is, for whoever operates it: two readings of the rows, three requests to
the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from territories.jobs.models import JobRun

from .documents import TOLD_WITHIN
from .engines import About, EngineDown, engine
from .indexing import remembered
from .models import KnownWord, SearchDocument

# The worker looks every minute.
WORKER_SEEN_WITHIN = timedelta(minutes=10)
MOST_REASONS = 5


@dataclass
class Status:
    engine: str = ""
    is_outside: bool = False
    is_reachable: bool = True
    index: str = ""
    fingerprint: str = ""
    # Of each language: documents that can be found, and those that the engine holds.
    languages: dict[str, int] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    findable: int = 0
    to_read: int = 0
    to_send: int = 0
    to_send_since: datetime | None = None
    refused: int = 0
    unreadable: int = 0
    # By the ids of some documents that are refused or unreadable.
    reasons: dict[int, str] = field(default_factory=dict)
    withdrawn: int = 0
    words: int = 0
    worker_seen_at: datetime | None = None
    last_read_at: datetime | None = None
    # Every document has been read since.
    all_read_since: datetime | None = None
    # In French, what is wrong and what to do.
    troubles: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def look(now: datetime) -> Status:
    status = Status(is_outside=engine().is_outside, words=KnownWord.objects.count())
    count_rows(status)
    ask_the_engine(status)
    runs = JobRun.objects.filter(name="portal_search.catch-up")
    status.worker_seen_at = runs.values_list("started_at", flat=True).first()
    seen = max(filter(None, [status.worker_seen_at, status.last_read_at]), default=None)
    if seen is None or seen < now - WORKER_SEEN_WITHIN:
        status.troubles.append(
            "Rien n’est relu ni transmis depuis dix minutes : « manage.py work » ne tourne pas. "
            "Démarrez-le."
        )
    if status.to_send_since and status.to_send_since < now - TOLD_WITHIN:
        status.troubles.append(
            f"Des fiches ({status.to_send}) attendent le moteur depuis le "
            f"{said(status.to_send_since)}, la base de données répond à sa place. S’il répond, il "
            "refuse d’écrire : regardez la place sur son disque et si son index est en lecture "
            "seule. Elles partiront d’elles-mêmes."
        )
    if status.unreadable:
        status.troubles.append(
            f"Des pages ne peuvent pas être lues ({status.unreadable}) : le journal "
            "« portal.search.indexing » dit pourquoi. Elles sont reprises toutes les dix minutes."
        )
    if status.refused:
        status.troubles.append(
            f"Le moteur refuse des fiches ({status.refused}), la base de données répond à sa "
            "place. Elles lui sont proposées de nouveau toutes les dix minutes ; si cela dure, "
            "lancez « manage.py rebuild_search »."
        )
    return status


def count_rows(status: Status) -> None:
    documents = SearchDocument.objects.order_by()
    rows = documents.values_list("language").annotate(
        findable=Count("pk", filter=Q(is_withdrawn=False)),
        withdrawn=Count("pk", filter=Q(is_withdrawn=True)),
        oldest=Min("updated_at", filter=Q(is_withdrawn=False)),
        latest=Max("updated_at"),
    )
    for language, findable, withdrawn, oldest, latest in rows:
        status.withdrawn += withdrawn
        status.last_read_at = max(filter(None, [status.last_read_at, latest]), default=None)
        if findable:
            status.languages[language] = findable
            status.findable += findable
        if oldest:
            status.all_read_since = min(filter(None, [status.all_read_since, oldest]))
    waiting = documents.to_read()
    status.to_read = waiting.filter(retry_at=None).count()
    unreadable = waiting.exclude(retry_at=None)
    status.unreadable = unreadable.count()
    some = [*unreadable.values_list("pk", flat=True)[:MOST_REASONS]]
    if status.is_outside:
        told = documents.to_send().filter(retry_at=None).aggregate(Count("pk"), Min("updated_at"))
        status.to_send, status.to_send_since = told["pk__count"], told["updated_at__min"]
        status.refused = documents.refused().count()
        some += documents.refused().values_list("pk", flat=True)[:MOST_REASONS]
    status.reasons = remembered(some)


def ask_the_engine(status: Status) -> None:
    try:
        about = engine().about()
    except EngineDown as error:
        status.engine, status.is_reachable = "hors d’atteinte", not error.is_silence
        status.troubles.append(
            f"Le moteur de recherche ne répond pas ({error}). La base de données répond à sa "
            "place, rien n’est perdu : vérifiez qu’il est démarré et que SEARCH_URL est juste."
        )
        return
    status.engine, status.held = about.name, dict(about.held)
    status.index, status.fingerprint = about.index, about.fingerprint
    if about.trouble:
        status.troubles.append(
            f"L’index du moteur n’est pas le nôtre ({about.trouble}), la base de données répond à "
            "sa place. Lancez « manage.py rebuild_search »."
        )
    elif unequal := differences(status, about):
        status.troubles.append(
            f"Le moteur et les fiches ne s’accordent pas ({unequal}). Lancez "
            "« manage.py rebuild_search »."
        )


def differences(status: Status, about: About) -> str:
    """Nothing while something is on its way: it explains them."""
    if status.to_read or status.to_send or status.refused or status.unreadable:
        return ""
    languages: Mapping[str, int] = status.languages
    return ", ".join(
        f"{language} : {about.held.get(language, 0)} au lieu de {languages.get(language, 0)}"
        for language in sorted({*languages, *about.held})
        if languages.get(language, 0) != about.held.get(language, 0)
    )


def said(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%d/%m/%Y à %H:%M}"
