"""The legal pages: written from facts that are asked once, true in each language.

Legal notice, accessibility statement, personal data, site map. What is not known is said in plain
words on the page, and asked of the coordination in the admin.
"""
