"""The dialect's rules, one generator of faults each; `openapi/DIALECT.md` says them in words."""
