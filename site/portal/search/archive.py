from territories.plugins.contributions import Part

from .vocabulary import archive as synonyms

PARTS = [
    Part("synonyms", synonyms.export, synonyms.restore, synonyms.erase),
]
