"""Token buckets in the database, shared by every server: how often one address, or everybody, may do a thing."""

import ipaddress
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone

from clinic.encryption import keyed_hash

# Every bucket of ours is full again long before; a full one says no more than none at all.
LONG_FULL = timedelta(days=2)


class TokenBucket(models.Model):
    """Tokens left in one bucket. The name is a keyed hash, so the table holds no address of a patient."""

    name = models.CharField(max_length=64, primary_key=True)
    tokens = models.FloatField()
    updated = models.DateTimeField()

    class Meta:
        app_label = "clinic"

    def __str__(self) -> str:
        return self.name[:8]


@transaction.atomic
def take(*, bucket: str, capacity: int, per_seconds: int) -> bool:
    """Takes one token of a bucket that refills to `capacity` over `per_seconds`; False when it is empty."""
    now = timezone.now()
    name = keyed_hash(bucket)
    TokenBucket.objects.bulk_create(
        [TokenBucket(name=name, tokens=capacity, updated=now)], ignore_conflicts=True
    )
    row = TokenBucket.objects.select_for_update().get(name=name)
    elapsed = max(0.0, (now - row.updated).total_seconds())
    tokens = min(float(capacity), row.tokens + elapsed * capacity / per_seconds)
    allowed = tokens >= 1
    row.tokens, row.updated = (tokens - 1 if allowed else tokens), now
    row.save(update_fields=["tokens", "updated"])
    return allowed


def forget_long_full() -> int:
    """Takes away the buckets that nobody has drawn from for so long that they are full; returns how many."""
    gone, _by_model = TokenBucket.objects.filter(updated__lt=timezone.now() - LONG_FULL).delete()
    return gone


def client_address(request: HttpRequest) -> str:
    """The visitor's address: behind n trusted proxies the n-th from the right, never what the visitor claims.

    IPv6 addresses count by their /64 network, which one household or phone has to itself.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.TRUSTED_PROXIES:
        chain = [
            part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
        ]
        if len(chain) >= settings.TRUSTED_PROXIES:
            address = chain[-settings.TRUSTED_PROXIES]
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            # How a proxy that listens on both writes a visitor of the older kind.
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
