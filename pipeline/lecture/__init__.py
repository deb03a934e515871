"""Lectures: a script in TOML becomes one film with chapters, cards, own media, subtitles and sound."""
