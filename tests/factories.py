"""What tests are made of. Each factory makes the smallest real thing, through the real code."""

from django.contrib.auth.models import User
from wagtail.models import Locale, Page, Site
from written_once import written_once

from portal.home.models import PortalHomePage
from portal.home.provisioning import provision_portal
from territories.models import ContentPage, PrivateSpacePage, Territory
from territories.pages.homes import homes_of
from territories.plugins.registry import plugins
from territories.plugins.themes import is_theme
from territories.provisioning.create import Plan, create_territory
from territories.tenancy.roles import role_group


@written_once
def make_portal(hostname: str = "localhost") -> PortalHomePage:
    return provision_portal(hostname=hostname, port=80)


@written_once
def make_territory(slug: str = "alpha", **plan) -> Territory:
    """A territory with every installed plugin but themes, at <slug>.localhost; the portal too."""
    if not PortalHomePage.objects.exists():
        make_portal()
    plan = {
        "name": slug.title(),
        "hostname": f"{slug}.localhost",
        "communes": ["31555:Toulouse"],
        "plugins": [label for label in plugins() if not is_theme(label)],
        **plan,
    }
    territory, _created = create_territory(Plan(slug=slug, **plan))
    return territory


def home_of(territory: Territory | None) -> Page:
    return homes_of(territory)[0].specific


def make_page(parent: Page, page: Page, *, published: bool = True) -> Page:
    """Put an unsaved page under a parent, with a revision, as the editor would."""
    page.locale = page.locale if page.locale_id else Locale.get_default()
    page.live = False
    parent.add_child(instance=page)
    revision = page.save_revision()
    if published:
        revision.publish()
    page.refresh_from_db()
    return page


def make_content_page(
    territory: Territory | None, title: str = "Une page", **fields
) -> ContentPage:
    published = fields.pop("published", True)
    return make_page(home_of(territory), ContentPage(title=title, **fields), published=published)


def make_member(territory: Territory | None, role: str = "coordinator", username: str = "") -> User:
    user = User.objects.create_user(username or f"{role}-{territory.slug}", password="secret")
    user.groups.add(role_group(territory, role))
    return user


def host_of(territory: Territory | None) -> str:
    site = Site.objects.get(is_default_site=True) if territory is None else territory.site
    return site.hostname


def open_space(territory: Territory) -> PrivateSpacePage:
    """The private space that was set up with the territory, published."""
    space = PrivateSpacePage.objects.records().get(territory=territory)
    space.save_revision().publish()
    space.refresh_from_db()
    return space
