from territories.plugins.contributions import Retention

RETENTIONS = [Retention("Le nom écrit sur une épingle", "Pour s’en souvenir", "Un mois")]
