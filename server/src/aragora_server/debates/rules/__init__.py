"""The rules of a debate: pure, so that the same transcript always goes on the same way.

transcript          the words for everything below
protocols/*.yaml    who speaks when and how it is decided; read by protocol.py
rounds              what is asked next, or the end
options · seating   what can be chosen, who takes part
voting · conclusion how ballots become a verdict, with its dissents
prompts · replies   what an agent is told, what its answer says
"""
