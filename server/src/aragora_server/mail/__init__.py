"""What happens, told by e-mail: words and pictures of it, and the way to a mail server."""
