from .actors import ActorMapPage, ActorPage
from .closures import ActorClosure, ServiceClosure
from .imports import ImportedResource
from .members import ActorMember
from .places import ServicePlace
from .routes import RoutePage, RouteStop
from .services import GuidePage, ServicePage

__all__ = [
    "ActorClosure",
    "ActorMapPage",
    "ActorMember",
    "ActorPage",
    "GuidePage",
    "ImportedResource",
    "RoutePage",
    "RouteStop",
    "ServiceClosure",
    "ServicePage",
    "ServicePlace",
]
