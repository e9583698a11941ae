from django.utils.translation import gettext_lazy as _

from territories.plugins.contributions import Grant, PageGrant, Role

ROLES = [Role("newsletter-editor", _("lettre d’information"), media_actions=("add", "choose"))]

PAGE_GRANTS = [
    PageGrant("newsletter-editor", "newsletter.NewsletterIndexPage", ("add", "change", "publish"))
]
GRANTS = [
    Grant(role, "newsletter.sending", ("view", "change"))
    for role in ("coordinator", "newsletter-editor")
]
