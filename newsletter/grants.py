from django.utils.translation import gettext_lazy as _

from territories.plugins.contributions import Grant, PageGrant, Role

ROLES = [Role("newsletter-editor", _("lettre d’information"), media_actions=("add", "choose"))]

# Who writes a letter submits it; the coordination reads it, and publishes it by accepting.
PAGE_GRANTS = [PageGrant("newsletter-editor", "newsletter.NewsletterIndexPage", ("add", "change"))]
# Addresses are people's: no role of the national team reads any. Who writes the letter takes those
# who ask at the counter, and lets them go; erasing and whole files are the coordination's.
GRANTS = [
    *(
        Grant(role, "newsletter.sending", ("view", "change"))
        for role in ("coordinator", "newsletter-editor")
    ),
    Grant("coordinator", "newsletter.subscriber", ("view", "add", "change", "delete")),
    Grant("newsletter-editor", "newsletter.subscriber", ("view", "add", "change")),
]
