from .actors import ActorMapPage, ActorPage
from .imports import ImportedResource
from .members import ActorMember
from .places import ServicePlace
from .routes import RoutePage, RouteStop
from .services import GuidePage, ServicePage

__all__ = [
    "ActorMapPage",
    "ActorMember",
    "ActorPage",
    "GuidePage",
    "ImportedResource",
    "RoutePage",
    "RouteStop",
    "ServicePage",
    "ServicePlace",
]
