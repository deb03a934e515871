"""What the HTML deck and the gallery share: templates, the palette as CSS, words in both languages."""
