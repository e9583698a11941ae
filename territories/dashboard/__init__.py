"""The admin's home page: what waits for the person, the territory's figures, the first steps.

Everything here is read in a number of queries that grows neither with the pages nor with the
territories. Plugins add panels (`DASHBOARD`) and figures (`FIGURES`).
"""
