"""Links that show a receipt to whoever has them: made, counted, recorded, revoked."""
