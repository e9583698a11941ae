from .actions import ActionActor, ActionPage, ActionsPage

__all__ = ["ActionActor", "ActionPage", "ActionsPage"]
