"""Submissions: editors write and submit, whoever may publish a page reads and decides.

One workflow with one task serves every territory: who reads is asked of the page.
"""
