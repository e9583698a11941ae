from territories.plugins.contributions import Theme

THEMES = [Theme(templates="sample_theme/worn", stylesheets=("sample_theme/paper.css",))]
