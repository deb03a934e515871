"""A static page of everything in a folder of films: it needs nothing but the folder."""
