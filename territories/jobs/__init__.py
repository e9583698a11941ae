from datetime import timedelta

from django.core.management import call_command

from territories.plugins.contributions import Job


def deliver_waiting_mail() -> None:
    from territories.mail.sending import deliver_waiting

    deliver_waiting()


def forget_old_links_and_mail() -> None:
    from territories.links.links import forget_old_links
    from territories.mail.sending import forget_old_mail

    forget_old_links()
    forget_old_mail()


def forget_old_journal() -> None:
    from territories.models import JournalEntry

    JournalEntry.objects.old().delete()


def forget_old_contact_messages() -> None:
    from territories.contact.inbox import forget_old_messages

    forget_old_messages()


def forget_old_pictures() -> None:
    from territories.sharing.keeping import forget_old_pictures

    forget_old_pictures()


JOBS = [
    # Wagtail's own: pages with a date of publication or of expiry.
    Job("publish_scheduled", timedelta(minutes=5), lambda: call_command("publish_scheduled")),
    Job("deliver_waiting_mail", timedelta(minutes=1), deliver_waiting_mail),
    Job("forget_old_links_and_mail", timedelta(days=1), forget_old_links_and_mail),
    Job("forget_old_journal", timedelta(days=1), forget_old_journal),
    Job("forget_old_messages", timedelta(days=1), forget_old_contact_messages),
    Job("forget_old_pictures", timedelta(days=1), forget_old_pictures),
]
