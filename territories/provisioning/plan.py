"""What a territory is to be, and what is wrong with it, said before anything is written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Site

from territories.models import Commune, Provisioning, Territory
from territories.people.invitations import LONGEST_NAME
from territories.plugins.registry import plugins, requirements
from territories.tenancy.roles import NATIONAL
from territories.territory import NO_ADDRESS

HOSTNAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
HOSTNAME_LENGTH = 253


@dataclass(frozen=True)
class Plan:
    """What a territory is to be. `communes` are INSEE codes, names optional: `31555` or
    `31555:Toulouse`; `plugins` are labels. Whoever is named as the first coordinator is invited."""

    slug: str
    name: str
    hostname: str
    communes: Sequence[str]
    plugins: Sequence[str] = field(default_factory=list)
    port: int = 80
    town: str = ""
    tagline: str = ""
    coordinator_email: str = ""
    coordinator_first_name: str = ""
    coordinator_last_name: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            name: list(value) if isinstance(value, (list, tuple)) else value
            for name, value in asdict(self).items()
        }

    def described(self) -> list[tuple[str, str]]:
        """What it says, for people: names and values, empty ones left out."""
        known = dict(
            Commune.objects.filter(pk__in=[code_of(one) for one in self.communes]).values_list(
                "code", "name"
            )
        )
        values = {
            "name": self.name,
            "slug": self.slug,
            "town": self.town,
            "tagline": self.tagline,
            "communes": ", ".join(
                f"{known.get(code_of(one)) or name_of(one)} ({code_of(one)})"
                for one in self.communes
            ),
            "hostname": f"{Site(hostname=self.hostname, port=self.port).root_url}/",
            "plugins": ", ".join(
                str(plugins()[label].verbose_name) for label in with_requirements(self.plugins)
            ),
            "coordinator_email": " ".join(
                part
                for part in (
                    self.coordinator_first_name,
                    self.coordinator_last_name,
                    self.coordinator_email and f"<{self.coordinator_email}>",
                )
                if part
            ),
        }
        return [(capfirst(NAMES[name]), value) for name, value in values.items() if value]


def code_of(commune: str) -> str:
    return commune.partition(":")[0]


def name_of(commune: str) -> str:
    """The name that is given beside a code; the code where there is none."""
    return commune.partition(":")[2] or code_of(commune)


def with_requirements(chosen: Sequence[str]) -> list[str]:
    """Installed plugins and those they stand on, which come first."""
    needed = {label for plugin in chosen if plugin in plugins() for label in requirements(plugin)}
    return [label for label in plugins() if label in needed]


NAMES = {
    "slug": gettext_lazy("nom court"),
    "name": gettext_lazy("nom"),
    "town": gettext_lazy("ville ou agglomération"),
    "tagline": gettext_lazy("phrase d’accueil"),
    "hostname": gettext_lazy("adresse du site"),
    "port": gettext_lazy("port"),
    "communes": gettext_lazy("communes"),
    "plugins": gettext_lazy("modules"),
    "coordinator_email": gettext_lazy("coordination"),
}

TAKEN = gettext_lazy("L’adresse %(host)s est déjà prise.")


class InvalidPlan(ValueError):
    """The plan cannot be carried out; `faults` says why, in French sentences, field by field."""

    def __init__(self, faults: Mapping[str, Sequence[str]]) -> None:
        self.faults = faults
        self.sentences = [
            f"{capfirst(NAMES[name])} : {sentence}"
            for name, sentences in faults.items()
            for sentence in sentences
        ]
        super().__init__(" ".join(self.sentences))


def check_plan(plan: Plan, *, run: UUID | None = None) -> None:
    """Raise InvalidPlan before anything is written; `run`: see `faults_of`."""
    if faults := faults_of(plan, run=run):
        raise InvalidPlan(faults)


def faults_of(
    plan: Plan, *, run: UUID | None = None, fields: Collection[str] = tuple(NAMES)
) -> dict[str, list[str]]:
    """What is wrong with a plan, by field, in French.

    Without `run` a territory of this name is completed. With it the territory must be new, or the
    one that the run of this key has begun.
    """
    found = {name: list(_sentences(name, plan, run)) for name in NAMES if name in fields}
    return {name: sentences for name, sentences in found.items() if sentences}


def _sentences(name: str, plan: Plan, run: UUID | None) -> Iterator[str]:
    match name:
        case "slug":
            yield from _of_model(name, plan)
            yield from _of_slug(plan.slug, run)
        case "name" | "town" | "tagline":
            yield from _of_model(name, plan)
        case "hostname":
            yield from _of_hostname(plan)
        case "port":
            if not 1 <= plan.port <= 65535:
                yield _("Un port est un nombre de 1 à 65535. Pour https, c’est 443.")
        case "communes":
            yield from faults_of_communes(plan.communes)
        case "plugins":
            if unknown := [label for label in plan.plugins if label not in plugins()]:
                yield _("Module inconnu : %(unknown)s. Modules installés : %(known)s.") % {
                    "unknown": ", ".join(unknown),
                    "known": ", ".join(plugins()),
                }
        case "coordinator_email":
            yield from _of_email(plan.coordinator_email)


def _of_model(name: str, plan: Plan) -> Iterator[str]:
    try:
        Territory._meta.get_field(name).clean(getattr(plan, name), None)
    except ValidationError as error:
        yield from error.messages


def _of_slug(slug: str, run: UUID | None) -> Iterator[str]:
    if slug == NATIONAL:
        yield _("« %(slug)s » est le nom de l’équipe nationale.") % {"slug": slug}
    territory = Territory.objects.filter(slug=slug).select_related("site").first()
    homes = Page.objects.filter(depth=2, slug=slug)
    if territory is not None:
        homes = homes.exclude(pk=territory.site.root_page_id)
    own = Provisioning.objects.filter(pk=run).select_related("territory").first() if run else None
    begun = own.territory if own else None
    if begun is not None and begun.slug != slug:
        yield _("Ce territoire est commencé sous le nom « %(slug)s » : il ne change plus.") % {
            "slug": begun.slug
        }
    elif homes.exists() or (run and territory is not None and territory != begun):
        yield _("Le nom court « %(slug)s » est déjà pris. Choisissez-en un autre.") % {"slug": slug}
    elif run and Provisioning.objects.filter(slug=slug).exclude(pk=run).exists():
        yield _("Un territoire « %(slug)s » est déjà en création.") % {"slug": slug}


def _of_hostname(plan: Plan) -> Iterator[str]:
    host = plan.hostname
    if not HOSTNAME.fullmatch(host) or len(host) > HOSTNAME_LENGTH or host.endswith(NO_ADDRESS):
        yield _(
            "« %(host)s » n’est pas une adresse de site. Écrivez des mots sans accent ni espace, "
            "avec des points entre eux, comme grand-mirail.example.org."
        ) % {"host": host}
    elif is_taken(plan) or (
        Provisioning.objects.unfinished()
        .filter(plan__hostname=host)
        .exclude(slug=plan.slug)
        .exists()
    ):
        yield TAKEN % {"host": host}


def is_taken(plan: Plan) -> bool:
    """Whether another site is at the address."""
    taken = Site.objects.filter(hostname=plan.hostname).exclude(territory__slug=plan.slug)
    return taken.exists()


def faults_of_communes(communes: Sequence[str]) -> Iterator[str]:
    if not communes:
        yield _("Donnez au moins une commune par son code INSEE.")
    for commune in communes:
        try:
            Commune(code=code_of(commune), name=name_of(commune)).clean_fields()
        except ValidationError as error:
            yield f"{commune} : {' '.join(error.messages)}"


def _of_email(email: str) -> Iterator[str]:
    if not email:
        return
    try:
        validate_email(email)
        MaxLengthValidator(LONGEST_NAME)(email)
    except ValidationError:
        yield _("« %(email)s » n’est pas une adresse e-mail. Exemple : prenom.nom@ville.fr.") % {
            "email": email
        }


def portal_site() -> Site | None:
    return Site.objects.filter(is_default_site=True).first()
