"""From a text to what it says: lines by kind, credits, and claims that a person accepts or refuses.

Pure: texts in, lines and claims out. Nothing here is a statement; a machine proposes, a person decides.
"""
