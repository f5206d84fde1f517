"""Repair in the drafting pipeline: what a model wrote beside the slots is linked, sent back once, or left to a person.

On a floor of its own above drafting and checks: the first must not know what the second looks for.
"""
