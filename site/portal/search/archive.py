from territories.plugins.contributions import Part

from .promoted import archive as promotions
from .vocabulary import archive as synonyms

PARTS = [
    Part("synonyms", synonyms.export, synonyms.restore, synonyms.erase),
    Part("promotions", promotions.export, promotions.restore, promotions.erase),
]
