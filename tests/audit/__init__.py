"""What takes too long for every run: `make audit` runs it, `make test` leaves it out."""
