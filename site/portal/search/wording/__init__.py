"""Words made comparable: those of documents and those of questions, the same way for any engine.

`folding` cuts a text into words, `stems` brings their forms together, `synonyms` knows what else
says the same, `known` what somebody meant to type, `question` puts what was asked together.
"""
