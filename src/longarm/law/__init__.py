"""The law of every state in one coding: what is compelled, of whom, by which route, and on which days."""
