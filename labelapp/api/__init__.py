"""How we speak REST: errors, pages, idempotency, throttles, permissions. No endpoint lives here."""
