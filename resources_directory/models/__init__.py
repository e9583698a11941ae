from .actors import ActorMapPage, ActorPage
from .members import ActorMember
from .places import ServicePlace
from .services import GuidePage, ServicePage

__all__ = ["ActorMapPage", "ActorMember", "ActorPage", "GuidePage", "ServicePage", "ServicePlace"]
