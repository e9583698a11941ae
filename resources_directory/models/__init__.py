from .actors import ActorMapPage, ActorPage
from .services import GuidePage, ServicePage

__all__ = ["ActorMapPage", "ActorPage", "GuidePage", "ServicePage"]
