"""The plugin contract: what a plugin is, what it may contribute, and who asks for it.

`config.py` says what a plugin is, `contributions.py` the shape of everything it may contribute,
`registry.py` answers what a territory has. docs/plugins.md explains it with examples.
"""

from .config import PluginConfig

__all__ = ["PluginConfig"]
