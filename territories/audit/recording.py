"""Writing the journal.

Everything that Wagtail logs gets its line by itself: `keep` copies each log entry with its
territory. What the house does outside Wagtail's own views calls `record`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.db.models.signals import post_save, pre_delete
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import BaseLogEntry, ModelLogEntry, PageLogEntry

from territories.tenancy.policies import media_models

from .models import JournalEntry
from .ownership import stored, territory_id_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from territories.models import Territory

# Under this name, the data of a log entry says whose it is, when the thing itself does not.
OWNER = "territory"
PLANNED_BY_SOMEBODY = {"wagtail.publish.scheduled", "wagtail.unpublish.scheduled"}
COPIED = [field.attname for field in BaseLogEntry._meta.fields]


def record(
    *,
    territory: Territory | None,
    action: str,
    user: User | None,
    about: Model | None = None,
    **data: Any,
) -> None:
    """Write in the journal of a territory (None: the national team's) that somebody did something.

    `action`: a code of `actions.ACTIONS`, or one that a plugin registered through Wagtail's hook
    `register_log_actions`; an unknown one raises ValidationError. `user`: None in a command, and
    then whoever is at work in the admin. `about`: the row it was done to, saved; the territory
    itself when there is none to name. `data`: what the action's sentence names, plain values that
    JSON can hold, like `plugin="agenda"`; it is kept for good, so nothing secret.

        record(territory=alpha, action="people.give_role", user=request.user, about=colleague,
               role="rédaction")
    """
    log(
        about if about is not None else territory,
        action,
        user=user,
        data={**data, OWNER: territory and territory.pk},
    )


def keep(sender: type[BaseLogEntry], instance: BaseLogEntry, created: bool, **kwargs: Any) -> None:
    """Copy a log entry that was just made, with its territory."""
    if not created or kwargs.get("raw") or _is_nobodys(instance):
        return
    if OWNER in instance.data:
        territory = instance.data[OWNER]
    elif isinstance(instance, PageLogEntry):
        territory = territory_id_of(instance.page)
    else:
        territory = territory_id_of(stored(instance.content_type, instance.object_id))
    entry = JournalEntry(
        territory_id=territory,
        object_id=str(instance.object_id),
        **{name: getattr(instance, name) for name in COPIED},
    )
    if _replaced_an_earlier_one(entry):
        return
    # Checked when the entry itself was saved.
    JournalEntry.objects.bulk_create([entry])


def _is_nobodys(entry: BaseLogEntry) -> bool:
    """What setting up or importing does to hundreds of pages is no news to anybody."""
    return (
        entry.user_id is None
        and entry.action.startswith("wagtail")
        and entry.action not in PLANNED_BY_SOMEBODY
    )


def _replaced_an_earlier_one(entry: JournalEntry) -> bool:
    """Wagtail gives one mark to all that is done at one go: a draft that saves itself every half
    minute is one line, and so is a picture that both Wagtail and we saw come."""
    if entry.uuid is None:
        return False
    earlier = JournalEntry.objects.filter(
        uuid=entry.uuid,
        action=entry.action,
        content_type=entry.content_type_id,
        object_id=entry.object_id,
    )
    return bool(earlier.update(timestamp=entry.timestamp, label=entry.label, data=entry.data))


# Wagtail logs an image or a document that comes or goes one by one, and not through a chooser,
# several at once, or in a bulk action.
def note_media_that_came(sender: type[Model], instance: Model, created: bool, **kwargs) -> None:
    if created and not kwargs.get("raw"):
        _note("wagtail.create", instance)


def note_media_that_goes(sender: type[Model], instance: Model, **kwargs) -> None:
    _note("wagtail.delete", instance, deleted=True)


def _note(action: str, thing: Model, **flags: bool) -> None:
    # Only what somebody does in the admin: the pictures of a demo or of an import are nobody's.
    if get_active_log_context().user:
        log(thing, action, **flags)


def connect() -> None:
    for model in (PageLogEntry, ModelLogEntry):
        post_save.connect(keep, sender=model)
    for model in media_models():
        post_save.connect(note_media_that_came, sender=model)
        pre_delete.connect(note_media_that_goes, sender=model)
