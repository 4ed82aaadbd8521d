"""Evidence in the formats of others: the value of a dossier → CSV, STIX, MISP, FollowTheMoney, bibliographies.

Values come in, text goes out; nothing is asked of a clock, a file of the user or the network. Each format is a module.
"""
