"""Gathers the tables of this room for Django; each stands in the module that says its name."""

from clinic.audit import AuditEntry
from clinic.limits import TokenBucket
from clinic.outbox import Message
from clinic.practice import Closure, Hours, Location, Practice
from clinic.signatures import Signature
from clinic.staff import StaffMember

__all__ = [
    "AuditEntry",
    "Closure",
    "Hours",
    "Location",
    "Message",
    "Practice",
    "Signature",
    "StaffMember",
    "TokenBucket",
]
