"""Which pages stand in the header, on the home page and in the footer, by their ids."""

HEADER = ("lss", "mild", "recovery", "cost")
START_HERE = ("lss", "mild", "who", "risks", "recovery", "cost")
FOOTER = ("call", "privacy", "accessibility", "language-help", "privacy-practices", "good-faith-estimate")
