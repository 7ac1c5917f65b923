"""The one place where pytest learns of the fixtures that every package shares."""

pytest_plugins = ["tests.fixtures"]
