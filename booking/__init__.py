"""Consultation requests: what patients send, and what the front desk does with it."""
