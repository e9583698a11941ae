from django import template

from agenda.calendars.addresses import Addresses, web_calendars
from agenda.lists.programme import Programme

register = template.Library()
register.simple_tag(web_calendars)


@register.simple_tag
def calendar_addresses(programme: Programme) -> Addresses:
    """`{% calendar_addresses programme as take %}`"""
    return Addresses(programme)
