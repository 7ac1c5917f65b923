"""The running of a debate: it can stop after any statement and be taken up again, by anybody.

process             a process that runs debates: it takes them, finds them, hears of them
dispatch · carried  which debates run in this process; how they are carried between processes
runner · sitting    a round after the other; a debate while it runs here
hearing             one call, with its attempts
proceedings         the transactions of a debate under way
endings             the last one: a verdict with its receipt, cancelled, failed
clerk               how a fact is committed and told, and what happens when it cannot be
journal · minutes   who may write, and what survives; the same read back
"""
