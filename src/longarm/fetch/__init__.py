"""The one fetcher of the program: http and https only, addresses checked and pinned, everything with a limit.

Whoever asks for a page from the web asks here. A page can lead anywhere: into the network of whoever runs longarm, to a
file without end, to a bomb. So each address is resolved once, every answer is checked, the connection goes to an
address that was checked, each redirect is asked afresh, and size, time and kind are bounded.
"""
