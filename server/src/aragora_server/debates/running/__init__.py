"""The running of a debate: it can stop after any commit and be taken up again.

dispatch            which debates run in this process
runner · hearing    a round after the other; one call, with its attempts
proceedings         the transactions of a debate under way
endings             the last one: a verdict with its receipt, cancelled, failed
clerk · journal     how a fact is committed and told; calls, rounds and events as they are kept
"""
