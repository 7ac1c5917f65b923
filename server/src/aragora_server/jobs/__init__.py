"""Background work as its owner sees it. How it is done is in the kernel: outbox and jobs."""
